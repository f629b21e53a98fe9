"""Every page in a browser: it complains of nothing, asks no other host, and axe finds nothing serious."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect

from twosource.web.wording import report_path
from web.browser.visit import Visit

HOSTILE = "hostile/../<i>&?#"
PATHS = {
    "reports": "/reports",
    "none found": "/reports?q=zzz",
    "reading": "/reports/nevrin-wire",
    "foreign": "/reports/foreign",
    "hostile": report_path(HOSTILE),
    "versions": "/reports/changed",
    "claims": "/claims",
    "issues": "/issues",
    "outlets": "/sources",
    "review": "/review",
    "places not found": "/review?kind=place",
    "add a claim": "/claims/form?report=foreign",
    "agencies": "/sources/agencies",
    "families": "/sources/families",
    "side by side": "/compare?first=nevrin-wire&second=foreign",
}
LAPTOP, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
WINDOWS = {
    "laptop light": {"viewport": LAPTOP, "color_scheme": "light"},
    "laptop dark": {"viewport": LAPTOP, "color_scheme": "dark"},
    "phone light": {"viewport": PHONE, "color_scheme": "light", "has_touch": True},
    "phone dark": {"viewport": PHONE, "color_scheme": "dark", "has_touch": True},
}
SERIOUS = """axe.run({ resultTypes: ["violations"] }).then(({ violations }) =>
  violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`)))"""
"""Runs axe, which the page has, and gives what matters alone: the whole of its results is long to hand over."""


def troubles(visit: Visit) -> list[str]:
    """What axe finds that is serious or critical on the page once it is whole, one line each."""
    visit.page.wait_for_load_state()
    if visit.page.evaluate("window.axe === undefined"):
        visit.page.evaluate(AXE_SCRIPT)
    found: list[str] = visit.page.evaluate(SERIOUS)
    return found


@pytest.mark.parametrize("options", WINDOWS.values(), ids=WINDOWS)
@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
def test_a_page_is_sound(visit: Visit, path: str) -> None:
    page = visit.open(path)
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "the page scrolls sideways"
    assert troubles(visit) == []


@pytest.mark.parametrize("options", WINDOWS.values(), ids=WINDOWS)
def test_a_chosen_claim_and_open_whys_are_sound(visit: Visit) -> None:
    page = visit.open("/reports/nevrin-wire")
    page.keyboard.press("j")
    page.locator(".card[aria-current] .why summary").click()
    assert troubles(visit) == []


@pytest.mark.parametrize("options", WINDOWS.values(), ids=WINDOWS)
def test_the_help_is_sound(visit: Visit) -> None:
    page = visit.open("/reports/nevrin-wire")
    page.keyboard.press("?")
    assert page.locator("dialog[open]").is_visible()
    assert troubles(visit) == []


def test_what_is_wrong_with_a_page_is_found(visit: Visit) -> None:
    page = visit.open("/reports")
    assert troubles(visit) == []
    page.evaluate("document.querySelector('main').append(new Image())")
    [found] = troubles(visit)
    assert found.startswith("image-alt: ")


def test_the_policy_stops_a_script_that_would_slip_in(visit: Visit) -> None:
    page = visit.open("/reports/nevrin-wire")
    with page.expect_console_message(lambda told: "Content Security Policy" in told.text):
        page.evaluate(
            "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.owned = 1'}))"
        )
    assert page.evaluate("window.owned") is None
    visit.complaints.clear()


def test_a_hostile_report_shows_as_text(visit: Visit) -> None:
    page = visit.open(report_path(HOSTILE))
    assert page.title().startswith("<script>")
    assert "<img src=x onerror=alert(1)>" in page.locator("#text").inner_text()
    assert page.locator("#text .control").first.inner_text() == "⟨U+202E⟩"
    page.locator(".why summary").click()
    assert "<script>" in page.locator(".why dl").inner_text()


def test_words_filter_the_list_as_they_are_typed(visit: Visit) -> None:
    page = visit.open("/reports")
    page.locator("#q").press_sequentially("صوت دارم")
    page.wait_for_url(lambda address: parse_qs(urlsplit(address).query).get("q") == ["صوت دارم"])
    expect(page.locator(".reports tbody tr")).to_have_count(1)
    expect(page.locator(".reports tbody a").first).to_have_attribute("href", "/reports/foreign")
    page.reload()
    expect(page.locator(".reports tbody tr")).to_have_count(1)


def test_claims_are_filtered_as_a_type_is_chosen(visit: Visit) -> None:
    page = visit.open("/claims")
    page.select_option("#type", "holds")
    expect(page.locator(".claim .type", has_not_text="Holds")).to_have_count(0)
    page.locator(".claim-foot a").first.click()
    expect(page.locator(".card[aria-current] .type")).to_have_text("Holds")


@pytest.mark.parametrize("options", [{"java_script_enabled": False}])
@pytest.mark.parametrize("path", ["/reports", "/reports/nevrin-wire", "/claims", "/issues", "/review", "/sources"])
def test_a_page_shows_all_without_scripts(visit: Visit, path: str) -> None:
    page = visit.open(path)
    assert page.locator("h1").is_visible()
    assert not page.locator("main button[hidden]:visible, .stepper:visible").count()
