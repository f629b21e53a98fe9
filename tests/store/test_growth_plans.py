"""How new reports find what they touch: by an index, never by going through all that a project holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from store.test_claim_plans import plan_of, statements
from twosource.corpus.entities.naming import read_names
from twosource.corpus.entities.scene import Parties, Scene
from twosource.identifying import default_knowledge
from twosource.records import Report
from twosource.store import Project, entities, entity_scenes, event_reports, open_project, write
from twosource.store.entity_scenes import Outdated

pytestmark = pytest.mark.file  # plans are told in words of each database


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with open_project(tmp_path / "a.db", create=True) as opened:
        yield opened


@pytest.mark.parametrize("count", [1, 50, 200])
def test_the_names_of_reports_are_found_by_their_readings_however_many_are_asked_for(
    project: Project, count: int
) -> None:
    asked = [Outdated(f"r{number}", number) for number in range(count)]
    plan = plan_of(project, lambda connection: entity_scenes.scenes(connection, asked))
    assert any("claim_value" in row and "(reading=?)" in row for row in plan)
    assert not any("field=?" in row for row in plan)


@pytest.mark.parametrize(
    "ask",
    [event_reports.decided_otherwise, lambda connection: event_reports.outdated(connection, ["r1", "r2"], "rules")],
    ids=["decided otherwise", "outdated"],
)
def test_what_is_to_be_gathered_anew_is_found_without_a_look_at_every_report(
    project: Project, ask: Callable[[Any], object]
) -> None:
    plan = plan_of(project, ask)
    assert any("event_reading" in row for row in plan)
    assert not any("SCAN event_reading" in row or "SCAN report" in row for row in plan)


@pytest.mark.parametrize("reports", [1, 32], ids=["one report", "a batch"])
def test_reports_that_are_kept_are_not_sought_among_all_that_is_current(project: Project, reports: int) -> None:
    run = write.start_run(project, "any")
    batch = write.Batch(reports=tuple(Report(id=f"r{at}", text="", digest=f"d{at}") for at in range(reports)))
    with statements() as asked:
        write.keep_batch(project, run, "any", batch)
    seen = [(words, given) for words, given in asked if "report.digest" in words or "reading.report" in words]
    assert len(seen) > 3
    with project.looking() as connection:
        for words, given in seen:
            plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}", given)]
            assert not any("(current=?)" in row or "SCAN report" in row or "SCAN reading" in row for row in plan), words


@pytest.mark.parametrize("ask", [entities.uses_of, entities.uses_of_ids], ids=["by name", "by id"])
@pytest.mark.parametrize("count", [1, 50])
def test_uses_of_names_are_found_by_these_and_not_in_the_order_of_all_reports(
    project: Project, ask: Callable[[Any, list[str]], object], count: int
) -> None:
    run = write.start_run(project, "any")
    write.keep_batch(project, run, "any", write.Batch(reports=(Report(id="r1", text="", digest="d1"),)))
    with project.writing() as connection:
        naming = read_names(Scene(report="r1", claims=(Parties(actors=("Red Front",)),)), default_knowledge())
        entities.keep_namings(connection, "any", [Outdated("r1", 1)], {"r1": naming}, {"r1": None})
    known = ["Red Front", naming[0].entity, *(f"another {number}" for number in range(count))]
    plan = plan_of(project, lambda connection: ask(connection, known))
    assert any("SEARCH entity_name USING INDEX" in row for row in plan)
    assert any("SEARCH report" in row and "id=?" in row for row in plan)
    assert not any("(current=?)" in row or "SCAN" in row or "(report=?)" in row for row in plan)
