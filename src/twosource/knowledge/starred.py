"""Phrases with stars and gaps, as rows of data write them, made into one pattern."""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["starred_pattern"]

# Possessive and bounded, so that a phrase that does not go on is left at once, however long its words are.
_REST = r"[\w’'-]{0,40}+"
_BETWEEN = r"\W{1,9}+"
_GAP = rf"{_BETWEEN}(?:\w[\w’'-]{{0,40}}+{_BETWEEN}){{0,6}}?"


def starred_pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds any of the phrases as whole words, in any case.

    A star stands for the rest of a word, `` .. `` for up to six words between.
    """
    return re.compile(rf"\b(?:{'|'.join(map(_phrase, phrases))})(?!\w)", re.IGNORECASE)


def _phrase(words: str) -> str:
    runs = (_BETWEEN.join(re.escape(word).replace(r"\*", _REST) for word in run.split()) for run in words.split(" .. "))
    return _GAP.join(runs)
