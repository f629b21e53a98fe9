"""Decisions that the desk can't take, stopped or started again: told in place, nothing lost, sent again by a click."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
import pytest
from playwright.sync_api import expect

from twosource.deciding import Mark, decided_claims, looked_at
from twosource.store import Project
from twosource.views.review import review_queue
from web.browser.serving import TODAY, served
from web.browser.test_pages import troubles
from web.browser.visit import Visit
from web.desk_reports import doubtful_reading, example_readings, review_project

STOPPED = "the desk does not answer"
STARTED = "the desk was started again"


class Served:
    """A desk that a test stops and starts again under the same address."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.running = ExitStack()
        self.address = self.running.enter_context(served(project))

    def stop(self) -> None:
        self.running.close()

    def start(self) -> None:
        self.running.enter_context(served(self.project, port=urlsplit(self.address).port or 0))


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Project]:
    wire = next(one for one in example_readings() if one.report.id == "nevrin-wire")
    half_read = msgspec.structs.replace(wire, claims=wire.claims[:1])
    with review_project(tmp_path / "p.db", [doubtful_reading(), half_read]) as project:
        review_queue(project, TODAY)
        yield project


@pytest.fixture
def server(own: Project) -> Iterator[Served]:
    made = Served(own)
    yield made
    made.stop()


@pytest.fixture
def desk(server: Served) -> str:
    return server.address


@pytest.fixture(autouse=True)
def told_by_the_browser_too(visit: Visit) -> Iterator[None]:
    yield
    visit.complaints.clear()


def marks(project: Project) -> list[Mark]:
    return [one.mark for one in decided_claims(project, "doubtful")]


def test_a_rejection_in_the_reading_view_waits_for_the_desk(visit: Visit, server: Served, own: Project) -> None:
    page = visit.open("/reports/doubtful")
    server.stop()
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.type("told twice")
    page.keyboard.press("Enter")
    told = page.locator(".card[aria-current] [role=alert]")
    expect(told).to_contain_text(STOPPED)
    assert troubles(visit) == []
    server.start()
    told.get_by_role("button", name="Send it again").click()
    expect(told).to_contain_text(STARTED)
    expect(page.locator(".card[aria-current] .reject input[name=reason]")).to_have_value("told twice")
    assert marks(own)[0] is Mark.READ
    told.get_by_role("button", name="Send it again").click()
    expect(page.locator(".card[aria-current] .decided")).to_contain_text("told twice")
    assert marks(own)[0] is Mark.REJECTED


def test_a_decision_in_the_queue_waits_for_the_desk(visit: Visit, server: Served, own: Project) -> None:
    page = visit.open("/review?kind=doubt")
    server.stop()
    server.start()
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.type("not an attack")
    page.keyboard.press("Enter")
    expect(page.locator(".item [role=alert]")).to_contain_text(STARTED)
    assert troubles(visit) == []
    assert marks(own)[0] is Mark.READ
    page.keyboard.press("Enter")
    expect(page.locator(".item .reviewed")).to_contain_text("not an attack")
    assert marks(own)[0] is Mark.REJECTED


def test_a_tick_waits_for_the_desk(visit: Visit, server: Served, own: Project) -> None:
    page = visit.open("/reports/nevrin-wire")
    server.stop()
    tick = page.locator(".silent button[role=checkbox]").first
    tick.click()
    told = page.locator(".silent li").first.locator("[role=alert]")
    expect(told).to_contain_text(STOPPED)
    server.start()
    tick.click()
    expect(told).to_contain_text(STARTED)
    assert not looked_at(own, "nevrin-wire").looks
    told.get_by_role("button").click()
    expect(tick).to_have_attribute("aria-checked", "true")
    assert looked_at(own, "nevrin-wire").looks


def test_a_form_waits_for_the_desk_with_all_that_was_typed(visit: Visit, server: Served, own: Project) -> None:
    page = visit.open("/reports/doubtful")
    page.locator("[data-act=fix]").first.click()
    page.wait_for_url("**/claims/form**")
    page.select_option("#certainty", "possible")
    page.fill("#reason", "the mayor hedges")
    server.stop()
    page.get_by_role("button", name="Keep the changes").click()
    expect(page.get_by_role("alert")).to_contain_text(STOPPED)
    assert page.input_value("#reason") == "the mayor hedges"
    assert troubles(visit) == []
    server.start()
    page.get_by_role("button", name="Send it again").click()
    expect(page.locator("h1")).to_contain_text(STARTED)
    expect(page.locator(".sent-fields")).to_contain_text("the mayor hedges")
    page.wait_for_load_state()
    assert troubles(visit) == []
    assert marks(own)[0] is Mark.READ
    page.get_by_role("button", name="Send it again").click()
    page.wait_for_url("**/reports/doubtful#*")
    assert marks(own)[0] is Mark.FIXED


def test_a_fault_of_the_desk_is_told(visit: Visit, own: Project) -> None:
    page = visit.open("/reports/doubtful")
    page.route("**/claims/decide", lambda route: route.fulfill(status=500, body="broken"))
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.locator(".card[aria-current] [role=alert]")).to_contain_text("failed while keeping this")
    page.unroute("**/claims/decide")
    page.keyboard.press("a")
    expect(page.locator(".card[aria-current]")).to_have_attribute("data-mark", "accepted")
    expect(page.get_by_role("alert")).to_have_count(0)
    assert marks(own)[0] is Mark.ACCEPTED


def test_a_list_that_cannot_be_asked_for_is_told_once(visit: Visit, server: Served) -> None:
    page = visit.open("/claims")
    server.stop()
    page.fill("[type=search]", "army")
    expect(page.get_by_role("alert")).to_have_count(1)
    server.start()
    page.get_by_role("button", name="Ask again").click()
    expect(page.get_by_role("alert")).to_have_count(0)
