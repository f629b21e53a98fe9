"""Who decides at this desk: the name that a person gave in this browser, else that of the account it runs under."""

from __future__ import annotations

import getpass
from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import Response

__all__ = ["keep_name", "name_of"]

_COOKIE = "twosource-name"
_LONGEST = 100
_YEAR = 31_536_000


def name_of(request: Request) -> str:
    """The name that stands beside a decision; never empty."""
    given = " ".join(unquote(request.cookies.get(_COOKIE, "")).split())[:_LONGEST]
    return given or _account()


def keep_name(answer: Response, name: str) -> None:
    """Has the browser send the name from now on; an empty one forgets it."""
    words = " ".join(name.split())[:_LONGEST]
    answer.set_cookie(_COOKIE, quote(words), max_age=_YEAR if words else 0, httponly=True, samesite="strict")


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # an account without a name, as in some containers
        return "somebody"
