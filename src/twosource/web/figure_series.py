"""The steps of figures in series that can be drawn: of one event or place, of one kind, of one scope."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from twosource.closed_sets import FigureKind, Stance
from twosource.corpus.series import voice_of
from twosource.views.figures import FigureStep

__all__ = ["SCOPES", "Point", "Series", "lanes_of", "points_of", "series_of"]

SCOPES = {
    "event": "This attack",
    "total": "Running total",
    "part": "A part",
    "addition": "Added to another",
}
"""Words for how far a figure reaches; series never mix them."""

_FIRST = (FigureKind.KILLED, FigureKind.INJURED, FigureKind.DISPLACED, FigureKind.MISSING, FigureKind.CAPTURED)


class Series(msgspec.Struct, frozen=True, kw_only=True):
    """Steps that may be laid beside each other: of one kind and scope, and of one event or, without one, one place.

    ``event`` is an id. ``whom`` tells whom a part counts. Steps go from the earliest said on, those without a day last.
    """

    event: str | None
    title: str
    kind: FigureKind
    scope: str
    whom: tuple[str, ...]
    steps: tuple[FigureStep, ...]

    @property
    def speakers(self) -> int:
        """How many give a figure."""
        return len(set(lanes_of(self.steps).values()))


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """What one speaker gives on one day, once though several reports bring it; ``step`` is the first of ``times``.

    ``lane`` is the id of the speaker's first claim of the series: the same for all that one speaker gives.
    """

    step: FigureStep
    day: datetime.date
    times: int
    lane: str

    @property
    def denied(self) -> bool:
        """Whether the speaker says that it is not so."""
        return self.step.saying.stance is Stance.DENIES or self.step.saying.negated


def series_of(steps: Iterable[FigureStep], events: Mapping[str, tuple[str, str]]) -> tuple[Series, ...]:
    """The series, by kind (deaths first) and then those that most speakers tell of first.

    ``events`` has the event's id and title for each claim (its id) that is of one.
    """
    groups: dict[tuple[str | None, str, FigureKind, str, tuple[str, ...]], list[FigureStep]] = {}
    for step in steps:
        event, title = events.get(step.saying.claim, (None, step.places[0] if step.places else "No place named"))
        whom = step.whom if step.extent == "part" else ()
        groups.setdefault((event, title, step.kind, step.extent, whom), []).append(step)
    found = [
        Series(event=event, title=title, kind=kind, scope=scope, whom=whom, steps=tuple(sorted(theirs, key=_said)))
        for (event, title, kind, scope, whom), theirs in groups.items()
    ]
    return tuple(sorted(found, key=_weight))


def points_of(series: Series) -> tuple[Point, ...]:
    """The dated steps of a series that tell a number, in their order."""
    groups: dict[tuple[object, ...], list[FigureStep]] = {}
    lanes = lanes_of(series.steps)
    for step in series.steps:
        said = step.saying
        if said.published is not None and (step.low is not None or step.high is not None):
            denied = said.stance is Stance.DENIES or said.negated
            key = (said.published, lanes[said.claim], step.low, step.high, step.whom, denied)
            groups.setdefault(key, []).append(step)
    points = [
        Point(
            step=theirs[0],
            day=day,
            times=len({one.saying.report for one in theirs}),
            lane=lanes[theirs[0].saying.claim],
        )
        for theirs in groups.values()
        if (day := theirs[0].saying.published) is not None
    ]
    return tuple(points)


def lanes_of(steps: Sequence[FigureStep]) -> dict[str, str]:
    """For each claim of the steps the first claim by the same speaker.

    Speakers are one where a step stands beside the other's claim, and where their names in one outlet are.
    """
    lanes: dict[str, str] = {}
    by_voice: dict[tuple[frozenset[str], str], str] = {}
    for step in steps:
        said = step.saying
        where = said.outlet or said.report
        own = lanes.setdefault(said.claim, said.claim)
        voice = frozenset(voice_of(name, where) for name in said.speakers), where
        same = {own, lanes[by_voice.setdefault(voice, said.claim)], lanes.get(step.previous or "", own)}
        if len(same) > 1:
            kept = next(claim for claim in lanes if claim in same)
            lanes.update({claim: kept for claim, lane in lanes.items() if lane in same})
    return lanes


def _said(step: FigureStep) -> tuple[bool, str, str, int]:
    said = step.saying.published
    return said is None, str(said), step.saying.report, step.at.start


def _weight(series: Series) -> tuple[int, str, int, int, str, str, tuple[str, ...]]:
    kind = _FIRST.index(series.kind) if series.kind in _FIRST else len(_FIRST)
    return kind, series.kind.value, -series.speakers, -len(series.steps), series.title, series.scope, series.whom
