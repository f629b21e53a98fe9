"""Which reports are compared, and what is set aside as boilerplate."""

from __future__ import annotations

import datetime

from hypothesis import given
from hypothesis import strategies as st

from twosource.corpus.candidates import MOST_HOLDERS, Holder, candidate_pairs, holders_of, is_stock


def holders(*days: int | None) -> list[Holder]:
    return [Holder(f"r{at}", day) for at, day in enumerate(days)]


def test_two_shared_prints_make_a_candidate_and_one_does_not() -> None:
    found = holders_of({"a": [1, 2, 3], "b": [2, 3, 4], "c": [4, 5]}, {})
    assert candidate_pairs(found, frozenset()) == [("a", "b")]


def test_stock_and_very_common_prints_lead_to_no_candidates() -> None:
    prints = {f"r{at:03}": [1, 2] for at in range(MOST_HOLDERS + 1)}
    assert candidate_pairs(holders_of(prints, {}), frozenset()) == []
    assert candidate_pairs(holders_of({"a": [1, 2], "b": [1, 2]}, {}), frozenset([2])) == []


def test_a_story_that_many_print_within_days_is_no_boilerplate() -> None:
    assert not is_stock(holders(*(100 + at % 4 for at in range(40))))


def test_a_sentence_that_comes_back_for_weeks_is_boilerplate() -> None:
    assert is_stock(holders(100, 101, 104, 106, 109, 120))


def test_reports_without_a_day_say_nothing_of_boilerplate() -> None:
    assert not is_stock(holders(*[None] * 30))


def test_days_are_those_of_publication() -> None:
    [[holder]] = holders_of({"a": [7]}, {"a": datetime.date(2031, 3, 4)}).values()
    assert holder == Holder("a", datetime.date(2031, 3, 4).toordinal(), 1)


@given(st.dictionaries(st.text("abc", min_size=1, max_size=3), st.lists(st.integers(0, 20), max_size=12), max_size=8))
def test_the_order_of_reports_changes_no_candidate(prints: dict[str, list[int]]) -> None:
    backwards = dict(reversed(prints.items()))
    assert candidate_pairs(holders_of(prints, {}), frozenset()) == candidate_pairs(
        holders_of(backwards, {}), frozenset()
    )
