"""A second person's look at what others decided, by key and button."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from twosource import deciding
from twosource.store import Project
from twosource.views.claims import find_claims
from twosource.views.second_looks import waiting_for
from web.browser.serving import served
from web.browser.test_pages import WINDOWS, troubles
from web.browser.visit import Visit
from web.desk_reports import example_readings, make_project


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Project]:
    with make_project(tmp_path / "p.db", example_readings()[:2]) as project:
        for row in find_claims(project, limit=2):
            deciding.accept(project, row.claim.report, row.claim.id, who="Ana of the desk", reason="read it twice")
        yield project


@pytest.fixture
def desk(own: Project) -> Iterator[str]:
    with served(own) as address:
        yield address


def said(project: Project) -> list[list[tuple[str, str]]]:
    with project.looking() as connection:
        every, _ = deciding.decisions_to_second(connection, 10)
    return [[(word.verdict, word.reason) for word in one.words] for one in every]


@pytest.mark.parametrize("options", WINDOWS.values(), ids=WINDOWS)
def test_the_page_is_sound(visit: Visit) -> None:
    page = visit.open("/review")
    page.get_by_role("link", name="Second look").click()
    expect(page.locator(".item")).to_have_count(2)
    page.wait_for_load_state()
    page.get_by_text("Take the decision back").first.click()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "the page scrolls sideways"
    assert troubles(visit) == []


def test_a_second_person_agrees_and_disagrees_by_key(visit: Visit, own: Project) -> None:
    page = visit.open("/review/second")
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.locator(".item .reviewed")).to_contain_text("You agree")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.type("it says the contrary")
    page.keyboard.press("Enter")
    expect(page.locator(".item .reviewed").nth(1)).to_contain_text("You disagree")
    assert said(own) == [[("agree", "after looking at it")], [("disagree", "it says the contrary")]]
    visit.open("/review/second")
    expect(page.locator(".item")).to_have_count(1)
    expect(page.locator(".item")).to_contain_text("In dispute")


def test_a_decision_that_is_taken_back_waits_no_more(visit: Visit, own: Project) -> None:
    page = visit.open("/review/second")
    item = page.locator(".item").first
    item.get_by_text("Take the decision back").click()
    item.get_by_label("Why").last.fill("the wrong claim")
    item.get_by_role("button", name="Take it back").click()
    expect(page.locator(".item")).to_have_count(1)
    assert len(waiting_for(own, "Ben").decisions) == 1
