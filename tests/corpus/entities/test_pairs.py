"""Two names judged without a report, against what people who know those wars would say (pairs.jsonl)."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from corpus.entities.made import KNOWLEDGE
from twosource.corpus.entities.judging import judge_names

PAIRS = [json.loads(line) for line in Path(__file__).with_name("pairs.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def outcome() -> Counter[tuple[str, str]]:
    return Counter(
        (pair["judgement"], judge_names(pair["first"], pair["second"], KNOWLEDGE).judgement.value) for pair in PAIRS
    )


def precision(outcome: Counter[tuple[str, str]], judgement: str) -> float:
    said = sum(count for (_, told), count in outcome.items() if told == judgement)
    return outcome[judgement, judgement] / said


def recall(outcome: Counter[tuple[str, str]], judgement: str) -> float:
    meant = sum(count for (wanted, _), count in outcome.items() if wanted == judgement)
    return outcome[judgement, judgement] / meant


def test_no_two_actors_are_called_one(outcome: Counter[tuple[str, str]]) -> None:
    assert precision(outcome, "same") == 1.0


def test_most_names_of_one_actor_are_found(outcome: Counter[tuple[str, str]]) -> None:
    assert recall(outcome, "same") >= 0.85


def test_what_is_called_different_nearly_always_is(outcome: Counter[tuple[str, str]]) -> None:
    assert precision(outcome, "different") >= 0.9
    assert recall(outcome, "different") >= 0.9


def test_the_order_of_two_names_changes_no_judgement() -> None:
    for pair in PAIRS:
        there = judge_names(pair["first"], pair["second"], KNOWLEDGE)
        back = judge_names(pair["second"], pair["first"], KNOWLEDGE)
        assert (there.judgement, there.rule) == (back.judgement, back.rule), pair


@pytest.mark.parametrize(
    ("first", "second", "rule"),
    [
        ("Jabhat al-Nusra", "Hayat Tahrir al-Sham", "table.succession"),
        ("Mahdi Army", "Saraya al-Salam", "table.succession"),
        ("Russian army", "Russia", "table.parent"),
        ("101st Battalion", "102nd Battalion", "form.numbers"),
        ("Iranian media", "Iran", "generic.part"),
    ],
)
def test_what_binds_two_actors_is_told_and_makes_them_no_one(first: str, second: str, rule: str) -> None:
    found = judge_names(first, second, KNOWLEDGE)
    assert (found.judgement.value, found.rule) == ("different", rule)
