"""Words that only news of war and armed violence has."""

from __future__ import annotations

import re
from functools import lru_cache

from twosource.knowledge.starred import starred_pattern
from twosource.knowledge.toml_rules import Rule, load_rules

__all__ = ["WarWords", "has_war_word", "load_war_words"]


class WarWords(Rule, frozen=True, kw_only=True):
    """Some of the words, in lower case; a star stands for the rest of a word."""

    words: tuple[str, ...]


def load_war_words() -> tuple[WarWords, ...]:
    """The packaged rows, in the file's order."""
    return load_rules("en/war_words.toml", "war_words", WarWords)


def has_war_word(text: str) -> bool:
    """Whether any of the packaged words stands in the text, as a whole word and in any case."""
    return _any_word().search(text) is not None


@lru_cache(maxsize=1)
def _any_word() -> re.Pattern[str]:
    return starred_pattern(word for row in load_war_words() for word in row.words)
