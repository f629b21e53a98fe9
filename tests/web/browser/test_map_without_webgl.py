"""The map where the browser has no WebGL, or runs no script: the server's drawing, with a link for each place."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from twosource.store import Project
from web.browser.serving import served
from web.browser.test_pages import WINDOWS, troubles
from web.browser.visit import Visit
from web.event_reports import event_project


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with event_project(tmp_path_factory.mktemp("drawn") / "p.db") as project:
        yield project


@pytest.fixture(scope="module")
def desk(own: Project) -> Iterator[str]:
    with served(own) as address:
        yield address


@pytest.fixture
def browser(browser_without_webgl: Browser) -> Browser:
    return browser_without_webgl


def is_drawn(visit: Visit) -> None:
    page = visit.page
    assert page.locator("canvas").count() == 0
    box = page.locator(".drawn-map > svg").bounding_box()
    assert box is not None
    assert box["width"] > 300
    assert page.evaluate("document.querySelector('path.land').getTotalLength()") > 0


@pytest.mark.parametrize("options", WINDOWS.values(), ids=WINDOWS)
def test_the_drawing_is_sound_and_nothing_more_is_loaded(visit: Visit) -> None:
    page = visit.open("/events/map")
    for one in page.locator("details summary").all():
        one.click()
    is_drawn(visit)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "the page scrolls sideways"
    assert troubles(visit) == []
    assert not [url for url in visit.asked if "maplibre" in url or "world" in url]
    assert page.locator(".show-place:visible, .of-clusters:visible").count() == 0


@pytest.mark.parametrize("options", [{"java_script_enabled": False}])
def test_the_drawing_needs_no_script(visit: Visit) -> None:
    visit.open("/events/map")
    assert visit.page.locator(".drawn-map > svg a.mark").count() == 3
    assert visit.page.locator(".webmap").is_hidden()


def test_a_mark_is_reached_and_opened_by_keys(visit: Visit) -> None:
    page = visit.open("/events/map")
    first = page.locator("a.mark").first
    first.focus()
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == first.get_attribute("aria-label")
    page.keyboard.press("Enter")
    page.wait_for_url("**/events?*")
    expect(page.locator(".event").first).to_be_visible()


def test_the_drawing_is_moved_by_links_and_its_borders_are_kept(visit: Visit) -> None:
    page = visit.open("/events/map?view=33,76,20")
    page.select_option("#borders", "IN")
    page.get_by_role("button", name="Draw", exact=True).click()
    page.wait_for_url("**borders=IN*")
    page.get_by_role("link", name="Closer").click()
    page.wait_for_url("**view=33%2C76%2C10*")
    expect(page.locator("#borders")).to_have_value("IN")
