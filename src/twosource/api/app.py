"""The interface as an ASGI application over an open project: it is asked by GET and changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any
from urllib.parse import urlencode

import msgspec
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from twosource.api.asking import Asked, read_parameters
from twosource.api.openapi import BASE, Problem, document
from twosource.api.resources import LISTS, SINGLES
from twosource.api.table import List, Single
from twosource.errors import ProjectError, UsageError
from twosource.store import Project

__all__ = ["make_api"]

_HEADERS = {"Cache-Control": "no-store"}

Items = Sequence[Any]
Work = Callable[[], Items]
Keeper = Callable[[Hashable, Work], Items]


def _keep_nothing(key: Hashable, work: Work) -> Items:
    return work()


def make_api(project: Project, keeper: Keeper = _keep_nothing) -> Starlette:
    """The application, to be mounted at ``BASE``. Answers are JSON; refusals are problems (RFC 9457).

    ``keeper`` gives the answer that it keeps under a key for as long as the project stays as it is, else it works it
    out: it is asked for the lists that are worked out whole, of which every page is cut.
    """
    said = msgspec.json.encode(document())
    routes = [Route("/openapi.json", lambda request: _json(said))]
    for one in SINGLES:
        path = f"/{one.name}/{{id:path}}" if one.of_many else f"/{one.name}"
        routes.append(Route(path, _getter(project, one)))
    routes += [Route(f"/{one.name}", _lister(project, one, keeper)) for one in LISTS]
    handlers: dict[Any, Callable[[Request, Any], Response]] = {
        UsageError: lambda request, fault: _refused(400, "That can't be asked", str(fault)),
        ProjectError: lambda request, fault: _refused(503, "The project can't be used just now", str(fault)),
        HTTPException: lambda request, fault: _refused(
            fault.status_code, fault.detail, f"{BASE}/openapi.json says what can be asked, and how", fault.headers
        ),
    }
    return Starlette(routes=routes, exception_handlers=handlers)


def _lister(project: Project, one: List, keeper: Keeper) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        asked = read_parameters(request.query_params.multi_items(), one.parameters)
        return _json(await run_in_threadpool(_page, project, one, asked, keeper))

    return answer


def _page(project: Project, one: List, asked: Asked, keeper: Keeper) -> bytes:
    following = asked["offset"] + asked["limit"]
    if one.count is None:
        key = ("api", one.name, *(asked[each.name] for each in one.filters))
        whole = keeper(key, lambda: one.find(project, asked))
        items, total, left_out = whole[asked["offset"] : following], len(whole), getattr(whole, "left_out", None)
    else:
        items, total, left_out = one.find(project, asked), one.count(project, asked), None
    following_page = _address(one, asked, following) if following < total else None
    page = {"items": items, "total": total, "next": following_page}
    return msgspec.json.encode(page if left_out is None else {**page, "left_out": left_out})


def _address(one: List, asked: Asked, offset: int) -> str:
    """The address of the page from ``offset`` on, with the same filter."""
    given = {each.name: asked[each.name] for each in one.filters if asked[each.name] != each.default}
    values = msgspec.to_builtins(given | {"limit": asked["limit"], "offset": offset})
    return f"{BASE}/{one.name}?{urlencode({name: _written(value) for name, value in values.items()})}"


def _written(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _getter(project: Project, one: Single) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        asked = read_parameters(request.query_params.multi_items(), one.parameters)
        id_ = request.path_params.get("id", "")
        found = await run_in_threadpool(_found, project, one, id_, asked)
        if found is None:
            return _refused(404, "There is none", f"{BASE}/{one.name} lists those that there are")
        return _json(found)

    return answer


def _found(project: Project, one: Single, id_: str, asked: Asked) -> bytes | None:
    found = one.find(project, id_, asked)
    return None if found is None else msgspec.json.encode(found)


def _json(content: bytes) -> Response:
    return Response(content, media_type="application/json", headers=_HEADERS)


def _refused(status: int, title: str, detail: str, headers: Any = None) -> Response:
    content = msgspec.json.encode(Problem(title=title, status=status, detail=detail))
    return Response(content, status, {**_HEADERS, **(headers or {})}, "application/problem+json")
