"""Events in a browser: every view is sound, the filter works without loading anew, and keys reach every mark."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from twosource.store import Project
from twosource.views.events import EventFilter, find_events
from web.browser.serving import served
from web.browser.test_pages import WINDOWS, troubles
from web.browser.visit import Visit
from web.event_reports import event_project

PATHS = ("/events", "/events?actor=zzz", "/events/timeline")


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with event_project(tmp_path_factory.mktemp("events") / "p.db") as project:
        yield project


@pytest.fixture(scope="module")
def desk(own: Project) -> Iterator[str]:
    with served(own) as address:
        yield address


def path_of(project: Project, report: str) -> str:
    return f"/events/{find_events(project, EventFilter(report=report))[0].id}"


def is_sound(visit: Visit) -> None:
    page = visit.page
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "the page scrolls sideways"
    assert troubles(visit) == []


@pytest.mark.parametrize("options", WINDOWS.values(), ids=WINDOWS)
@pytest.mark.parametrize("path", PATHS)
def test_a_view_of_events_is_sound(visit: Visit, path: str) -> None:
    page = visit.open(path)
    for one in page.locator("details summary").all():
        one.click()
    is_sound(visit)


@pytest.mark.parametrize("options", WINDOWS.values(), ids=WINDOWS)
@pytest.mark.parametrize("report", ["wire", "hostile/<i>&?#"])
def test_the_page_of_an_event_is_sound(visit: Visit, own: Project, report: str) -> None:
    page = visit.open(path_of(own, report))
    for one in page.locator("details summary").all():
        one.click()
    is_sound(visit)


def test_the_filter_narrows_what_is_shown_and_the_other_views_keep_it(visit: Visit) -> None:
    page = visit.open("/events")
    page.locator("#place").fill("Idlib")
    expect(page.locator(".event")).to_have_count(1)
    page.get_by_role("link", name="Map", exact=True).click()
    expect(page.locator("a.mark")).to_have_count(1)
    expect(page.locator("#place")).to_have_value("Idlib")
    page.get_by_role("link", name="Timeline").click()
    expect(page.locator("a.bin")).to_have_count(1)


def test_a_column_is_reached_and_opened_by_keys(visit: Visit) -> None:
    page = visit.open("/events/timeline")
    first = page.locator("a.bin").first
    first.focus()
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == first.get_attribute("aria-label")
    page.keyboard.press("Enter")
    page.wait_for_url("**/events?*")
    expect(page.locator(".event").first).to_be_visible()


def test_in_print_the_timeline_keeps_its_bars_and_loses_its_buttons(visit: Visit) -> None:
    page = visit.open("/events/timeline")
    page.emulate_media(media="print")
    assert page.locator("rect.bar:visible").count() == page.locator("rect.bar").count() > 0
    assert page.locator("a.bin:visible").count() > 0
    for gone in ("header.bar", "form.filters", ".codes", ".give"):
        expect(page.locator(gone).first).to_be_hidden()
