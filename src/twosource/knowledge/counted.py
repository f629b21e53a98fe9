"""Whom a figure counts ('children', 'soldiers'), and the words that make it a part, an addition or a running total.

A running total is of many attacks or, where words such as 'raising the toll to' tell so, of one told before.
"""

from __future__ import annotations

import re
from enum import StrEnum

import msgspec

from twosource.knowledge.toml_rules import Rule, data_digest, load_rules

__all__ = ["CountedRule", "CountedUse", "CountedWords", "load_counted"]

FILES = ("en/counted.toml",)
_WORD = re.compile(r"[^\W\d_]+")
_THAN = frozenset(["than"])
_NUMBERS = frozenset(
    [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
        "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty",
        "sixty", "seventy", "eighty", "ninety",
    ]
)  # fmt: skip


class CountedUse(StrEnum):
    """What the words of a rule tell of a number."""

    WHOM = "whom"
    EVERYONE = "everyone"
    ADDITION = "addition"
    PART = "part"
    RUNNING = "running"
    TALLY = "tally"
    RISING = "rising"
    REACHED = "reached"
    CAMPAIGN = "campaign"


class CountedRule(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of one use, in lower case, as written."""

    use: CountedUse
    words: tuple[str, ...]


class CountedWords(msgspec.Struct, frozen=True, kw_only=True):
    """The rules, keyed for the questions below. ``whom`` leads from a word to the id of its rule."""

    rules: tuple[CountedRule, ...]
    whom: dict[str, str]
    everyone: frozenset[str]
    numbers: frozenset[str]
    additions: frozenset[str]
    parts: re.Pattern[str]
    running: re.Pattern[str]
    tally: re.Pattern[str]
    rising: re.Pattern[str]
    campaign: re.Pattern[str]
    digest: str

    def whom_of(self, phrase: str) -> frozenset[str]:
        """The rules of the words for people in a figure's phrase; empty for 'people', 'persons' and a bare number.

        A phrase that ends in a word of no rule ('six teachers') has that word for a kind of its own.
        """
        words = _words(phrase)
        found = frozenset(self.whom[word] for word in words if word in self.whom)
        last = words[-1] if words else ""
        alone = (
            last and last not in self.everyone and last not in self.numbers and not any(map(str.isdigit, phrase[-1:]))
        )
        return found or (frozenset([last]) if alone else found)

    def adds(self, phrase: str) -> bool:
        """Whether the phrase adds to an earlier number: 'seven more people', but not 'more than seven people'."""
        words = _words(phrase)
        return any(
            word in self.additions and not _THAN.intersection(words[place + 1 : place + 2])
            for place, word in enumerate(words)
        )

    def opens_part(self, before: str) -> bool:
        """Whether the words before a number, to its edge, make it a part of another: '..., including'."""
        return self.parts.search(before) is not None

    def runs(self, words: str) -> bool:
        """Whether words tell of a toll that runs on: 'since Friday', 'over seven years', 'so far'."""
        return self.running.search(words) is not None or self.tallies(words)

    def tallies(self, words: str) -> bool:
        """Whether words tell of a count that may go on, of many attacks or of one: 'so far', 'in all'."""
        return self.tally.search(words) is not None

    def runs_over(self, words: str) -> set[str]:
        """The words, in lower case, that tell of a toll over many attacks or over time: 'since', 'the war'."""
        return {found[0].lower() for rule in (self.running, self.campaign) for found in rule.finditer(words)}

    def raises(self, before: str) -> bool:
        """Whether the words before a number, to its edge, make it a toll that goes on: 'raising the toll to'."""
        return self.rising.search(before) is not None


def load_counted() -> CountedWords:
    """The packaged rules. Raises KnowledgeError for a row of the wrong shape."""
    rules = load_rules("en/counted.toml", "counted", CountedRule)
    words = {use: [word for rule in rules if rule.use is use for word in rule.words] for use in CountedUse}
    return CountedWords(
        rules=rules,
        whom={word: rule.id for rule in rules if rule.use is CountedUse.WHOM for word in rule.words},
        everyone=frozenset(words[CountedUse.EVERYONE]),
        numbers=_NUMBERS,
        additions=frozenset(words[CountedUse.ADDITION]),
        parts=re.compile(
            rf"\b(?:{_either(words[CountedUse.PART])})[\s,:(]*(?:(?:at least|some|about)\s*)?$", re.IGNORECASE
        ),
        running=_any_of(words[CountedUse.RUNNING]),
        tally=_any_of(words[CountedUse.TALLY]),
        rising=re.compile(
            rf"\b(?:{_either(words[CountedUse.RISING])})\b(?:[^.]{{0,80}}\s)?(?:{_either(words[CountedUse.REACHED])})\s*$",
            re.IGNORECASE,
        ),
        campaign=_any_of(words[CountedUse.CAMPAIGN]),
        digest=data_digest(FILES),
    )


def _words(phrase: str) -> list[str]:
    return [found[0].casefold() for found in _WORD.finditer(phrase)]


def _any_of(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_either(words)})\b", re.IGNORECASE)


def _either(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
