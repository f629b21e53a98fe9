"""What is loaded before anybody asks."""

from __future__ import annotations

import datetime
from pathlib import Path
from threading import Event

import pytest

from twosource.errors import ProjectError
from twosource.store import Project
from twosource.views import loaded, review
from twosource.web.app import make_templates
from twosource.web.assets import load_assets
from twosource.web.imports import Imports
from twosource.web.queue import Queue
from twosource.web.warming import keep_ready, warm
from web.desk_reports import review_project


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
        keep_ready(make_templates(load_assets()), queue, lambda: today, over)
        assert queue.items(today)
    assert asked == [today, today]
