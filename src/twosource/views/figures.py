"""How did a figure change, by whom, and what does each report add to a toll?"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence

import msgspec

from twosource.closed_sets import FigureKind
from twosource.corpus.counting import Count, counts_in
from twosource.corpus.disagreements.making import bounds_in_words
from twosource.corpus.series import Addition, Change, Step, additions, as_of, said_steps, steps
from twosource.corpus.tellings import Telling
from twosource.spans import Span
from twosource.store import Project, event_query
from twosource.store.claim_filter import Among, ClaimFilter, chooses
from twosource.views.loaded import counted_words
from twosource.views.tellings import (
    Basis,
    LeftOut,
    LookedAt,
    Names,
    Saying,
    basis_of,
    claims_of_event,
    looked_at,
    names_in,
    saying,
    tellings_of_event,
)

__all__ = ["FigureHistory", "FigureStep", "TollHistory", "TollStep", "figure_history", "toll_history"]


class FigureStep(msgspec.Struct, frozen=True, kw_only=True):
    """One figure as one report gives it: what it counts, for which days, and how it stands to its speaker's last one.

    ``whom`` is sorted and empty for everyone. ``extent`` is event, total, part or addition. ``since`` and ``until`` are
    the days that it holds for. ``at`` is where its words stand in the report. ``previous`` is a claim's id.
    """

    kind: FigureKind
    low: int | None
    high: int | None
    value: str
    phrase: str
    at: Span
    whom: tuple[str, ...]
    extent: str
    since: datetime.date | None
    until: datetime.date | None
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    places: tuple[str, ...]
    change: Change
    previous: str | None
    saying: Saying


class FigureHistory(msgspec.Struct, frozen=True, kw_only=True):
    """The steps of a figure from the earliest day on, and what they rest on. Steps are never to be summed."""

    steps: tuple[FigureStep, ...]
    basis: Basis
    left_out: LeftOut | None = None


class TollStep(msgspec.Struct, frozen=True, kw_only=True):
    """One figure of a toll: ``of`` is the whole that it is a part of, ``adds`` how many it adds to ``before``."""

    step: FigureStep
    of: str | None
    before: int | None
    adds: int | None
    note: str


class TollHistory(msgspec.Struct, frozen=True, kw_only=True):
    """What each report adds to the toll of one event, in the order of publication."""

    event: str | None
    steps: tuple[TollStep, ...]
    basis: Basis
    left_out: LeftOut | None = None


def figure_history(
    project: Project,
    chosen: ClaimFilter | None = None,
    *,
    kind: FigureKind | None = None,
    event: str | None = None,
    whole: bool = False,
    apart: bool = False,
    most: int | None = None,
) -> FigureHistory:
    """The figures of the claims chosen (of one event, by its id, or of all), each beside its speaker's last one.

    ``whole`` leaves out parts and additions, which no whole toll may be weighed against. With ``apart`` they are in the
    order in which they were said, and weighed within one event, or, where claims are of none, one first place.
    Of more than ``most`` claims with figures those published last are looked at; of an event all.
    """
    counts, names, left_out = _counts(project, chosen, kind, event, most)
    kept = [one for one in counts if not whole or one.counted.extent in ("event", "total")]
    found = said_steps(kept, _about(project, kept), names.key) if apart else steps(kept, names.key)
    return FigureHistory(steps=tuple(map(_row, found)), basis=basis_of(one.telling for one in kept), left_out=left_out)


def _about(project: Project, counts: Sequence[Count]) -> Callable[[Count], str]:
    """Leads from a figure to the event that its claim is of, or to the claim's first place."""
    with project.looking() as connection:
        events = event_query.events_of_claims(connection, {count.telling.claim.id for count in counts})

    def about(count: Count) -> str:
        claim = count.telling.claim
        return events.get(claim.id) or "".join(named.name for named in claim.places[:1])

    return about


def toll_history(
    project: Project,
    chosen: ClaimFilter | None = None,
    *,
    kind: FigureKind = FigureKind.KILLED,
    event: str | None = None,
    most: int | None = None,
) -> TollHistory:
    """What each figure adds to the toll of one event: given by its id, or by a filter that chooses its claims alone.

    Of more than ``most`` claims with figures those published last are looked at; of an event all.
    """
    counts, names, left_out = _counts(project, chosen, kind, event, most)
    rows = {(one.count.telling.claim.id, one.count.figure.span): _row(one) for one in steps(counts, names.key)}
    found = [
        _toll_row(one, rows[one.count.telling.claim.id, one.count.figure.span]) for one in additions(counts, names.key)
    ]
    return TollHistory(
        event=event, steps=tuple(found), basis=basis_of(one.telling for one in counts), left_out=left_out
    )


def _counts(
    project: Project, chosen: ClaimFilter | None, kind: FigureKind | None, event: str | None, most: int | None
) -> tuple[list[Count], Names, LeftOut | None]:
    found, left_out = (
        looked_at(project, chosen, Among(counted=True), most) if event is None else _of_event(project, chosen, event)
    )
    words = counted_words()
    counts = [count for telling in found for count in counts_in(telling, words)]
    return (
        [one for one in _once(counts) if kind is None or one.counted.kind is kind],
        names_in(project, found),
        left_out,
    )


def _of_event(project: Project, chosen: ClaimFilter | None, event: str) -> LookedAt:
    """The claims of an event that the filter chooses."""
    found = tellings_of_event(project, sorted(claims_of_event(project, event)))
    kept = (one for one in found if chosen is None or chooses(chosen, one.claim, one.evidence, one.report.published))
    return LookedAt(tuple(kept), None)


def _once(counts: list[Count]) -> list[Count]:
    """Each figure of a report once, though several claims hold it; the first claim's."""
    return list({(one.telling.report.id, one.figure.span, one.counted.kind): one for one in reversed(counts)}.values())


def _row(step: Step) -> FigureStep:
    count = step.count
    figure, claim = count.figure, count.telling.claim
    since, until = as_of(count)
    return FigureStep(
        kind=figure.kind,
        low=figure.low,
        high=figure.high,
        value=bounds_in_words(figure),
        phrase=figure.phrase,
        at=figure.span,
        whom=tuple(sorted(count.counted.whom)),
        extent=count.counted.extent,
        since=since,
        until=until,
        actors=_names(count.telling, "actors"),
        targets=_names(count.telling, "targets"),
        places=tuple(named.name for named in claim.places),
        change=step.change,
        previous=step.previous,
        saying=saying(count.telling),
    )


def _names(telling: Telling, field: str) -> tuple[str, ...]:
    return tuple(named.name for named in getattr(telling.claim, field))


def _toll_row(found: Addition, row: FigureStep) -> TollStep:
    whole = found.whole
    of = bounds_in_words(whole.figure) if whole is not None and whole is not found.count else None
    return TollStep(step=row, of=of, before=found.before, adds=found.adds, note=found.note)
