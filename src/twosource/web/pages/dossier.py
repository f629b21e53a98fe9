"""A dossier for print: the quotations that a filter chooses, numbered, with the reports that they stand in."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from twosource.closed_sets import FigureKind
from twosource.corpus.tellings import Telling
from twosource.errors import UsageError
from twosource.export.formats import format_named
from twosource.export.material import Choice, Material
from twosource.records import Report
from twosource.store.claim_filter import ClaimFilter, chooses
from twosource.views.claims import claim_type
from twosource.views.events import EventFilter, event_view
from twosource.views.tellings import (
    Among,
    Basis,
    LeftOut,
    LookedAt,
    Saying,
    basis_of,
    claims_of_event,
    looked_at,
    saying,
    tellings_of_event,
)
from twosource.web.asking import ANSWER_FIELDS, answer_filter, asked_in, with_query
from twosource.web.desk import Desk
from twosource.web.routing import Act, Ask
from twosource.web.wording import days_words, type_words

__all__ = ["DOSSIER_FIELDS", "WAYS"]

DOSSIER_FIELDS = (*ANSWER_FIELDS, "text", "type", "family", "report", "event", "kind")
"""The fields of a query that choose what stands in a dossier."""

MOST = 150
"""Quotations on one page for print; more are a book, and the file holds all."""


class Quotation(msgspec.Struct, frozen=True):
    """One numbered quotation: the claim, who says it, and the number of the report that it stands in."""

    number: int
    telling: Telling
    saying: Saying
    report: int


class Dossier(msgspec.Struct, frozen=True, kw_only=True):
    """The first quotations by day of publication, the reports that they stand in, and how many quotations there are.

    Of a choice of more than can be looked at they are those published last, and ``left_out`` says so.
    """

    quotations: tuple[Quotation, ...]
    reports: tuple[Report, ...]
    total: int
    basis: Basis
    left_out: LeftOut | None = None


def dossier(desk: Desk, request: Request) -> Response:
    """The page."""
    asked = asked_in(request.query_params, DOSSIER_FIELDS)
    chosen = _filter(asked)
    made = desk.answers.get(("dossier", chosen, asked["event"], asked["kind"]), lambda: _dossier(desk, asked, chosen))
    context = {
        "made": made,
        "most": MOST,
        "title": _title(desk, asked),
        "told": _told(asked),
        "today": desk.today(),
        "file_query": None if asked["kind"] else with_query(asked)(),
    }
    return desk.page("dossier.html", context)


def file(desk: Desk, request: Request) -> Response:
    """The same choice as one file that needs no desk: with its events, their accounts and disagreements."""
    asked = asked_in(request.query_params, DOSSIER_FIELDS)
    claims = sorted(claims_of_event(desk.project, asked["event"])) if asked["event"] else []
    choice = Choice(
        claims=_filter(asked),
        events=EventFilter(claim=claims[0]) if claims else None,
        title=_title(desk, asked),
        day=desk.today(),
    )
    made = format_named("dossier")
    pieces = iter(list(made.write(Material(desk.project, choice))))
    headers = {
        "Content-Disposition": f'attachment; filename="{made.name}{made.suffix}"',
        "Cache-Control": "no-store",
    }
    return StreamingResponse(pieces, media_type=made.media_type, headers=headers)


def _filter(asked: Mapping[str, str]) -> ClaimFilter:
    if asked["kind"] and asked["kind"] not in tuple(FigureKind):
        raise UsageError(f"there is no kind of figure {asked['kind']!r}: it is one of {', '.join(FigureKind)}")
    return msgspec.structs.replace(
        answer_filter(asked),
        text=asked["text"] or None,
        type=claim_type(asked["type"]) if asked["type"] else None,
        family=asked["family"] or None,
        report=asked["report"] or None,
    )


def _dossier(desk: Desk, asked: Mapping[str, str], chosen: ClaimFilter) -> Dossier:
    told, left_out = _looked_at(desk, asked, chosen)
    kind = asked["kind"]
    found = sorted((one for one in told if not kind or any(f.kind.value == kind for f in one.claim.figures)), key=_when)
    shown = found[:MOST]
    reports: dict[str, Report] = {}
    for telling in shown:
        reports.setdefault(telling.report.id, telling.report)
    numbers = {id_: number for number, id_ in enumerate(reports, 1)}
    quotations = tuple(
        Quotation(number, telling, saying(telling), numbers[telling.report.id])
        for number, telling in enumerate(shown, 1)
    )
    return Dossier(
        quotations=quotations,
        reports=tuple(reports.values()),
        total=len(found),
        basis=basis_of(found),
        left_out=left_out,
    )


def _looked_at(desk: Desk, asked: Mapping[str, str], chosen: ClaimFilter) -> LookedAt:
    """The claims of the event that the filter chooses; without an event those chosen, as many as one page holds."""
    if not asked["event"]:
        return looked_at(desk.project, chosen, Among(counted=True) if asked["kind"] else None, MOST)
    told = tellings_of_event(desk.project, sorted(claims_of_event(desk.project, asked["event"])))
    kept = (one for one in told if chooses(chosen, one.claim, one.evidence, one.report.published))
    return LookedAt(tuple(kept), None)


def _when(telling: Telling) -> tuple[bool, str, str, int]:
    published = telling.report.published
    start = telling.claim.evidence[0].start if telling.claim.evidence else 0
    return published is None, str(published), telling.report.id, start


def _title(desk: Desk, asked: Mapping[str, str]) -> str:
    if asked["event"]:
        event = event_view(desk.project, asked["event"]).event
        place = f" in {event.places[0].name}" if event.places else ""
        days = days_words(event.start, event.end)
        return f"{type_words(event.type)}{place}" + (f", {days}" if days else "")
    named = [asked[name] for name in ("actor", "place", "source", "text") if asked[name]]
    kind = asked["kind"].capitalize()
    return ", ".join([*([kind] if kind else []), *named]) or "Claims, events and sources"


def _told(asked: Mapping[str, str]) -> list[tuple[str, str]]:
    """What was asked for, but for the event, which is in the title."""
    return [(name, value) for name, value in asked.items() if value and name != "event"]


WAYS: tuple[Ask | Act, ...] = (Ask("/dossier", dossier), Ask("/dossier/file", file))
