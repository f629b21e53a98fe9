"""Events as other data sets code them: what ACLED, UCDP GED and PLOVER ask of one, answered once for all three."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

import msgspec

from twosource.closed_sets import ActorKind, ClaimType, FigureKind
from twosource.corpus_records import Event, Grade, Range, Told, Value
from twosource.export.material import EventItem, Material
from twosource.knowledge.event_types import load_event_types
from twosource.records import Report

__all__ = ["ARMED", "CodedEvent", "Party", "coded_events", "days_of", "span_days", "told_deaths"]

ARMED = frozenset({ActorKind.STATE, ActorKind.STATE_FORCE, ActorKind.ARMED_GROUP})
"""The kinds of actors that bear arms as such."""

_NEVER_TOOK_PLACE = frozenset({Grade.PLANNED, Grade.DENIED})


class Party(msgspec.Struct, frozen=True):
    """One party, by its commonest name, with the kind of its entity where one is known."""

    name: str
    kind: ActorKind | None


class CodedEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One event that took place: its two sides, each with the most named party first, its deaths and its reports.

    Of a symmetric type (a clash) the second party is the other side. ``reports`` go from the first published.
    """

    item: EventItem
    first_side: tuple[Party, ...]
    second_side: tuple[Party, ...]
    killed: Range | None
    reports: tuple[Report, ...]
    country: str | None

    @property
    def event(self) -> Event:
        """The event's record."""
        return self.item.event

    @property
    def evidence(self) -> Iterator[str]:
        """The words of every claim, report by report."""
        for id_ in self.event.claims:
            if id_ in self.item.claims:
                yield from self.item.claims[id_].evidence

    def outlets(self) -> tuple[str, ...]:
        """Who published a report of it, each once, the first published first; a report without an outlet by its id."""
        return tuple(dict.fromkeys(report.outlet or report.id for report in self.reports))

    def sources(self) -> tuple[str, ...]:
        """The named sources of its claims, each once."""
        claims = (item.claim for item in self.item.claims.values())
        return tuple(dict.fromkeys(named.name for claim in claims for named in claim.sources))


def coded_events(material: Material) -> Iterator[CodedEvent]:
    """The chosen events that took place and have a first or last day, by that day; what was only planned or is denied
    by as many as assert it is left out, as those data sets leave it out."""
    kinds = material.entity_kinds()
    symmetric = {type_ for type_, row in load_event_types().rows.items() if row.symmetric}
    for item in material.events():
        event = item.event
        if event.grade in _NEVER_TOOK_PLACE or (event.start is None and event.end is None):
            continue
        first, second = _sides(item, kinds, symmetric)
        reports = sorted(item.reports.values(), key=lambda one: (one.published is None, str(one.published), one.id))
        code = item.place.country if item.place else None
        yield CodedEvent(
            item=item,
            first_side=first,
            second_side=second,
            killed=next((one for one in event.figures if one.kind is FigureKind.KILLED), None),
            reports=tuple(reports),
            country=material.gazetteer().country(code).name if code else None,
        )


def span_days(event: Event) -> tuple[datetime.date, datetime.date]:
    """The first and the last day of an event that has one of them; a side that is open is the other."""
    start, end = event.start or event.end, event.end or event.start
    if start is None or end is None:
        raise ValueError(f"{event.id} has no day: coded_events leaves such events out")
    return start, end


def days_of(event: Event) -> int:
    """How many days the span of an event has, 1 for a single day."""
    start, end = span_days(event)
    return (end - start).days + 1


def told_deaths(killed: Range | None) -> Sequence[Told]:
    """The death tolls that accounts give and that no one took back."""
    return killed.told if killed else ()


def _sides(
    item: EventItem, kinds: dict[str, ActorKind], symmetric: set[ClaimType]
) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    event = item.event

    def parties(values: Sequence[Value]) -> tuple[Party, ...]:
        return tuple(Party(value.name, kinds.get(value.key or "") or _kind_in(item, value)) for value in values)

    first, second = parties(event.actors), parties(event.targets)
    if event.type in symmetric and not second:
        return first[:1], first[1:]
    return first, second


def _kind_in(item: EventItem, value: Value) -> ActorKind | None:
    """The kind of a party without a name of its own ('civilians'), which only the reports that name it know."""
    known = (item.claims[id_].kinds.get(value.name) for id_ in value.claims if id_ in item.claims)
    return next((kind for kind in known if kind is not None), None)
