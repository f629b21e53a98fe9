"""Folding words, and finding sentences and quotations without a parser."""

from __future__ import annotations

import pytest

from twosource.corpus.prints import fingerprints, sampled
from twosource.corpus.words import fold_words, quoted_runs, sentence_runs, word_keys

ABBREVIATIONS = frozenset(["gen", "mr"])


def sentences(text: str) -> list[str]:
    words = fold_words(text)
    return [words.span(run).of(text) for run in sentence_runs(text, words, ABBREVIATIONS)]


def quotations(text: str) -> list[str]:
    words = fold_words(text)
    return [words.span(run).of(text) for run in quoted_runs(text, words)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Morvenia's army said, 1,200 men left.", "Morvenias army said 1200 men left"),
        ("the “Salt Coast” army’s guns", 'the "Salt Coast" army\'s guns'),
        ("Zoé Ålund left", "Zoe Alund left"),
        ("U.S. forces", "US forces"),
    ],
)
def test_lost_commas_apostrophes_accents_and_curly_marks_do_not_matter(one: str, other: str) -> None:
    assert fold_words(one).keys == fold_words(other).keys


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("U.S. forces and the U.N.", ("us", "forces", "and", "the", "un")),
        ("Mr. A. Moro’s 1,200 men", ("mr", "a", "moros", "1200", "men")),
        ("in mid-2019, at 4.5km", ("in", "mid", "2019", "at", "45", "km")),
        ("a.b.c c.d", ("ab", "c", "c", "d")),
    ],
)
def test_words_are_runs_of_letters_acronyms_and_numbers(text: str, keys: tuple[str, ...]) -> None:
    assert fold_words(text).keys == keys
    assert word_keys(text) == keys


def test_each_word_slices_back_to_its_place() -> None:
    text = "Gen. Moro’s 1,200 men — all of them — left."
    words = fold_words(text)
    assert [text[a:b] for a, b in zip(words.starts, words.ends, strict=True)] == [
        *("Gen", "Moro’s", "1,200", "men", "all", "of", "them", "left"),
    ]


def test_a_sentence_ends_neither_behind_a_title_nor_an_initial() -> None:
    assert sentences("Gen. Moro met A. Brandt. They left.\nNo more") == [
        "Gen. Moro met A. Brandt",
        "They left",
        "No more",
    ]


def test_every_word_is_in_one_sentence() -> None:
    text = "One. Two three! Four?\n\nFive “six.” Seven"
    words = fold_words(text)
    runs = sentence_runs(text, words, ABBREVIATIONS)
    assert [at for run in runs for at in range(run.start, run.end)] == list(range(len(words)))


@pytest.mark.parametrize(
    "text",
    ['He said "we load no funerals here" and left', "He said “we load no funerals here” and left"],
)
def test_what_stands_between_marks_is_quoted(text: str) -> None:
    assert quotations(text) == ["we load no funerals here"]


def test_a_few_words_in_marks_are_no_quotation() -> None:
    assert quotations('the "farm machinery" on board') == []


def test_a_mark_that_nothing_closes_ends_with_its_line() -> None:
    assert quotations('"We load no funerals\nThe ship left for another port today') == ["We load no funerals"]


def test_fingerprints_are_the_same_on_every_machine() -> None:
    assert fingerprints(["we", "ran", "into", "the", "reeds"]) == [55103045192462]


def test_a_text_of_fewer_words_than_a_print_has_none() -> None:
    assert fingerprints(["we", "ran"]) == []


def test_equal_runs_have_equal_prints_wherever_they_stand() -> None:
    run = ["ran", "into", "the", "reeds", "and", "lay", "there"]
    inside = fingerprints(["they", *run, "until", "dawn"])
    assert set(fingerprints(run)) <= set(inside)
    assert sampled(fingerprints(run)) <= sampled(inside)
