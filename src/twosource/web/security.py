"""What guards the desk: who may ask (Host, Origin, method, token), and what a page may do (its headers)."""

from __future__ import annotations

import ipaddress
from collections.abc import Collection
from contextlib import suppress
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from twosource.web.access import Access

__all__ = ["CONTENT_SECURITY_POLICY", "HEADERS", "LARGEST_FORM", "LARGEST_UPLOAD", "LOOPBACK", "Guard", "is_from_here"]

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
"""The names under which a loopback address is asked for."""

LARGEST_UPLOAD = 512 * 1024 * 1024
"""Bytes of one form; larger inputs are read by the command, which needs no copy."""

LARGEST_FORM = 1024 * 1024
"""Bytes of a form that are read of somebody who has not given the token, to be handed back."""

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",  # not 'no-referrer': with it a browser sends its own forms with Origin: null
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""What every answer carries."""

_ASKING = ("GET", "HEAD")


class Guard:
    """Lets through what a page of this desk would ask, and puts the headers on every answer, refusals included.

    A wrong Host is refused because a hostile site can point its own name at 127.0.0.1; the port is not compared, so
    that a forwarded port works. Where a token guards the desk, an address in figures is a right Host too: no name can
    be pointed at it. What is sent (POST) must come from a page of this desk: the Origin is compared here, the form's
    own token where the form is read.
    """

    def __init__(
        self,
        app: ASGIApp,
        hosts: Collection[str] = LOOPBACK,
        access: Access | None = None,
        door: ASGIApp | None = None,
    ) -> None:
        """``door`` answers a form of this desk that comes without its token; None for a word alone."""
        self.app = app
        self.door = door
        self.hosts = frozenset(host.lower() for host in hosts)
        self.access = access or Access()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; connections that are no HTTP (the server's start and stop) pass through."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        answer = self._refusal(scope["method"], scope["path"], Headers(scope=scope)) or self.app
        await answer(scope, receive, send_guarded)

    def _refusal(self, method: str, path: str, headers: Headers) -> ASGIApp | None:
        host = headers.get("host", "")
        if not self._is_ours(_name_of(f"//{host}")):
            return PlainTextResponse("This desk answers only under its own address.\n", 421)
        if not self.access.admits(path, headers):
            if method in _ASKING and not path.startswith("/api/"):
                return RedirectResponse("/enter", 303, headers={"Cache-Control": "no-store"})
            if self.door is not None and _is_filled_in(method, path, headers):
                return self.door
            return PlainTextResponse("This desk needs its token.\n", 401, {"WWW-Authenticate": "Bearer"})
        return None if method in _ASKING else _refusal_to_send(method, headers)

    def _is_ours(self, name: str | None) -> bool:
        if name is None or name in self.hosts:
            return name is not None
        return self.access.token is not None and _is_address(name)


def _is_filled_in(method: str, path: str, headers: Headers) -> bool:
    """Whether a person sent this by a form of this desk's, which leads to another page, and that is not too large."""
    if path.startswith("/api/") or "hx-request" in headers or not is_from_here(headers):
        return False
    return _refusal_to_send(method, headers) is None and int(headers["content-length"]) <= LARGEST_FORM


def is_from_here(headers: Headers) -> bool:
    """Whether the browser vouches for it that a page of this desk sent the request; False where it says nothing.

    The guard refuses what names another origin; this asks for more, and stands in for the form's token of a desk that
    was started again, whose pages carry the old one.
    """
    if "origin" in headers:
        return _is_own_origin(headers)
    return headers.get("sec-fetch-site") == "same-origin"


def _is_own_origin(headers: Headers) -> bool:
    host = headers.get("host", "")
    return headers["origin"] in (f"http://{host}", f"https://{host}")


def _refusal_to_send(method: str, headers: Headers) -> Response | None:
    if "origin" in headers and not _is_own_origin(headers):
        return PlainTextResponse("This request comes from another site.\n", 403)
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return PlainTextResponse("This request comes from another site.\n", 403)
    if method != "POST":
        return PlainTextResponse("The desk is asked by GET and told by POST.\n", 405, {"Allow": "GET, HEAD, POST"})
    length = headers.get("content-length", "")
    if not length.isdecimal():
        return PlainTextResponse("How long the form is must be said beforehand.\n", 411)
    if int(length) > LARGEST_UPLOAD:
        return PlainTextResponse("That is too much at once: read it with 'twosource read'.\n", 413)
    return None


def _name_of(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None


def _is_address(name: str) -> bool:
    with suppress(ValueError):
        ipaddress.ip_address(name)
        return True
    return False
