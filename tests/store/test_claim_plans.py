"""How the database finds what lists show: by an index, whatever the filter, never by going through a whole table."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, event, select, tuple_

from twosource.closed_sets import FAMILIES, ClaimType
from twosource.store import Project, claim_narrowing, claim_query, event_query, query, tables
from twosource.store.claim_filter import Among, ClaimFilter
from twosource.store.claim_narrowing import narrowed
from twosource.store.claim_query import claim_rows, count_claims, newest_claim_rows
from twosource.store.event_query import EventFilter
from web.desk_reports import example_readings, make_project

pytestmark = pytest.mark.file  # plans are told in words of each database

DAY = datetime.date(2019, 4, 10)
WHOLE_TABLE = re.compile(r"SCAN (claim|claim_value|report|reading|event|event_value|event_traits)")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with make_project(tmp_path_factory.mktemp("plans") / "a.db", example_readings()) as opened:
        yield opened


@contextmanager
def statements() -> Iterator[list[tuple[str, Any]]]:
    """What is asked of any database meanwhile."""
    found: list[tuple[str, Any]] = []

    def note(connection: Any, cursor: Any, statement: str, parameters: Any, *rest: Any) -> None:
        if statement.lstrip().startswith(("SELECT", "UPDATE")):
            found.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def plan_of(project: Project, ask: Callable[[Any], object]) -> list[str]:
    with statements() as asked, project.looking() as connection:
        ask(connection)
    with project.looking() as connection:
        return [
            row[3]
            for statement, parameters in asked
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]


def claim_ids(connection: Any, rows: list[Any]) -> list[str]:
    claim = tables.claim.c
    keys = [(row["reading"], row["rank"]) for row in rows]
    return list(connection.execute(select(claim.id).where(tuple_(claim.reading, claim.rank).in_(keys))).scalars())


@pytest.mark.parametrize(
    "chosen",
    [
        ClaimFilter(),
        ClaimFilter(actor="army"),
        ClaimFilter(place="Kerat"),
        ClaimFilter(source="ministry"),
        ClaimFilter(text="shells"),
        ClaimFilter(type=ClaimType.SHELLING),
        ClaimFilter(family="force"),
        ClaimFilter(since=DAY, until=DAY),
        ClaimFilter(actor="army", place="Kerat", since=DAY),
        ClaimFilter(report="a"),
    ],
)
@pytest.mark.parametrize("most_counted", [10_000, 0], ids=["few", "many"])
def test_a_page_of_claims_reads_no_whole_table(
    project: Project, chosen: ClaimFilter, most_counted: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("twosource.store.claim_narrowing.MOST_COUNTED", most_counted)
    plan = plan_of(project, lambda connection: claim_rows(connection, chosen, 50))
    plan += plan_of(project, lambda connection: count_claims(connection, chosen, 10_000))
    assert plan
    assert [step for step in plan if WHOLE_TABLE.fullmatch(step)] == []


def test_the_first_page_of_all_claims_is_read_in_its_order(project: Project) -> None:
    plan = plan_of(project, lambda connection: claim_rows(connection, ClaimFilter(), 50))
    assert "SCAN claim USING INDEX ix_claim_report_offset_rank" in plan
    assert not any("TEMP B-TREE" in step for step in plan)


@pytest.mark.parametrize("among", [None, Among(types=FAMILIES["support"]), Among(counted=True)])
def test_the_newest_claims_of_a_question_come_from_an_index_in_order(project: Project, among: Among | None) -> None:
    plan = plan_of(project, lambda connection: newest_claim_rows(connection, ClaimFilter(), among, 400))
    assert any("published" in step and "COVERING INDEX" in step for step in plan)
    assert [step for step in plan if WHOLE_TABLE.fullmatch(step)] == []


@pytest.mark.parametrize(
    "chosen",
    [
        EventFilter(),
        EventFilter(actor="army"),
        EventFilter(place="Kerat", type=ClaimType.SHELLING),
        EventFilter(since=DAY, until=DAY),
        EventFilter(source="ministry"),
        EventFilter(text="shells"),
        EventFilter(text="the shells"),
        EventFilter(report="a"),
    ],
)
def test_a_page_of_events_reads_no_whole_table(project: Project, chosen: EventFilter) -> None:
    plan = plan_of(project, lambda connection: event_query.events(connection, chosen, 50))
    plan += plan_of(project, lambda connection: event_query.count_events(connection, chosen, 10_000))
    assert [step for step in plan if WHOLE_TABLE.fullmatch(step)] == []


def test_reports_are_found_by_their_ids(project: Project) -> None:
    plan = plan_of(project, lambda connection: query.report_rows(connection, ids=["a", "b"]))
    assert any(step.startswith("SEARCH report USING") and "(id=?" in step for step in plan)


def test_the_counts_of_the_bar_are_read_from_indexes(project: Project) -> None:
    plan = plan_of(project, query.count_claims) + plan_of(project, query.count_issues)
    plan += plan_of(project, query.count_reports)
    assert [step for step in plan if WHOLE_TABLE.fullmatch(step)] == []


def test_of_more_claims_than_are_looked_at_the_newest_are_taken(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    with project.looking() as connection:
        every, none = newest_claim_rows(connection, ClaimFilter(), None, 1000)
        few, _ = newest_claim_rows(connection, ClaimFilter(), None, 5)
        days = [row["published"] for row in every]
        assert none is None
        assert [row["record"] for row in few] == [row["record"] for row in every[:5]]
        assert days == sorted(days, key=lambda day: (day is not None, day), reverse=True)
        monkeypatch.setattr(claim_query, "MOST_SCANNED", 3)
        scanned, floor = newest_claim_rows(connection, ClaimFilter(), None, 1000)
    assert floor == days[3]
    assert [row["published"] for row in scanned] == [day for day in days if day is not None and day >= floor]


def test_claims_published_until_a_day_are_the_newest_of_those(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    with project.looking() as connection:
        every, _ = newest_claim_rows(connection, ClaimFilter(), None, 1000)
        days = sorted({row["published"] for row in every if row["published"]})
        asked = ClaimFilter(published_until=days[1])
        earlier, none = newest_claim_rows(connection, asked, None, 1000)
        named, _ = newest_claim_rows(connection, ClaimFilter(published_until=days[1], place="Vorrim"), None, 1000)
        monkeypatch.setattr(claim_query, "MOST_SCANNED", 1)
        scanned, floor = newest_claim_rows(connection, asked, None, 1000)
    assert none is None
    assert [row["record"] for row in earlier] == [row["record"] for row in every if row["published"] in days[:2]]
    assert {row["record"] for row in named} <= {row["record"] for row in earlier}
    assert floor == days[1]
    assert {row["published"] for row in scanned} == {days[1]}


@pytest.mark.parametrize(
    "chosen",
    [ClaimFilter(actor="army"), ClaimFilter(place="Vorrim"), ClaimFilter(source="the"), ClaimFilter(family="force")],
)
@pytest.mark.parametrize("without", [0, 1])
def test_the_newest_claims_of_a_widely_used_name_are_the_same_when_claims_are_gone_through_in_order(
    project: Project, chosen: ClaimFilter, without: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with project.looking() as connection:
        gathered, _ = newest_claim_rows(connection, chosen, None, 1000)
        but = claim_ids(connection, gathered[:without])
        gathered, _ = newest_claim_rows(connection, chosen, None, 1000, without=but)
        assert narrowed(connection, chosen).in_order is None, "too few claims have it"
    monkeypatch.setattr(claim_narrowing, "_MANY", 0)
    monkeypatch.setattr(claim_narrowing, "_WALKED", 1000)
    with project.looking() as connection:
        walked, floor = newest_claim_rows(connection, chosen, None, 1000, without=but)
        few, _ = newest_claim_rows(connection, chosen, None, 2, without=but)
        assert narrowed(connection, chosen).in_order is not None
    assert len(gathered) > 2
    assert walked == gathered
    assert few == gathered[:2]
    assert floor is None


def test_the_newest_claims_of_a_widely_used_name_are_put_in_no_order(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claim_narrowing, "_MANY", 0)
    asked = ClaimFilter(actor="army")
    with statements() as found, project.looking() as connection:
        newest_claim_rows(connection, asked, None, 2)
    statement, parameters = found[-1]
    with project.looking() as connection:
        plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
    assert any("COVERING INDEX" in step and "published" in step for step in plan)
    monkeypatch.setattr(claim_narrowing, "_WALKED", 0)
    with project.looking() as connection:
        assert narrowed(connection, asked).in_order is None, "of few among all, those alone are read"


@pytest.mark.parametrize("most", [1, 3, 10, 1000])
def test_the_newest_claims_of_several_types_are_those_of_all_types_in_one_order(project: Project, most: int) -> None:
    types = tuple(ClaimType)
    with project.looking() as connection:
        every, _ = newest_claim_rows(connection, ClaimFilter(), None, 1000)
        taken, _ = newest_claim_rows(connection, ClaimFilter(), Among(types=types, counted=True), most)
    assert [row["record"] for row in taken] == [row["record"] for row in every[:most]]


@pytest.mark.parametrize(
    "chosen", [ClaimFilter(since=DAY), ClaimFilter(type=ClaimType.SHELLING), ClaimFilter(family="force")]
)
def test_claims_that_were_counted_while_the_filter_was_put_are_not_counted_again(
    project: Project, chosen: ClaimFilter
) -> None:
    with statements() as asked, project.looking() as connection:
        found = claim_rows(connection, chosen)
        count = count_claims(connection, chosen)
        some = count_claims(connection, chosen, 1)
    assert found
    assert (count, some) == (len(found), min(len(found), 2))
    assert sum("count(*)" in statement for statement, _ in asked) == 1
