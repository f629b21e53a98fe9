"""Events in the columns of ACLED's files (those of 2023 and later): ACLED-shaped, with none of ACLED's data in them."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from functools import cache, partial

import msgspec

from twosource.closed_sets import ActorKind, ClaimType
from twosource.export.coded_events import ARMED, CodedEvent, Party, coded_events, days_of, span_days, told_deaths
from twosource.export.material import Material
from twosource.export.tables import Cell, Column, Kind, Table, joined
from twosource.knowledge.event_mappings import EventMappings, load_event_mappings
from twosource.knowledge.export_rules import ExportRules, load_country_numbers, load_export_rules

__all__ = ["ACLED", "AcledEvent", "fatalities"]

TEXT, WHOLE, NUMBER, DAY = Kind.TEXT, Kind.WHOLE, Kind.NUMBER, Kind.DAY
_WEEK, _MONTH, _CLASH = 7, 31, "Armed clash"
_ONE_SIDED = frozenset({ClaimType.ATTACK, ClaimType.SHOOTING, ClaimType.KILLS, ClaimType.INJURES})
_STATE = frozenset({ActorKind.STATE, ActorKind.STATE_FORCE})


class AcledEvent(msgspec.Struct, frozen=True):
    """An event with ACLED's types of it."""

    coded: CodedEvent
    event_type: str
    sub_event_type: str


def acled_events(material: Material) -> Iterator[AcledEvent]:
    """The events that took place within a month and that ACLED has a type for, by day."""
    mappings = _mappings()
    for coded in coded_events(material):
        sub_event = _sub_event(coded, mappings)
        if sub_event is not None and days_of(coded.event) <= _MONTH:
            yield AcledEvent(coded, mappings.acled_event_of[sub_event], sub_event)


def fatalities(coded: CodedEvent) -> int:
    """The lowest toll that an account gives, a vague one by ACLED's number for its words; 0 where none is told."""
    lows = (_rules().acled_fatalities(told.low, told.high) for told in told_deaths(coded.killed))
    return min((low for low in lows if low is not None), default=0)


@cache
def _mappings() -> EventMappings:
    return load_event_mappings()


@cache
def _rules() -> ExportRules:
    return load_export_rules()


@cache
def _numbers() -> dict[str, int]:
    return load_country_numbers()


def _sub_event(coded: CodedEvent, mappings: EventMappings) -> str | None:
    """ACLED's sub-event type: that of the mapping, but for what depends on who did it to whom."""
    type_ = coded.event.type
    if type_ in _ONE_SIDED and _armed(coded.first_side) and _armed(coded.second_side):
        return _CLASH
    if type_ is ClaimType.TAKES_CONTROL and any(party.kind in _STATE for party in coded.first_side[:1]):
        return "Government regains territory"
    return mappings[type_].acled


def _armed(side: tuple[Party, ...]) -> bool:
    return any(party.kind in ARMED for party in side[:1])


def _time_precision(one: AcledEvent) -> int:
    days = days_of(one.coded.event)
    return 1 if days == 1 else 2 if days <= _WEEK else 3


def _name(side: str, one: AcledEvent) -> str | None:
    parties: tuple[Party, ...] = getattr(one.coded, side)
    return parties[0].name if parties else None


def _others(side: str, one: AcledEvent) -> str | None:
    parties: tuple[Party, ...] = getattr(one.coded, side)
    return joined(party.name for party in parties[1:])


def _inter(side: str, one: AcledEvent) -> str | None:
    parties: tuple[Party, ...] = getattr(one.coded, side)
    kind = parties[0].kind if parties else None
    return _rules().acled_inter.get(kind) if kind else None


def _interaction(one: AcledEvent) -> str | None:
    first, second = _inter("first_side", one), _inter("second_side", one)
    return f"{first}-{second}" if first and second else f"{first} only" if first and not one.coded.second_side else None


def _civilians(one: AcledEvent) -> str | None:
    hit = any(party.kind is ActorKind.CIVILIANS for party in one.coded.second_side)
    return "Civilian targeting" if hit else None


def _place(attribute: str, one: AcledEvent) -> Cell:
    found: Cell = getattr(one.coded.item.place, attribute, None)
    return found


def _geo_precision(one: AcledEvent) -> int | None:
    place = one.coded.item.place
    return _rules().acled_geo_precision.get(place.precision) if place else None


def _iso(one: AcledEvent) -> int | None:
    place = one.coded.item.place
    return _numbers().get(place.country) if place and place.country else None


def _notes(one: AcledEvent) -> str:
    """The words of the reports, the range of deaths by whom, and how well it is borne out."""
    event = one.coded.event
    quotes = " ".join(f"“{words}”" for words in dict.fromkeys(one.coded.evidence))
    told = [f"{_bounds(t.low, t.high)} ({len(t.claims)} claims)" for t in told_deaths(one.coded.killed)]
    deaths = f" Deaths as told: {', '.join(told)}." if told else ""
    return f"{quotes}{deaths} Grade: {event.grade.value}; independent origins: {event.origins}."


def _bounds(low: int | None, high: int | None) -> str:
    if low == high:
        return str(low)
    return f"at least {low}" if high is None else f"at most {high}" if low is None else f"{low} to {high}"


def _timestamp(one: AcledEvent) -> int | None:
    """Midnight UTC of the last publication: the day from which the row could be known."""
    days = [report.published for report in one.coded.reports if report.published]
    if not days:
        return None
    return int(datetime.datetime.combine(max(days), datetime.time(), datetime.UTC).timestamp())


def _empty(_: AcledEvent) -> None:
    return None


_Made = Callable[[AcledEvent], Cell]
_NOT_HELD = "Left empty: "
_COLUMNS: tuple[tuple[str, Kind, str, _Made], ...] = (
    ("event_id_cnty", TEXT, "The event's id here; ACLED's own ids are ACLED's to give.", lambda o: o.coded.event.id),
    ("event_date", DAY, "The first day that the accounts give.", lambda o: span_days(o.coded.event)[0].isoformat()),
    ("year", WHOLE, "Its year.", lambda o: span_days(o.coded.event)[0].year),
    ("time_precision", WHOLE, "1: the day is known; 2: within a week; 3: within a month.", _time_precision),
    ("disorder_type", TEXT, "By the event type.", lambda o: _rules().acled_disorder[o.event_type]),
    ("event_type", TEXT, "By data/event_mappings.toml.", lambda o: o.event_type),
    ("sub_event_type", TEXT, "By data/event_mappings.toml, and by the parties where it depends on them.",
     lambda o: o.sub_event_type),
    ("actor1", TEXT, "Who did it, by the commonest name; empty where no account says.", partial(_name, "first_side")),
    ("assoc_actor_1", TEXT, "Others on that side.", partial(_others, "first_side")),
    ("inter1", TEXT, "Its kind, where the engine knows it.", partial(_inter, "first_side")),
    ("actor2", TEXT, "To whom, or the other side of a clash.", partial(_name, "second_side")),
    ("assoc_actor_2", TEXT, "Others on that side.", partial(_others, "second_side")),
    ("inter2", TEXT, "Its kind, where the engine knows it.", partial(_inter, "second_side")),
    ("interaction", TEXT, "Both kinds, where both are known.", _interaction),
    ("civilian_targeting", TEXT, "Told where a party to whom it was done is civilians.", _civilians),
    ("iso", WHOLE, "The country's number of ISO 3166.", _iso),
    ("region", TEXT, f"{_NOT_HELD}ACLED's own division of the world.", _empty),
    ("country", TEXT, "The country's name.", lambda o: o.coded.country),
    ("admin1", TEXT, "The first-level division.", partial(_place, "admin1")),
    ("admin2", TEXT, "The second-level division.", partial(_place, "admin2")),
    ("admin3", TEXT, f"{_NOT_HELD}the gazetteer has two levels.", _empty),
    ("location", TEXT, "The place that most accounts give and that is located.", partial(_place, "name")),
    ("latitude", NUMBER, "In degrees, WGS 84.", partial(_place, "lat")),
    ("longitude", NUMBER, "In degrees, WGS 84.", partial(_place, "lon")),
    ("geo_precision", WHOLE, "1: a town or nearer; 2: a district; 3: a province or more.", _geo_precision),
    ("source", TEXT, "Who published the reports, reprints included.", lambda o: joined(o.coded.outlets())),
    ("source_scale", TEXT, f"{_NOT_HELD}the reach of an outlet is not known.", _empty),
    ("notes", TEXT, "The reports' words, the range of deaths, the grade and the independent origins.", _notes),
    ("fatalities", WHOLE, "The lowest toll told; 'dozens' is 12, 'hundreds' 100; 0 where no toll is told.",
     lambda o: fatalities(o.coded)),
    ("tags", TEXT, f"{_NOT_HELD}ACLED's own marks.", _empty),
    ("timestamp", WHOLE, "Seconds since 1970 to midnight (UTC) of the last publication.", _timestamp),
)  # fmt: skip

ACLED: Table[AcledEvent] = Table(
    name="acled",
    holds="ACLED-shaped events: its 31 columns, a row for each event that took place and that it has a type for.",
    leaves_out=(
        "events without a day, planned or denied ones, and types that ACLED does not code (data/event_mappings.toml)",
        "events of more than 31 days, among them running totals: ACLED codes nothing less sure than a month",
        "a row for each day and place: an event of several days has one row, with its first day",
        "ACLED's regions, source scales and tags; tolls by party; a second located place",
        "ACLED's word for 'unknown deaths' (3 or 10): where no number is told, fatalities is 0",
        "who says which figure, and denials: notes have the words",
    ),
    items=acled_events,
    columns=tuple(Column(name, kind, meaning, value) for name, kind, meaning, value in _COLUMNS),
)
