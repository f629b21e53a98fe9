"""An event that is no more is found again by its first claim, merged or read anew."""

from __future__ import annotations

from pathlib import Path

from fake_reading import fake_reader, make_report
from twosource.gathering import gather
from twosource.pipeline import store_reports
from twosource.store import Project, open_project
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
