"""Where a desk that listens beyond this machine asks for its token."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from twosource.web.at_the_door import ask_again, sent_before, then_send
from twosource.web.desk import Desk
from twosource.web.routing import Act, Ask

__all__ = ["WAYS"]


def ask_token(desk: Desk, request: Request) -> Response:
    """The form; a desk without a token leads on."""
    return desk.see("/reports") if desk.access.token is None else _asked(desk)


def enter(desk: Desk, request: Request, form: FormData) -> Response:
    """The cookie for the right token; the form again for another. What was sent before stays, to be sent again."""
    given = form.get("token")
    path, fields = sent_before(form)
    if not isinstance(given, str) or not desk.access.knows(given.strip()):
        return ask_again(desk, path, fields, wrong=True) if path else _asked(desk, wrong=True)
    answer = then_send(desk, path, fields) if path else desk.see("/reports")
    desk.access.let_in(answer)
    return answer


def _asked(desk: Desk, *, wrong: bool = False) -> Response:
    context = {"wrong": wrong, "changed": False, "carried": (), "shown": ()}
    return desk.bare("enter.html", context, 403 if wrong else 200)


WAYS = (Ask("/enter", ask_token), Act("/enter", enter))
