"""What is loaded before anybody asks."""

from __future__ import annotations

import datetime
from pathlib import Path
from threading import Event

import msgspec
import pytest

from twosource import deciding
from twosource.errors import ProjectError
from twosource.gathering import gather
from twosource.store import Project, open_project
from twosource.store.write import Batch, keep_batch, start_run
from twosource.views import loaded, review
from twosource.views.claims import find_claims
from twosource.views.disagreements import disagreements_on
from twosource.views.events import count_events, find_events, largest_events
from twosource.web.app import make_app, make_templates
from twosource.web.assets import load_assets
from twosource.web.desk import Desk
from twosource.web.imports import Imports
from twosource.web.queue import Queue
from twosource.web.warming import keep_ready, warm
from web.desk_reports import example_readings, make_project, review_project
from web.event_reports import event_project


def test_every_template_and_table_is_at_hand_once_the_desk_is_warm() -> None:
    templates = make_templates(load_assets())
    warm(templates)
    assert templates.cache is not None
    held = {name for _, name in templates.cache}
    assert held == set(templates.list_templates(extensions=["html"]))
    assert loaded.actor_table.cache_info().currsize == 1
    assert loaded.lineage_judge() is loaded.lineage_judge()


def test_the_queue_is_at_hand_before_it_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    today = datetime.date(2019, 5, 1)
    asked: list[datetime.date] = []
    over = Event()

    def counting(opened: Project, day: datetime.date) -> tuple[review.ReviewItem, ...]:
        asked.append(day)
        if len(asked) == 1:
            raise ProjectError("the file is busy")
        over.set()
        return review.review_queue(opened, day)

    monkeypatch.setattr("twosource.web.queue.review_queue", counting)
    monkeypatch.setattr("twosource.web.warming._EVERY", 0.0)
    with review_project(tmp_path / "p.db") as project:
        queue = Queue(project, Imports(project))
        keep_ready(make_templates(load_assets()), lambda: queue.items(today), over)
        assert queue.items(today)
    assert asked == [today, today]


def test_the_disagreements_on_the_largest_events_are_at_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with event_project(tmp_path / "p.db") as project:
        desk: Desk = make_app(project).state.desk
        desk.refresh()
        largest, *others = largest_events(project, 1000)
        assert [len(one.claims) for one in (largest, *others)] == sorted(
            (len(one.claims) for one in find_events(project, limit=None)), reverse=True
        )
        expected = disagreements_on(project, largest)
        monkeypatch.setattr("twosource.web.desk.disagreements_on", lambda *_: pytest.fail("it was worked out again"))
        assert desk.disagreements_on(largest) == expected
        [first, *rest] = largest.accounts
        first = msgspec.structs.replace(first, claims=(*first.claims, "claim-of-later"))
        grown = msgspec.structs.replace(largest, accounts=(first, *rest))
        monkeypatch.setattr("twosource.web.desk.disagreements_on", lambda *_: ())
        assert desk.disagreements_on(grown) == ()
        desk.imports.close()


def test_outlets_and_families_are_at_hand_and_told_anew_with_every_batch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, *_ = example_readings()
    with make_project(tmp_path / "p.db", [first]) as project:
        desk: Desk = make_app(project).state.desk
        desk.refresh()
        with monkeypatch.context() as meanwhile:
            meanwhile.setattr("twosource.web.desk.list_outlets", lambda *_: pytest.fail("it was worked out again"))
            meanwhile.setattr("twosource.web.desk.count_lineages", lambda *_: pytest.fail("it was worked out again"))
            desk.refresh()
            assert [(row.name, row.reports) for row in desk.outlets()] == [(first.report.outlet, 1)]
            assert desk.families_counted() == (0, 0)
        run = start_run(project, second.fingerprint)
        desk.refresh()
        keep_batch(project, run, second.fingerprint, Batch(reports=(second.report,), readings=(second,)))
        assert sum(row.reports for row in desk.outlets()) == 2
        desk.imports.close()


def test_events_are_counted_again_once_another_program_formed_them_anew(tmp_path: Path) -> None:
    with event_project(tmp_path / "p.db") as project, open_project(tmp_path / "p.db") as other:
        desk: Desk = make_app(project).state.desk
        before = desk.events_counted()
        told = [one.claims for one in find_events(project, limit=None) if len(one.claims) == 1]
        found = [row.claim for row in find_claims(project) if (row.claim.id,) in told]
        for gone, claim in enumerate(found[:-1], 1):
            deciding.reject(other, claim.report, claim.id, who="Ben", reason="no such thing")
            assert desk.events_counted() == before - gone + 1
            gather(other)
            assert desk.events_counted() == count_events(project) == before - gone
