"""Questions to a project about its events, by type, parties, place, time, grade and words."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select, tuple_

from twosource.closed_sets import FAMILIES, ClaimType
from twosource.corpus_records import Event, Grade, OwnType, Value
from twosource.errors import UsageError
from twosource.store import tables
from twosource.store.claim_narrowing import counted_up_to
from twosource.store.fold import padded
from twosource.store.own_types import of_type
from twosource.store.query import contains_words
from twosource.store.some import some

__all__ = [
    "EventFilter",
    "EventInShort",
    "claim_records",
    "count_events",
    "event_of_claim",
    "event_with",
    "events",
    "events_in_short",
    "short_events_of",
]


class EventInShort(msgspec.Struct, frozen=True, kw_only=True):
    """What a map and a timeline show of an event; its fields are those of ``Event``."""

    id: str
    type: ClaimType
    places: tuple[Value, ...] = ()
    start: datetime.date | None = None
    end: datetime.date | None = None
    origins: int = 1
    grade: Grade = Grade.WEAK


_short_decoder = msgspec.json.Decoder(EventInShort)
_event_decoder = msgspec.json.Decoder(Event)


class EventFilter(msgspec.Struct, frozen=True, kw_only=True):
    """What events are asked for; None leaves a field open, and all that is given must hold.

    ``type`` and ``family`` are of any of its claims. ``actor`` (who does it or to whom), ``place``, ``source`` (who
    says so, or passes it on) and ``text`` (evidence) are words that a name or the evidence of a claim holds from the
    beginning of a word on, whatever their case, accents and punctuation; ``key`` is an entity's or a place's id.
    ``report`` and ``claim`` are ids. ``since`` and ``until`` are days, both included, that the event's own time must
    meet; events without a time meet none. ``own`` keeps those of which a claim, as it was read, is of an own type.
    Raises UsageError for an unknown family.
    """

    type: ClaimType | None = None
    family: str | None = None
    actor: str | None = None
    place: str | None = None
    source: str | None = None
    key: str | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None
    grade: Grade | None = None
    min_origins: int | None = None
    report: str | None = None
    claim: str | None = None
    text: str | None = None
    own: OwnType | None = None

    def __post_init__(self) -> None:
        if self.family is not None and self.family not in FAMILIES:
            raise UsageError(f"there is no family {self.family!r}: it is one of {', '.join(FAMILIES)}")


def events(connection: Connection, chosen: EventFilter, limit: int | None = None, offset: int = 0) -> list[Event]:
    """The events chosen: most independent origins first, then the latest, then by id."""
    event = tables.event.c
    query = _chosen(chosen, event.record)
    query = query.order_by(event.origins.desc(), event.start.desc().nulls_last(), event.id)
    return [_event_decoder.decode(one) for one in connection.execute(query.limit(limit).offset(offset)).scalars()]


def events_in_short(connection: Connection, chosen: EventFilter, limit: int | None = None) -> list[EventInShort]:
    """The events chosen, in the same order, with what a map or a timeline shows of each."""
    event = tables.event.c
    query = _chosen(chosen, event.record)
    query = query.order_by(event.origins.desc(), event.start.desc().nulls_last(), event.id)
    return [_short_decoder.decode(one) for one in connection.execute(query.limit(limit)).scalars()]


def short_events_of(connection: Connection, claims: Collection[str]) -> dict[str, EventInShort]:
    """The event of each of these claims (ids) that is of one, by the claim."""
    event, member = tables.event.c, tables.event_claim.c
    query = select(member.claim, event.record).select_from(
        tables.event_claim.join(tables.event, event.id == member.event)
    )
    return {
        claim: _short_decoder.decode(record)
        for few in some(sorted(claims))
        for claim, record in connection.execute(query.where(member.claim.in_(few)))
    }


def count_events(connection: Connection, chosen: EventFilter, most: int | None = None) -> int:
    """How many events are chosen; of more than ``most`` one more, but without a filter always all."""
    if chosen == EventFilter():
        return int(connection.execute(_chosen(chosen, func.count())).scalar_one())
    return counted_up_to(connection, _chosen(chosen, tables.event.c.id), most)


def event_with(connection: Connection, id_: str) -> Event | None:
    """The event with this id."""
    found = connection.execute(select(tables.event.c.record).where(tables.event.c.id == id_)).scalar()
    return _event_decoder.decode(found) if found is not None else None


def event_of_claim(connection: Connection, claim: str) -> str | None:
    """The id of the event that a claim (its id) is of, None where it is of none."""
    columns = tables.event_claim.c
    return connection.execute(select(columns.event).where(columns.claim == claim)).scalar()


def claim_records(connection: Connection, ids: Sequence[str]) -> list[Any]:
    """Rows of the gathered claims with these ids: columns record, evidence, report; by report, then place in it."""
    claim, traits = tables.claim.c, tables.event_traits.c
    joined = tables.event_traits.outerjoin(
        tables.claim, and_(claim.reading == traits.reading, claim.rank == traits.rank)
    )
    record, words = func.coalesce(traits.standing, claim.record), func.coalesce(traits.evidence, claim.evidence)
    query = select(record.label("record"), words.label("evidence"), traits.report).select_from(joined)
    query = query.where(traits.claim.in_(ids)).order_by(traits.report, claim.offset.nulls_last(), traits.rank)
    return list(connection.execute(query).mappings())


def _chosen(chosen: EventFilter, *columns: ColumnElement[Any]) -> Select[Any]:
    return select(*columns).select_from(tables.event).where(*_conditions(chosen))


def _conditions(chosen: EventFilter) -> list[ColumnElement[bool]]:
    """Each asks for the ids of events in an index of its own, so that no event is looked at that it leaves out."""
    event, value = tables.event.c, tables.event_value.c
    conditions: list[ColumnElement[bool]] = []
    if chosen.type is not None:
        conditions.append(_has(value.field == "type", value.folded == padded(chosen.type.value)))
    if chosen.family is not None:
        conditions.append(_has(value.field == "family", value.folded == padded(chosen.family)))
    if chosen.actor is not None:
        conditions.append(_has(value.field.in_(("actor", "target")), contains_words(value.folded, chosen.actor)))
    if chosen.place is not None:
        conditions.append(_has(value.field == "place", contains_words(value.folded, chosen.place)))
    if chosen.key is not None:
        conditions.append(_has(value.key == chosen.key))
    if chosen.grade is not None:
        conditions.append(event.grade == chosen.grade.value)
    if chosen.min_origins is not None:
        conditions.append(event.origins >= chosen.min_origins)
    return conditions + _time_conditions(chosen) + _claim_conditions(chosen)


def _has(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return tables.event.c.id.in_(select(tables.event_value.c.event).where(*conditions))


def _time_conditions(chosen: EventFilter) -> list[ColumnElement[bool]]:
    event = tables.event.c
    if chosen.since is None and chosen.until is None:
        return []
    conditions: list[ColumnElement[bool]] = [or_(event.start.is_not(None), event.end.is_not(None))]
    if chosen.since is not None:
        conditions.append(or_(event.end.is_(None), event.end >= chosen.since))
    if chosen.until is not None:
        conditions.append(or_(event.start.is_(None), event.start <= chosen.until))
    return [event.id.in_(select(event.id).where(*conditions).correlate(None))]


def _claim_conditions(chosen: EventFilter) -> list[ColumnElement[bool]]:
    member, claim, value, name = (
        table.c for table in (tables.event_claim, tables.claim, tables.claim_value, tables.claim_name)
    )
    conditions: list[ColumnElement[bool]] = []
    for column, wanted in ((member.report, chosen.report), (member.claim, chosen.claim)):
        if wanted is not None:
            conditions.append(tables.event.c.id.in_(select(member.event).where(column == wanted)))
    if chosen.text is not None:
        told = select(claim.reading, claim.rank).where(contains_words(claim.folded, chosen.text))
        conditions.append(_has_claim(told))
    if chosen.own is not None:
        conditions.append(_has_claim(select(claim.reading, claim.rank).where(of_type(chosen.own))))
    if chosen.source is not None:
        fields = ("source", "via")
        names = select(name.folded).where(name.field.in_(fields), contains_words(name.folded, chosen.source))
        said = select(value.reading, value.rank).where(value.field.in_(fields), value.folded.in_(names))
        conditions.append(_has_claim(said))
    return conditions


def _has_claim(keys: Select[Any]) -> ColumnElement[bool]:
    """Whether an event has a claim with one of these keys (reading, rank)."""
    member, traits = tables.event_claim.c, tables.event_traits.c
    joined = tables.event_traits.join(tables.event_claim, traits.claim == member.claim)
    held = select(member.event).select_from(joined).where(tuple_(traits.reading, traits.rank).in_(keys))
    return tables.event.c.id.in_(held)
