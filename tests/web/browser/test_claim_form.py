"""The form of a claim with the report's text beside it: words go from the one into the other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from twosource import deciding
from twosource.deciding import Mark, decided_claims
from twosource.store import Project
from web.browser.serving import served
from web.browser.test_pages import WINDOWS, troubles
from web.browser.visit import Visit
from web.desk_reports import (
    coded_reading,
    example_readings,
    foreign_reading,
    hostile_reading,
    make_project,
    make_report,
)

TWICE = "Kerat fell. The rebels left Kerat on foot. Nobody knows why Kerat fell."


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Project]:
    wire = next(one for one in example_readings() if one.report.id == "nevrin-wire")
    twice = coded_reading(make_report("twice", TWICE), [])
    with make_project(tmp_path / "p.db", [wire, foreign_reading(), hostile_reading(), twice]) as project:
        yield project


@pytest.fixture
def desk(own: Project) -> Iterator[str]:
    with served(own) as address:
        yield address


def fixing(visit: Visit, own: Project, number: int = 0, report: str = "nevrin-wire") -> Page:
    return visit.open(f"/claims/form?report={report}&claim={decided_claims(own, report)[number].claim.id}")


def select(page: Page, words: str, nth: int = 0) -> None:
    """Selects the words, which stand in one piece of the text beside the form, where they stand for the nth time.

    The page has heard of it, which the browser tells it of later, when this returns.
    """
    page.evaluate(
        """([words, nth]) => new Promise((heard, missed) => {
          document.addEventListener("selectionchange", heard, { once: true });
          const walker = document.createTreeWalker(document.getElementById("report-text"), NodeFilter.SHOW_TEXT);
          for (let node; (node = walker.nextNode());) {
            for (let at = node.data.indexOf(words); at >= 0; at = node.data.indexOf(words, at + 1)) {
              if (nth-- === 0) return getSelection().setBaseAndExtent(node, at, node, at + words.length);
            }
          }
          missed(new Error("no such words"));
        })""",
        [words, nth],
    )


def put(page: Page, field: str, how: str = "put") -> None:
    page.locator(f"[data-puts={field}] [data-put={how}]").click()


def test_the_evidence_is_marked_and_in_sight_with_the_words_around_it(visit: Visit, own: Project) -> None:
    last = len(decided_claims(own, "nevrin-wire")) - 1
    page = fixing(visit, own, last)
    expect(page.locator("#marked")).to_be_in_viewport()
    expect(page.locator("#report-text .near").first).to_be_in_viewport()
    assert page.evaluate("scrollY") == 0
    assert page.locator("#marked").inner_text() in " ".join(page.input_value("#evidence").split())


def test_words_that_are_selected_are_put_into_a_field_and_kept(visit: Visit, own: Project) -> None:
    page = fixing(visit, own)
    select(page, "Nevrin")
    put(page, "places")
    assert page.input_value("#places") == "Nevrin"
    select(page, "Larkeld")
    put(page, "places", "add")
    assert page.input_value("#places") == "Nevrin; Larkeld"
    page.fill("#reason", "wrong place")
    page.get_by_role("button", name="Keep the changes").click()
    page.wait_for_url("**/reports/nevrin-wire#*")
    assert [one.name for one in decided_claims(own, "nevrin-wire")[0].claim.places] == ["Nevrin", "Larkeld"]


def test_the_buttons_below_the_text_put_words_in_and_add_them(visit: Visit, own: Project) -> None:
    page = fixing(visit, own)
    page.focus("#places")
    select(page, "Nevrin")
    page.locator("#choosing").get_by_role("button", name="Put").click()
    select(page, "Larkeld")
    page.locator("#choosing").get_by_role("button", name="Add").click()
    assert page.input_value("#places") == "Nevrin; Larkeld"


def test_what_is_chosen_stays_so_while_another_field_is_filled(visit: Visit, own: Project) -> None:
    page = fixing(visit, own)
    select(page, "Nevrin")
    expect(page.locator("#chosen")).to_have_text("Chosen: “Nevrin”")
    page.fill("#reason", "wrong name")
    put(page, "targets")
    assert page.input_value("#targets") == "Nevrin"


def test_keys_choose_words_and_put_them_in_the_field_of_before(visit: Visit, own: Project) -> None:
    page = fixing(visit, own)
    marked = page.locator("#marked").inner_text()
    page.focus("#actors")
    page.focus("#report-text")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    assert page.input_value("#actors") == " ".join(marked.split()[:2])
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+Enter")
    assert page.input_value("#actors") == "; ".join([" ".join(marked.split()[:2]), marked.split()[2]])


def test_in_words_from_right_to_left_the_left_arrow_goes_on(visit: Visit) -> None:
    page = visit.open("/claims/form?report=foreign")
    page.focus("#report-text")
    page.keyboard.press("ArrowLeft")
    first = page.evaluate("getSelection().toString()")
    page.keyboard.press("ArrowLeft")
    second = page.evaluate("getSelection().toString()")
    text = page.locator("#report-text").inner_text()
    assert text.index(first) < text.index(second.strip(), len(first))


@pytest.mark.parametrize(
    ("report", "words"),
    [
        ("foreign", "بلدة نفرين"),
        ("foreign", "12 شخصا"),
        ("nevrin-wire", "brought in on doors"),
        ("twice", "left Kerat"),
    ],
)
def test_evidence_is_chosen_to_the_code_point(visit: Visit, own: Project, report: str, words: str) -> None:
    page = visit.open(f"/claims/form?report={report}")
    select(page, words)
    put(page, "evidence")
    assert page.input_value("#evidence") == words
    page.select_option("#type", "damages")
    page.fill("#reason", "missed by the engine")
    page.get_by_role("button", name="Add the claim").click()
    page.wait_for_url(f"**/reports/{report}#*")
    [added] = [one for one in decided_claims(own, report) if one.mark is Mark.ADDED]
    assert added.evidence == (words,)


@pytest.mark.parametrize("nth", [0, 1, 2])
def test_of_words_that_stand_often_those_chosen_are_meant(visit: Visit, own: Project, nth: int) -> None:
    page = visit.open("/claims/form?report=twice")
    select(page, "Kerat", nth)
    put(page, "evidence")
    page.select_option("#type", "damages")
    page.fill("#reason", "missed")
    page.get_by_role("button", name="Add the claim").click()
    page.wait_for_url("**/reports/twice#*")
    [added] = decided_claims(own, "twice")
    places = [at for at in range(len(TWICE)) if TWICE.startswith("Kerat", at)]
    assert added.claim.evidence[0].start == places[nth]


def test_without_words_the_buttons_wait(visit: Visit, own: Project) -> None:
    page = fixing(visit, own)
    expect(page.locator("[data-puts=actors] [data-put=put]")).to_be_disabled()
    expect(page.locator("#chosen")).to_have_text("No words are chosen.")


def test_a_figure_is_added_and_another_taken_out_and_the_rest_keep_their_scope(visit: Visit, own: Project) -> None:
    before = decided_claims(own, "nevrin-wire")[0].claim.figures
    page = fixing(visit, own)
    page.select_option("#figure-0-scope", "total")
    page.get_by_role("button", name="Remove figure 2", exact=True).click()
    page.get_by_role("button", name="Add a figure").click()
    select(page, "about 30")
    new = page.locator(".figure-row").last
    new.locator("[data-put]").first.click()
    new.get_by_label("At least").fill("30")
    new.get_by_label("Counts").select_option("part")
    select(page, before[0].phrase)
    new.locator(".whole-figure [data-put]").click()
    page.fill("#reason", "wrong figure")
    page.get_by_role("button", name="Keep the changes").click()
    page.wait_for_url("**/reports/nevrin-wire#*")
    after = decided_claims(own, "nevrin-wire")[0].claim.figures
    assert [one.phrase for one in after] == [before[0].phrase, *(one.phrase for one in before[2:]), "about 30"]
    assert (after[0].scope, after[-1].part_of, after[-1].low) == ("total", 0, 30)


def test_the_whole_is_asked_for_only_of_a_part(visit: Visit, own: Project) -> None:
    page = fixing(visit, own)
    expect(page.locator("#figure-0-part_of")).to_be_hidden()
    page.select_option("#figure-0-scope", "part")
    expect(page.locator("#figure-0-part_of")).to_be_visible()


@pytest.mark.parametrize("options", [{"java_script_enabled": False}])
def test_without_scripts_the_text_is_there_to_copy_from(visit: Visit, own: Project) -> None:
    page = fixing(visit, own)
    expect(page.locator("#report-text")).to_contain_text("Nevrin")
    expect(page.locator("[data-puts=actors]")).to_be_hidden()
    expect(page.locator(".by-hand")).to_be_visible()
    page.fill("#places", "Larkeld")
    page.fill("#reason", "wrong place")
    page.get_by_role("button", name="Keep the changes").click()
    page.wait_for_url("**/reports/nevrin-wire#*")
    assert [one.name for one in decided_claims(own, "nevrin-wire")[0].claim.places] == ["Larkeld"]


@pytest.mark.parametrize("options", WINDOWS.values(), ids=WINDOWS)
def test_the_form_is_sound_with_words_chosen(visit: Visit, own: Project) -> None:
    page = fixing(visit, own)
    page.get_by_role("button", name="Add a figure").click()
    page.locator(".figure-row").last.get_by_label("Counts").select_option("part")
    select(page, "Nevrin")
    expect(page.locator("#chosen")).to_have_text("Chosen: “Nevrin”")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "the page scrolls sideways"
    assert troubles(visit) == []


@pytest.mark.parametrize("options", WINDOWS.values(), ids=WINDOWS)
def test_what_somebody_else_set_meanwhile_is_shown_and_chosen(visit: Visit, own: Project) -> None:
    page = fixing(visit, own)
    claim = decided_claims(own, "nevrin-wire")[0].claim.id
    fields = {"places": ["Larkeld"], "certainty": "possible"}
    deciding.fix(own, "nevrin-wire", claim, fields, who="ليلى", reason="see the dateline")
    page.fill("#places", "Darrem")
    page.fill("#reason", "wrong place")
    page.get_by_role("button", name="Keep the changes").click()
    panel = page.locator("#meanwhile")
    expect(panel).to_contain_text("ليلى")
    expect(panel).to_contain_text("see the dateline")
    page.wait_for_load_state()
    assert (page.input_value("#places"), page.input_value("#certainty")) == ("Darrem", "possible")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "the page scrolls sideways"
    assert troubles(visit) == []
    visit.complaints.clear()  # the browser tells of the answer 400
    page.get_by_label("Theirs").check()
    page.get_by_role("button", name="Keep the changes").click()
    page.wait_for_url("**/reports/nevrin-wire#*")
    one = decided_claims(own, "nevrin-wire")[0].claim
    assert ([place.name for place in one.places], one.certainty) == (["Larkeld"], "possible")
