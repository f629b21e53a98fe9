"""Which forces were where and how many, and who held which place when."""

from __future__ import annotations

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from twosource.closed_sets import ClaimType
from twosource.errors import UsageError
from twosource.views.holdings import Holding, HoldingHistory, holdings
from twosource.views.order_of_battle import Force, order_of_battle
from twosource.views.tellings import Rows
from twosource.web.asking import ANSWER_FIELDS, answer_filter, asked_in, earlier
from twosource.web.desk import Desk, is_partial
from twosource.web.paging import paging_of
from twosource.web.routing import Act, Ask

__all__ = ["WAYS"]

_SIZE = 20  # forces, or places, on one page
_ROWS = 15  # told of one place on it
_HELD = {ClaimType.HOLDS: "held", ClaimType.TAKES_CONTROL: "took", ClaimType.WITHDRAWS: "left"}


class PlaceHeld(msgspec.Struct, frozen=True):
    """One place, and who held, took or left it, from the earliest day on."""

    name: str
    rows: tuple[Holding, ...]


def forces(desk: Desk, request: Request) -> Response:
    """The order of battle; only the list where htmx asks."""
    asked = asked_in(request.query_params, ANSWER_FIELDS)
    trouble, status = None, 200
    every: Rows[Force] = Rows()
    try:
        chosen = answer_filter(asked)
        every = desk.answers.get(
            ("forces", chosen), lambda: order_of_battle(desk.project, chosen, most=desk.most_claims)
        )
    except UsageError as error:
        trouble, status = str(error), 400
    paging = paging_of(request.query_params, len(every), asked, _SIZE)
    context = {
        "rows": every[paging.offset : paging.offset + _SIZE],
        "paging": paging,
        "asked": asked,
        "trouble": trouble,
        "left_out": every.left_out,
        "earlier": earlier(asked, every.left_out),
    }
    return desk.page("_force_list.html" if is_partial(request) else "forces.html", context, status)


def held(desk: Desk, request: Request) -> Response:
    """The places with their holders, those most told of first; only the list where htmx asks."""
    asked = asked_in(request.query_params, ANSWER_FIELDS)
    trouble, status = None, 200
    every: Rows[PlaceHeld] = Rows()
    try:
        chosen = answer_filter(asked)
        every = desk.answers.get(
            ("held", chosen), lambda: _by_place(holdings(desk.project, chosen, most=desk.most_claims))
        )
    except UsageError as error:
        trouble, status = str(error), 400
    paging = paging_of(request.query_params, len(every), asked, _SIZE)
    context = {
        "places": every[paging.offset : paging.offset + _SIZE],
        "paging": paging,
        "asked": asked,
        "trouble": trouble,
        "left_out": every.left_out,
        "earlier": earlier(asked, every.left_out),
        "held_words": _HELD,
        "most_rows": _ROWS,
        "takers": {row.saying.claim: row for place in every for row in place.rows},
    }
    return desk.page("_held_list.html" if is_partial(request) else "held.html", context, status)


def _by_place(found: HoldingHistory) -> Rows[PlaceHeld]:
    groups: dict[str, list[Holding]] = {}
    for row in found.rows:
        groups.setdefault(row.place.casefold(), []).append(row)
    places = [PlaceHeld(theirs[0].place, tuple(theirs)) for theirs in groups.values()]
    return Rows.made(sorted(places, key=lambda place: (-len(place.rows), place.name)), found.left_out)


WAYS: tuple[Ask | Act, ...] = (Ask("/actors/order-of-battle", forces), Ask("/actors/holdings", held))
