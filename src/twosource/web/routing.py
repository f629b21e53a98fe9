"""How a screen names its addresses: what is asked (GET) and what is done (POST), each a plain function of the desk."""

from __future__ import annotations

import functools
import secrets
from collections.abc import Callable, Coroutine
from typing import Any

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from twosource.errors import ConflictError
from twosource.web.desk import Desk
from twosource.web.overtaken import overtaken
from twosource.web.sending_again import send_again

__all__ = ["Act", "Ask", "routes_of"]

_MOST_FILES = 2000
_MOST_FIELDS = 2000


class Ask(msgspec.Struct, frozen=True):
    """An address that shows something; ``answer`` is run in a worker thread and changes nothing."""

    path: str
    answer: Callable[[Desk, Request], Response]


class Act(msgspec.Struct, frozen=True):
    """An address that a form is sent to; ``answer`` is run in a worker thread, and only with this desk's form token."""

    path: str
    answer: Callable[[Desk, Request, FormData], Response]


def routes_of(desk: Desk, ways: tuple[Ask | Act, ...]) -> list[Route]:
    """The routes of a screen, in its order."""
    return [_route(desk, way) for way in ways]


def _route(desk: Desk, way: Ask | Act) -> Route:
    if isinstance(way, Ask):
        return Route(way.path, functools.partial(way.answer, desk))
    return Route(way.path, _acting(desk, way), methods=["POST"])


def _acting(desk: Desk, way: Act) -> Callable[[Request], Coroutine[Any, Any, Response]]:
    async def act(request: Request) -> Response:
        async with request.form(max_files=_MOST_FILES, max_fields=_MOST_FIELDS) as form:
            if not _is_ours(desk, form):
                return send_again(desk, request, form)
            return await run_in_threadpool(_done, desk, way, request, form)

    return act


def _done(desk: Desk, way: Act, request: Request, form: FormData) -> Response:
    """The screen's own answer, or the page for a decision that somebody else's came before."""
    try:
        return way.answer(desk, request, form)
    except ConflictError as error:
        return overtaken(desk, request, form, error)


def _is_ours(desk: Desk, form: FormData) -> bool:
    """Whether the form was written by this desk: another site can send one, but can't read the token in ours."""
    given = form.get("csrf")
    return isinstance(given, str) and secrets.compare_digest(given.encode(), desk.csrf.encode())
