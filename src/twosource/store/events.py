"""Events in a project: what claims are compared by, the keys that bring them together, their links, and the events.

All of it is worked out from readings, lineages, entities and decisions, and made anew where those change.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Column, Connection, Table, and_, delete, func, insert, or_, select, text

from twosource.closed_sets import family_of
from twosource.corpus.decided_claims import DecidedClaim
from twosource.corpus.entities.scene import Naming
from twosource.corpus.events.members import Member
from twosource.corpus.events.traits import ClaimTraits, ReportTraits, Traits
from twosource.corpus_records import Event
from twosource.ids import make_id
from twosource.records import Claim
from twosource.store import tables
from twosource.store.claim_numbers import claims_with, numbers_of
from twosource.store.due import Across, begin, count_change
from twosource.store.event_links import drop_links
from twosource.store.event_query import brief_of
from twosource.store.event_reports import Fresh
from twosource.store.fold import padded
from twosource.store.names import keep_names
from twosource.store.rows import insert_rows, rows_with
from twosource.store.some import some as _some
from twosource.store.spans_of_time import is_lasting
from twosource.store.state import EVENTS_KEPT
from twosource.store.terms import drop_event_terms, keep_event_terms

__all__ = [
    "Gathered",
    "claims_of_events",
    "claims_of_reports",
    "crowded",
    "events_of_claims",
    "forget_reports",
    "holders_of",
    "keep_events",
    "keep_reports",
    "keys_of",
    "lineages_of",
    "members_of",
    "memberships",
    "namings_in",
    "start_anew",
    "traits_of",
]

_claim_traits = msgspec.json.Decoder(ClaimTraits)
_report_traits = msgspec.json.Decoder(ReportTraits)
_naming_decoder = msgspec.json.Decoder(Naming)
_claim_decoder = msgspec.json.Decoder(Claim)
_evidence_decoder = msgspec.json.Decoder(tuple[str, ...])


_ALL = (
    tables.event_term,
    tables.event_name,
    tables.event_value,
    tables.event_claim,
    tables.event,
    tables.event_word,
    tables.event_link,
    tables.event_key,
    tables.event_traits,
    tables.event_reading,
)
"""The tables of events, each before those that its rows lean on; but event_first, which outlasts events."""

_VALUE = ("event", "field", "position", "name", "folded", "key")
_KEEP_FIRST = text("INSERT INTO event_first (event, claim) VALUES (:event, :claim) ON CONFLICT DO NOTHING")


def start_anew(connection: Connection, fingerprint: str) -> None:
    """Takes out everything, where other rules gathered it, and makes every report due.

    What they compared may have another form.
    """
    if begin(connection, Across.EVENTS, fingerprint):
        for table in _ALL:
            connection.execute(delete(table))
        count_change(connection, EVENTS_KEPT)


def lineages_of(connection: Connection, reports: Sequence[str]) -> dict[str, frozenset[str]]:
    """The lineages (ids) of each of these reports that is in any."""
    member = tables.lineage_member.c
    found: dict[str, set[str]] = {}
    for some in _some(reports):
        for row in connection.execute(select(member.report, member.lineage).where(member.report.in_(some))).all():
            found.setdefault(row.report, set()).add(row.lineage)
    return {report: frozenset(ids) for report, ids in found.items()}


def claims_of_reports(connection: Connection, reports: Sequence[str]) -> list[str]:
    """The gathered claims (ids) of these reports."""
    columns = tables.event_traits.c
    return [
        claim
        for some in _some(reports)
        for claim in connection.execute(select(columns.claim).where(columns.report.in_(some))).scalars().all()
    ]


def forget_reports(connection: Connection, reports: Sequence[str], claims: Sequence[str]) -> None:
    """Takes out all that is kept of these reports and their claims, and the events that those were in."""
    _drop_events(connection, _events_holding(connection, claims))
    drop_links(connection, claims)
    word, traits, key = tables.event_word.c, tables.event_traits.c, tables.event_key.c
    for some in _some(claims):
        connection.execute(delete(tables.event_word).where(or_(word.first.in_(some), word.second.in_(some))))
    for few in _some(sorted(numbers_of(connection, claims).values())):
        connection.execute(delete(tables.event_key).where(key.traits.in_(few)))
        connection.execute(delete(tables.event_traits).where(traits.number.in_(few)))
    for some in _some(reports):
        connection.execute(delete(tables.event_reading).where(tables.event_reading.c.report.in_(some)))


class Gathered(NamedTuple):
    """A report as it was gathered: what it and its claims (by id) are compared by, with the claims' blocking keys."""

    fresh: Fresh
    traits: ReportTraits
    claims: Mapping[str, tuple[ClaimTraits, frozenset[int]]]


def keep_reports(connection: Connection, found: Sequence[Gathered], fingerprint: str) -> None:
    """Keeps what these reports (ones that were forgotten) and their claims are compared by."""
    for table, rows in (
        (tables.event_reading, [_reading_row(one, fingerprint) for one in found]),
        (tables.event_traits, [row for one in found for row in _traits_rows(one)]),
    ):
        if rows:
            connection.execute(insert(table), rows)
    keys = {id_: held for one in found for id_, (_, held) in one.claims.items()}
    numbers = numbers_of(connection, keys)
    marks = sorted((key, numbers[id_]) for id_, held in keys.items() for key in held)
    insert_rows(connection, tables.event_key, ("number", "traits"), marks)


def _reading_row(one: Gathered, fingerprint: str) -> dict[str, object]:
    return {
        "report": one.traits.report,
        "reading": one.fresh.reading,
        "fingerprint": fingerprint,
        "lineages": " ".join(sorted(one.traits.lineages)),
        "decided": one.fresh.decided,
        "record": msgspec.json.encode(one.traits),
    }


def _traits_rows(one: Gathered) -> Iterator[dict[str, object]]:
    for standing in one.fresh.claims_in(one.claims):
        yield _traits_row(one.fresh.reading, one.claims[standing.claim.id][0], standing)


def _traits_row(reading: int, traits: ClaimTraits, one: DecidedClaim) -> dict[str, object]:
    decided = one.claim != one.as_read
    return {
        "claim": traits.claim,
        "report": traits.report,
        "reading": reading,
        "rank": traits.rank,
        "record": msgspec.json.encode(traits),
        "standing": msgspec.json.encode(one.claim) if decided else None,
        "evidence": msgspec.json.encode(one.evidence).decode() if decided else None,
    }


def keys_of(connection: Connection, claims: Sequence[str]) -> dict[str, set[int]]:
    """The blocking keys of these claims, by claim."""
    known = {number: claim for claim, number in numbers_of(connection, claims).items()}
    found: dict[str, set[int]] = {}
    for traits, key in rows_with(connection, "SELECT traits, number FROM event_key WHERE traits IN", known.keys()):
        found.setdefault(known[traits], set()).add(key)
    return found


def crowded(connection: Connection, keys: Iterable[int], most: int) -> set[int]:
    """Those of the keys that more than ``most`` claims hold."""
    column = tables.event_key.c.number
    found: set[int] = set()
    for some in _some(sorted(keys)):
        query = select(column).where(column.in_(some)).group_by(column).having(func.count() > most)
        found.update(connection.execute(query).scalars())
    return found


def holders_of(connection: Connection, keys: Collection[int]) -> dict[int, list[str]]:
    """The claims (ids) that hold each of the keys."""
    marks = list(rows_with(connection, "SELECT number, traits FROM event_key WHERE number IN", keys))
    claims = claims_with(connection, {traits for _, traits in marks})
    found: dict[int, list[str]] = {}
    for key, traits in marks:
        found.setdefault(key, []).append(claims[traits])
    return found


def traits_of(connection: Connection, claims: Iterable[str]) -> dict[str, Traits]:
    """What these claims are compared by, each with its report."""
    rows = _rows_of(connection, claims, tables.event_traits.c.claim, tables.event_traits.c.record)
    read = {row.claim: _claim_traits.decode(row.record) for row in rows}
    reports = _report_traits_of(connection, {one.report for one in read.values()})
    return {id_: Traits(one, reports[one.report]) for id_, one in read.items()}


def _report_traits_of(connection: Connection, reports: Iterable[str]) -> dict[str, ReportTraits]:
    columns = tables.event_reading.c
    return {
        row.report: _report_traits.decode(row.record)
        for some in _some(sorted(reports))
        for row in connection.execute(select(columns.report, columns.record).where(columns.report.in_(some))).all()
    }


def _rows_of(connection: Connection, claims: Iterable[str], *columns: Column[Any]) -> Iterator[Any]:
    for some in _some(sorted(set(claims))):
        yield from connection.execute(select(*columns).where(tables.event_traits.c.claim.in_(some)))


def members_of(connection: Connection, claims: Iterable[str]) -> dict[str, Member]:
    """These claims as events are built of them, by id."""
    ids = sorted(set(claims))
    traits = traits_of(connection, ids)
    claim, held = tables.claim.c, tables.event_traits.c
    joined = tables.event_traits.outerjoin(tables.claim, and_(claim.reading == held.reading, claim.rank == held.rank))
    record, words = func.coalesce(held.standing, claim.record), func.coalesce(held.evidence, claim.evidence)
    return {
        id_: Member(claim=_claim_decoder.decode(claim), traits=traits[id_], evidence=_evidence_decoder.decode(evidence))
        for some in _some(ids)
        for id_, claim, evidence in connection.execute(
            select(held.claim, record, words).select_from(joined).where(held.claim.in_(some))
        ).all()
    }


def events_of_claims(connection: Connection, claims: Iterable[str]) -> list[str]:
    """The events (ids, sorted) that these claims are in."""
    rows = rows_with(connection, "SELECT id FROM event WHERE number IN", _events_holding(connection, claims))
    return sorted(id_ for (id_,) in rows)


def _events_holding(connection: Connection, claims: Iterable[str]) -> list[int]:
    """The events (numbers, sorted) that these claims are in."""
    numbers = numbers_of(connection, claims).values()
    rows = rows_with(connection, "SELECT event FROM event_claim WHERE traits IN", numbers)
    return sorted({event for (event,) in rows})


def claims_of_events(connection: Connection, events: Sequence[str]) -> list[str]:
    """The claims (ids) of these events."""
    event, member, traits = tables.event.c, tables.event_claim.c, tables.event_traits.c
    joined = tables.event.join(tables.event_claim, member.event == event.number).join(
        tables.event_traits, traits.number == member.traits
    )
    return [
        claim
        for some in _some(events)
        for claim in connection.execute(select(traits.claim).select_from(joined).where(event.id.in_(some))).scalars()
    ]


def memberships(connection: Connection, claims: Sequence[str]) -> dict[int, frozenset[str]]:
    """The events that these claims are in, by number, each with all its claims."""
    events = _events_holding(connection, claims)
    rows = list(rows_with(connection, "SELECT event, traits FROM event_claim WHERE event IN", events))
    members = claims_with(connection, {traits for _, traits in rows})
    found: dict[int, set[str]] = {}
    for event, traits in rows:
        found.setdefault(event, set()).add(members[traits])
    return {event: frozenset(held) for event, held in found.items()}


def keep_events(
    connection: Connection, gone: Sequence[int], found: Sequence[Event], report_of: Mapping[str, str]
) -> None:
    """Puts these events in the place of those that are gone (numbers); ``report_of`` gives each claim's report."""
    _drop_events(connection, gone)
    if not found:
        return
    count_change(connection, EVENTS_KEPT)
    last = connection.execute(select(func.max(tables.event.c.number))).scalar() or 0
    numbered = list(enumerate(found, last + 1))
    values = [row for number, one in numbered for row in _value_rows(number, one)]
    connection.execute(insert(tables.event), [_event_row(number, one) for number, one in numbered])
    traits = numbers_of(connection, (claim for one in found for claim in one.claims))
    members = [(traits[claim], number, report_of[claim]) for number, one in numbered for claim in one.claims]
    insert_rows(connection, tables.event_claim, ("traits", "event", "report"), sorted(members))
    insert_rows(connection, tables.event_value, _VALUE, [tuple(row.values()) for row in values])
    keep_names(connection, tables.event_name, values)
    keep_event_terms(connection, [number for number, _ in numbered])
    connection.execute(_KEEP_FIRST, [{"event": one.id, "claim": _first_claim(one)} for one in found])


def _drop_events(connection: Connection, events: Sequence[int]) -> None:
    if events:
        count_change(connection, EVENTS_KEPT)
    held: tuple[tuple[Table, Column[Any]], ...] = (
        (tables.event_value, tables.event_value.c.event),
        (tables.event_claim, tables.event_claim.c.event),
        (tables.event, tables.event.c.number),
    )
    drop_event_terms(connection, events)
    for some in _some(events):
        for table, column in held:
            connection.execute(delete(table).where(column.in_(some)))


def _event_row(number: int, one: Event) -> dict[str, object]:
    return {
        "number": number,
        "id": one.id,
        "type": one.type.value,
        "start": one.start,
        "end": one.end,
        "grade": one.grade.value,
        "origins": one.origins,
        "record": msgspec.json.encode(one),
        "brief": brief_of(one),
        "lasting": is_lasting(one.start, one.end),
    }


def _first_claim(one: Event) -> str:
    """The claim of which the event's id is made: one of its first account, as a rule."""
    told = (claim for account in one.accounts for claim in account.claims)
    return next(claim for claim in told if make_id("event", claim) == one.id)


def _value_rows(event: int, one: Event) -> Iterator[dict[str, object]]:
    families = dict.fromkeys(family_of(type_) for type_ in one.types)
    plain = {"type": [type_.value for type_ in one.types], "family": list(families)}
    for field, names in plain.items():
        for position, name in enumerate(names):
            yield _value_row(event, field, position, name, None)
    for field, values in (("actor", one.actors), ("target", one.targets), ("place", one.places)):
        for position, value in enumerate(values):
            yield _value_row(event, field, position, value.name, value.key)


def _value_row(event: int, field: str, position: int, name: str, key: str | None) -> dict[str, object]:
    return dict(zip(_VALUE, (event, field, position, name, padded(name), key), strict=True))


def namings_in(connection: Connection, reports: Sequence[str]) -> dict[tuple[str, str], Naming]:
    """What each name means in each of these reports as far as the report itself tells, by report and name."""
    columns = tables.entity_name.c
    return {
        (row.report, row.name): _naming_decoder.decode(row.record)
        for some in _some(reports)
        for row in connection.execute(
            select(columns.report, columns.name, columns.record).where(columns.report.in_(some))
        ).all()
    }
