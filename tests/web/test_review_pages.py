"""The review queue's page of a project of which not everything was looked at."""

from __future__ import annotations

import datetime
import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from twosource.store import Project
from twosource.views import review
from web.at_desk import at_desk
from web.desk_reports import example_readings, review_project

TODAY = datetime.date(2019, 5, 1)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with review_project(tmp_path / "p.db", example_readings()[2:]) as opened:
        yield opened


@pytest.fixture
def client(project: Project) -> Iterator[TestClient]:
    with at_desk(project, today=lambda: TODAY) as made:
        yield made


def test_a_project_that_was_looked_at_as_a_whole_says_nothing_of_it(client: TestClient) -> None:
    assert "not in all" not in client.get("/review").text
    assert "waits for a person</h2>" in client.get("/review?kind=names").text


def test_what_was_looked_at_is_told_for_each_kind_and_the_rest_is_a_link_away(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(review, "_MOST_CLAIMS", 8)
    monkeypatch.setattr(review, "_NEWEST", 2)
    page = client.get("/review").text
    assert "Doubtful claims: looked for in 8 claims" in page
    assert "Places not found: looked for in 2 reports" in page
    page = client.get("/review?kind=doubt").text
    assert "Places not found: looked" not in page
    assert "Nothing of this kind waits for a person in what was looked at" in page
    days = list[str]()
    for _ in range(30):
        [*links] = re.findall(r'<a href="(/review[^"]+)" rel="prev">', page)
        if not links:
            break
        days += re.findall(r"published_until=([\d-]+)", links[0])
        page = client.get(html.unescape(links[0])).text
        assert "Only what was published until" in page
    assert len(days) > 1
    assert days == sorted(set(days), reverse=True)


def test_a_day_that_can_t_be_is_told(client: TestClient) -> None:
    page = client.get("/review?published_until=soon")
    assert page.status_code == 400
    assert "is no day" in html.unescape(page.text)
