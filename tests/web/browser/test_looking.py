"""Sentences without a claim, ticked off by mouse and by key, with scripts and without."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from playwright.sync_api import expect

from twosource.deciding import looked_at
from twosource.store import Project
from web.browser.serving import served
from web.browser.test_pages import WINDOWS, troubles
from web.browser.visit import Visit
from web.desk_reports import example_readings, make_project

PATH = "/reports/nevrin-wire"


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Project]:
    wire = next(one for one in example_readings() if one.report.id == "nevrin-wire")
    with make_project(tmp_path / "p.db", [msgspec.structs.replace(wire, claims=wire.claims[:1])]) as project:
        yield project


@pytest.fixture
def desk(own: Project) -> Iterator[str]:
    with served(own) as address:
        yield address


@pytest.mark.parametrize("options", [{}, {"java_script_enabled": False}], ids=["scripts", "no-scripts"])
def test_a_sentence_is_ticked_off_for_everybody_and_back(visit: Visit, own: Project) -> None:
    page = visit.open(PATH)
    name = page.get_by_role("checkbox", checked=False).locator("visible=true").last.get_attribute("id")
    box = page.locator(f"#{name}")
    box.click()
    expect(box).to_have_attribute("aria-checked", "true")
    expect(page.locator("#missed")).to_contain_text("1 of")
    assert len(looked_at(own, "nevrin-wire").looks) == 1
    box.click()
    expect(box).to_have_attribute("aria-checked", "false")
    assert looked_at(own, "nevrin-wire").looks == ()


def test_the_space_bar_ticks_and_the_focus_stays(visit: Visit, own: Project) -> None:
    page = visit.open(PATH)
    box = page.locator(".silent button").first
    box.focus()
    page.keyboard.press("Space")
    expect(box).to_have_attribute("aria-checked", "true")
    expect(box).to_be_focused()


@pytest.mark.parametrize("options", WINDOWS.values(), ids=WINDOWS)
def test_ticked_sentences_are_sound(visit: Visit, own: Project) -> None:
    page = visit.open(PATH)
    page.locator(".silent button").first.click()
    expect(page.locator(".looked-by")).to_have_count(1)
    assert troubles(visit) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "the page scrolls sideways"
