"""Coding blind and settling, by two people in two browsers; with scripts and without."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from twosource import coding
from twosource.coding import Start
from twosource.deciding import decided_claims
from twosource.store import Project
from twosource.web.coding_words import blind_path, compare_path, task_path
from web.browser.serving import served
from web.browser.test_pages import WINDOWS, troubles
from web.browser.visit import Visit
from web.desk_reports import example_readings, make_project

TASK, WIRE = "pilot", "nevrin-wire"
CODE, COMPARE = blind_path(TASK, WIRE), compare_path(TASK, WIRE)


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Project]:
    with make_project(tmp_path / "p.db", [one for one in example_readings() if one.report.id == WIRE]) as project:
        yield project


@pytest.fixture
def desk(own: Project) -> Iterator[str]:
    with served(own) as address:
        yield address


def set_task(project: Project, start: Start = Start.CLAIMS) -> None:
    coding.set_task(project, TASK, reports=(WIRE,), coders=("Ana", "Ben"), start=start, who="Lead")


def finish_differently(project: Project) -> None:
    set_task(project)
    first = coding.blind_coding(project, TASK, "Ana", WIRE).claims[0].claim.id
    coding.fix(project, TASK, "Ana", WIRE, first, {"certainty": "possible"})
    for coder in ("Ana", "Ben"):
        coding.finish(project, TASK, coder, WIRE)


def be(visit: Visit, name: str) -> None:
    visit.page.context.add_cookies([{"name": "twosource-name", "value": name, "url": visit.desk}])


@pytest.mark.parametrize("options", [{}, {"java_script_enabled": False}], ids=["scripts", "no-scripts"])
def test_a_coder_accepts_and_finishes_unseen_by_the_other(visit: Visit, own: Project) -> None:
    set_task(own)
    be(visit, "Ana")
    page = visit.open(CODE)
    page.get_by_role("button", name="Accept claim 1", exact=True).click()
    expect(page.locator(".card[data-mark=accepted]")).to_have_count(1)
    page.wait_for_load_state()
    be(visit, "Ben")
    page.reload()
    expect(page.locator(".card[data-mark=accepted]")).to_have_count(0)
    page.get_by_role("button", name="Finish this report").click()
    page.wait_for_url("**/coding/task**")
    expect(page.locator("main")).to_contain_text("It is told once all coders have finished a report")


def test_a_coder_begins_from_nothing_and_sees_no_highlight(visit: Visit, own: Project) -> None:
    set_task(own, Start.EMPTY)
    be(visit, "Ana")
    page = visit.open(CODE)
    expect(page.locator(".report mark, .report .seg")).to_have_count(0)
    page.get_by_role("link", name="Add a claim").click()
    page.fill("#evidence", "brought in on doors")
    page.select_option("#type", "injures")
    page.get_by_role("button", name="Add the claim").click()
    page.wait_for_url("**/coding/report**")
    expect(page.locator(".card[data-mark=added]")).to_have_count(1)


def test_a_difference_is_settled_by_a_button(visit: Visit, own: Project) -> None:
    finish_differently(own)
    page = visit.open(COMPARE)
    item = page.locator(".item").first
    expect(item).to_contain_text("Differ in certainty")
    item.get_by_role("button", name="Ana’s claim").click()
    expect(page.locator(".reviewed")).to_contain_text("Settled with Ana’s claim")
    assert decided_claims(own, WIRE)[0].claim.certainty == "possible"


@pytest.mark.parametrize("options", WINDOWS.values(), ids=WINDOWS)
def test_the_pages_of_coding_are_sound(visit: Visit, own: Project) -> None:
    finish_differently(own)
    coding.set_task(own, "second", reports=(WIRE,), coders=("Ana", "Ben"), start=Start.CLAIMS, who="Lead")
    be(visit, "Ana")
    for path in ("/coding", task_path(TASK), COMPARE, blind_path("second", WIRE)):
        page = visit.open(path)
        assert page.locator("h1").count() == 1
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{path} scrolls sideways"
        assert troubles(visit) == [], path
