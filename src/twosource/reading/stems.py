"""The letters by which a word goes with others of its root: 'Ardan' with 'Ardania', 'kills' with 'killed'."""

from __future__ import annotations

__all__ = ["LETTERS", "stem"]

LETTERS = 4


def stem(word: str) -> str:
    """The first letters of the word, in lower case."""
    return word.lower()[:LETTERS]
