"""When two coded values agree: names by their words, days and characters by overlap, figures exactly."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TypeVar

from twosource.closed_sets import ClaimType, family_of
from twosource.score.coded import CodedClaim, CodedFigure, CodedWhen

__all__ = ["family_fit", "figures_agree", "overlap", "place_runs", "same_name", "set_f1", "when_agreement"]

T = TypeVar("T")

_SMALL = frozenset(["the", "a", "an", "of", "and", "in", "on", "at", "to", "for", "s", "its", "his", "her", "their"])
_NEIGHBOURS = (
    frozenset({"force", "persons", "harm"}),
    frozenset({"posture", "force"}),
    frozenset({"support", "diplomacy"}),
    frozenset({"control", "force"}),
)
_NAME_DICE = 0.6  # share of words that two names must have in common
_RUN_IOU = 0.3
_INSIDE = 0.9  # of the shorter evidence that must lie in the longer, if that is at most _LONGER times as long
_LONGER = 4


@lru_cache(maxsize=50_000)
def _name_words(name: str) -> frozenset[str]:
    text = unicodedata.normalize("NFKD", name).casefold()
    bare = "".join(ch for ch in text if not unicodedata.combining(ch))
    return frozenset(word for word in re.findall(r"\w+", bare) if word not in _SMALL)


def same_name(a: str, b: str) -> bool:
    """Whether two names share most of their words: Dice 0.6 at least, small words and accents set aside."""
    x, y = _name_words(a), _name_words(b)
    return bool(x and y) and 2 * len(x & y) / (len(x) + len(y)) >= _NAME_DICE


def set_f1(gold: Sequence[T], found: Sequence[T], same: Callable[[T, T], bool]) -> float:
    """F1 of two lists whose members match one to one, greedily in order; 1 where both are empty."""
    if not gold and not found:
        return 1.0
    left, hits = list(found), 0
    for value in gold:
        for other in left:
            if same(value, other):
                left.remove(other)
                hits += 1
                break
    return 2 * hits / (len(gold) + len(found))


def _days(when: CodedWhen | None) -> tuple[int | None, int | None] | None:
    if when is None or (when.start is None and when.end is None):
        return None
    return (when.start.toordinal() if when.start else None, when.end.toordinal() if when.end else None)


def when_agreement(gold: CodedWhen | None, found: CodedWhen | None) -> float:
    """Days shared over days named; for a span that is open on a side, half for each end that agrees."""
    x, y = _days(gold), _days(found)
    if x is None or y is None:
        return float(x is None and y is None)
    if x[0] is None or x[1] is None or y[0] is None or y[1] is None:
        return (float(x[0] == y[0]) + float(x[1] == y[1])) / 2
    shared = min(x[1], y[1]) - max(x[0], y[0]) + 1
    whole = max(x[1], y[1]) - min(x[0], y[0]) + 1
    return max(0.0, shared / whole)


def figures_agree(gold: CodedFigure, found: CodedFigure) -> bool:
    """Same kind, same range."""
    return (gold.kind, gold.low, gold.high) == (found.kind, found.low, found.high)


def place_runs(claim: CodedClaim, text: str) -> set[int]:
    """The offsets in the raw text that the claim's evidence covers; line breaks count as spaces."""
    covered: set[int] = set()
    flat = text.replace("\n", " ")
    for run in claim.evidence:
        at = text.find(run)
        if at < 0:
            at = flat.find(run.replace("\n", " "))
        if at >= 0:
            covered.update(range(at, at + len(run)))
    return covered


def overlap(a: set[int], b: set[int]) -> float:
    """Intersection over union where it is 0.3 or more, or one lies inside the other and is not far shorter; else 0."""
    if not a or not b:
        return 0.0
    shared = len(a & b)
    iou = shared / len(a | b)
    short, long = sorted((len(a), len(b)))
    return iou if iou >= _RUN_IOU or (shared >= _INSIDE * short and long <= _LONGER * short) else 0.0


def family_fit(gold: ClaimType, found: ClaimType) -> float:
    """1 for the same type, 0.5 within a family, 0.25 between neighbouring families, else 0."""
    if gold == found:
        return 1.0
    f, g = family_of(gold), family_of(found)
    if f == g:
        return 0.5
    return 0.25 if any(f in near and g in near for near in _NEIGHBOURS) else 0.0
