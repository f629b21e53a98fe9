"""Who a sentence says denies, and what a plain number is meant as."""

from __future__ import annotations

import pytest

from corpus.claims_by_hand import report, telling
from twosource.corpus.counting import counts_in
from twosource.corpus.disagreements.deniers import denier_at, sayer_at
from twosource.corpus.disagreements.floors import meant
from twosource.knowledge.disagreement_words import load_disagreement_words
from twosource.spans import Span

WORDS = load_disagreement_words()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("But Ardan has denied any role.", "Ardan"),
        ("The claim was swiftly denied by Ostrell.", "Ostrell"),
        ("Many blamed the Ardan army which denied it.", "Ardan army"),
        ("On Monday the army's spokesman, Colonel Brek Halvane, denied the report.", "Colonel Brek Halvane"),
        ("The Front blamed the army but the Defence Ministry refuted this.", "Defence Ministry"),
    ],
)
def test_the_sentence_names_who_denies(text: str, name: str) -> None:
    word = WORDS.denial.search(text)
    assert word is not None
    found = denier_at(text, Span(0, len(text)), Span(word.start(), word.end()))
    assert found is not None
    assert found.of(text) == name


def test_a_pronoun_names_nobody() -> None:
    text = "Many blamed the army though it denied any role."
    word = text.index("denied")
    assert denier_at(text, Span(0, len(text)), Span(word, word + 6)) is None


def test_a_sentence_may_open_with_who_says_the_rest() -> None:
    text = "The Orm-linked Tavel news agency said six people died."
    found = sayer_at(text, Span(0, len(text)))
    assert found is not None
    assert found.of(text) == "Orm-linked Tavel news agency"
    assert sayer_at("Six people died.", Span(0, 16)) is None


@pytest.mark.parametrize(
    ("text", "phrase", "bounds"),
    [
        ("The raid killed 12 people.", "12 people", (12, 12)),
        ("Raid kills 12. It killed at least 12 people.", "12", (12, None)),
        ("At least four people were killed and 19 wounded.", "19", (19, None)),
        ("The raid killed 12 people and the toll is likely to rise.", "12 people", (12, None)),
        ("Raid kills 12. About 12 people died.", "12", (None, None)),
    ],
)
def test_a_plain_number_means_what_its_report_says_of_it(
    text: str, phrase: str, bounds: tuple[int | None, int | None]
) -> None:
    number = int(phrase.split()[0])
    claim = telling(report("a", text), "airstrike", text, figures=[(phrase, "killed", number, number)])
    [count] = counts_in(claim, WORDS.counted)
    assert meant(count) == bounds
