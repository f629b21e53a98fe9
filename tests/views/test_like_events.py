"""Events that may be one, which only a person can say."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from fake_reading import make_report
from twosource import deciding
from twosource.corpus_records import DecisionKind
from twosource.gathering import gather
from twosource.pipeline import store_reports
from twosource.store import Project, event_links, open_project
from twosource.views.claims import ClaimFilter, find_claims
from twosource.views.events import event_of_claim
from twosource.views.like_events import like_events
from twosource.views.review import ReviewKind, event_value, review_queue
from web.event_reports import event_reader

TODAY = datetime.date(2024, 6, 1)
TEXTS = {
    "first": "Norland shelled Aleppo on 2024-03-05, killing 4.",
    "second": "Sudria seized Homs on 2024-03-20.",
    "third": "Sudria seized Idlib on 2024-04-20.",
}


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Three events, of which two claims are bound by a strong link and two by a weak one."""
    reports = [make_report(id_, text, outlet=id_, published="2024-05-01") for id_, text in TEXTS.items()]
    with open_project(tmp_path / "p.db", create=True) as opened:
        store_reports(reports, opened, event_reader())
        gather(opened)
        link(opened, "first", "second", 0.9)
        link(opened, "second", "third", 0.4)
        yield opened


def claim_of(project: Project, report: str) -> str:
    [row] = find_claims(project, ClaimFilter(report=report))
    return row.claim.id


def pair_of(project: Project, first: str, second: str) -> tuple[str, str]:
    one, other = sorted((claim_of(project, first), claim_of(project, second)))
    return one, other


def link(project: Project, first: str, second: str, score: float) -> None:
    pair = pair_of(project, first, second)
    with project.writing() as connection:
        event_links.drop_pairs(connection, [pair])
        event_links.keep_links(connection, {pair: score})


def waiting(project: Project) -> list[tuple[str, ...]]:
    return [item.subjects for item in review_queue(project, TODAY, ReviewKind.EVENTS)]


def decide(project: Project, verdict: str) -> None:
    pair = pair_of(project, "first", "second")
    value = event_value(project, pair, together=verdict == "merge")
    deciding.keep(project, DecisionKind.EVENT, pair, verdict, value=value, who="a", reason="looked")


def test_events_that_two_claims_bind_strongly_wait_with_why(project: Project) -> None:
    [item] = review_queue(project, TODAY, ReviewKind.EVENTS)
    assert item.subjects == pair_of(project, "first", "second")
    assert {side.report for side in item.sides} == {"first", "second"}
    assert item.about is DecisionKind.EVENT
    assert item.reason


@pytest.mark.parametrize("report", ["first", "second"])
def test_one_of_the_claims_is_enough_to_find_both_events(project: Project, report: str) -> None:
    [found] = like_events(project, [claim_of(project, report)], 5)
    assert set(found.events) == {event_of_claim(project, claim_of(project, one)) for one in ("first", "second")}
    assert like_events(project, [claim_of(project, "third")], 5) == ()


@pytest.mark.parametrize("verdict", ["split", "unsure", "merge"])
def test_events_that_somebody_decided_on_wait_no_more(project: Project, verdict: str) -> None:
    decide(project, verdict)
    assert waiting(project) == []
    gather(project)
    assert waiting(project) == []
    is_one = event_of_claim(project, claim_of(project, "first")) == event_of_claim(project, claim_of(project, "second"))
    assert is_one is (verdict == "merge")


def test_the_likest_come_first_and_so_many_at_most(project: Project) -> None:
    link(project, "second", "third", 0.95)
    every = [claim_of(project, one) for one in TEXTS]
    assert [one.likeness.pair for one in like_events(project, every, 5)] == [
        pair_of(project, "second", "third"),
        pair_of(project, "first", "second"),
    ]
    assert len(like_events(project, every, 1)) == 1
