"""What lists of large projects are quickly made from is what the records say, in new projects and in migrated ones."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import Connection, insert, select

from store.stored_projects import stored_project
from store.test_claim_plans import plan_of
from test_bench_made import made_project
from twosource.closed_sets import ClaimType
from twosource.corpus_records import Judgement
from twosource.relating import keep_decision
from twosource.store import Project, entities, entity_claims, open_project, tables
from twosource.store import lineage as stored
from twosource.store.claim_filter import ClaimFilter
from twosource.store.claim_query import claim_rows, count_claims
from twosource.store.entity_claims import claims_naming
from twosource.store.spans_of_time import is_lasting, meeting, quickly_meeting
from twosource.store.takings import keep_takings
from twosource.store.write import Batch, keep_batch, start_run
from twosource.views.lineage import count_dependences, list_dependences
from web.desk_reports import example_readings, make_project

FIRST = datetime.date(2020, 1, 1)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with made_project(tmp_path_factory.mktemp("lists") / "made.db", 60) as opened:
        yield opened


def days() -> list[tuple[datetime.date | None, datetime.date | None]]:
    """Times of every kind: none, open at an end, of a day, of a month and of more."""
    every = [None, *(FIRST + datetime.timedelta(days=at) for at in (0, 1, 30, 31, 32, 100, 400))]
    return [(one, other) for one, other in itertools.product(every, every) if not one or not other or one <= other]


@pytest.mark.parametrize(("since", "until"), [(0, 0), (31, 40), (None, 31), (62, None), (500, 501), (99, 131)])
def test_a_time_meets_days_whether_it_is_looked_up_or_tried(
    tmp_path: Path, since: int | None, until: int | None
) -> None:
    asked = [None if at is None else FIRST + datetime.timedelta(days=at) for at in (since, until)]
    event = tables.event.c
    rows = [
        {"number": at, "id": f"e{at}", "type": "raid", "grade": "weak", "origins": 1, "record": b"", "start": one,
         "end": other, "lasting": is_lasting(one, other)}
        for at, (one, other) in enumerate(days())
    ]  # fmt: skip
    with open_project(tmp_path / "a.db", create=True) as opened, opened.writing() as connection:
        connection.execute(insert(tables.event), rows)
        tried = connection.execute(select(event.number).where(meeting(event.start, event.end, *asked))).scalars().all()
        short, long = (
            connection.execute(select(event.number).where(each)).scalars().all()
            for each in quickly_meeting(event.lasting, event.start, event.end, *asked)
        )
    assert 0 < len(tried) < len(rows)
    assert sorted([*short, *long]) == sorted(tried)


@pytest.mark.file
def test_claims_of_some_days_are_found_by_them_and_not_by_all_days_before(project: Project) -> None:
    chosen = ClaimFilter(since=FIRST, until=FIRST)
    for ask in (claim_rows, count_claims):
        plan = plan_of(project, lambda connection, ask=ask: ask(connection, chosen, 50))
        assert any("ix_claim_lasting_start (lasting=? AND start>? AND start<?)" in row for row in plan)
        assert not any("SCAN claim" in row for row in plan)


def test_a_project_keeps_what_its_records_say(project: Project) -> None:
    with project.looking() as connection:
        check_columns(connection)
        assert connection.execute(select(tables.taking.c.report)).first() is not None


@pytest.mark.file
@pytest.mark.parametrize("revision", ["0006", "0011"])
def test_a_migrated_project_keeps_what_its_records_say(tmp_path: Path, revision: str) -> None:
    stored_project(revision, tmp_path / "p.db")
    with open_project(tmp_path / "p.db") as opened, opened.looking() as connection:
        check_columns(connection)
        assert connection.execute(select(tables.lineage.c.first)).first() is not None


def check_columns(connection: Connection) -> None:
    for table in (tables.claim, tables.event):
        rows = connection.execute(select(table.c.start, table.c.end, table.c.lasting)).all()
        assert [row.lasting for row in rows] == [is_lasting(row.start, row.end) for row in rows]
    for row in connection.execute(select(tables.dependence)):
        assert row.likelihood == pytest.approx(msgspec.json.decode(row.record)["likelihood"])
    for row in connection.execute(select(tables.lineage)):
        assert row.first == msgspec.json.decode(row.record)["reports"][0]
    report, reading = tables.report.c, tables.reading.c
    read = {row.report: row.claims for row in connection.execute(select(reading).where(reading.current))}
    for row in connection.execute(select(report.digest, report.claims)):
        assert row.claims == read.get(row.digest, 0)


def test_whose_words_reports_take_is_the_same_bit_by_bit_as_all_at_once(tmp_path: Path) -> None:
    with made_project(tmp_path / "made.db", 40) as opened:
        with opened.looking() as connection:
            [pair, *_] = [one.pair for one in stored.dependences(connection) if one.directed]
        before = takings(opened)
        keep_decision(opened, pair, Judgement.DIFFERENT, reason="looked", who="Ann")
        decided = takings(opened)
        with opened.writing() as connection:
            keep_takings(connection)
        assert takings(opened) == decided
        assert decided < before


def takings(project: Project) -> set[tuple[Any, ...]]:
    with project.looking() as connection:
        return {(*row,) for row in connection.execute(select(tables.taking))}


def test_a_page_of_families_is_that_of_all_of_them(project: Project) -> None:
    with project.looking() as connection:
        every = stored.all_lineages(connection)
        assert every == sorted(every, key=lambda one: (-len(one.reports), one.reports[0], one.id))
        assert stored.all_lineages(connection, limit=3, offset=2) == every[2:5]


def test_a_page_of_dependences_is_that_of_all_of_them_decided_on_or_not(tmp_path: Path) -> None:
    with made_project(tmp_path / "made.db", 40) as opened:
        every = list_dependences(opened)
        assert count_dependences(opened) == len(every) > 5
        assert list_dependences(opened, limit=3, offset=1) == every[1:4]
        keep_decision(opened, every[0].pair, Judgement.DIFFERENT, reason="looked", who="Ann")
        assert count_dependences(opened) == len(every) - 1
        assert list_dependences(opened, limit=3) == every[1:4]


@pytest.mark.parametrize("generic", [False, True])
@pytest.mark.parametrize("name", [None, "army", "the", "nobody at all"])
def test_a_page_of_actors_is_that_of_all_of_them(project: Project, generic: bool, name: str | None) -> None:
    with project.looking() as connection:
        every = entities.listed(connection, name=name, generic=generic)
        kept = connection.execute(select(tables.entity.c.id, tables.entity.c.generic)).all()
        assert every == sorted(every, key=lambda one: (-one.reports, -one.claims, one.entity.id))
        assert entities.listed(connection, name=name, generic=generic, limit=7, offset=3) == every[3:10]
        assert entities.count_listed(connection, name=name, generic=generic) == len(every)
        assert entities.count_listed(connection, name=name, generic=generic, most=4) == min(5, len(every))
        if name is None:
            assert len(every) == sum(generic or not row.generic for row in kept)
        else:
            assert {one.entity.id for one in every} == naming(connection, name, generic)


def naming(connection: Connection, words: str, generic: bool) -> set[str]:
    """The entities of which a name has words that begin so, by a look at every name."""
    used, entity = tables.entity_name.c, tables.entity.c
    joined = tables.entity_name.join(tables.entity, entity.id == used.entity)
    rows = connection.execute(select(used.folded, entity.id, entity.generic).select_from(joined)).all()
    return {row.id for row in rows if f" {words}" in row.folded and (generic or not row.generic)}


def test_a_report_that_is_read_anew_has_the_claims_of_its_current_reading(tmp_path: Path) -> None:
    with make_project(tmp_path / "a.db", example_readings()) as opened:
        with opened.looking() as connection:
            check_columns(connection)
        [first, *_] = example_readings()
        bare = msgspec.structs.replace(first, claims=first.claims[:1], fingerprint="others")
        run = start_run(opened, "others")
        keep_batch(opened, run, "others", Batch(reports=(bare.report,), readings=(bare,)))
        with opened.looking() as connection:
            check_columns(connection)
            rows = connection.execute(select(tables.report.c.claims).where(tables.report.c.id == first.report.id))
            assert rows.scalars().all() == [1]


def test_claims_of_an_actor_are_the_same_by_its_names_and_by_their_days(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    types, most = list(ClaimType), 4
    with project.looking() as connection:
        named = [one.entity.id for one in entities.listed(connection, limit=5)]
        by_names = [claims_naming(connection, id_, types, most) for id_ in named]
        monkeypatch.setattr(entity_claims, "_MANY", 0)
        for newest in ((0,), (5,), (0, 5), (0, 10_000), (10_000,)):
            monkeypatch.setattr(entity_claims, "_NEWEST", newest)
            assert [claims_naming(connection, id_, types, most) for id_ in named] == by_names
    assert any(len(found) == most for found in by_names)
