"""Number words: what each is worth, which stay open, and the words that open or blur a number's range."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from enum import StrEnum

import msgspec

from twosource.errors import KnowledgeError
from twosource.knowledge.toml_rules import Rule, data_bytes, load_rules

__all__ = ["NUMBER_FILE", "Bound", "Effect", "NumberRules", "Vague", "alternatives", "load_number_rules"]

NUMBER_FILE = "en/numbers.toml"


class Effect(StrEnum):
    """What a word beside a number does to its range: opens it upwards or downwards, blurs it, or nothing."""

    FLOOR = "floor"
    CEILING = "ceiling"
    ABOUT = "about"
    EXACT = "exact"


class Vague(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words for an open number, with its range. ``before_scale``: a scale word may follow and multiplies it."""

    words: tuple[str, ...]
    low: int
    high: int
    before_scale: bool = False
    needs_of: bool = False


class Bound(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words beside a number and their effect on its range."""

    words: tuple[str, ...]
    effect: Effect


class NumberRules(msgspec.Struct, frozen=True, kw_only=True):
    """The number words of one language, ready to look up; all keys are lower case.

    ``reach`` is the largest number of words in a bound. ``vague`` matches one vague wording, the longest first.
    ``hints`` finds the words without which a text holds no number, ``openers`` those that a number may begin with.
    """

    digits: dict[str, int]
    scales: dict[str, int]
    short_scales: dict[str, int]
    vague: re.Pattern[str]
    vague_of: dict[str, Vague]
    before: dict[str, Bound]
    after: re.Pattern[str]
    after_of: dict[str, Bound]
    reach: int
    rows: tuple[Vague | Bound, ...]
    hints: re.Pattern[str]
    openers: re.Pattern[str]


def alternatives(words: Iterable[str]) -> str:
    """A regular expression for any of the words, longest first, whose spaces match any run of white space.

    Words with one first letter stand together behind it, so that most of them are ruled out by one look.
    """
    by_first: dict[str, list[str]] = {}
    for word in sorted(set(words), key=lambda word: (-len(word), word)):
        pattern = r"\s+".join(re.escape(part) for part in word.split())
        first = re.escape(word[0])
        by_first.setdefault(first, []).append(pattern.removeprefix(first))
    return "|".join(f"{first}(?:{'|'.join(rests)})" for first, rests in by_first.items())


def _by_word(rows: Iterable[Bound], name: str) -> dict[str, Bound]:
    table: dict[str, Bound] = {}
    for row in rows:
        for word in row.words:
            if word in table:
                raise KnowledgeError(f"data/{name}: {word!r} stands under {table[word].id} and {row.id}")
            table[word] = row
    return table


def load_number_rules() -> NumberRules:
    """The number words in data/en/numbers.toml. Raises KnowledgeError where a row breaks its rules."""
    raw = tomllib.loads(data_bytes(NUMBER_FILE).decode("utf-8"))
    vague = load_rules(NUMBER_FILE, "vague", Vague)
    before = load_rules(NUMBER_FILE, "bound", Bound)
    after = load_rules(NUMBER_FILE, "bound_after", Bound)
    before_words, after_words = _by_word(before, NUMBER_FILE), _by_word(after, NUMBER_FILE)
    vague_of = {word: row for row in vague for word in row.words}
    first_words = {word.split()[0] for word in vague_of if not word.startswith("a ")}
    hints = sorted({*raw["digits"], *raw["scales"], *first_words, "few", "handful", "couple", "pair", "half"})
    return NumberRules(
        digits=raw["digits"],
        scales=raw["scales"],
        short_scales=raw["short_scales"],
        vague=re.compile(rf"(?:{alternatives(vague_of)})(?!\w)", re.IGNORECASE),
        vague_of=vague_of,
        before=before_words,
        after=re.compile(rf"\s{{1,9}}({alternatives(after_words)})(?!\w)", re.IGNORECASE),
        after_of=after_words,
        reach=max(len(word.split()) for word in before_words),
        rows=(*vague, *before, *after),
        hints=re.compile(rf"\d|\b(?:{alternatives(hints)})\b", re.IGNORECASE),
        openers=re.compile(rf"\d|\b(?:{alternatives([*hints, 'a', 'an', 'many'])})\b", re.IGNORECASE),
    )
