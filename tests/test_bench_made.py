"""Projects that are made for measuring hold all that reading would have stored."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from bench.growth import ADDED_AT, filled, rows_of, table_of
from bench.growth_ways import STAGES, read_whole, write_made
from bench.made import FINGERPRINT, fill_project
from bench.multiplied import multiply
from sqlalchemy import func, select

from twosource import pipeline
from twosource.engines.local import Reader
from twosource.errors import UsageError
from twosource.gathering import gather
from twosource.identifying import identify
from twosource.relating import relate
from twosource.store import Project, open_project, tables
from twosource.store.due import Across, due
from twosource.views.claims import ClaimFilter, count_claims, find_claims
from twosource.views.events import event_view, find_events
from twosource.views.project import counts


def made_project(path: Path, count: int, *, first: int = 0) -> Project:
    """A made project of so many reports, or one with as many more, related, identified and gathered."""
    project = open_project(path, create=True)
    fill_project(project, count, first=first)
    for stage in (relate, identify, gather):
        stage(project)
    return project


def test_claims_of_a_made_project_are_found_by_their_words_and_names(tmp_path: Path) -> None:
    with open_project(tmp_path / "made.db", create=True) as project:
        made = fill_project(project, 12)
        rows = find_claims(project)
        word = next(word for row in rows for word in row.evidence[0].split() if word.isalpha())
        name = next(named.name for row in rows for named in row.claim.actors)

        assert count_claims(project) == made > 0
        assert count_claims(project, ClaimFilter(text=word)) > 0
        assert count_claims(project, ClaimFilter(actor=name)) > 0
        with project.looking() as connection:
            for table in (tables.claim_term, tables.claim_name, tables.claim_value):
                assert connection.execute(select(func.count()).select_from(table)).scalar_one() > 0


@pytest.mark.file
def test_a_project_that_is_written_several_times_holds_as_much_as_often(tmp_path: Path) -> None:
    made_project(tmp_path / "made.db", 30).close()
    multiply(tmp_path / "made.db", tmp_path / "more.db", 3, lambda told: None)
    with open_project(tmp_path / "made.db") as one, open_project(tmp_path / "more.db") as more:
        assert counts(more).reports == 3 * counts(one).reports
        assert count_claims(more) == len(find_claims(more, limit=None)) == 3 * count_claims(one)
        with one.looking() as connection, more.looking() as other:
            for table in (tables.claim_term, tables.lineage, tables.dependence, tables.event_link, tables.event_value):
                few, many = (
                    each.execute(select(func.count()).select_from(table)).scalar() for each in (connection, other)
                )
                assert many == 3 * few > 0
            assert other.exec_driver_sql("PRAGMA foreign_key_check").all() == []
            assert other.exec_driver_sql("PRAGMA integrity_check").all() == [("ok",)]


@pytest.mark.file
def test_events_of_a_project_that_is_written_several_times_are_apart_by_their_days(tmp_path: Path) -> None:
    made_project(tmp_path / "made.db", 30).close()
    multiply(tmp_path / "made.db", tmp_path / "more.db", 3, lambda told: None)
    with open_project(tmp_path / "made.db") as one, open_project(tmp_path / "more.db") as more:
        events = find_events(more, limit=None)
        assert len(events) == len({event.id for event in events}) == 3 * len(find_events(one, limit=None))
        for event in events:
            view = event_view(more, event.id)
            assert [claim.claim.id for row in view.matrix for claim in row.claims]
            assert len({report.id[5] for row in view.matrix for report in row.reports}) == 1
        assert len({event.start for event in events}) > 2


@pytest.mark.file
def test_a_project_that_is_written_several_times_goes_on_growing(tmp_path: Path) -> None:
    made_project(tmp_path / "made.db", 30).close()
    multiply(tmp_path / "made.db", tmp_path / "more.db", 2, lambda told: None)
    with made_project(tmp_path / "more.db", 10, first=30) as more:
        assert counts(more).reports == 70


@pytest.mark.file
def test_a_project_is_not_written_over_another_nor_without_end(tmp_path: Path) -> None:
    made_project(tmp_path / "made.db", 2).close()
    (tmp_path / "there.db").touch()
    for target, times in (("there.db", 2), ("new.db", 0), ("new.db", 10_000_000)):
        with pytest.raises(UsageError):
            multiply(tmp_path / "made.db", tmp_path / target, times, lambda told: None)
    assert not (tmp_path / "new.db").exists()


@pytest.mark.file
def test_what_a_report_more_costs_is_told_beside_the_first_size_and_stays_in_a_project_that_is_not_copied(
    tmp_path: Path,
) -> None:
    filled(tmp_path, 0)
    made_project(tmp_path / "made-20.db", 20, first=ADDED_AT - 20).close()
    paths = [tmp_path / "made-0.db", tmp_path / "made-20.db"]
    rows = rows_of(paths, turns=2, in_place=paths[1:])
    told = [line.split(" | ") for line in table_of(rows)]
    assert [line[0] for line in told[2:]] == ["| 0", "| 20"]
    assert told[2][-1] == "1.00 |"
    held = [open_project(path) for path in paths]
    assert [counts(one).reports for one in held] == [0, 220]
    for one in held:
        one.close()


@pytest.mark.file
def test_reports_that_are_read_whole_leave_what_is_read_in_them_and_tell_the_time_of_each_stage(tmp_path: Path) -> None:
    reader = Reader(stages=(), equipment=None, fingerprint="nothing is read")
    for name, way in (("read", partial(read_whole, reader=reader)), ("made", write_made)):
        filled(tmp_path, 0).rename(tmp_path / f"{name}.db")
        spent = way(tmp_path / f"{name}.db", ADDED_AT, 3)
        assert [one for one in spent if one in STAGES] == list(STAGES)
        assert min(spent.values()) > 0
        with open_project(tmp_path / f"{name}.db") as project:
            assert counts(project).reports == 3
            assert (counts(project).claims > 0) == (name == "made")
            with project.looking() as connection:
                assert set(connection.execute(select(tables.reading.c.fingerprint)).scalars()) == {FINGERPRINT}
            with project.looking() as connection:
                assert sum(len(due(connection, stage, 3)) for stage in Across) == 0
    assert vars(pipeline)["relate"] is relate


def test_the_least_of_each_stage_is_kept_and_every_project_gets_the_same_reports_in_turn(tmp_path: Path) -> None:
    paths = [filled(tmp_path, 0), tmp_path / "made-2.db"]
    made_project(paths[1], 2, first=ADDED_AT - 2).close()
    asked, seconds = [], iter((5.0, 7.0, 6.0, 3.0))

    def way(path: Path, first: int, added: int) -> dict[str, float]:
        asked.append((path.name, first, added))
        return {"events": next(seconds)}

    rows = rows_of(paths, turns=2, in_place=paths, way=way)
    assert asked == [(name, ADDED_AT, 100) for name in ("made-0.db", "made-2.db", "made-2.db", "made-0.db")]
    assert [row.spent["events"] for row in rows] == [3, 6]
    assert [line.split(" | ")[-1] for line in table_of(rows)][2:] == ["1.00 |", "2.00 |"]
