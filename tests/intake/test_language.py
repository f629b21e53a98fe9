from __future__ import annotations

import pytest

from twosource.intake import report_from_text
from twosource.intake.language import called, is_english, language_of, settle_language

ENGLISH = "Two workers were hurt at Lodeva when a crane fell on the quay in May, the harbour master said."
OTHERS = {
    "fr": "Deux ouvriers ont été blessés à Lodeva lorsqu'une grue est tombée sur le quai en mai, selon le port.",
    "de": "Zwei Arbeiter wurden in Lodeva verletzt, als im Mai ein Kran auf den Kai stürzte, sagte der Hafenmeister.",
    "nl": "Twee arbeiders raakten gewond toen er in mei in Lodeva een kraan op de kade viel, zei de havenmeester.",
    "es": "Dos trabajadores resultaron heridos en Lodeva cuando una grúa cayó sobre el muelle en mayo.",
    "uk": "Двоє робітників постраждали в Лодеві, коли в травні на набережну впав кран, повідомив начальник порту.",
    "ar": "قال شهود إن العبارة عادت إلى العمل صباح الأربعاء بعد توقف دام أسبوعين بسبب الفيضان.",
    "zh": "港务局长表示，五月份起重机倒在码头上，两名工人受伤。这是今年的第二起事故，调查仍在进行。",
}


def test_english_is_told_by_its_words() -> None:
    assert language_of(ENGLISH) == "en"


@pytest.mark.parametrize("language", OTHERS)
def test_other_languages_are_told(language: str) -> None:
    assert language_of(OTHERS[language]) == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12 34 55, 2019-06-05",
        "Fire in Lodeva",
        "Abu Karim al-Tarsi, Jaysh al-Nahr, Hay'at al-Jabal, Faylaq al-Sahil, Liwa al-Qamar, Kataib al-Shams",
        "Lodeva 3 killed 5 wounded; Brenna 2 killed; Tarsk 1 killed",
    ],
)
def test_short_texts_lists_and_names_are_never_taken_for_another_language(text: str) -> None:
    assert language_of(text) in (None, "en")


def test_english_with_a_quotation_in_another_script_is_english() -> None:
    assert language_of(f"{ENGLISH} {ENGLISH} The poster read: «Паром не ходит».") == "en"


@pytest.mark.parametrize(
    ("language", "english"),
    [
        (None, True),
        ("en", True),
        ("en-GB", True),
        ("EN_us", True),
        ("eng", True),
        ("English", True),
        ("fr", False),
        ("ens", False),
    ],
)
def test_english_has_many_names(language: str | None, english: bool) -> None:
    assert is_english(language) is english


def test_a_report_in_another_language_is_stored_whole_and_told() -> None:
    report, issues = report_from_text(OTHERS["fr"], id="a")
    assert (report.text, report.language) == (OTHERS["fr"], "fr")
    assert [(issue.code, issue.report) for issue in issues] == [("not-read", "a")]
    assert "not read: language French (fr)" in issues[0].reason


def test_an_english_report_keeps_the_language_that_its_header_gives_or_none() -> None:
    assert report_from_text(ENGLISH, id="a")[0].language is None
    assert report_from_text(ENGLISH, id="a", language="en-GB") == (
        report_from_text(ENGLISH, id="a", language="en-GB")[0],
        (),
    )


def test_a_header_is_believed_when_it_names_another_language_and_not_when_it_is_plainly_wrong() -> None:
    assert settle_language("tr", ENGLISH) == (
        "tr",
        "not read: language Turkish (tr), as the header says; the text is stored as it is",
    )
    language, reason = settle_language("en", OTHERS["uk"])
    assert language == "uk"
    assert reason is not None and "though the header says English" in reason


def test_unknown_languages_are_called_as_they_are_written() -> None:
    assert (called("AR"), called("Klingon")) == ("Arabic (ar)", "Klingon")
