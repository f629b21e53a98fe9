"""What a form is answered that was sent after the desk's token was changed: what was written is kept, and nothing done.

The page asks for the token and carries the form's fields; once the token is given, they can be sent again by a click.
It tells nothing but what was sent, and only a page of this desk gets it: the browser vouches for where that is from.
"""

from __future__ import annotations

import re

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from twosource.web.desk import Desk
from twosource.web.sending_again import path_of, typed_by_hand

__all__ = ["ask_again", "door_of", "sent_before", "then_send"]

_SENT, _PATH = "sent:", "sent-to"
_MOST_FIELDS = 1990  # what comes back to /enter has some more, and no form may have over 2,000
_STRAY = re.compile(r"[\x00-\x20\\]")  # in an address: what browsers drop, or take for a slash
_FILLED = "application/x-www-form-urlencoded"

Fields = list[tuple[str, str]]


def door_of(desk: Desk) -> ASGIApp:
    """What answers a form that comes without the desk's token."""

    async def door(scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        fields: Fields = []
        if request.headers.get("content-type", "").startswith(_FILLED):
            fields = await _fields_sent(request)
        answer = ask_again(desk, path_of(request) if fields else "", fields, wrong=False)
        answer.headers["WWW-Authenticate"] = "Bearer"
        await answer(scope, receive, send)

    return door


def sent_before(form: FormData) -> tuple[str, Fields]:
    """Where a form was to be sent before the token was asked for, and its fields; empty where none was."""
    path = form.get(_PATH)
    if not isinstance(path, str) or not path.startswith("/") or path.startswith("//") or _STRAY.search(path):
        return "", []
    every = (one for one in form.multi_items() if isinstance(one[1], str))
    return path, [(name.removeprefix(_SENT), str(value)) for name, value in every if name.startswith(_SENT)]


def ask_again(desk: Desk, path: str, fields: Fields, *, wrong: bool) -> Response:
    """The page that asks for the token, with what was sent."""
    carried = [(_PATH, path), *((f"{_SENT}{name}", value) for name, value in fields)] if path else []
    context = {"wrong": wrong, "changed": True, "carried": carried, "shown": typed_by_hand(fields)}
    return desk.bare("enter.html", context, 403 if wrong else 401)


def then_send(desk: Desk, path: str, fields: Fields) -> Response:
    """The page from which what was sent before can be sent again, for whoever has given the token."""
    words = (
        "Not kept yet: send it again",
        "You have given the token, and nothing was done yet. All that you typed is here.",
    )
    context = {"words": words, "path": path, "fields": fields, "shown": typed_by_hand(fields), "page": None}
    return desk.bare("send_again.html", context)


async def _fields_sent(request: Request) -> Fields:
    """The fields of a form; none where it has more than can be carried, or can't be read."""
    try:
        async with request.form(max_fields=_MOST_FIELDS) as form:
            return _fields_of(form)
    except HTTPException:
        return []


def _fields_of(form: FormData) -> Fields:
    return [(name, value) for name, value in form.multi_items() if isinstance(value, str) and name != "csrf"]
