"""What the review queue shows of a claim that it offers to accept."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from twosource.store import Project
from twosource.web.app import make_app
from twosource.web.laying import card_in, cards_in
from web.desk_reports import doubtful_reading, due_reading, review_project

TODAY = datetime.date(2019, 5, 1)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with review_project(tmp_path / "p.db", [doubtful_reading()]) as opened:
        yield opened


@pytest.fixture
def client(project: Project) -> Iterator[TestClient]:
    app = make_app(project, today=lambda: TODAY)
    with TestClient(app, base_url="http://127.0.0.1:8311", follow_redirects=False) as made:
        yield made


def words_of(page: str) -> str:
    """The page without its markup, each run of white space as one space."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_a_doubtful_claim_shows_every_field_that_would_be_accepted(client: TestClient) -> None:
    words = words_of(client.get("/review?kind=doubt").text)
    assert "the army → the Free Front" in words
    assert "Where Vorrim When “On Friday” 12 Apr 2019 Figures “at least 12” 12 or more killed" in words
    assert "Said by the mayor Via Orrel Radio asserts probable happened negated" in words


def test_a_plan_that_is_due_shows_its_fields_too(client: TestClient) -> None:
    words = words_of(client.get("/review?kind=due").text)
    assert "actor not said" in words
    assert "Where not said When “by April 20”" in words
    assert "<script>document" not in client.get("/review?kind=due").text


def test_the_cards_of_claims_are_those_of_the_reading_view(project: Project) -> None:
    pairs = [(claim.report, claim.id) for reading in (doubtful_reading(), due_reading()) for claim in reading.claims]
    found = cards_in(project, [*pairs, ("doubtful", "none"), ("none", "none")])
    assert found == {pair: card_in(project, *pair) for pair in pairs}
