from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from twosource.corpus_records import Judgement
from twosource.relating import keep_decision
from twosource.store import Project
from twosource.views import review
from twosource.web.imports import Imports
from twosource.web.queue import Queue
from web.desk_reports import review_project

TODAY = datetime.date(2019, 5, 1)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with review_project(tmp_path / "p.db") as opened:
        yield opened


def test_the_queue_is_worked_out_once_for_each_state(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[datetime.date] = []

    def counting(opened: Project, today: datetime.date) -> tuple[review.ReviewItem, ...]:
        asked.append(today)
        return review.review_queue(opened, today)

    monkeypatch.setattr("twosource.web.queue.review_queue", counting)
    queue = Queue(project, Imports(project))
    first = queue.items(TODAY)
    assert queue.items(TODAY) is first
    pair = next(item.subjects for item in first if item.kind is review.ReviewKind.REPORTS)
    keep_decision(project, (pair[0], pair[1]), Judgement.SAME, reason="same words", who="a")
    assert pair not in {item.subjects for item in queue.items(TODAY)}
    queue.items(TODAY + datetime.timedelta(days=1))
    assert len(asked) == 3
