"""Where a desk that listens beyond this machine asks for its token."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from twosource.web.desk import Desk
from twosource.web.routing import Act, Ask

__all__ = ["WAYS"]


def ask_token(desk: Desk, request: Request) -> Response:
    """The form; a desk without a token leads on."""
    return desk.see("/reports") if desk.access.token is None else desk.bare("enter.html", {"wrong": False})


def enter(desk: Desk, request: Request, form: FormData) -> Response:
    """The cookie for the right token; the form again for another."""
    given = form.get("token")
    if not isinstance(given, str) or not desk.access.knows(given.strip()):
        return desk.bare("enter.html", {"wrong": True}, 403)
    answer = desk.see("/reports")
    desk.access.let_in(answer)
    return answer


WAYS = (Ask("/enter", ask_token), Act("/enter", enter))
