"""Fetches an address politely: only what its host's robots.txt allows, not too often, and nothing that has not changed.

A host is asked for its robots.txt once, and waited for between two requests: as long as it asks, and never less than
two seconds. Validators that it gave (ETag, Last-Modified) go with the next request, so that it may answer 'unchanged'.
"""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from urllib.parse import urljoin, urlsplit

import httpx
import msgspec
from protego import Protego

from twosource.intake.issues import make_issue
from twosource.intake.text import LARGEST
from twosource.records import Issue

__all__ = ["AGENT", "Answered", "Fetcher", "Validators"]

AGENT = "twosource"
"""The name under which hosts may address this reader in robots.txt."""

_LEAST_GAP = 2.0  # seconds between two requests to one host
_LONGEST_GAP = 60.0  # a crawl delay beyond this is taken for this
_SECONDS = 30.0  # for connecting, and for each part of an answer
_REDIRECTS = 5
_MOVED = {301, 302, 303, 307, 308}
_BUSY = {429, 503}
_ROBOTS_SIZE = 512 * 1024  # RFC 9309 asks for 500 KiB at least


class Validators(msgspec.Struct, frozen=True, kw_only=True):
    """What a host gave with its last answer, so that it can tell whether there is anything new."""

    etag: str | None = None
    modified: str | None = None


class Answered(msgspec.Struct, frozen=True, kw_only=True):
    """What came of an address: ``data`` is None where nothing has changed since the validators were given."""

    address: str
    data: bytes | None
    media_type: str = ""
    charset: str | None = None
    validators: Validators = Validators()


class Fetcher:
    """Asks hosts for addresses, one at a time; a context that closes its connections at the end.

    ``clock`` gives seconds that only grow, ``wait`` lets that many seconds pass.
    """

    def __init__(self, *, version: str, clock: Callable[[], float], wait: Callable[[float], object]) -> None:
        self._client = httpx.Client(headers={"User-Agent": f"{AGENT}/{version}"}, timeout=_SECONDS)
        self._clock, self._wait = clock, wait
        self._rules: dict[str, Protego | None] = {}
        self._asked: dict[str, float] = {}

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def fetch(self, address: str, known: Validators | None = None) -> Answered | Issue:
        """What the address holds, or the Issue that says why it could not be had. Follows up to five redirects."""
        at = address
        try:
            for _ in range(_REDIRECTS + 1):
                refused = self._refused(at)
                if refused is not None:
                    return make_issue("not-fetched", refused, path=address)
                moved = self._asked_for(at, address, known or Validators())
                if not isinstance(moved, str):
                    return moved
                at = moved
        except httpx.HTTPError as fault:
            return _unreachable(address, fault)
        return make_issue("not-fetched", f"it leads on more than {_REDIRECTS} times", path=address)

    def _refused(self, address: str) -> str | None:
        """Why the address may not be asked for, None where it may."""
        try:
            parts = urlsplit(address)
            port_is_sound = parts.port is None or parts.port > 0
        except ValueError:
            return "it is no address of the web: it should begin with https:// or http://"
        if parts.scheme not in ("http", "https") or not parts.hostname or not port_is_sound:
            return "it is no address of the web: it should begin with https:// or http://"
        host = f"{parts.scheme}://{parts.netloc}"
        if host not in self._rules:
            self._rules[host] = self._robots(host)
        rules = self._rules[host]
        if rules is None:
            return f"{parts.hostname} gives no sure answer about its robots.txt: try again later"
        return None if rules.can_fetch(address, AGENT) else f"the robots.txt of {parts.hostname} asks not to fetch it"

    def _robots(self, host: str) -> Protego | None:
        """The host's rules; those of a host without any allow all, and None is for one that is out of order."""
        at = f"{host}/robots.txt"
        for _ in range(_REDIRECTS + 1):
            self._let_pass(host, _LEAST_GAP)
            with self._client.stream("GET", at) as response:
                if response.status_code in _MOVED and "location" in response.headers:
                    at = urljoin(at, response.headers["location"])
                    continue
                if response.status_code >= 500 or response.status_code in _BUSY:
                    return None
                data = _body(response, _ROBOTS_SIZE) if response.is_success else b""
                return Protego.parse((data or b"").decode("utf-8", errors="replace"))
        return Protego.parse("")

    def _asked_for(self, at: str, address: str, known: Validators) -> Answered | Issue | str:
        """The answer; a string is the address that it leads on to."""
        parts = urlsplit(at)
        host = f"{parts.scheme}://{parts.netloc}"
        rules = self._rules[host]
        self._let_pass(host, (rules.crawl_delay(AGENT) if rules is not None else None) or _LEAST_GAP)
        with self._client.stream("GET", at, headers=_conditions(known)) as response:
            if response.status_code in _MOVED and "location" in response.headers:
                return urljoin(at, response.headers["location"])
            return _answer(response, address, known)

    def _let_pass(self, host: str, gap: float) -> None:
        gap = min(max(gap, _LEAST_GAP), _LONGEST_GAP)
        last = self._asked.get(host)
        if last is not None and self._clock() - last < gap:
            self._wait(gap - (self._clock() - last))
        self._asked[host] = self._clock()


def _conditions(known: Validators) -> dict[str, str]:
    pairs = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    return {name: value for name, value in pairs.items() if value}


def _answer(response: httpx.Response, address: str, known: Validators) -> Answered | Issue:
    headers = response.headers
    if response.status_code == 304:
        return Answered(address=address, data=None, validators=known)
    if response.status_code in _BUSY:
        after = headers.get("retry-after")
        return make_issue(
            "not-fetched",
            f"the host is busy ({response.status_code}) and asks to come back" + (f" after {after}" if after else ""),
            path=address,
        )
    if not response.is_success:
        return make_issue("not-fetched", f"the host answers {response.status_code}", path=address)
    data = _body(response, LARGEST)
    if data is None:
        return make_issue("too-large", f"it holds more than {LARGEST // 2**20} MiB", path=address)
    return Answered(
        address=address,
        data=data,
        media_type=headers.get("content-type", "").partition(";")[0].strip().lower(),
        charset=response.charset_encoding,
        validators=Validators(etag=headers.get("etag"), modified=headers.get("last-modified")),
    )


def _body(response: httpx.Response, largest: int) -> bytes | None:
    """The unpacked body; None where it is larger, however small it came over the wire."""
    parts: list[bytes] = []
    size = 0
    for part in response.iter_bytes():
        size += len(part)
        if size > largest:
            return None
        parts.append(part)
    return b"".join(parts)


def _unreachable(address: str, fault: httpx.HTTPError) -> Issue:
    if isinstance(fault, httpx.TimeoutException):
        reason = f"the host did not answer within {_SECONDS:.0f} seconds"
    else:
        reason = f"the host can't be reached ({str(fault) or type(fault).__name__})"
    return make_issue("not-fetched", reason, path=address)
