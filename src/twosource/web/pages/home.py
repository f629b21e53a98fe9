"""The desk's own address."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from twosource.web.desk import Desk
from twosource.web.routing import Act, Ask

__all__ = ["WAYS"]


def home(desk: Desk, request: Request) -> Response:
    """To the list of reports."""
    return RedirectResponse("/reports", 307, headers={"Cache-Control": "no-store"})


WAYS: tuple[Ask | Act, ...] = (Ask("/", home),)
