"""Texts that nobody coded, kept apart from those that others measure with."""

import json

from training.plain_texts import PLAIN, kept_apart, plain_texts, runs_of

REPORT = " ".join(f"Shells fell on quarter {number} of the town of Umm Dafar before dawn." for number in range(8))
OTHER = " ".join(f"The envoy met delegation {number} in the hotel by the lake on Tuesday." for number in range(8))


def test_runs_are_of_seven_words_whatever_their_letters_and_signs():
    assert runs_of("One, two three; four five six SEVEN.") == {("one", "two", "three", "four", "five", "six", "seven")}
    assert runs_of("One two three four five six") == set()


def test_a_text_that_tells_what_a_measured_one_tells_is_left_out():
    assert list(kept_apart([REPORT, OTHER], measured=[REPORT[100:400]])) == [OTHER]


def test_a_text_that_repeats_one_before_it_is_left_out():
    assert list(kept_apart([REPORT, REPORT + " More is not known.", OTHER], measured=[])) == [REPORT, OTHER]
    assert list(kept_apart([REPORT, OTHER], measured=[], known=[REPORT])) == [OTHER]


def test_short_texts_are_left_out_and_long_ones_cut():
    assert list(kept_apart(["Too short to tell much."], measured=[])) == []
    assert [len(text) for text in kept_apart([" ".join(map(str, range(5000)))], measured=[])] == [6000]


def test_texts_of_the_files_come_as_paragraphs_in_small_letters(tmp_path):
    for name in PLAIN:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        text = "THE ARMY SAID\nIT WOULD STAY.\n\nNOBODY LEFT." if name == "events/muc4_dev.jsonl" else "It stayed."
        (tmp_path / name).write_text(json.dumps({"text": text}) + "\n", "utf-8")
    assert sorted(set(plain_texts(tmp_path))) == ["It stayed.", "The army said it would stay.\n\nNobody left."]
