"""Choosing where a place is, in the queue and on its own page; and what an actor is, on its page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from playwright.sync_api import expect

from copies import Copies
from fake_reading import make_report
from located_reading import REPORTS, located_reader
from twosource.closed_sets import ActorKind
from twosource.pipeline import store_reports
from twosource.records import Place
from twosource.store import Project
from twosource.store.write import Batch, keep_batch, start_run
from twosource.views.actors import actor_page
from twosource.views.decisions import list_decisions
from twosource.views.whole_records import every_reading
from web.browser.serving import served
from web.browser.test_pages import WINDOWS, troubles
from web.browser.visit import Visit

COURIER = make_report(
    "courier-1",
    "Norland shelled Aleppo on 2024-03-01, killing 12. Sud seized Marea on 2024-03-05.",
    outlet="Courier",
    published="2024-03-06",
    language="en",
)


def fill(project: Project) -> None:
    """Reports in which places were looked for, and one was not found."""
    store_reports([*REPORTS, COURIER], project, located_reader())
    made = []
    for reading in [*every_reading(project)]:
        missed = (
            Place(span=named.span, name=named.name, rule="unresolved")
            for claim in reading.claims
            for named in claim.places
            if named.name == "Marea"
        )
        made.append(msgspec.structs.replace(reading, places=(*reading.places, *missed), fingerprint="tests"))
    run = start_run(project, "tests")
    keep_batch(project, run, "tests", Batch(reports=tuple(one.report for one in made), readings=tuple(made)))


@pytest.fixture
def own(tmp_path: Path, copies: Copies) -> Iterator[Project]:
    with copies.open(tmp_path / "p.db", fill) as project:
        yield project


@pytest.fixture
def desk(own: Project) -> Iterator[str]:
    with served(own) as address:
        yield address


@pytest.mark.parametrize("options", WINDOWS.values(), ids=WINDOWS)
def test_the_choice_is_sound_in_the_queue_on_its_page_and_an_actors_kind_too(visit: Visit) -> None:
    page = visit.open("/review?kind=place")
    expect(page.locator(".place-choice")).to_be_visible()
    for path in (None, "/places/choose?report=courier-1&name=Marea&back=reading", "/actors/name:norland"):
        if path is not None:
            visit.open(path)
        if path == "/actors/name:norland":
            page.get_by_text("It is of another kind").click()
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "the page scrolls sideways"
        assert troubles(visit) == []


def test_a_place_is_searched_chosen_and_taken_back_in_the_queue(visit: Visit, own: Project) -> None:
    page = visit.open("/review?kind=place")
    choice = page.locator(".place-choice")
    choice.get_by_role("searchbox").fill("Mare")
    found = choice.get_by_role("radio", name="Marea town or village, Aleppo, Syria · 31 km from Aleppo")
    expect(choice.get_by_text("Places that the gazetteer finds")).to_be_visible()
    found.check()
    choice.get_by_role("button", name="This place").click()
    expect(page.locator(".item .reviewed")).to_contain_text("Placed")
    [kept] = [row.decision for row in list_decisions(own)]
    assert (kept.subjects, kept.value["place"]["name"]) == (("courier-1", "Marea"), "Marea")
    page.get_by_role("button", name="Take back").click()
    expect(page.locator(".item .reviewed")).to_contain_text("Taken back")
    assert [row.decision.verdict for row in list_decisions(own)] == ["undo", "locate"]


def test_an_actor_is_given_another_kind(visit: Visit, own: Project) -> None:
    page = visit.open("/actors/name:norland")
    page.get_by_text("It is of another kind").click()
    form = page.get_by_role("form", name="The kind of this actor")
    form.get_by_label("Kind").select_option("state")
    form.get_by_label("Why").fill("it has a seat there")
    form.get_by_role("button", name="Change the kind").click()
    expect(page.get_by_text("by a person’s word")).to_be_visible()
    assert actor_page(own, "Norland").listing.entity.kind is ActorKind.STATE
