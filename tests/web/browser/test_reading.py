"""The reading view in a browser: text and cards lead to each other, by mouse, by key, and without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from web.browser.visit import Visit
from web.desk_reports import example_readings

PATH = "/reports/nevrin-wire"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
CURRENT = "Number(document.querySelector('.card[aria-current]')?.dataset.claim ?? 0)"


def current(page: Page) -> int:
    return int(page.evaluate(CURRENT))


def focused(page: Page) -> str:
    """The number of the claim that has the focus and on which side: '3 card' or '3 ref'."""
    return str(
        page.evaluate("(({ dataset, classList }) => `${dataset.claim} ${classList[0]}`)(document.activeElement)")
    )


def in_window(page: Page, selector: str) -> bool:
    script = """selector => {
      const { top, bottom } = document.querySelector(selector).getBoundingClientRect();
      return bottom > 0 && top < window.innerHeight;
    }"""
    return bool(page.evaluate(script, selector))


def test_the_page_holds_the_reports_text_to_the_letter(visit: Visit) -> None:
    for reading in example_readings():
        page = visit.open(f"/reports/{reading.report.id}")
        words = page.evaluate("[...document.querySelectorAll('.words')].map(e => e.textContent).join('')")
        assert words == reading.report.text or f"{reading.report.title}\n\n{words}" == reading.report.text


def test_a_claims_words_lead_to_its_card(visit: Visit) -> None:
    page = visit.open(PATH)
    page.locator("mark", has_text="They were brought in on doors").click()
    number = current(page)
    assert focused(page) == f"{number} card"
    assert in_window(page, ".card[aria-current]")
    assert "brought in on doors" in page.locator(".card[aria-current] blockquote").inner_text()


def test_a_card_leads_to_its_claims_words(visit: Visit) -> None:
    page = visit.open(PATH)
    page.locator(".card blockquote").last.click()
    number = current(page)
    assert number == page.locator(".card").count()
    assert focused(page) == f"{number} ref"
    assert in_window(page, ".ref[aria-current]")
    lit = page.evaluate("[...document.querySelectorAll('mark.on')].map(e => e.textContent).join('')")
    quoted = page.locator(".card[aria-current] blockquote").all_inner_texts()
    assert "".join(lit.split()) == "".join("".join(quoted).replace("“", "").replace("”", "").split())


def test_a_number_in_the_text_leads_to_the_card_and_back(visit: Visit) -> None:
    page = visit.open(PATH)
    page.locator(".ref").nth(3).click()
    number = current(page)
    assert focused(page) == f"{number} card"
    page.locator(".card[aria-current] .number").click()
    assert focused(page) == f"{number} ref"


def test_a_further_click_goes_to_the_claim_around(visit: Visit) -> None:
    page = visit.open(PATH)
    inner = page.locator("mark[data-claims*=' ']").first
    numbers = [int(word) for word in str(inner.get_attribute("data-claims")).split()]
    seen = []
    for _ in numbers:
        inner.click()
        seen.append(current(page))
    assert seen == numbers


def test_current_claims_are_told_to_assistive_technology(visit: Visit) -> None:
    page = visit.open(PATH)
    page.keyboard.press("j")
    card = page.locator(".card[aria-current='true']")
    assert card.count() == 1
    ref = page.locator(".ref[aria-current='true']").first
    assert ref.get_attribute("aria-controls") == card.get_attribute("id")
    assert page.locator("#announcer").inner_text() == ref.get_attribute("aria-label")
    assert str(ref.get_attribute("aria-label")).startswith("Claim 1 of ")


def test_letters_step_through_the_claims_and_enter_jumps(visit: Visit) -> None:
    page = visit.open(PATH)
    for key in "jjjk":
        page.keyboard.press(key)
    assert (current(page), focused(page)) == (2, "2 ref")
    page.keyboard.press("Enter")
    assert (current(page), focused(page)) == (2, "2 card")
    page.keyboard.press("j")
    assert focused(page) == "3 card"
    page.keyboard.press("Enter")
    assert focused(page) == "3 ref"


def test_arrows_step_only_where_a_claim_has_the_focus(visit: Visit) -> None:
    page = visit.open(PATH)
    page.keyboard.press("ArrowDown")
    assert current(page) == 0
    page.keyboard.press("j")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    assert current(page) == 2


def test_the_tab_key_comes_to_each_claim(visit: Visit) -> None:
    page = visit.open(PATH)
    page.locator("#text").focus()
    page.keyboard.press("Tab")
    first = current(page)
    page.keyboard.press("Tab")
    assert first > 0
    assert focused(page) == f"{current(page)} ref"


def test_escape_lets_go_and_takes_the_claim_out_of_the_address(visit: Visit) -> None:
    page = visit.open(PATH)
    page.keyboard.press("j")
    assert page.evaluate("location.hash").startswith("#claim-")
    page.keyboard.press("Escape")
    assert current(page) == 0
    assert page.evaluate("location.hash") == ""
    assert page.locator("mark.on, [data-role]").count() == 0


def test_help_opens_and_can_turn_the_letters_off(visit: Visit) -> None:
    page = visit.open(PATH)
    page.keyboard.press("?")
    page.locator("#letter-keys").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert current(page) == 0
    page.reload()
    page.keyboard.press("j")
    assert current(page) == 0
    page.locator("#open-help").click()
    page.locator("#letter-keys").check()
    page.locator("dialog button").click()
    page.keyboard.press("j")
    assert current(page) == 1


def test_an_address_with_a_claim_opens_it(visit: Visit) -> None:
    page = visit.open(PATH)
    claim = page.locator(".card").nth(7).get_attribute("id")
    page = visit.open(f"/issues#{claim}")
    page = visit.open(f"{PATH}#{claim}")
    assert current(page) == 8
    assert in_window(page, ".ref[aria-current]")


def test_the_legend_hides_a_family_from_text_cards_and_keys(visit: Visit) -> None:
    page = visit.open(PATH)
    page.locator("#show-force").uncheck()
    assert not page.locator(".card.f-force:visible, .ref.f-force:visible").count()
    page.keyboard.press("j")
    assert page.locator(".card[aria-current].f-force").count() == 0
    page.reload()
    assert not page.locator("#show-force").is_checked()


@pytest.mark.parametrize("layer", ["source", "figure", "place", "time", "hedge", "quotation"])
def test_the_legend_hides_a_layer(visit: Visit, layer: str) -> None:
    page = visit.open(PATH)
    words = page.locator(f".words .k-{layer}").first
    expect(words).not_to_have_css("background-color", "rgba(0, 0, 0, 0)")
    page.locator(f"#show-{layer}").uncheck()
    expect(words).to_have_css("background-color", "rgba(0, 0, 0, 0)")


def test_why_opens_without_leaving_the_card(visit: Visit) -> None:
    page = visit.open(PATH)
    page.locator(".card .why summary").first.click()
    assert page.locator(".card .why dl").first.is_visible()
    assert current(page) == 0


@pytest.mark.parametrize("options", [PHONE])
def test_on_a_phone_the_card_comes_as_a_sheet_and_goes(visit: Visit) -> None:
    page = visit.open(PATH)
    page.locator("mark", has_text="They were brought in on doors").tap()
    box = page.locator(".card[aria-current]").bounding_box()
    ref = page.locator(".ref[aria-current]").first.bounding_box()
    assert box
    assert ref
    assert ref["y"] + ref["height"] <= box["y"]
    assert box["y"] + box["height"] <= 844
    page.locator(".stepper [data-step='1']").tap()
    assert current(page) > 1
    page.locator("[data-close]").tap()
    assert current(page) == 0


@pytest.mark.parametrize("options", [PHONE])
def test_on_a_phone_the_cards_stand_below_the_text(visit: Visit) -> None:
    page = visit.open(PATH)
    text, cards = page.locator("#text").bounding_box(), page.locator("#claims").bounding_box()
    assert text
    assert cards
    assert cards["y"] >= text["y"] + text["height"]


@pytest.mark.parametrize("options", [{"java_script_enabled": False}])
def test_without_scripts_anchors_lead_both_ways(visit: Visit) -> None:
    page = visit.open(PATH)
    ref = page.locator(".ref").nth(6)
    card = page.locator(f"[id='{(ref.get_attribute('href') or '').lstrip('#')}']:target")
    ref.click()
    expect(card).to_be_visible()
    card.locator(".number").click()
    expect(page.locator(".ref:target")).to_have_count(1)


@pytest.mark.parametrize("options", [{"java_script_enabled": False}])
def test_without_scripts_the_legend_still_toggles(visit: Visit) -> None:
    page = visit.open(PATH)
    page.locator("#show-force").uncheck()
    assert not page.locator(".card.f-force:visible").count()
