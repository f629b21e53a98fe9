"""Figures, actors, disagreements and the dossier in a browser: sound in every window, and what leads where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from twosource.corpus_records import DecisionKind
from twosource.gathering import gather
from twosource.identifying import identify
from twosource.store import Project
from twosource.store.decisions import decisions_in_force
from web.browser.serving import served
from web.browser.test_pages import WINDOWS, troubles
from web.browser.visit import Visit
from web.desk_reports import example_readings, hostile_reading, make_project

PATHS = {
    "figures": "/figures",
    "actors": "/actors?generic=1",
    "one actor": "/actors/name:darrem-free-front",
    "network": "/actors/network",
    "order of battle": "/actors/order-of-battle",
    "who held what": "/actors/holdings",
    "disagreements": "/disagreements",
    "killed": "/questions/killed",
    "plans": "/questions/plans",
    "silence": "/questions/silence?place=Nevrin&days=2",
    "dossier": "/dossier",
}

BOTH = ("laptop light", "phone dark")
"""Windows that hold both widths and both schemes."""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    path: Path = tmp_path_factory.mktemp("answers") / "p.db"
    with make_project(path, [*example_readings(), hostile_reading()]) as project:
        identify(project)
        gather(project)
        yield project


@pytest.fixture(scope="module")
def desk(own: Project) -> Iterator[str]:
    with served(own) as address:
        yield address


@pytest.mark.parametrize("options", [WINDOWS[name] for name in BOTH], ids=BOTH)
@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
def test_a_page_is_sound(visit: Visit, path: str) -> None:
    page = visit.open(path)
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "the page scrolls sideways"
    assert troubles(visit) == []
    assert page.evaluate("window.owned") is None


@pytest.mark.parametrize("options", [{"viewport": {"width": 820, "height": 900}}])
def test_the_bar_fits_a_window_of_middling_width(visit: Visit) -> None:
    page = visit.open("/figures")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "the page scrolls sideways"


def test_a_point_opens_its_sentence_by_key(visit: Visit) -> None:
    page = visit.open("/figures?kind=killed")
    point = page.locator(".chart a.figure").first
    claim = (point.get_attribute("href") or "").partition("#")[2]
    point.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**#{claim}")
    expect(page.locator(f'[id="{claim}"]')).to_be_visible()


def test_a_filter_changes_the_list_as_it_is_typed(visit: Visit) -> None:
    page = visit.open("/figures")
    page.get_by_label("Place").fill("Nowhere")
    expect(page.locator("#list .empty h2")).to_contain_text("No figure is like that")
    expect(page).to_have_url(re.compile("place=Nowhere"))


def test_an_edge_leads_to_its_evidence_and_a_name_to_its_actor(visit: Visit) -> None:
    page = visit.open("/actors/network")
    page.locator(".network a.edge").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".relation:target")).to_be_visible()
    page.locator(".network a.node").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/actors/*:*")


def test_two_are_decided_to_be_different_and_that_is_taken_back(visit: Visit, own: Project) -> None:
    page = visit.open("/actors/name:darrem-free-front")
    page.get_by_text("Another actor is the same, or is not").click()
    page.get_by_label("Its name or id").fill("Odrel Shield")
    page.get_by_role("button", name="Different").click()
    expect(page.locator(".decided-list")).to_contain_text("Different")
    page.get_by_role("button", name="Take entry").click()
    expect(page.locator(".decided-list")).to_contain_text("taken back")
    with own.looking() as connection:
        assert decisions_in_force(connection, DecisionKind.ENTITY) == []


def test_in_print_nothing_but_the_dossier_is_left(visit: Visit) -> None:
    page = visit.open("/dossier?place=Nevrin")
    page.emulate_media(media="print")
    expect(page.locator(".bar")).to_be_hidden()
    expect(page.locator("#q1")).to_be_visible()
    expect(page.locator("a[download]").first).to_be_hidden()
