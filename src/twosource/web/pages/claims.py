"""The claims of all reports, filtered."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from starlette.requests import Request
from starlette.responses import Response

from twosource.closed_sets import FAMILIES
from twosource.corpus_records import OwnType
from twosource.deciding.own_types import own_type
from twosource.errors import UsageError
from twosource.views import claims as views
from twosource.views.claims import MOST_COUNTED
from twosource.views.own_types import names_of, own_types
from twosource.web.desk import Desk, is_partial
from twosource.web.paging import PAGE_SIZE, paging_of
from twosource.web.routing import Act, Ask

__all__ = ["WAYS"]

_FIELDS = ("text", "actor", "place", "source", "type", "own", "family", "since", "until", "report")


def claims(desk: Desk, request: Request) -> Response:
    """The list; only the list itself where htmx asks."""
    asked = {name: request.query_params.get(name, "").strip() for name in _FIELDS}
    trouble, status, chosen = None, 200, views.ClaimFilter()
    own = own_types(desk.project)
    try:
        chosen = _filter(asked, own)
    except UsageError as error:
        trouble, status = str(error), 400
    most = None if chosen == views.ClaimFilter() else MOST_COUNTED
    with desk.project.looking_once():
        counted = views.count_claims(desk.project, chosen, most=MOST_COUNTED)
        paging = paging_of(request.query_params, counted, asked, most=most)
        found = views.find_claims(desk.project, chosen, limit=PAGE_SIZE, offset=paging.offset)
    context = {"rows": found, "paging": paging, "asked": asked, "trouble": trouble, "families": FAMILIES}
    context |= {"own_types": own, "own_of": {row.claim.id: names_of(own, row.claim, row.evidence) for row in found}}
    return desk.page("_claim_list.html" if is_partial(request) else "claims.html", context, status)


def _filter(asked: Mapping[str, str], own: Sequence[OwnType]) -> views.ClaimFilter:
    """The filter that a query asks for. Raises UsageError for a type, family or day that can't be."""
    return views.ClaimFilter(
        type=views.claim_type(asked["type"]) if asked["type"] else None,
        own=own_type(own, asked["own"]) if asked["own"] else None,
        family=asked["family"] or None,
        actor=asked["actor"] or None,
        place=asked["place"] or None,
        source=asked["source"] or None,
        report=asked["report"] or None,
        since=_day(asked["since"]),
        until=_day(asked["until"]),
        text=asked["text"] or None,
    )


def _day(words: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(words) if words else None
    except ValueError:
        raise UsageError(f"{words!r} is no day: write year, month and day as in 2024-12-01") from None


WAYS: tuple[Ask | Act, ...] = (Ask("/claims", claims),)
