"""An event that is no more is found again by its first claim, merged or read anew."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import event, func, select

from fake_reading import fake_reader, make_report
from store.stored_projects import stored_project
from twosource.gathering import decide_event, gather
from twosource.ids import make_id
from twosource.pipeline import store_reports
from twosource.store import Project, open_project, tables
from twosource.views.events import find_events
from twosource.views.former_events import event_now

THEN = "Norland shelled Vale-Port on 2024-03-01, killing 2."


def keep(project: Project, text: str) -> list[str]:
    store_reports([make_report("a", text)], project, fake_reader())
    gather(project)
    return [event.id for event in find_events(project)]


def test_an_event_whose_report_was_reworded_is_found_by_its_words(tmp_path: Path) -> None:
    with open_project(tmp_path / "a.db", create=True) as project:
        [before] = keep(project, THEN)
        assert event_now(project, before) == before
        [after] = keep(project, f"Update. {THEN}")
        assert before != after
        assert event_now(project, before) == after


def test_an_event_that_nothing_tells_of_any_more_is_found_nowhere(tmp_path: Path) -> None:
    with open_project(tmp_path / "a.db", create=True) as project:
        [before] = keep(project, THEN)
        keep(project, "Sud seized Al-Vale on 2024-04-01.")
        assert event_now(project, before) is None
        assert event_now(project, "event-none") is None
        assert event_now(project, "claim-none") is None
        assert event_now(project, "another") is None


def test_an_event_that_was_merged_into_another_leads_to_that_one(tmp_path: Path) -> None:
    with open_project(tmp_path / "a.db", create=True) as project:
        both = keep(project, f"{THEN} Sud seized Al-Vale on 2024-04-01.")
        assert len(both) == 2
        decide_event(project, "merge", both, who="Ann", reason="one day's war")
        [left] = [one.id for one in find_events(project)]
        assert [event_now(project, id_) for id_ in both] == [left, left]


def test_every_event_ever_kept_has_its_first_claim(tmp_path: Path) -> None:
    with open_project(tmp_path / "a.db", create=True) as project:
        before, after = keep(project, THEN), keep(project, "Sud seized Al-Vale on 2024-04-01.")
        with project.looking() as connection:
            kept = {row.event: row.claim for row in connection.execute(select(tables.event_first))}
    assert set(kept) == {*before, *after}
    assert all(make_id("event", claim) == id_ for id_, claim in kept.items())


@pytest.mark.file
def test_a_project_made_before_first_claims_were_kept_gets_those_of_all_that_was_read(tmp_path: Path) -> None:
    stored_project("0006", tmp_path / "p.db")
    with open_project(tmp_path / "p.db") as project, project.looking() as connection:
        kept = {row.event: row.claim for row in connection.execute(select(tables.event_first))}
        claims = connection.execute(select(tables.claim.c.id).distinct()).scalars().all()
        events = connection.execute(select(tables.event.c.id)).scalars().all()
    assert events
    assert kept == {make_id("event", claim): claim for claim in claims}
    assert set(events) <= set(kept)


def test_the_address_of_no_event_is_told_without_looking_at_the_claims(tmp_path: Path) -> None:
    statements: list[str] = []
    with open_project(tmp_path / "a.db", create=True) as project:
        keep(project, THEN)
        with project.looking() as connection:
            assert connection.execute(select(func.count()).select_from(tables.claim)).scalar()
            event.listen(connection.engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
        assert event_now(project, "event-none") is None
    assert not [one for one in statements if "FROM claim" in one]


@pytest.mark.file
def test_such_a_project_gets_the_claims_that_people_added_to_events_too(tmp_path: Path) -> None:
    path = tmp_path / "p.db"
    stored_project("0006", path)
    older = sqlite3.connect(path)
    older.executescript(
        "CREATE TEMP TABLE added AS SELECT * FROM event_claim LIMIT 1; UPDATE added SET claim = 'claim-added';"
        "INSERT INTO event_claim SELECT * FROM added;"
    )
    older.close()
    with open_project(path) as project, project.looking() as connection:
        kept = {row.event: row.claim for row in connection.execute(select(tables.event_first))}
    assert kept[make_id("event", "claim-added")] == "claim-added"
