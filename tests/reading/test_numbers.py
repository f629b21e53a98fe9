from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twosource.knowledge.number_rules import Bound, Vague, load_number_rules
from twosource.reading.numbers import Number, find_numbers, may_hold_number
from twosource.spans import Span

RULES = load_number_rules()


def numbers_of(text: str) -> list[Number]:
    return find_numbers(text, Span(0, len(text)), RULES)


@pytest.mark.parametrize("row", RULES.rows, ids=lambda row: row.id)
def test_each_row_matches_and_leaves_its_examples(row: Vague | Bound) -> None:
    for text in row.matches:
        assert any(row.id in number.rule.split("+") for number in numbers_of(text)), text
    for text in row.leaves:
        assert not any(row.id in number.rule.split("+") for number in numbers_of(text)), text


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("12 men", 12, 12),
        ("1,200 men", 1200, 1200),
        ("200 000 men", 200_000, 200_000),
        ("2.3 million men", 2_300_000, 2_300_000),
        ("5Bln dollars", 5_000_000_000, 5_000_000_000),
        ("twenty-two men", 22, 22),
        ("three hundred and eighty men", 380, 380),
        ("six hundred men", 600, 600),
        ("a thousand men", 1000, 1000),
        ("two and a half million men", 2_500_000, 2_500_000),
        ("one million two hundred thousand men", 1_200_000, 1_200_000),
        ("a dozen men", 12, 12),
        ("two dozen men", 24, 24),
        ("half a dozen men", 6, 6),
        ("dozens of men", 24, 99),
        ("scores of men", 40, 99),
        ("hundreds of men", 200, 999),
        ("several hundred men", 300, 999),
        ("thousands of men", 2000, 9999),
        ("tens of thousands of men", 20_000, 99_999),
        ("several men", 3, 9),
        ("a few men", 2, 9),
        ("at least 12 men", 12, None),
        ("more than 40 men", 40, None),
        ("up to 50 men", None, 50),
        ("nearly 40 men", None, 40),
        ("about 200 men", 200, 200),
        ("some of the 2,000 men", None, 2000),
        ("between 40 and 50 men", 40, 50),
        ("300-400 men", 300, 400),
        ("2 to 3 million men", 2_000_000, 3_000_000),
        ("20 or so men", 20, 20),
        ("60-odd men", 60, 69),
        ("20 or more men", 20, None),
        ("at least another 12 men", 12, None),
    ],
)
def test_ranges_are_those_of_the_codebook(text: str, low: int | None, high: int | None) -> None:
    (number,) = numbers_of(text)
    assert (number.low, number.high) == (low, high)


def test_the_phrase_holds_the_words_that_bound_the_number() -> None:
    (number,) = numbers_of("At least 12 men came.")
    assert (number.phrase, number.span) == (Span(0, 11), Span(9, 11))


def test_words_around_a_number_are_blurred_only_where_they_say_so() -> None:
    assert [number.approximate for number in numbers_of("about 12 men and 13 women")] == [True, False]


def test_and_joins_no_two_numbers_but_after_between() -> None:
    assert [(number.low, number.high) for number in numbers_of("12 and 13 men")] == [(12, 12), (13, 13)]


def test_a_text_without_numbers_is_passed_over() -> None:
    assert not may_hold_number("The bridge fell.", Span(0, 16), RULES)
    assert may_hold_number("Two bridges fell.", Span(0, 17), RULES)


_PIECES = st.sampled_from(
    [
        "a",
        "few",
        "of",
        "tens",
        "several",
        "and",
        "half",
        "two",
        "ninety",
        "hundred",
        "million",
        "12",
        "1,200",
        "0",
        "to",
        "at least",
        "or more",
        "between",
        "-",
        "+",
        "3.5",
        "dozen",
        "no",
        "over",
        "00",
        "9" * 40,
        "bn",
        "odd",
    ]
)


@given(st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=15).map(" ".join)))
def test_any_text_is_searched_and_numbers_stand_in_order(text: str) -> None:
    found = numbers_of(text)
    for number in found:
        assert 0 <= number.phrase.start <= number.span.start < number.span.end <= number.phrase.end <= len(text)
        assert number.low is None or number.high is None or number.low <= number.high
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(found))
