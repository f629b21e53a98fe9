"""Who may see the desk where it listens beyond this machine: whoever knows its token."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response

from twosource.errors import UsageError

__all__ = ["SHORTEST_TOKEN", "Access"]

SHORTEST_TOKEN = 16
"""Characters. At random from letters and digits these are 95 bits, more than can be tried over a network."""

_COOKIE = "twosource"
_YEAR = 31_536_000


class Access:
    """Lets everyone in where ``token`` is None; else those who send it, or the cookie that they got for it.

    The cookie is made from the token and does not hold it; a new token ends all old ones.
    """

    def __init__(self, token: str | None = None) -> None:
        """Raises UsageError for a token that could be guessed."""
        if token is not None and len(token) < SHORTEST_TOKEN:
            raise UsageError(f"the token has {len(token)} characters: give one of at least {SHORTEST_TOKEN}")
        self.token = token
        self._pass = hmac.new((token or "").encode(), b"twosource desk", hashlib.sha256).hexdigest()

    def admits(self, path: str, headers: Headers) -> bool:
        """Whether the request may be answered; the page that asks for the token, and the styles, are for all."""
        if self.token is None or path == "/enter" or path.startswith("/static/"):
            return True
        bearer = headers.get("authorization", "").removeprefix("Bearer ")
        cookie = Request({"type": "http", "headers": headers.raw}).cookies.get(_COOKIE, "")
        return self.knows(bearer) or secrets.compare_digest(cookie.encode(), self._pass.encode())

    def knows(self, given: str) -> bool:
        """Whether this is the token."""
        return self.token is not None and secrets.compare_digest(given.encode(), self.token.encode())

    def let_in(self, answer: Response) -> None:
        """Gives the browser the cookie, which no script can read and no other site can send."""
        answer.set_cookie(_COOKIE, self._pass, max_age=_YEAR, httponly=True, samesite="strict")
