"""What the desk is for, from one end to the other: a visit that drops reports and leaves with a corrected export."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from twosource.store import Project, open_project
from twosource.views.claims import find_claims
from web.browser.serving import served
from web.browser.test_pages import WINDOWS, troubles
from web.browser.visit import Visit
from web.event_reports import event_reader

ASKED_AGAIN = """async words => {
  const page = await (await fetch(location.href)).text();
  return new DOMParser().parseFromString(page, "text/html").querySelector(".best-number").textContent.trim() === words;
}"""
"""Whether the page would have that range if it were loaded now."""

REPORTS = {
    "courier.txt": "outlet: Courier\npublished: 2024-03-05\ntitle: Shells fall on Aleppo\n\n"
    "Norland shelled Aleppo on 2024-03-05, killing 41. The old mill by the river was hit before dawn.\n",
    "gazette.txt": "outlet: Gazette\npublished: 2024-03-06\ntitle: A farmer's loss\n\n"
    "A farmer lost his barn, two cows and all seed. Norland shelled Aleppo on 2024-03-05, killing 14. No help came.\n",
}


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Project]:
    with open_project(tmp_path / "p.db", create=True) as project:
        yield project


@pytest.fixture
def desk(own: Project) -> Iterator[str]:
    with served(own, event_reader()) as address:
        yield address


def drop(page: Page, files: dict[str, str]) -> None:
    page.evaluate(
        """files => {
          const dataTransfer = new DataTransfer();
          for (const [name, words] of Object.entries(files)) {
            dataTransfer.items.add(new File([words], name, { type: "text/plain" }));
          }
          const target = document.querySelector("h1");
          for (const name of ["dragenter", "dragover", "drop"]) {
            target.dispatchEvent(new DragEvent(name, { bubbles: true, cancelable: true, dataTransfer }));
          }
        }""",
        files,
    )


def figures(project: Project) -> list[int | None]:
    return sorted(one.low or 0 for row in find_claims(project) for one in row.claim.figures)


@pytest.mark.parametrize("options", [WINDOWS["laptop light"]])
def test_reports_are_read_an_event_found_a_figure_corrected_taken_back_and_exported(
    visit: Visit, own: Project, tmp_path: Path
) -> None:
    page = visit.open("/reports")
    drop(page, REPORTS)
    page.wait_for_url("**/imports/1")
    expect(page.locator(".state")).to_contain_text("Read 2 reports")
    assert troubles(visit) == []

    look_at_aleppo(page)
    page.locator(".event-head a").click()
    expect(page.locator(".best-number")).to_have_text("14 – 41")
    assert troubles(visit) == []

    clash = page.locator(".clash", has_text="killing 14")
    clash.get_by_role("link", name="killing 14").click()
    card = page.locator(".card[aria-current]")
    expect(card).to_contain_text("14")
    expect(page.locator("h1")).to_have_text("A farmer's loss")
    assert troubles(visit) == []

    page.keyboard.press("e")
    page.wait_for_url("**/claims/form**")
    page.fill("#figure-0-low", "13")
    page.fill("#figure-0-high", "13")
    page.fill("#reason", "wrong figure")
    page.get_by_role("button", name="Keep the changes").click()
    expect(card).to_have_attribute("data-mark", "fixed")
    assert troubles(visit) == []
    has_range(page, "13 – 41")
    saved = export(page, tmp_path / "fixed.csv")
    assert [saved[0]["killed_low"], saved[0]["killed_high"]] == ["13", "41"]

    visit.open("/reports")
    page.get_by_role("link", name="A farmer's loss").click()
    page.wait_for_url("**/reports/gazette**")  # and its scripts, which hear the keys
    page.keyboard.press("j")
    expect(card).to_have_count(1)
    page.keyboard.press("u")
    expect(page.locator(".card").first).to_have_attribute("data-mark", "as read")
    has_range(page, "14 – 41")
    assert export(page, tmp_path / "taken-back.csv")[0]["killed_low"] == "14"


def look_at_aleppo(page: Page) -> None:
    """Goes to the events and filters them by place, which the scripts of the page do once it is whole."""
    page.get_by_role("link", name="Events").click()
    page.wait_for_url("**/events")
    page.locator("#place").fill("Aleppo")
    expect(page.locator(".result")).to_contain_text("under this filter")
    expect(page.locator(".event")).to_have_count(1)


def has_range(page: Page, words: str) -> None:
    """Waits until the event at Aleppo, which is brought together beside the answering, has that range."""
    look_at_aleppo(page)
    page.locator(".event-head a").click()
    expect(page.locator(".best-number").first).to_be_visible()
    page.wait_for_function(ASKED_AGAIN, arg=words, polling=100)
    page.reload()
    expect(page.locator(".best-number").first).to_have_text(words)


def export(page: Page, path: Path) -> list[dict[str, str]]:
    """The rows of the events at Aleppo, as a visitor saves them."""
    look_at_aleppo(page)
    page.get_by_text("Export this one").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the file").click()
    download.value.save_as(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
