"""The signs by which a snippet of news tells its sub-event of ACLED."""

from __future__ import annotations

import re
from functools import cached_property

from twosource.knowledge.starred import starred_pattern
from twosource.knowledge.toml_rules import Rule, load_rules

__all__ = ["SubEventSign", "load_sub_events"]


class SubEventSign(Rule, frozen=True, kw_only=True, dict=True):
    """One sign: some of ``words`` stand in the text, and some of ``beside`` if there are any.

    ``label`` is the sub-event that the sign is written for.
    """

    label: str
    words: tuple[str, ...]
    beside: tuple[str, ...] = ()

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], ...]:
        return tuple(starred_pattern(phrases) for phrases in (self.words, self.beside) if phrases)

    def shows_in(self, text: str) -> bool:
        """Whether the text has the sign."""
        return all(pattern.search(text) for pattern in self._patterns)


def load_sub_events() -> tuple[SubEventSign, ...]:
    """The packaged signs, in the file's order."""
    return load_rules("en/sub_events.toml", "sub_event", SubEventSign)
