"""The review queue: decisions by key and button, taken back, and none that somebody else overtook."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from twosource.corpus_records import DecisionKind, Judgement
from twosource.relating import keep_decision
from twosource.store import Project
from twosource.store.decisions import decisions_in_force
from twosource.views.review import review_queue
from web.browser.serving import TODAY, served
from web.browser.test_pages import WINDOWS, troubles
from web.browser.visit import Visit
from web.desk_reports import review_project


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Project]:
    with review_project(tmp_path / "p.db") as project:
        review_queue(project, TODAY)  # loads the tables of actors, which takes a while once, before a page waits for it
        yield project


@pytest.fixture
def desk(own: Project) -> Iterator[str]:
    with served(own) as address:
        yield address


def verdicts(project: Project, kind: DecisionKind) -> list[str]:
    with project.looking() as connection:
        return [one.verdict for one in decisions_in_force(connection, kind)]


@pytest.mark.parametrize("options", WINDOWS.values(), ids=WINDOWS)
def test_the_queue_is_sound(visit: Visit) -> None:
    page = visit.open("/review")
    page.keyboard.press("j")
    assert page.locator(".item").count() > 2
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "the page scrolls sideways"
    assert troubles(visit) == []


@pytest.mark.parametrize(
    ("key", "verdict"), [("s", Judgement.SAME), ("d", Judgement.DIFFERENT), ("u", Judgement.UNSURE)]
)
def test_two_reports_are_decided_on_by_a_key(visit: Visit, own: Project, key: str, verdict: Judgement) -> None:
    page = visit.open("/review?kind=reports")
    page.keyboard.press("j")
    page.keyboard.press(key)
    expect(page.locator(".item .reviewed")).to_be_visible()
    assert verdicts(own, DecisionKind.LINEAGE) == [verdict]
    assert troubles(visit) == []


def test_a_decision_is_taken_back_where_it_was_taken(visit: Visit, own: Project) -> None:
    page = visit.open("/review?kind=reports")
    page.keyboard.press("j")
    page.keyboard.press("d")
    page.get_by_role("button", name="Take back").click()
    expect(page.locator(".item .reviewed")).to_contain_text("Taken back")
    assert verdicts(own, DecisionKind.LINEAGE) == []
    visit.open("/review?kind=reports")
    assert page.locator(".item").count() == 1


def test_a_claim_is_rejected_once_it_is_said_why(visit: Visit, own: Project) -> None:
    page = visit.open("/review?kind=due")
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert verdicts(own, DecisionKind.CLAIM) == []
    page.keyboard.type("no plan")
    page.get_by_role("button", name="Reject").first.click()
    expect(page.locator(".item .reviewed").first).to_contain_text("no plan")
    assert verdicts(own, DecisionKind.CLAIM) == ["reject"]


def test_a_rejection_without_a_reason_is_told(visit: Visit, own: Project) -> None:
    page = visit.open("/review?kind=due")
    page.get_by_role("button", name="Reject").first.click()
    expect(page.locator(".item label").first).to_have_text("Why, then Enter: No plan: reject the claim")
    assert verdicts(own, DecisionKind.CLAIM) == []


@pytest.mark.parametrize("options", [{"java_script_enabled": False}])
def test_without_scripts_a_rejection_without_a_reason_is_told(visit: Visit, own: Project) -> None:
    page = visit.open("/review?kind=due")
    page.get_by_role("button", name="Reject").first.click()
    expect(page.locator("main")).to_contain_text("needs a reason")
    assert verdicts(own, DecisionKind.CLAIM) == []
    visit.complaints.clear()  # the browser tells of the answer 400


def test_a_decision_that_somebody_else_overtook_is_told_and_its_reason_stays(visit: Visit, own: Project) -> None:
    page = visit.open("/review?kind=reports")
    keep_decision(own, ("nevrin-brief", "nevrin-kornapress"), Judgement.SAME, reason="same words", who="Second Reader")
    page.locator(".item input[name=reason]").fill("two texts")
    page.get_by_role("button", name="Different").click()
    expect(page.locator(".item .trouble")).to_contain_text("Second Reader")
    expect(page.locator(".item input[name=reason]")).to_have_value("two texts")
    assert verdicts(own, DecisionKind.LINEAGE) == [Judgement.SAME]
    assert troubles(visit) == []


@pytest.mark.parametrize("options", [{"java_script_enabled": False}])
def test_without_scripts_the_queue_goes_on_after_a_decision(visit: Visit, own: Project) -> None:
    page = visit.open("/review?kind=reports")
    page.get_by_role("button", name="One text").click()
    expect(page.locator(".empty h2")).to_contain_text("Nothing of this kind waits")
    assert page.url.endswith("/review?kind=reports")
    assert verdicts(own, DecisionKind.LINEAGE) == ["same"]


def test_hostile_words_in_the_queue_stay_words(visit: Visit) -> None:
    page = visit.open("/review?kind=due")
    assert "<script>" in page.locator("main").inner_text()
    assert page.evaluate("window.owned") is None
