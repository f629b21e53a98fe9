"""Decisions on claims by key, by button and without scripts, over a project of each test's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from twosource import deciding
from twosource.deciding import Mark, decided_claims
from twosource.store import Project
from twosource.views.decisions import list_decisions
from twosource.web.wording import report_path
from web.browser.serving import served
from web.browser.test_pages import WINDOWS, troubles
from web.browser.visit import Visit
from web.desk_reports import example_readings, foreign_reading, hostile_reading, make_project

PATH = "/reports/nevrin-wire"
NO_SCRIPTS = {"java_script_enabled": False}


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Project]:
    wire = next(one for one in example_readings() if one.report.id == "nevrin-wire")
    with make_project(tmp_path / "p.db", [wire, foreign_reading(), hostile_reading()]) as project:
        yield project


@pytest.fixture
def desk(own: Project) -> Iterator[str]:
    with served(own) as address:
        yield address


def marks(project: Project, report: str = "nevrin-wire") -> list[Mark]:
    return [one.mark for one in decided_claims(project, report)]


def select(page: Page, words: str) -> None:
    """Selects the words, which stand in one block of the text."""
    page.evaluate(
        """words => {
          const walker = document.createTreeWalker(document.querySelector(".report"), NodeFilter.SHOW_TEXT);
          for (let node; (node = walker.nextNode());) {
            const at = node.data.indexOf(words);
            if (at >= 0 && node.parentElement.closest("[data-at]")) {
              getSelection().setBaseAndExtent(node, at, node, at + words.length);
              return;
            }
          }
          throw new Error("no such words");
        }""",
        words,
    )


def test_a_claim_is_accepted_by_a_key_and_taken_back_by_another(visit: Visit, own: Project) -> None:
    page = visit.open(PATH)
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.locator(".card[aria-current]")).to_have_attribute("data-mark", "accepted")
    expect(page.locator("#announcer")).to_have_text("Claim 1: accepted")
    assert marks(own)[0] is Mark.ACCEPTED
    page.keyboard.press("u")
    expect(page.locator(".card[aria-current]")).to_have_attribute("data-mark", "as read")
    assert set(marks(own)) == {Mark.READ}


def test_a_claim_is_rejected_by_a_key_with_a_reason(visit: Visit, own: Project) -> None:
    page = visit.open(PATH)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.type("told twice: a and e")
    page.keyboard.press("Enter")
    expect(page.locator(".card[aria-current]")).to_have_attribute("data-mark", "rejected")
    expect(page.locator(".card[aria-current] .decided")).to_contain_text("told twice: a and e")
    assert marks(own)[:2] == [Mark.READ, Mark.REJECTED]
    page.keyboard.press("j")
    assert page.locator(".card[aria-current]").get_attribute("data-claim") == "3"


def test_a_claim_is_accepted_and_taken_back_with_a_reason_by_keys(visit: Visit, own: Project) -> None:
    page = visit.open(PATH)
    card = page.locator(".card[aria-current]")
    page.keyboard.press("j")
    page.keyboard.press("w")
    page.keyboard.type("as the ministry's note says")
    page.keyboard.press("Enter")
    expect(card).to_be_focused()
    assert set(marks(own)) == {Mark.READ}
    page.keyboard.press("a")
    expect(card.locator(".decided")).to_contain_text("as the ministry's note says")
    page.keyboard.press("w")
    page.keyboard.type("the note was withdrawn")
    page.keyboard.press("Escape")
    page.keyboard.press("u")
    expect(card).to_have_attribute("data-mark", "as read")
    assert [row.decision.reason for row in list_decisions(own)] == [
        "the note was withdrawn",
        "as the ministry's note says",
    ]
    visit.open("/decisions")
    expect(page.locator(".log-entry").first).to_contain_text("the note was withdrawn")


def test_a_field_for_a_reason_that_is_left_empty_closes(visit: Visit, own: Project) -> None:
    page = visit.open(PATH)
    page.keyboard.press("j")
    page.keyboard.press("w")
    assert page.locator("details.say-why[open]").count() == 1
    page.keyboard.press("Enter")
    assert page.locator("details.say-why[open]").count() == 0
    page.keyboard.press("a")
    expect(page.locator(".card[aria-current] .decided")).to_contain_text("as it stands")


def test_an_acceptance_that_somebody_else_overtook_keeps_its_reason(visit: Visit, own: Project) -> None:
    page = visit.open(PATH)
    first = decided_claims(own, "nevrin-wire")[0]
    deciding.reject(own, "nevrin-wire", first.claim.id, who="Second Reader", reason="background")
    page.keyboard.press("j")
    page.keyboard.press("w")
    page.keyboard.type('seen in "both"')
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    expect(page.locator(".card[aria-current] .trouble")).to_contain_text("Second Reader")
    expect(page.locator(".card[aria-current] .say-why input")).to_have_value('seen in "both"')


def test_a_claim_is_fixed_by_a_form(visit: Visit, own: Project) -> None:
    page = visit.open(PATH)
    page.keyboard.press("j")
    page.keyboard.press("e")
    page.wait_for_url("**/claims/form**")
    page.select_option("#certainty", "possible")
    page.fill("#reason", "the report hedges")
    page.get_by_role("button", name="Keep the changes").click()
    page.wait_for_url(f"**{PATH}#*")
    card = page.locator(".card[aria-current]")
    expect(card).to_have_attribute("data-mark", "fixed")
    expect(card.locator(".states")).to_contain_text("possible")
    assert decided_claims(own, "nevrin-wire")[0].claim.certainty == "possible"


def test_what_cannot_be_meant_comes_back_with_what_was_typed(visit: Visit) -> None:
    page = visit.open(PATH)
    page.locator("[data-act=fix]").first.click()
    page.fill("#actors", "Nobody in the text")
    page.fill("#reason", "wrong actor")
    page.get_by_role("button", name="Keep the changes").click()
    expect(page.locator("#trouble")).to_contain_text("does not stand in the report")
    expect(page.locator("#actors")).to_have_value("Nobody in the text")
    visit.complaints.clear()  # the browser tells of the answer 400


@pytest.mark.parametrize(
    ("report", "words"), [("foreign", "بلدة نفرين"), ("foreign", "12 شخصا"), ("nevrin-wire", "brought in on doors")]
)
def test_selected_words_become_a_claim_to_the_code_point(visit: Visit, own: Project, report: str, words: str) -> None:
    page = visit.open(f"/reports/{report}")
    select(page, words)
    page.keyboard.press("n")
    page.wait_for_url("**/claims/form**")
    assert page.input_value("#evidence") == words
    page.select_option("#type", "damages")
    page.fill("#reason", "missed by the engine")
    page.get_by_role("button", name="Add the claim").click()
    page.wait_for_url(f"**/reports/{report}#*")
    expect(page.locator(".card[aria-current]")).to_have_attribute("data-mark", "added")
    [added] = [one for one in decided_claims(own, report) if one.mark is Mark.ADDED]
    assert added.evidence == (words,)


def test_an_added_claim_that_is_taken_back_is_gone(visit: Visit, own: Project) -> None:
    page = visit.open("/reports/foreign")
    before = page.locator(".card").count()
    select(page, "12 شخصا")
    page.keyboard.press("n")
    page.wait_for_url("**/claims/form**")
    page.select_option("#type", "kills")
    page.fill("#reason", "missed")
    page.get_by_role("button", name="Add the claim").click()
    page.wait_for_url("**/reports/foreign#*")  # and its scripts, which hear the keys
    expect(page.locator(".card")).to_have_count(before + 1)
    page.keyboard.press("u")
    expect(page.locator(".card")).to_have_count(before)
    assert Mark.ADDED not in marks(own, "foreign")


def test_escape_leaves_a_rejection_that_was_begun(visit: Visit, own: Project) -> None:
    page = visit.open(PATH)
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("Escape")
    assert page.locator("details.reject[open]").count() == 0
    page.keyboard.press("a")
    expect(page.locator(".card[aria-current]")).to_have_attribute("data-mark", "accepted")
    assert marks(own)[0] is Mark.ACCEPTED


def test_a_control_character_on_the_page_counts_as_one(visit: Visit) -> None:
    page = visit.open(report_path(hostile_reading().report.id))
    select(page, "the town.")
    page.keyboard.press("n")
    page.wait_for_url("**/claims/form**")
    assert page.input_value("#evidence") == "the town."


def test_a_decision_that_somebody_else_overtook_is_told_and_not_taken(visit: Visit, own: Project) -> None:
    page = visit.open(PATH)
    first = decided_claims(own, "nevrin-wire")[0]
    deciding.reject(own, "nevrin-wire", first.claim.id, who="Second Reader", reason="background")
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.locator(".card[aria-current] .trouble")).to_contain_text("Second Reader")
    assert marks(own)[0] is Mark.REJECTED


def test_a_rejection_that_somebody_else_overtook_keeps_its_reason(visit: Visit, own: Project) -> None:
    page = visit.open(PATH)
    first = decided_claims(own, "nevrin-wire")[0]
    deciding.accept(own, "nevrin-wire", first.claim.id, who="Second Reader", reason="it says so")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.type('told "twice"')
    page.keyboard.press("Enter")
    expect(page.locator(".card[aria-current] .trouble")).to_contain_text("Second Reader")
    field = page.locator(".card[aria-current] .reject input[name=reason]")
    expect(field).to_have_value('told "twice"')
    field.press("Enter")
    expect(page.locator(".card[aria-current]")).to_have_attribute("data-mark", "rejected")
    assert marks(own)[0] is Mark.REJECTED


@pytest.mark.parametrize("options", [NO_SCRIPTS])
def test_without_scripts_buttons_decide(visit: Visit, own: Project) -> None:
    page = visit.open(PATH)
    first, second = page.locator(".card").nth(0), page.locator(".card").nth(1)
    page.get_by_role("button", name="Accept claim 2", exact=True).click()
    expect(second).to_have_attribute("data-mark", "accepted")
    page.wait_for_load_state()
    assert decided_claims(own, "nevrin-wire")[1].why == "as it stands"
    second.locator("summary[data-act=why]").click()
    second.locator(".say-why input").fill("seen in print")
    page.get_by_role("button", name="Take the decision on claim 2 back").click()
    expect(second).to_have_attribute("data-mark", "as read")
    page.wait_for_load_state()
    assert list_decisions(own)[0].decision.reason == "seen in print"
    page.get_by_role("button", name="Accept claim 2", exact=True).click()
    expect(second).to_have_attribute("data-mark", "accepted")
    page.wait_for_load_state()
    first.locator("summary[data-act=reject]").click()
    first.locator(".reject input[name=reason]").fill("told twice")
    first.locator(".reject button").click()
    expect(first).to_have_attribute("data-mark", "rejected")
    assert marks(own)[:2] == [Mark.REJECTED, Mark.ACCEPTED]


def test_the_name_beside_a_decision_is_the_one_given(visit: Visit, own: Project) -> None:
    page = visit.open(PATH)
    page.locator(".who summary").click()
    page.fill("#name", "ليلى")
    page.get_by_role("button", name="Keep").click()
    page.wait_for_url("**#claims")
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.locator(".card[aria-current] .decided")).to_contain_text("ليلى")
    assert decided_claims(own, "nevrin-wire")[0].who == "ليلى"


def test_letters_typed_in_a_field_decide_nothing(visit: Visit, own: Project) -> None:
    page = visit.open(PATH)
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.type("aaeu")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.locator(".card[aria-current]")).to_have_attribute("data-mark", "accepted")
    assert marks(own)[:2] == [Mark.READ, Mark.ACCEPTED]


@pytest.mark.parametrize("options", WINDOWS.values(), ids=WINDOWS)
def test_decided_cards_and_the_form_are_sound(visit: Visit) -> None:
    page = visit.open(PATH)
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.locator(".card[aria-current]")).to_have_attribute("data-mark", "accepted")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.type("background")
    assert troubles(visit) == []
    page.keyboard.press("Enter")
    expect(page.locator(".card[aria-current]")).to_have_attribute("data-mark", "rejected")
    assert troubles(visit) == []
    page.locator(".card[aria-current] [data-act=fix]").click()
    page.wait_for_url("**/claims/form**")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "the page scrolls sideways"
    assert troubles(visit) == []


def test_files_that_are_chosen_are_read_and_told(visit: Visit) -> None:
    page = visit.open("/reports")
    files = [
        {"name": "kerat.txt", "mimeType": "text/plain", "buffer": b"title: Bridge closed\n\nThe bridge was closed.\n"},
        {"name": "empty.txt", "mimeType": "text/plain", "buffer": b""},
    ]
    page.set_input_files("#files", files)  # type: ignore[arg-type]
    page.get_by_role("button", name="Read").click()
    page.wait_for_url("**/imports/1")
    expect(page.locator(".state")).to_contain_text("Read 1 report")
    expect(page.locator(".issue")).to_contain_text("Remove the file, or fill it")
    assert troubles(visit) == []
    page.locator(".import-reports a").click()
    expect(page.locator("h1")).to_have_text("Bridge closed")


def test_files_that_are_dropped_are_read(visit: Visit) -> None:
    page = visit.open("/reports")
    page.evaluate(
        """() => {
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File(["The bridge was closed."], "kerat.txt", { type: "text/plain" }));
          const target = document.querySelector("h1");
          for (const name of ["dragenter", "dragover", "drop"]) {
            target.dispatchEvent(new DragEvent(name, { bubbles: true, cancelable: true, dataTransfer }));
          }
        }"""
    )
    page.wait_for_url("**/imports/1")
    expect(page.locator(".state")).to_contain_text("Read 1 report")
