"""Every screen in a browser, as the lists of screens and of the bar's entries have them: a new one is tried too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from twosource.gathering import gather
from twosource.identifying import identify
from twosource.store import Project
from twosource.web.navigation import NAVIGATION
from twosource.web.routing import Ask
from twosource.web.screens import WAYS
from web.browser.serving import served
from web.browser.test_pages import WINDOWS, troubles
from web.browser.visit import Visit
from web.desk_reports import example_readings, hostile_reading, make_project

BOTH = ("laptop light", "phone dark")
NAMED = {
    "/compare": "/compare?first=nevrin-wire&second=nevrin-brief",
    "/claims/form": "/claims/form?report=nevrin-wire",
}
"""Addresses that are of something named, with a name of what is there."""

SCREENS = sorted(way.path for way in WAYS if isinstance(way, Ask) and "{" not in way.path)


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    path: Path = tmp_path_factory.mktemp("screens") / "p.db"
    with make_project(path, [*example_readings(), hostile_reading()]) as project:
        identify(project)
        gather(project)
        yield project


@pytest.fixture(scope="module")
def desk(own: Project) -> Iterator[str]:
    with served(own) as address:
        yield address


@pytest.mark.parametrize("options", [WINDOWS[name] for name in BOTH], ids=BOTH)
@pytest.mark.parametrize("path", SCREENS)
def test_a_screen_is_sound(visit: Visit, path: str) -> None:
    address = visit.desk + NAMED.get(path, path)
    answer = visit.page.request.get(address)
    assert answer.status < 500
    if "content-disposition" in answer.headers or not answer.headers["content-type"].startswith("text/html"):
        return
    page = visit.open(NAMED.get(path, path))
    if not answer.ok:  # a screen that is of something named says so
        visit.complaints.clear()
    assert page.locator("h1").count() == 1
    assert page.title()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "the page scrolls sideways"
    assert troubles(visit) == []
    assert page.evaluate("window.owned") is None


def test_each_entry_of_the_bar_leads_to_its_screen_and_is_marked_there(visit: Visit) -> None:
    page = visit.open("/reports")
    bar = page.get_by_role("navigation", name="Desk")
    assert bar.get_by_role("link").count() == len(NAVIGATION)
    for entry in NAVIGATION:
        bar.get_by_role("link").filter(has_text=entry.word).first.click()
        page.wait_for_url(f"**/{entry.name}")
        marked = page.locator("nav[aria-label=Desk] [aria-current=page]")
        expect(marked).to_have_text(re.compile(rf"^\s*{re.escape(entry.word)}"))


@pytest.mark.parametrize("path", ["/reports", "/reports/nevrin-wire"])
@pytest.mark.parametrize("width", [1280, 1060, 993, 900, 400, 320])
def test_the_bar_shows_every_entry_however_wide_the_window(visit: Visit, width: int, path: str) -> None:
    visit.page.set_viewport_size({"width": width, "height": 800})
    page = visit.open(path)
    links = page.locator(".bar nav a")
    for at in range(len(NAVIGATION)):
        expect(links.nth(at)).to_be_in_viewport(ratio=1)
    covered = """links => links.filter(link => {
      const { x, y, width, height } = link.getBoundingClientRect();
      return !link.contains(document.elementFromPoint(x + width - 1, y + height / 2));
    }).map(link => link.textContent)"""
    assert links.evaluate_all(covered) == []
