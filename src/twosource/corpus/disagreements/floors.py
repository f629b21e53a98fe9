"""What range a figure is meant as, by the words beside it and by what its own report says of the same number."""

from __future__ import annotations

import re
from functools import lru_cache

from twosource.closed_sets import FigureKind
from twosource.corpus.counting import Count
from twosource.corpus.disagreements.numerals import written

__all__ = ["Bounds", "meant"]

Bounds = tuple[int | None, int | None]

_OPEN = r"(?:at\s+least|more\s+than|over|above|as\s+many\s+as|no\s+fewer\s+than|a\s+minimum\s+of|upwards\s+of)\s+"
_NEARLY = r"(?:about|around|some|nearly|almost|approximately|roughly|up\s+to|close\s+to)\s+"
_FLOOR_BEFORE = re.compile(r"\b(?:at\s+least|more\s+than|over)\s+\S+\s+(?:[a-z]+\s+){0,5}and\s+$", re.IGNORECASE)
"""'At least four people had been killed and 19 wounded': the words are said of both numbers."""
_RISING = re.compile(
    r"\b(?:expected|likely|feared|set|could|may|might|would|will|continues?|continued)\s+(?:to\s+)?(?:rise|increase|climb|grow)\b"
    r"|\b(?:toll|number)\s+(?:is|was)\s+(?:rising|climbing|provisional|preliminary)\b"
    r"|\b(?:preliminary|initial|provisional)\s+(?:toll|count|figure|report)",
    re.IGNORECASE,
)
_TOLLS = frozenset([FigureKind.KILLED, FigureKind.INJURED, FigureKind.MISSING])


def meant(count: Count) -> Bounds:
    """The least and the most that a figure stands for; None where it is open on that side.

    A plain number that its report also words as 'at least' is a floor, as a headline drops such words; so is a toll
    of a report that says that it may rise. A number that the report also words as 'about' has no firm end.
    """
    figure = count.figure
    low, high = figure.low, figure.high
    if low is None or low != high:
        return low, high
    text = count.telling.report.text
    if figure.approximate or _is_worded(text, _NEARLY, low):
        return None, None
    if _is_worded(text, _OPEN, low) or _FLOOR_BEFORE.search(text, max(0, figure.span.start - 60), figure.span.start):
        return low, None
    if count.counted.kind in _TOLLS and _may_rise(text):
        return low, None
    return low, high


@lru_cache(4096)
def _is_worded(text: str, opening: str, number: int) -> bool:
    """Whether a text words a number so anywhere; each figure is weighed against many."""
    return _worded(opening, number).search(text) is not None


@lru_cache(512)
def _may_rise(text: str) -> bool:
    return _RISING.search(text) is not None


@lru_cache(4096)
def _worded(opening: str, number: int) -> re.Pattern[str]:
    return re.compile(rf"\b{opening}{written(number).pattern}", re.IGNORECASE)
