"""Which forces were where and how many, and who held which place when."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from twosource.closed_sets import ClaimType
from twosource.errors import UsageError
from twosource.views.holdings import Holding, holdings
from twosource.views.order_of_battle import Force, order_of_battle
from twosource.web.asking import ANSWER_FIELDS, answer_filter, asked_in
from twosource.web.desk import Desk, is_partial
from twosource.web.paging import paging_of
from twosource.web.routing import Act, Ask

__all__ = ["WAYS"]

_SIZE = 20  # forces, or places, on one page
_HELD = {ClaimType.HOLDS: "held", ClaimType.TAKES_CONTROL: "took", ClaimType.WITHDRAWS: "left"}


class PlaceHeld(msgspec.Struct, frozen=True):
    """One place, and who held, took or left it, from the earliest day on."""

    name: str
    rows: tuple[Holding, ...]


def forces(desk: Desk, request: Request) -> Response:
    """The order of battle; only the list where htmx asks."""
    asked = asked_in(request.query_params, ANSWER_FIELDS)
    trouble, status = None, 200
    every: tuple[Force, ...] = ()
    try:
        chosen = answer_filter(asked)
        every = desk.answers.get(("forces", chosen), lambda: order_of_battle(desk.project, chosen))
    except UsageError as error:
        trouble, status = str(error), 400
    paging = paging_of(request.query_params, len(every), asked, _SIZE)
    context = {
        "rows": every[paging.offset : paging.offset + _SIZE],
        "paging": paging,
        "asked": asked,
        "trouble": trouble,
    }
    return desk.page("_force_list.html" if is_partial(request) else "forces.html", context, status)


def held(desk: Desk, request: Request) -> Response:
    """The places with their holders, those most told of first; only the list where htmx asks."""
    asked = asked_in(request.query_params, ANSWER_FIELDS)
    trouble, status = None, 200
    every: tuple[PlaceHeld, ...] = ()
    try:
        chosen = answer_filter(asked)
        every = desk.answers.get(("held", chosen), lambda: _by_place(holdings(desk.project, chosen).rows))
    except UsageError as error:
        trouble, status = str(error), 400
    paging = paging_of(request.query_params, len(every), asked, _SIZE)
    context = {
        "places": every[paging.offset : paging.offset + _SIZE],
        "paging": paging,
        "asked": asked,
        "trouble": trouble,
        "held_words": _HELD,
        "takers": {row.saying.claim: row for place in every for row in place.rows},
    }
    return desk.page("_held_list.html" if is_partial(request) else "held.html", context, status)


def _by_place(rows: Iterable[Holding]) -> tuple[PlaceHeld, ...]:
    groups: dict[str, list[Holding]] = {}
    for row in rows:
        groups.setdefault(row.place.casefold(), []).append(row)
    found = [PlaceHeld(theirs[0].place, tuple(theirs)) for theirs in groups.values()]
    return tuple(sorted(found, key=lambda place: (-len(place.rows), place.name)))


WAYS: tuple[Ask | Act, ...] = (Ask("/actors/order-of-battle", forces), Ask("/actors/holdings", held))
