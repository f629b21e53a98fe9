"""Which reports are worth comparing, and what is set aside: an inverted index of fingerprints, asked by print.

The index itself may lie in memory or in a project; what is here are the rules, over the holders of each print.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

import msgspec

__all__ = ["MOST_HOLDERS", "Holder", "candidate_pairs", "holders_of", "is_stock"]

MOST_HOLDERS = 60
"""A print that more reports hold than this leads to no candidates: what so many share, most hold for other reasons."""

_SHARED_PRINTS = 2  # of the sampled ones: one alone is chance, in a corpus of hundreds
_STOCK_DAYS = 6  # days of publication on which a print stands
_STOCK_SPREAD = 8  # days from the first to the last: a story is retold for a week at most


class Holder(msgspec.Struct, frozen=True, array_like=True):
    """A report that holds a print, and its day of publication as an ordinal, None where it is not known."""

    report: str
    day: int | None


def holders_of(
    prints: Mapping[str, Iterable[int]], days: Mapping[str, datetime.date | None]
) -> dict[int, list[Holder]]:
    """The holders of each print, for reports with their sampled prints and days."""
    found: dict[int, list[Holder]] = {}
    for report in sorted(prints):
        day = days.get(report)
        holder = Holder(report, day.toordinal() if day else None)
        for one in prints[report]:
            found.setdefault(one, []).append(holder)
    return found


def is_stock(holders: Sequence[Holder]) -> bool:
    """Whether the words are boilerplate: they stand on six days of publication at least, eight days or more apart.

    However many outlets print one story, they do so within days; what comes back for weeks is a stock sentence, a menu
    or a template.
    """
    days = {holder.day for holder in holders if holder.day is not None}
    return len(days) >= _STOCK_DAYS and max(days) - min(days) >= _STOCK_SPREAD


def candidate_pairs(holders: Mapping[int, Sequence[Holder]], stock: frozenset[int]) -> list[tuple[str, str]]:
    """The pairs of reports that share two sampled prints at least, stock and very common ones set aside, in order.

    A pair is in the order of its ids. The same holders give the same pairs, whatever order they came in.
    """
    shared: Counter[tuple[str, str]] = Counter()
    for one, held in holders.items():
        if one not in stock and len(held) <= MOST_HOLDERS:
            shared.update(combinations(sorted({holder.report for holder in held}), 2))
    return sorted(pair for pair, count in shared.items() if count >= _SHARED_PRINTS)
