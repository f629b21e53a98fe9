"""Deadly events in the columns of UCDP's Georeferenced Event Dataset: UCDP-GED-shaped, with none of UCDP's data."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import cache, partial

from twosource.closed_sets import ActorKind
from twosource.corpus_records import Told
from twosource.export.coded_events import CodedEvent, Party, coded_events, days_of, span_days, told_deaths
from twosource.export.material import Material
from twosource.export.tables import Cell, Column, Kind, Table, joined
from twosource.knowledge.export_rules import ExportRules, load_export_rules

__all__ = ["UCDP_GED", "deaths", "priogrid"]

TEXT, WHOLE, NUMBER, DAY = Kind.TEXT, Kind.WHOLE, Kind.NUMBER, Kind.DAY
_STATE = frozenset({ActorKind.STATE, ActorKind.STATE_FORCE})
_YEAR = 366
_CELLS_ROUND = 720  # PRIO-GRID cells of half a degree from west to east
_DATE_PRECISIONS = ((1, 1), (6, 2), (7, 3), (31, 4))  # up to so many days, that date_prec; longer is 5


def deadly_events(material: Material) -> Iterator[CodedEvent]:
    """The events that took place within a year and for which an account tells a death, by day."""
    for one in coded_events(material):
        if days_of(one.event) <= _YEAR and any((told.high or told.low or 0) >= 1 for told in told_deaths(one.killed)):
            yield one


def deaths(one: CodedEvent) -> tuple[int, int, int]:
    """UCDP's low, best and high: the lowest toll, the one that most claims give (of equals the lowest), the highest.

    An open side counts as the side that is known.
    """
    told = told_deaths(one.killed)
    lows = [_low(value) for value in told]
    highs = [value.high if value.high is not None else _low(value) for value in told]
    best = min(told, key=lambda value: (-len(value.claims), _low(value)))
    return min(lows), _low(best), max(highs)


def priogrid(latitude: float, longitude: float) -> int:
    """The number of the PRIO-GRID cell (half a degree wide, counted from the south-west) that holds a point."""
    row = min(math.floor((latitude + 90) * 2), 359)
    column = min(math.floor((longitude + 180) * 2), _CELLS_ROUND - 1)
    return row * _CELLS_ROUND + column + 1


def _low(value: Told) -> int:
    return value.low if value.low is not None else value.high or 0


@cache
def _rules() -> ExportRules:
    return load_export_rules()


def _kinds(side: tuple[Party, ...]) -> set[ActorKind | None]:
    return {party.kind for party in side[:1]}


def _type_of_violence(one: CodedEvent) -> int | None:
    first, second = _kinds(one.first_side), _kinds(one.second_side)
    if ActorKind.CIVILIANS in second:
        return 3
    if not first or not second:
        return None
    if _STATE & (first | second):
        return 1
    return 2 if first == second == {ActorKind.ARMED_GROUP} else None


def _dyad(one: CodedEvent) -> str | None:
    first, second = _side("first_side", one), _side("second_side", one)
    return f"{first} - {second}" if first and second else None


def _side(side: str, one: CodedEvent) -> str | None:
    parties: tuple[Party, ...] = getattr(one, side)
    return parties[0].name if parties else None


def _date_prec(one: CodedEvent) -> int:
    days = days_of(one.event)
    return next((precision for most, precision in _DATE_PRECISIONS if days <= most), 5)


def _place(attribute: str, one: CodedEvent) -> Cell:
    found: Cell = getattr(one.item.place, attribute, None)
    return found


def _where_prec(one: CodedEvent) -> int | None:
    place = one.item.place
    return _rules().ucdp_where_prec.get(place.precision) if place else None


def _point(one: CodedEvent) -> str | None:
    place = one.item.place
    return f"POINT ({place.lon} {place.lat})" if place else None


def _cell(one: CodedEvent) -> int | None:
    place = one.item.place
    return priogrid(place.lat, place.lon) if place else None


def _articles(one: CodedEvent) -> str | None:
    return joined(
        ", ".join(str(part) for part in (report.outlet, report.published, report.title) if part)
        for report in one.reports
    )


def _civilian_deaths(one: CodedEvent) -> int:
    return deaths(one)[1] if ActorKind.CIVILIANS in _kinds(one.second_side) else 0


def _unknown_deaths(one: CodedEvent) -> int:
    return deaths(one)[1] - _civilian_deaths(one)


def _year(one: CodedEvent) -> int:
    return span_days(one.event)[0].year


def _zero(_: CodedEvent) -> int:
    return 0


def _empty(_: CodedEvent) -> None:
    return None


_Made = Callable[[CodedEvent], Cell]
_UCDP = "Left empty: UCDP's own number."
_COLUMNS: tuple[tuple[str, Kind, str, _Made], ...] = (
    ("id", TEXT, "The event's id here, which is no number.", lambda o: o.event.id),
    ("relid", TEXT, _UCDP, _empty),
    ("year", WHOLE, "The year of the first day.", _year),
    ("active_year", WHOLE, "Left empty: whether the dyad passed 25 deaths that year can't be told from reports alone.",
     _empty),
    ("code_status", TEXT, "Left empty: UCDP's own check.", _empty),
    ("type_of_violence", WHOLE, "1: a state is a party; 2: two armed groups; 3: civilians are the target; else empty.",
     _type_of_violence),
    ("conflict_dset_id", TEXT, _UCDP, _empty),
    ("conflict_new_id", TEXT, _UCDP, _empty),
    ("conflict_name", TEXT, "Left empty: conflicts are UCDP's to name.", _empty),
    ("dyad_dset_id", TEXT, _UCDP, _empty),
    ("dyad_new_id", TEXT, _UCDP, _empty),
    ("dyad_name", TEXT, "Both sides, where both are named.", _dyad),
    ("side_a_dset_id", TEXT, _UCDP, _empty),
    ("side_a_new_id", TEXT, _UCDP, _empty),
    ("side_a", TEXT, "Who did it, by the commonest name.", partial(_side, "first_side")),
    ("side_b_dset_id", TEXT, _UCDP, _empty),
    ("side_b_new_id", TEXT, _UCDP, _empty),
    ("side_b", TEXT, "To whom, or the other side of a clash.", partial(_side, "second_side")),
    ("number_of_sources", WHOLE, "Independent origins: lineages and named sources, not mastheads.",
     lambda o: o.event.origins),
    ("source_article", TEXT, "Outlet, day and title of each report.", _articles),
    ("source_office", TEXT, "Who published the reports.", lambda o: joined(o.outlets())),
    ("source_date", TEXT, "Their days.", lambda o: joined(str(r.published) for r in o.reports if r.published)),
    ("source_headline", TEXT, "Their titles.", lambda o: joined(r.title for r in o.reports if r.title)),
    ("source_original", TEXT, "The sources that the reports name.", lambda o: joined(o.sources())),
    ("where_prec", WHOLE, "1: a town or nearer; 3: a district; 4: a province; 5: a region; 6: a country.", _where_prec),
    ("where_coordinates", TEXT, "The place whose coordinates stand here.", partial(_place, "name")),
    ("where_description", TEXT, "Every place that an account gives.",
     lambda o: joined(value.name for value in o.event.places)),
    ("adm_1", TEXT, "The first-level division.", partial(_place, "admin1")),
    ("adm_2", TEXT, "The second-level division.", partial(_place, "admin2")),
    ("latitude", NUMBER, "In degrees, WGS 84.", partial(_place, "lat")),
    ("longitude", NUMBER, "In degrees, WGS 84.", partial(_place, "lon")),
    ("geom_wkt", TEXT, "The same point as well-known text.", _point),
    ("priogrid_gid", WHOLE, "The PRIO-GRID cell of that point.", _cell),
    ("country", TEXT, "The country's name.", lambda o: o.country),
    ("country_id", WHOLE, "Left empty: Gleditsch and Ward's number.", _empty),
    ("region", TEXT, "Left empty: UCDP's own division of the world.", _empty),
    ("event_clarity", WHOLE, "1: the day is known; 2: a longer span.", lambda o: 1 if _date_prec(o) == 1 else 2),
    ("date_prec", WHOLE, "1: a day; 2: up to 6 days; 3: a week; 4: a month; 5: longer.", _date_prec),
    ("date_start", DAY, "The first day.", lambda o: span_days(o.event)[0].isoformat()),
    ("date_end", DAY, "The last day.", lambda o: span_days(o.event)[1].isoformat()),
    ("deaths_a", WHOLE, "Always 0: whose dead they are is not held as a number.", _zero),
    ("deaths_b", WHOLE, "Always 0: whose dead they are is not held as a number.", _zero),
    ("deaths_civilians", WHOLE, "The best figure, where civilians are the target.", _civilian_deaths),
    ("deaths_unknown", WHOLE, "The rest of the best figure.", _unknown_deaths),
    ("best", WHOLE, "The toll that most claims give; of equals the lowest.", lambda o: deaths(o)[1]),
    ("high", WHOLE, "The highest toll told.", lambda o: deaths(o)[2]),
    ("low", WHOLE, "The lowest toll told.", lambda o: deaths(o)[0]),
    ("gwnoa", WHOLE, "Left empty: Gleditsch and Ward's number.", _empty),
    ("gwnob", WHOLE, "Left empty: Gleditsch and Ward's number.", _empty),
)  # fmt: skip

UCDP_GED: Table[CodedEvent] = Table(
    name="ucdp-ged",
    holds="UCDP-GED-shaped events: its 49 columns, a row for each event that took place and that killed someone.",
    leaves_out=(
        "events without a told death or without a day, and planned or denied ones",
        "events of more than a year, among them running totals of a war",
        "UCDP's numbers of conflicts, dyads, sides and countries, and its test of 25 deaths a year",
        "deaths by side: they stand under civilians or unknown",
        "who says which figure, and denials",
    ),
    items=deadly_events,
    columns=tuple(Column(name, kind, meaning, value) for name, kind, meaning, value in _COLUMNS),
)
