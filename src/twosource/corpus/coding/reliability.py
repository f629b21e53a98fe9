"""Krippendorff's alpha for any number of coders, with missing values, by four measures of difference.

After Klaus Krippendorff, 'Computing Krippendorff's Alpha-Reliability' (2011), and 'Content Analysis', chapter 12:
alpha is 1 - Do/De, the difference observed between values of one unit over that expected between all values. Only
units with two values and more count.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from enum import StrEnum
from itertools import combinations

import msgspec

__all__ = ["Metric", "Reliability", "reliability"]


class Metric(StrEnum):
    """What a difference between two values is: any at all, of ranks, of amounts, of amounts as shares of their sum."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "ratio"


class Reliability(msgspec.Struct, frozen=True, kw_only=True):
    """How reliably one field was coded.

    ``alpha`` is 1 for perfect agreement, 0 for that of chance, and None where nothing can be told: no unit has two
    values, or all values are the same, so that chance would agree too. ``agreement`` is the share of pairs of values
    in one unit that are the same. ``units`` counts those with two values and more, ``values`` their values, and
    ``kinds`` how many different ones they are.
    """

    metric: Metric
    alpha: float | None
    agreement: float | None
    units: int
    values: int
    kinds: int


Value = Hashable
_Measure = Callable[[Value, Value], float]


def reliability(units: Sequence[Sequence[Value | None]], metric: Metric) -> Reliability:
    """The reliability of values given to units: a row for each unit, with each coder's value, None for none.

    Values of metrics other than nominal are numbers, and not negative for ratio. The order of units, and of coders,
    changes nothing.
    """
    rows = [tuple(value for value in unit if value is not None) for unit in units]
    rows = [row for row in rows if len(row) > 1]
    counts = Counter(value for row in rows for value in row)
    total = counts.total()
    measure = _measure(metric, counts)
    observed = math.fsum(_within(row, measure) for row in rows)
    pairs = math.fsum(counts[a] * counts[b] * measure(a, b) for a, b in combinations(counts, 2))
    expected = 2 * pairs / (total - 1) if total > 1 else 0.0
    shares = [_share_alike(row) for row in rows]
    return Reliability(
        metric=metric,
        alpha=1 - observed / expected if expected else None,
        agreement=math.fsum(shares) / len(shares) if shares else None,
        units=len(rows),
        values=total,
        kinds=len(counts),
    )


def _within(row: Sequence[Value], measure: _Measure) -> float:
    """The differences between the values of one unit; each value counts as much as in a unit with two."""
    return 2 * math.fsum(measure(a, b) for a, b in combinations(row, 2)) / (len(row) - 1)


def _share_alike(row: Sequence[Value]) -> float:
    pairs = list(combinations(row, 2))
    return sum(a == b for a, b in pairs) / len(pairs)


def _measure(metric: Metric, counts: Counter[Value]) -> _Measure:
    if metric is Metric.ORDINAL:
        return _ordinal(counts)
    if metric is Metric.INTERVAL:
        return _interval
    return _ratio if metric is Metric.RATIO else _nominal


def _nominal(a: Value, b: Value) -> float:
    return float(a != b)


def _interval(a: Value, b: Value) -> float:
    return (_number(a) - _number(b)) ** 2


def _ratio(a: Value, b: Value) -> float:
    whole = _number(a) + _number(b)
    return ((_number(a) - _number(b)) / whole) ** 2 if whole else 0.0


def _ordinal(counts: Counter[Value]) -> _Measure:
    """Two ranks are as far apart as there are values between them, half of those of either rank included."""
    place: dict[Value, float] = {}
    below = 0
    for value in sorted(counts, key=_number):
        place[value] = below + counts[value] / 2
        below += counts[value]
    return lambda a, b: (place[a] - place[b]) ** 2


def _number(value: Value) -> float:
    if not isinstance(value, int | float):
        raise TypeError(f"{value!r} is no number: only a nominal field has words for values")
    return value
