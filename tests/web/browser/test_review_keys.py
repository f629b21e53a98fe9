"""Enter and Esc in the "Why" of the review queue: a key or a button leads there, and Enter presses nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from twosource.corpus_records import DecisionKind
from twosource.store import Project
from twosource.store.decisions import decisions_in_force
from twosource.views.review import review_queue
from twosource.web.wording import compare_path
from web.browser.serving import TODAY, served
from web.browser.test_pages import WINDOWS, troubles
from web.browser.visit import Visit
from web.desk_reports import doubtful_reading, review_project

KINDS = ("disagreement", "reports", "due", "doubt")
NO_SCRIPTS = {"java_script_enabled": False}


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Project]:
    with review_project(tmp_path / "p.db", [doubtful_reading()]) as project:
        review_queue(project, TODAY)  # loads the tables of actors, which takes a while once, before a page waits for it
        yield project


@pytest.fixture
def desk(own: Project) -> Iterator[str]:
    with served(own) as address:
        yield address


def kept(project: Project) -> list[tuple[str, str]]:
    """The verdict and the reason of each decision in force."""
    with project.looking() as connection:
        found = [one for kind in DecisionKind for one in decisions_in_force(connection, kind)]
    return [(one.verdict, one.reason) for one in found]


def why(page: Page) -> object:
    return page.evaluate("document.activeElement.name ?? null")


@pytest.mark.parametrize("kind", ["due", "doubt"])
def test_enter_after_x_and_a_reason_rejects(visit: Visit, own: Project, kind: str) -> None:
    page = visit.open(f"/review?kind={kind}")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.type("not an attack")
    page.keyboard.press("Enter")
    expect(page.locator(".item .reviewed").first).to_contain_text("Rejected, by")
    assert kept(own) == [("reject", "not an attack")]


def test_enter_after_x_rejects_nothing_before_it_is_said_why(visit: Visit, own: Project) -> None:
    page = visit.open("/review?kind=doubt")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator(".item[aria-current] label")).to_have_text("Why, then Enter: Reject")
    page.keyboard.press("Enter")
    assert why(page) == "reason"
    assert kept(own) == []


def test_enter_after_the_button_asked_for_a_reason_rejects(visit: Visit, own: Project) -> None:
    page = visit.open("/review?kind=doubt")
    page.get_by_role("button", name="Reject").click()
    assert why(page) == "reason"
    page.keyboard.type("told twice")
    page.keyboard.press("Enter")
    expect(page.locator(".item .reviewed")).to_contain_text("told twice")
    assert kept(own) == [("reject", "told twice")]


@pytest.mark.parametrize("kind", KINDS)
def test_enter_where_nothing_led_there_decides_nothing(visit: Visit, own: Project, kind: str) -> None:
    page = visit.open(f"/review?kind={kind}")
    field = page.locator(".item input[name=reason]").first
    field.fill("first thoughts")
    field.press("Enter")
    assert why(page) is None, "the field is left, and letters are keys again"
    page.keyboard.press("w")
    page.keyboard.press("Enter")
    assert page.locator(".reviewed, .trouble").count() == 0
    assert field.input_value() == "first thoughts"
    assert kept(own) == []


def test_a_key_after_the_reason_decides_with_it(visit: Visit, own: Project) -> None:
    page = visit.open("/review?kind=disagreement")
    page.keyboard.press("j")
    page.keyboard.press("w")
    page.keyboard.type("two days")
    page.keyboard.press("Enter")
    page.keyboard.press("d")
    expect(page.locator(".item .reviewed")).to_contain_text("Two events")
    assert kept(own) == [("split", "two days")]


def test_escape_leaves_the_reason_and_gives_the_letters_back(visit: Visit, own: Project) -> None:
    page = visit.open("/review?kind=due")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.type("a")
    page.keyboard.press("Escape")
    assert page.locator(".item[aria-current] input[name=reason]").input_value() == "a"
    page.keyboard.press("j")
    page.keyboard.press("w")
    page.keyboard.press("Enter")  # what led into the other item's reason is forgotten
    assert kept(own) == []
    page.keyboard.press("u")
    expect(page.locator(".item .reviewed")).to_contain_text("Not known yet")
    assert kept(own) == [("not-known", "nothing tells yet")]


def test_escape_leads_out_of_the_field_of_what_tells_so(visit: Visit) -> None:
    page = visit.open("/review?kind=due")
    page.keyboard.press("j")
    field = page.locator(".item[aria-current] input[name=told-by]")
    field.fill("an event")
    field.press("Escape")
    assert page.evaluate("document.activeElement.matches('.item')")
    assert field.input_value() == "an event"


def test_what_came_of_a_plan_is_said_by_a_key_and_a_reason(visit: Visit, own: Project) -> None:
    page = visit.open("/review?kind=due")
    page.keyboard.press("j")
    page.keyboard.press("d")
    expect(page.locator(".item[aria-current] label").first).to_have_text("Why, then Enter: It did not happen")
    page.keyboard.type("the line held")
    page.keyboard.press("Enter")
    expect(page.locator(".item .reviewed")).to_contain_text("It did not happen")
    assert kept(own) == [("not-happened", "the line held")]
    visit.open("/review?kind=due")
    assert page.locator(".item").count() == 1


@pytest.mark.parametrize("options", [NO_SCRIPTS])
@pytest.mark.parametrize("kind", KINDS)
def test_without_scripts_enter_decides_nothing(visit: Visit, own: Project, kind: str) -> None:
    page = visit.open(f"/review?kind={kind}")
    field = page.locator(".item input[name=reason]").first
    field.fill("not an attack")
    field.press("Enter")
    visit.open(f"/review?kind={kind}")
    assert kept(own) == []


def test_enter_beside_two_reports_decides_nothing(visit: Visit, own: Project) -> None:
    page = visit.open(compare_path("nevrin-brief", "nevrin-kornapress"))
    page.fill("#reason", "not one text")
    page.press("#reason", "Enter")
    visit.open("/review")
    assert kept(own) == []


@pytest.mark.parametrize("options", WINDOWS.values(), ids=WINDOWS)
def test_a_doubtful_claim_with_all_its_fields_is_sound(visit: Visit) -> None:
    page = visit.open("/review?kind=doubt")
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "the page scrolls sideways"
    assert troubles(visit) == []


def test_a_decision_is_taken_back_with_a_reason(visit: Visit, own: Project) -> None:
    page = visit.open("/review?kind=disagreement")
    page.keyboard.press("j")
    page.keyboard.press("u")
    expect(page.locator(".item .reviewed")).to_contain_text("Unsure, by")
    assert [verdict for verdict, _ in kept(own)] == ["unsure"]
    page.keyboard.press("w")
    page.keyboard.type("read again")
    assert troubles(visit) == []
    page.keyboard.press("Enter")
    expect(page.locator(".item .reviewed")).to_contain_text("read again")
    assert kept(own) == []
