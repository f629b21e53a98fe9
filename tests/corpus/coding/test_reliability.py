"""Alpha against worked examples that others published."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twosource.corpus.coding.reliability import Metric, reliability

Row = Sequence[object]


def units(*coders: str) -> list[Row]:
    """A row of values for each unit, from each coder's line; '*' is missing, digits are numbers."""
    lines = [[int(v) if v.isdecimal() else None if v == "*" else v for v in line.split()] for line in coders]
    return list(zip(*lines, strict=True))


MEG_AND_OWEN = units("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0")
BEN_AND_GERRY = units("a a b b d c c c e d d a", "b a b b b c c c e d d d")
FOUR_OBSERVERS = units(
    "1 2 3 3 2 1 4 1 2 * * *",
    "1 2 3 3 2 2 4 1 2 5 * 3",
    "* 3 3 3 2 3 4 2 2 5 1 *",
    "1 2 3 3 2 4 4 1 2 5 1 *",
)
THREE_OBSERVERS = units(
    "* * * * * 3 4 1 2 1 1 3 3 * 3",
    "1 * 2 1 3 3 4 3 * * * * * * *",
    "* * 2 1 3 4 4 * 2 1 1 3 3 * 4",
)


@pytest.mark.parametrize(
    ("rows", "metric", "alpha"),
    [  # Krippendorff 2011, 'Computing Krippendorff's Alpha-Reliability', sections A to E
        (MEG_AND_OWEN, Metric.NOMINAL, 0.095),
        (BEN_AND_GERRY, Metric.NOMINAL, 0.692),
        (FOUR_OBSERVERS, Metric.NOMINAL, 0.743),
        (FOUR_OBSERVERS, Metric.ORDINAL, 0.815),
        (FOUR_OBSERVERS, Metric.INTERVAL, 0.849),
        (FOUR_OBSERVERS, Metric.RATIO, 0.797),
        # the example of the English Wikipedia's article on Krippendorff's alpha
        (THREE_OBSERVERS, Metric.NOMINAL, 0.691),
        (THREE_OBSERVERS, Metric.INTERVAL, 0.811),
    ],
)
def test_published_examples_come_out(rows: list[Row], metric: Metric, alpha: float) -> None:
    assert reliability(rows, metric).alpha == pytest.approx(alpha, abs=0.0005)


def test_units_with_one_value_count_for_nothing() -> None:
    found = reliability(FOUR_OBSERVERS, Metric.NOMINAL)
    assert (found.units, found.values, found.kinds) == (11, 40, 5)
    assert reliability([*FOUR_OBSERVERS, (7, None, None, None)], Metric.NOMINAL) == found


@pytest.mark.parametrize("rows", [[], [(1, None), (None, None)]])
def test_nothing_is_told_of_units_that_only_one_coded(rows: list[Row]) -> None:
    found = reliability(rows, Metric.NOMINAL)
    assert (found.alpha, found.agreement, found.units) == (None, None, 0)


def test_where_all_values_are_the_same_chance_agrees_as_well() -> None:
    found = reliability([("a", "a"), ("a", "a")], Metric.NOMINAL)
    assert (found.alpha, found.agreement, found.kinds) == (None, 1.0, 1)


def test_the_agreement_of_three_is_that_of_their_pairs() -> None:
    assert reliability([("a", "a", "b")], Metric.NOMINAL).agreement == pytest.approx(1 / 3)


def test_zero_beside_zero_is_no_difference_of_ratio() -> None:
    assert reliability([(0, 0), (0, 5)], Metric.RATIO).alpha == pytest.approx(0.0)


ROWS = st.lists(st.lists(st.none() | st.integers(0, 4), min_size=3, max_size=3), min_size=1, max_size=8)


@given(ROWS, st.sampled_from(Metric))
def test_the_order_of_coders_and_units_changes_nothing(rows: list[list[int | None]], metric: Metric) -> None:
    found = reliability(rows, metric).alpha
    for order in itertools.permutations(range(3)):
        turned = reliability([[row[at] for at in order] for row in reversed(rows)], metric).alpha
        assert turned == (None if found is None else pytest.approx(found))


def test_words_are_no_amounts() -> None:
    with pytest.raises(TypeError, match="no number"):
        reliability([("a", "b")], Metric.INTERVAL)
