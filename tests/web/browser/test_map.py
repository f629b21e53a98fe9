"""The map that MapLibre draws: what stands on it, how it is moved, and that it asks nobody but the desk."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from twosource.store import Project
from web.browser.serving import served
from web.browser.test_pages import WINDOWS, troubles
from web.browser.visit import Visit
from web.event_reports import event_project

BOTH = ("laptop light", "phone dark")
NEAR_HOMS = "/events/map?view=34.724,36.726,1"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with event_project(tmp_path_factory.mktemp("map") / "p.db") as project:
        yield project


@pytest.fixture(scope="module")
def desk(own: Project) -> Iterator[str]:
    with served(own) as address:
        yield address


def shows(page: Page, marks: int) -> None:
    """Waits until the map shows so many marks."""
    expect(page.locator("figure.map")).to_have_attribute("data-marks", str(marks))


def moves(page: Page, wider: float, narrower: float) -> None:
    """Waits until the map shows fewer degrees than the one and more than the other."""
    page.wait_for_function(
        "([wider, narrower]) => { const [, , w] = (new URLSearchParams(location.search).get('view') ?? '').split(',');"
        " return Number(w) < wider && Number(w) > narrower; }",
        arg=[wider, narrower],
    )


@pytest.mark.parametrize("options", [WINDOWS[name] for name in BOTH], ids=BOTH)
def test_the_map_is_sound_and_shows_every_place(visit: Visit) -> None:
    page = visit.open("/events/map")
    shows(page, 3)
    for one in page.locator("details summary").all():
        one.click()
    assert page.locator(".webmap canvas").is_visible()
    assert page.locator(".drawn-map").is_hidden()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "the page scrolls sideways"
    assert troubles(visit) == []
    told = page.locator("canvas").get_attribute("aria-label") or ""
    assert told.startswith("Map of 4 events, 1 of them not on it")


def test_places_near_each_other_are_one_mark_from_afar(visit: Visit) -> None:
    page = visit.open("/events/map?view=8,0,360")
    shows(page, 2)  # two towns as one, and the province, which is no town
    page.get_by_role("link", name="Most events").click()
    shows(page, 3)


def test_a_mark_that_is_pressed_tells_its_place_and_leads_to_its_events(visit: Visit) -> None:
    page = visit.open(NEAR_HOMS)
    shows(page, 1)
    page.locator(".webmap canvas").click()
    card = page.locator(".map-card")
    expect(card).to_contain_text("Homs a town or village")
    assert troubles(visit) == []
    card.get_by_role("link", name="1 event").click()
    page.wait_for_url("**/events?key=geonames%3A169577")
    expect(page.locator(".event")).to_have_count(1)


def test_a_place_of_the_list_is_shown_on_the_map(visit: Visit) -> None:
    page = visit.open("/events/map")
    shows(page, 3)
    page.get_by_text("3 places with their events").click()
    page.get_by_role("button", name="Show Idlib on the map").press("Enter")
    expect(page.locator(".map-card")).to_contain_text("a province: somewhere in it")
    assert page.evaluate("document.activeElement.tagName") == "CANVAS"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.locator(".map-card")).to_be_hidden()


def test_the_map_is_moved_by_keys_and_buttons_and_its_address_tells_where(visit: Visit) -> None:
    page = visit.open("/events/map?view=35,38,8")
    shows(page, 3)
    page.locator(".webmap canvas").focus()
    page.keyboard.press("+")
    moves(page, 4.5, 3.5)
    page.get_by_role("link", name="Wider").click()
    moves(page, 9, 7)
    page.get_by_role("link", name="North").click()
    page.wait_for_function("Number(new URLSearchParams(location.search).get('view').split(',')[0]) > 35.5")
    view = page.evaluate("new URLSearchParams(location.search).get('view')")
    expect(page.locator("input[name=view]").first).to_have_value(view)


def test_the_filter_changes_what_the_map_shows(visit: Visit) -> None:
    page = visit.open("/events/map")
    shows(page, 3)
    page.locator("#place").fill("Idlib")
    expect(page.locator(".result")).to_contain_text("1 event")
    shows(page, 1)
    expect(page.locator("canvas")).to_have_count(1)
    page.locator("#place").fill("Nowhere")
    expect(page.locator(".empty")).to_be_visible()
    page.locator("#place").fill("Homs")
    shows(page, 1)


def test_the_map_follows_the_scheme_of_the_page(visit: Visit) -> None:
    page = visit.open("/events/map")
    shows(page, 3)
    page.emulate_media(color_scheme="dark")
    page.evaluate("delete document.querySelector('figure.map').dataset.marks")
    shows(page, 3)


def test_in_print_the_map_is_the_drawing(visit: Visit) -> None:
    page = visit.open("/events/map")
    shows(page, 3)
    page.emulate_media(media="print")
    expect(page.locator(".webmap")).to_be_hidden()
    expect(page.locator(".drawn-map > svg")).to_be_visible()


def test_the_map_loads_its_parts_from_the_desk_and_no_other_screen_does(visit: Visit) -> None:
    page = visit.open("/events")
    page.goto(visit.desk + "/events/timeline")
    assert not [url for url in visit.asked if "map" in url]
    page.goto(visit.desk + "/events/map")
    shows(page, 3)
    parts = {url.rsplit("/", 1)[1].partition("-")[0] for url in visit.asked if "/static/" in url}
    assert parts >= {"map", "maplibre", "world"}
