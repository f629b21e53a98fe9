"""Outlets and agencies with what they take from each other, and the families of reports that come from one text."""

from __future__ import annotations

import functools
from collections.abc import Callable
from urllib.parse import quote

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from twosource.views.lineage import list_lineages
from twosource.views.sources import list_agencies
from twosource.web.desk import Desk
from twosource.web.paging import PAGE_SIZE, paging_of
from twosource.web.routing import Act, Ask
from twosource.web.wording import visible

__all__ = ["WAYS"]


def outlets(desk: Desk, request: Request) -> Response:
    """The outlets."""
    found = desk.outlets()
    paging = paging_of(request.query_params, len(found), {})
    shown = found[paging.offset : paging.offset + PAGE_SIZE]
    return desk.page("sources.html", {"show": "outlets", "outlets": shown, "paging": paging, "linked": _linking()})


def agencies(desk: Desk, request: Request) -> Response:
    """The agencies."""
    found = list_agencies(desk.project)
    paging = paging_of(request.query_params, len(found), {})
    shown = found[paging.offset : paging.offset + PAGE_SIZE]
    return desk.page("sources.html", {"show": "agencies", "agencies": shown, "paging": paging, "linked": _linking()})


def families(desk: Desk, request: Request) -> Response:
    """The families of reports, the largest first."""
    families, alone = desk.families_counted()
    paging = paging_of(request.query_params, families, {})
    shown = list_lineages(desk.project, limit=PAGE_SIZE, offset=paging.offset)
    context = {"show": "families", "families": shown, "paging": paging, "alone": alone}
    return desk.page("sources.html", context)


def _linking() -> Callable[[str, str], Markup]:
    """What makes the link to the reports of a name in a field of their filter, once each: many rows have the same."""

    @functools.cache
    def link(field: str, name: str) -> Markup:
        return Markup('<a href="/reports?{}={}"><bdi>{}</bdi></a>').format(field, quote(name), visible(name))

    return link


WAYS: tuple[Ask | Act, ...] = (
    Ask("/sources", outlets),
    Ask("/sources/agencies", agencies),
    Ask("/sources/families", families),
)
