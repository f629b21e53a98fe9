"""Questions to a project about its events, by type, parties, place, time, grade and words."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import msgspec
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Select,
    and_,
    false,
    func,
    select,
    tuple_,
    union_all,
)

from twosource.closed_sets import FAMILIES, ClaimType
from twosource.corpus_records import Event, Grade, OwnType, Value
from twosource.errors import UsageError
from twosource.store import tables
from twosource.store.counting import counted_up_to
from twosource.store.fold import padded
from twosource.store.own_types import of_type
from twosource.store.query import contains_words
from twosource.store.some import some
from twosource.store.spans_of_time import meeting, quickly_meeting
from twosource.store.state import last_event
from twosource.store.terms import asked_for

__all__ = [
    "EventFilter",
    "EventInShort",
    "brief_of",
    "claim_records",
    "count_events",
    "event_of_claim",
    "event_with",
    "events",
    "events_in_short",
    "events_of_claims",
    "events_with",
    "every_event_of_claims",
    "largest_events",
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


def brief_of(event: Event) -> bytes:
    """The event in short as JSON."""
    fields = {name: getattr(event, name) for name in EventInShort.__struct_fields__}
    return msgspec.json.encode(EventInShort(**fields))


_FEW = 500  # events up to which a list sorts those chosen: of more it may take events in order until there are enough
_SORTED = 10_000  # events up to which that is asked
_WALKED = 100  # events that are passed in their order, in the time in which one of those chosen is looked up
_TRIED = 5_000  # events that meet one condition, up to which the others are tried on each of them
_CLAIMS_IN_EVENTS = tables.event_traits.join(
    tables.event_claim, tables.event_claim.c.traits == tables.event_traits.c.number
).join(tables.event, tables.event.c.number == tables.event_claim.c.event)
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


_counted: WeakKeyDictionary[Connection, dict[EventFilter, tuple[int, int | None]]] = WeakKeyDictionary()


def events(connection: Connection, chosen: EventFilter, limit: int | None = None, offset: int = 0) -> list[Event]:
    """The events chosen: most independent origins first, then the latest, then by id."""
    query = _in_order(connection, chosen, tables.event.c.record, limit, offset)
    return [_event_decoder.decode(one) for one in connection.execute(query).scalars()]


def largest_events(connection: Connection, limit: int) -> list[Event]:
    """The events of which most claims tell, the largest first."""
    event, member = tables.event.c, tables.event_claim.c
    counted = select(member.event, func.count().label("claims")).group_by(member.event)  # an index alone has it
    largest = counted.order_by(func.count().desc(), member.event).limit(limit).subquery()
    joined = largest.join(tables.event, event.number == largest.c.event)
    ordered = select(event.record).select_from(joined).order_by(largest.c.claims.desc(), event.id)
    return [_event_decoder.decode(one) for one in connection.execute(ordered).scalars().all()]


def events_in_short(connection: Connection, chosen: EventFilter, limit: int | None = None) -> list[EventInShort]:
    """The events chosen, in the same order, with what a map or a timeline shows of each."""
    query = _in_order(connection, chosen, tables.event.c.brief, limit, 0)
    return [_short_decoder.decode(one) for one in connection.execute(query).scalars().all()]


def _in_order(
    connection: Connection, chosen: EventFilter, column: Column[bytes], limit: int | None, offset: int
) -> Select[Any]:
    """This column of the events chosen; where there is a limit, the rows of no others are looked at."""
    event = tables.event.c
    order = event.origins.desc(), event.start.desc().nulls_last(), event.id
    if limit is None:
        return select(column).where(*_conditions(connection, chosen, event.number)).order_by(*order)
    few = chosen != EventFilter() and _are_few(connection, chosen, offset + limit)
    # Within coalesce no index is used: events that many are chosen of are taken in their order until there are enough.
    conditions = _conditions(connection, chosen, event.number if few else func.coalesce(event.number, 0))
    found = select(event.number).where(*conditions).order_by(*order).limit(limit).offset(offset).subquery()
    return select(column).where(event.number.in_(select(found.c.number))).order_by(*order)


def _are_few(connection: Connection, chosen: EventFilter, wanted: int) -> bool:
    """Whether the events chosen are sooner looked up and sorted than as many as are wanted met in the order of all."""
    number = count_events(connection, chosen, _SORTED)
    if number <= _FEW or number > _SORTED:
        return number <= _FEW
    every = last_event(connection)  # about as many as there are
    wanted = min(wanted, number)  # these are looked up in any case
    return (number - wanted) * number * _WALKED <= wanted * every


def short_events_of(connection: Connection, claims: Collection[str]) -> dict[str, EventInShort]:
    """The event of each of these claims (ids) that is of one, by the claim."""
    traits = tables.event_traits.c
    query = select(traits.claim, tables.event.c.brief).select_from(_CLAIMS_IN_EVENTS)
    return {
        claim: _short_decoder.decode(record)
        for few in some(sorted(claims))
        for claim, record in connection.execute(query.where(traits.claim.in_(few))).all()
    }


def count_events(connection: Connection, chosen: EventFilter, most: int | None = None) -> int:
    """How many events are chosen; of more than ``most`` one more, but without a filter always all.

    They are counted once for a connection, which sees one state of the project while it is open.
    """
    if chosen == EventFilter():
        return int(connection.execute(_chosen(connection, chosen, func.count())).scalar_one())
    known = _counted.setdefault(connection, {})
    counted, up_to = known.get(chosen, (0, 0))
    if chosen not in known or (up_to is not None and counted > up_to and (most is None or most > up_to)):
        known[chosen] = counted, _ = (
            counted_up_to(connection, _numbers(connection, chosen), most),
            most,
        )
    return counted if most is None else min(counted, most + 1)


def event_with(connection: Connection, id_: str) -> Event | None:
    """The event with this id."""
    found = connection.execute(select(tables.event.c.record).where(tables.event.c.id == id_)).scalar()
    return _event_decoder.decode(found) if found is not None else None


def events_with(connection: Connection, ids: Collection[str]) -> dict[str, Event]:
    """The events with these ids that there are, by id."""
    event = tables.event.c
    query = select(event.id, event.record)
    return {
        row.id: _event_decoder.decode(row.record)
        for few in some(sorted(ids))
        for row in connection.execute(query.where(event.id.in_(few))).all()
    }


def event_of_claim(connection: Connection, claim: str) -> str | None:
    """The id of the event that a claim (its id) is of, None where it is of none."""
    query = select(tables.event.c.id).select_from(_CLAIMS_IN_EVENTS)
    return connection.execute(query.where(tables.event_traits.c.claim == claim)).scalar()


def events_of_claims(connection: Connection, claims: Collection[str]) -> dict[str, str]:
    """The event (its id) of each of these claims (ids) that is of one, by the claim."""
    traits = tables.event_traits.c
    query = select(traits.claim, tables.event.c.id).select_from(_CLAIMS_IN_EVENTS)
    return {
        claim: event
        for few in some(sorted(claims))
        for claim, event in connection.execute(query.where(traits.claim.in_(few))).all()
    }


def every_event_of_claims(connection: Connection) -> dict[str, str]:
    """The id of the event that each claim (id) is of; claims of no event are left out."""
    query = select(tables.event_traits.c.claim, tables.event.c.id).select_from(_CLAIMS_IN_EVENTS)
    return {row.claim: row.id for row in connection.execute(query)}


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


def _chosen(connection: Connection, chosen: EventFilter, *columns: ColumnElement[Any]) -> Select[Any]:
    return select(*columns).select_from(tables.event).where(*_conditions(connection, chosen, tables.event.c.number))


def _numbers(connection: Connection, chosen: EventFilter) -> Select[Any]:
    """The numbers of the events chosen: where one index tells them all, no event is looked at."""
    number, term = tables.event.c.number, tables.event_term.c
    every = list(_narrowings(chosen, number))
    asked = asked_for(chosen.text) if chosen.text is not None else None
    if chosen.grade is None and chosen.min_origins is None and len(every) + (chosen.text is not None) == 1:
        if every:
            return every[0].numbers.distinct()
        if asked is not None and asked.plain:
            return select(term.event).where(*asked.conditions(term.term)).distinct()
    return _chosen(connection, chosen, number)


def _conditions(connection: Connection, chosen: EventFilter, number: ColumnElement[int]) -> list[ColumnElement[bool]]:
    """The filter on table event, which ``number`` is of: what is asked of it, of its values, and of its claims."""
    event = tables.event.c
    conditions = _narrowed(connection, list(_narrowings(chosen, number)), number)
    if chosen.grade is not None:
        conditions.append(event.grade == chosen.grade.value)
    if chosen.min_origins is not None:
        conditions.append(event.origins >= chosen.min_origins)
    if chosen.text is not None:
        conditions += _text_conditions(chosen.text, number)
    return conditions


class _Narrowing(NamedTuple):
    """One field of a filter: the numbers of the events that meet it, from an index, and itself, tried on one event."""

    numbers: Select[Any]
    plain: ColumnElement[bool] | None = None


def _narrowed(
    connection: Connection, every: Sequence[_Narrowing], number: ColumnElement[int]
) -> list[ColumnElement[bool]]:
    """The conditions: where few events meet one of several, the others are tried on these few."""
    sizes = [counted_up_to(connection, one.numbers, _TRIED) for one in every] if len(every) > 1 else []
    first = sizes.index(min(sizes)) if sizes and min(sizes) <= _TRIED else None
    return [
        number.in_(one.numbers) if first in (None, at) or one.plain is None else one.plain
        for at, one in enumerate(every)
    ]


def _narrowings(chosen: EventFilter, number: ColumnElement[int]) -> Iterator[_Narrowing]:
    """For each field given the numbers of the events that have it, from an index: no other event is looked at."""
    value, member, event = tables.event_value.c, tables.event_claim.c, tables.event.c
    if chosen.type is not None:
        yield _with_value(number, value.field == "type", value.folded == padded(chosen.type.value))
    if chosen.family is not None:
        yield _with_value(number, value.field == "family", value.folded == padded(chosen.family))
    for words, fields in ((chosen.actor, ("actor", "target")), (chosen.place, ("place",))):
        if words is not None:
            yield _named(number, words, fields)
    if chosen.key is not None:
        yield _with_value(number, value.key == chosen.key)
    if chosen.since is not None or chosen.until is not None:
        yield _Narrowing(_in_time(chosen), meeting(event.start, event.end, chosen.since, chosen.until))
    if chosen.report is not None:
        yield _Narrowing(select(member.event).where(member.report == chosen.report))
    if chosen.claim is not None:
        yield _Narrowing(_of_traits().where(tables.event_traits.c.claim == chosen.claim))
    if chosen.own is not None:
        claim = tables.claim.c
        yield _Narrowing(_with_claim(select(claim.reading, claim.rank).where(of_type(chosen.own))))
    if chosen.source is not None:
        yield _Narrowing(_with_claim(_said_by(chosen.source)))


def _with_value(number: ColumnElement[int], *conditions: ColumnElement[bool]) -> _Narrowing:
    value = tables.event_value.c
    return _Narrowing(select(value.event).where(*conditions), _has_value(number, *conditions))


def _has_value(number: ColumnElement[int], *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    value = tables.event_value.c
    return select(value.event).where(value.event == number, *conditions).correlate(tables.event).exists()


def _named(number: ColumnElement[int], words: str, fields: tuple[str, ...]) -> _Narrowing:
    value, name = tables.event_value.c, tables.event_name.c
    names = select(name.folded).where(name.field.in_(fields), contains_words(name.folded, words))
    numbers = select(value.event).where(value.field.in_(fields), value.folded.in_(names))
    return _Narrowing(numbers, _has_value(number, value.field.in_(fields), contains_words(value.folded, words)))


def _in_time(chosen: EventFilter) -> Select[Any]:
    event = tables.event.c
    each = quickly_meeting(event.lasting, event.start, event.end, chosen.since, chosen.until)
    both = union_all(*(select(event.number).where(meets).correlate(None) for meets in each)).subquery().c
    return select(both.number)


def _said_by(source: str) -> Select[Any]:
    value, name, fields = tables.claim_value.c, tables.claim_name.c, ("source", "via")
    names = select(name.folded).where(name.field.in_(fields), contains_words(name.folded, source))
    return select(value.reading, value.rank).where(value.field.in_(fields), value.folded.in_(names))


def _with_claim(keys: Select[Any]) -> Select[Any]:
    """The events that have a claim with one of these keys (reading, rank)."""
    traits = tables.event_traits.c
    return _of_traits().where(tuple_(traits.reading, traits.rank).in_(keys))


def _of_traits() -> Select[Any]:
    """The events of claims, to be chosen by what the claims are compared by."""
    member, traits = tables.event_claim.c, tables.event_traits.c
    joined = tables.event_traits.join(tables.event_claim, traits.number == member.traits)
    return select(member.event).select_from(joined)


def _text_conditions(words: str, number: ColumnElement[int]) -> list[ColumnElement[bool]]:
    """Whether claims have every word, and, of several words, whether one claim has them in a row."""
    term, asked = tables.event_term.c, asked_for(words)
    if asked is None:
        return [false()]
    found: list[ColumnElement[bool]] = [
        number.in_(select(term.event).where(one)) for one in asked.conditions(term.term)
    ]
    return found if asked.plain else [*found, _worded(words, number)]


def _worded(words: str, number: ColumnElement[int]) -> ColumnElement[bool]:
    claim, member, traits = tables.claim.c, tables.event_claim.c, tables.event_traits.c
    joined = tables.event_claim.join(tables.event_traits, traits.number == member.traits).join(
        tables.claim, and_(claim.reading == traits.reading, claim.rank == traits.rank)
    )
    held = select(member.traits).select_from(joined).where(member.event == number, contains_words(claim.folded, words))
    return held.correlate(tables.event).exists()
