from __future__ import annotations

import csv
import datetime
import io
import json
from typing import Any

import pytest

from twosource.closed_sets import ActorKind, ClaimType, FigureKind
from twosource.corpus_records import Account, Event, Range, Told
from twosource.export import acled
from twosource.export.acled import ACLED, AcledEvent, fatalities
from twosource.export.coded_events import CodedEvent, Party
from twosource.export.formats import export
from twosource.export.material import EventItem
from twosource.export.ucdp_ged import UCDP_GED, deaths, priogrid
from twosource.knowledge.event_mappings import load_event_mappings
from twosource.knowledge.gazetteer import GazetteerPlace
from twosource.records import Report
from twosource.store import Project

ARMY, REBELS = Party("the army", ActorKind.STATE_FORCE), Party("rebels", ActorKind.ARMED_GROUP)
PEOPLE = Party("civilians", ActorKind.CIVILIANS)
PLACE = GazetteerPlace(
    id="geonames:1", name="Vale", kind="city", country="SY", admin1="North", admin2=None, lat=36.2, lon=37.1,
    population=1, precision="town", basis="source",
)  # fmt: skip
ACLED_COLUMNS = [
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
]
UCDP_COLUMNS = [
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
]


def told(low: int | None, high: int | None, claims: int = 1) -> Told:
    return Told(low=low, high=high, claims=tuple(f"c{number}" for number in range(claims)))


def coded(
    type_: ClaimType = ClaimType.SHELLING,
    killed: tuple[Told, ...] = (),
    first: tuple[Party, ...] = (),
    second: tuple[Party, ...] = (),
    days: int = 1,
    place: GazetteerPlace | None = PLACE,
) -> CodedEvent:
    start = datetime.date(2024, 3, 1)
    event = Event(
        id="event-1",
        type=type_,
        accounts=(Account(lineage="r", claims=("c0",), reports=("r",)),),
        start=start,
        end=start + datetime.timedelta(days - 1),
        origins=2,
    )
    report = Report(id="r", text="", outlet="Herald", published=datetime.date(2024, 3, 2), title="Shells")
    return CodedEvent(
        item=EventItem(event=event, claims={}, reports={"r": report}, place=place),
        first_side=first,
        second_side=second,
        killed=Range(kind=FigureKind.KILLED, low=None, high=None, told=killed) if killed else None,
        reports=(report,),
        country="Syria" if place else None,
    )


def acled_row(one: CodedEvent) -> dict[str, Any]:
    sub_event = acled._sub_event(one, load_event_mappings())
    assert sub_event is not None
    event = AcledEvent(one, load_event_mappings().acled_event_of[sub_event], sub_event)
    return {column.name: column.value(event) for column in ACLED.columns}


def ucdp_row(one: CodedEvent) -> dict[str, Any]:
    return {column.name: column.value(one) for column in UCDP_GED.columns}


def test_the_columns_are_those_of_the_data_sets_in_their_order() -> None:
    assert list(ACLED.header) == ACLED_COLUMNS
    assert len(ACLED_COLUMNS) == 31
    assert list(UCDP_GED.header) == UCDP_COLUMNS
    assert len(UCDP_COLUMNS) == 49


@pytest.mark.parametrize(
    ("tolls", "number"),
    [
        ((), 0),
        ((told(12, 12), told(15, 15)), 12),
        ((told(12, None), told(30, 40)), 12),
        ((told(None, 50),), 0),
        ((told(24, 99),), 12),
        ((told(200, 999), told(150, 150)), 100),
    ],
)
def test_fatalities_are_the_lowest_toll_told_and_vague_words_the_least_they_mean(
    tolls: tuple[Told, ...], number: int
) -> None:
    assert fatalities(coded(killed=tolls)) == number


def test_the_notes_keep_the_range_that_fatalities_can_t_hold() -> None:
    notes = acled_row(coded(killed=(told(12, 12), told(15, None, 2))))["notes"]
    assert "12 (1 claims), at least 15 (2 claims)" in notes
    assert "independent origins: 2" in notes


@pytest.mark.parametrize(
    ("type_", "first", "second", "types"),
    [
        (ClaimType.SHELLING, ARMY, PEOPLE, ("Explosions/Remote violence", "Shelling/artillery/missile attack")),
        (ClaimType.ATTACK, ARMY, PEOPLE, ("Violence against civilians", "Attack")),
        (ClaimType.ATTACK, REBELS, ARMY, ("Battles", "Armed clash")),
        (ClaimType.TAKES_CONTROL, ARMY, REBELS, ("Battles", "Government regains territory")),
        (ClaimType.TAKES_CONTROL, REBELS, ARMY, ("Battles", "Non-state actor overtakes territory")),
    ],
)
def test_acled_s_types_follow_the_table_and_the_parties(
    type_: ClaimType, first: Party, second: Party, types: tuple[str, str]
) -> None:
    row = acled_row(coded(type_, first=(first,), second=(second,)))
    assert (row["event_type"], row["sub_event_type"]) == types


def test_an_acled_row_tells_parties_place_and_precision() -> None:
    row = acled_row(coded(first=(ARMY, Party("a militia", None)), second=(PEOPLE,), days=3))
    assert (row["actor1"], row["assoc_actor_1"], row["inter1"]) == ("the army", "a militia", "State forces")
    assert (row["actor2"], row["inter2"], row["interaction"]) == ("civilians", "Civilians", "State forces-Civilians")
    assert row["civilian_targeting"] == "Civilian targeting"
    assert (row["iso"], row["country"], row["admin1"], row["location"]) == (760, "Syria", "North", "Vale")
    assert (row["event_date"], row["time_precision"], row["geo_precision"]) == ("2024-03-01", 2, 1)
    assert row["timestamp"] == 1709337600


@pytest.mark.parametrize(
    ("days", "acled_precision", "ucdp_precision"), [(1, 1, 1), (6, 2, 2), (7, 2, 3), (30, 3, 4), (90, 3, 5)]
)
def test_precision_of_time_follows_the_length_of_the_span(days: int, acled_precision: int, ucdp_precision: int) -> None:
    one = coded(killed=(told(1, 1),), days=days)
    assert acled_row(one)["time_precision"] == acled_precision
    assert ucdp_row(one)["date_prec"] == ucdp_precision


def test_ucdp_s_best_is_what_most_claims_give_and_of_equals_the_lowest() -> None:
    assert deaths(coded(killed=(told(12, 12), told(15, 15, 3), told(20, None)))) == (12, 15, 20)
    assert deaths(coded(killed=(told(12, 12), told(15, 15)))) == (12, 12, 15)
    assert deaths(coded(killed=(told(None, 50),))) == (50, 50, 50)


@pytest.mark.parametrize(
    ("first", "second", "violence", "civilians"),
    [((ARMY,), (REBELS,), 1, 0), ((REBELS,), (REBELS,), 2, 0), ((REBELS,), (PEOPLE,), 3, 9), ((), (REBELS,), None, 0)],
)
def test_ucdp_s_type_of_violence_follows_the_parties(
    first: tuple[Party, ...], second: tuple[Party, ...], violence: int | None, civilians: int
) -> None:
    row = ucdp_row(coded(killed=(told(9, 9),), first=first, second=second))
    assert row["type_of_violence"] == violence
    assert (row["deaths_civilians"], row["deaths_unknown"]) == (civilians, 9 - civilians)
    assert (row["best"], row["number_of_sources"]) == (9, 2)


def test_a_priogrid_cell_is_counted_from_the_south_west() -> None:
    assert priogrid(-90, -180) == 1
    assert priogrid(-90, 179.9) == 720
    assert priogrid(90, 180) == 360 * 720
    assert ucdp_row(coded(killed=(told(1, 1),)))["priogrid_gid"] == 252 * 720 + 434 + 1
    assert ucdp_row(coded(killed=(told(1, 1),), place=None))["priogrid_gid"] is None


def test_the_files_hold_the_events_of_a_project(exported: Project) -> None:
    for name, columns in (("acled", ACLED_COLUMNS), ("ucdp-ged", UCDP_COLUMNS)):
        table = list(csv.reader(io.StringIO(b"".join(export(exported, name)).decode("utf-8-sig"))))
        assert table[0] == columns
        assert {len(row) for row in table} == {len(columns)}
        assert len(table) > 1


def test_plover_records_have_its_types_and_every_toll(exported: Project) -> None:
    records = [json.loads(line) for line in b"".join(export(exported, "plover")).splitlines()]
    shelling = next(one for one in records if one["codebook_type"] == "shelling")
    assert (shelling["event"], shelling["mode"], shelling["cameo"]) == ("ASSAULT", "heavy-weapons", "19")
    assert shelling["date"] == "2024-03-01"
    assert [actor["name"] for actor in shelling["actor"]] == ["Norland"]
    assert 12 in [toll["low"] for one in records for toll in one["fatalities"]]


def test_a_running_total_is_no_event_of_a_day(examples: Project) -> None:
    """The examples tell of 88 killed in nine attacks since January 2018."""
    for name in ("acled", "ucdp-ged"):
        assert b"at least 88" not in b"".join(export(examples, name))
