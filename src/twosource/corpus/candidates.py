"""Which reports are worth comparing, and what is set aside: an inverted index of fingerprints, asked by print.

The index itself may lie in memory or in a project; what is here are the rules, over the holders of each print.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations

import msgspec

__all__ = [
    "MOST_HOLDERS",
    "Closed",
    "Holder",
    "candidate_pairs",
    "closed_by",
    "closed_further",
    "holders_of",
    "is_candidate",
    "is_stock",
]

MOST_HOLDERS = 60
"""A print that more reports hold than this leads to no candidates: what so many share, most hold for other reasons."""

_SHARED_PRINTS = 2  # of the sampled ones: one alone is chance, in a corpus of hundreds
_SHARED_SHARE = 0.025  # of the shorter one's: no dependent pair that people labelled shares less than .03
_STOCK_DAYS = 6  # days of publication on which a print stands
_STOCK_SPREAD = 8  # days from the first to the last: a story is retold for a week at most


class Holder(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A report that holds a print, its day of publication as an ordinal, None where it is not known, and its size.

    ``prints`` is how many sampled prints it holds in all, 0 where nobody counted.
    """

    report: str
    day: int | None
    prints: int = 0


class Closed(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A print that leads to nobody: boilerplate (``stock``), or one that too many hold.

    ``days`` are those of its holders where it is no boilerplate (yet): fewer than nine, as ordinals, in order.
    """

    stock: bool
    days: tuple[int, ...] = ()


def holders_of(
    prints: Mapping[str, Iterable[int]], days: Mapping[str, datetime.date | None]
) -> dict[int, list[Holder]]:
    """The holders of each print, for reports with their sampled prints and days."""
    found: dict[int, list[Holder]] = {}
    for report in sorted(prints):
        day = days.get(report)
        theirs = frozenset(prints[report])
        holder = Holder(report, day.toordinal() if day else None, len(theirs))
        for one in theirs:
            found.setdefault(one, []).append(holder)
    return found


def is_stock(holders: Sequence[Holder]) -> bool:
    """Whether the words are boilerplate: they stand on six days of publication at least, eight days or more apart.

    However many outlets print one story, they do so within days; what comes back for weeks is a stock sentence, a menu
    or a template.
    """
    return _stands_for_weeks({holder.day for holder in holders if holder.day is not None})


def _stands_for_weeks(days: Collection[int]) -> bool:
    return len(days) >= _STOCK_DAYS and max(days) - min(days) >= _STOCK_SPREAD


def closed_by(holders: Sequence[Holder]) -> Closed | None:
    """What a print that these hold is closed as; None for one that is open."""
    days = {holder.day for holder in holders if holder.day is not None}
    if _stands_for_weeks(days):
        return Closed(True)
    return Closed(False, tuple(sorted(days))) if len(holders) > MOST_HOLDERS else None


def closed_further(before: Closed, days: Iterable[int | None]) -> Closed:
    """What a closed print is closed as once reports of these days hold it too."""
    if before.stock:
        return before
    held = {*before.days, *(day for day in days if day is not None)}
    return Closed(True) if _stands_for_weeks(held) else Closed(False, tuple(sorted(held)))


def is_candidate(shared: int, prints: int, others: int) -> bool:
    """Whether two reports are compared that share so many open prints, and hold so many in all."""
    return shared >= max(_SHARED_PRINTS, _SHARED_SHARE * min(prints, others))


def candidate_pairs(holders: Mapping[int, Sequence[Holder]], stock: frozenset[int]) -> list[tuple[str, str]]:
    """The pairs of reports that share enough sampled prints, stock and very common ones set aside, in order.

    Enough are two, and one in forty of the shorter report's. A pair is in the order of its ids. The same holders give
    the same pairs, whatever order they came in.
    """
    shared: Counter[tuple[str, str]] = Counter()
    sizes: dict[str, int] = {}
    for one, held in holders.items():
        if one not in stock and len(held) <= MOST_HOLDERS:
            sizes.update((holder.report, holder.prints) for holder in held)
            shared.update(combinations(sorted({holder.report for holder in held}), 2))
    return sorted(pair for pair, count in shared.items() if is_candidate(count, sizes[pair[0]], sizes[pair[1]]))
