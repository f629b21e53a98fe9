"""Figures over time: what each speaker gives, on the day when it was said, drawn and as a table."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from starlette.requests import Request
from starlette.responses import Response

from twosource.closed_sets import FigureKind
from twosource.errors import UsageError
from twosource.views.events import EventInShort, events_of_claims
from twosource.views.figures import figure_history
from twosource.views.tellings import Rows
from twosource.web.asking import ANSWER_FIELDS, answer_filter, asked_in, earlier, with_query
from twosource.web.desk import Desk, is_partial
from twosource.web.figure_chart import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, chart_of
from twosource.web.figure_series import SCOPES, Series, series_of
from twosource.web.paging import paging_of
from twosource.web.routing import Act, Ask
from twosource.web.wording import days_words, type_words

__all__ = ["WAYS"]

_FIELDS = (*ANSWER_FIELDS, "kind", "scope", "event")
_DRAWING = {"width": WIDTH, "height": HEIGHT, "left": LEFT, "right": RIGHT, "top": TOP, "bottom": BOTTOM}
_SIZE = 8  # series on one page


def figures(desk: Desk, request: Request) -> Response:
    """The series of the figures chosen, each as a chart with its table; only the list where htmx asks."""
    asked = asked_in(request.query_params, _FIELDS)
    trouble, status = None, 200
    every: Rows[Series] = Rows()
    try:
        every = _series(desk, asked)
    except UsageError as error:
        trouble, status = str(error), 400
    found = [one for one in every if asked["kind"] in ("", one.kind) and asked["scope"] in ("", one.scope)]
    paging = paging_of(request.query_params, len(found), asked, _SIZE)
    shown = found[paging.offset : paging.offset + _SIZE]
    context = {
        "series": [(one, chart_of(one)) for one in shown],
        "paging": paging,
        "asked": asked,
        "trouble": trouble,
        "left_out": every.left_out,
        "earlier": earlier(asked, every.left_out),
        "kinds": FigureKind,
        "scope_words": SCOPES,
        "steps": sum(len(one.steps) for one in found),
        "drawing": _DRAWING,
        "with_query": with_query(asked),
        "dossier_query": with_query(asked)(scope=""),
    }
    return desk.page("_figure_list.html" if is_partial(request) else "figures.html", context, status)


def _series(desk: Desk, asked: Mapping[str, str]) -> Rows[Series]:
    """The series of all kinds and scopes that the rest of the query chooses. Raises UsageError for what can't be."""
    chosen = answer_filter(asked)
    if asked["kind"] and asked["kind"] not in tuple(FigureKind):
        raise UsageError(f"there is no kind of figure {asked['kind']!r}: it is one of {', '.join(FigureKind)}")
    if asked["scope"] and asked["scope"] not in SCOPES:
        raise UsageError(f"there is no scope {asked['scope']!r}: it is one of {', '.join(SCOPES)}")

    def work() -> Rows[Series]:
        found = figure_history(desk.project, chosen, event=asked["event"] or None, apart=True, most=desk.most_claims)
        titles = _titles(desk, {step.saying.claim for step in found.steps})
        return Rows.made(series_of(found.steps, titles), found.left_out)

    return desk.answers.get(("series", chosen, asked["event"]), work)


def _titles(desk: Desk, claims: Collection[str]) -> dict[str, tuple[str, str]]:
    found = events_of_claims(desk.project, claims)
    return {claim: (event.id, _title(event)) for claim, event in found.items()}


def _title(event: EventInShort) -> str:
    place = f" in {event.places[0].name}" if event.places else ""
    days = days_words(event.start, event.end)
    return f"{type_words(event.type)}{place}" + (f", {days}" if days else "")


WAYS: tuple[Ask | Act, ...] = (Ask("/figures", figures),)
