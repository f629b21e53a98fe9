"""What numbers count: nouns and their kinds, words of harm, measures, currencies, from data/en/figures.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from enum import StrEnum

import msgspec

from twosource.closed_sets import FigureKind
from twosource.knowledge.nationalities import load_nationalities
from twosource.knowledge.number_rules import NumberRules, alternatives, load_number_rules
from twosource.knowledge.toml_rules import Rule, data_bytes, load_rules

__all__ = ["FIGURE_FILE", "CasualtyRow", "FigureRules", "NounRow", "Role", "WordsRow", "load_figure_rules"]

FIGURE_FILE = "en/figures.toml"


class Role(StrEnum):
    """How a word of harm stands to what is counted."""

    NOUN = "noun"
    STATE = "state"
    TRANSITIVE = "transitive"
    SUBJECT = "subject"
    OF = "of"


class NounRow(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Nouns and the kind of figure that their number is."""

    kind: FigureKind
    words: tuple[str, ...]


class CasualtyRow(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of harm, the kind they give, and their role. ``people``: only where people are counted.

    ``needs_after``: the word counts only with one of these right after it ('sustained injuries') or after what is
    counted ('set 12 men free'). ``not_after``: it does not count with one of these right after it ('held out').
    ``needs_noun``: a bare number is not enough ('lost 12').
    """

    kind: FigureKind
    role: Role
    words: tuple[str, ...]
    people: bool = False
    needs_noun: bool = False
    needs_after: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()


class WordsRow(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that share one effect."""

    words: tuple[str, ...]


class CurrencyRow(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Marks and codes before a sum of money, and names of currencies after one."""

    code: str
    before: tuple[str, ...]
    after: tuple[str, ...]


class FigureRules(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is known of what numbers count; all words are lower case.

    ``casualties`` holds the words that count alone, ``phrased`` those that need others after them. ``people`` are
    nouns for persons, in the singular and the plural, demonyms included.
    """

    numbers: NumberRules
    nouns: dict[str, NounRow]
    casualties: dict[Role, dict[str, CasualtyRow]]
    phrased: dict[Role, dict[str, tuple[CasualtyRow, ...]]]
    people: frozenset[str]
    measures: frozenset[str]
    labels: frozenset[str]
    currency_before: frozenset[str]
    currency_after: frozenset[str]
    parts: re.Pattern[str]
    totals: re.Pattern[str]
    lists: dict[str, frozenset[str]]
    rows: tuple[Rule, ...]


def _by_word(rows: Iterable[NounRow]) -> dict[str, NounRow]:
    return {word: row for row in rows for word in row.words}


def _alone(rows: Iterable[CasualtyRow], role: Role) -> dict[str, CasualtyRow]:
    return {word: row for row in rows if row.role is role and not row.needs_after for word in row.words}


def _phrased(rows: Iterable[CasualtyRow], role: Role) -> dict[str, tuple[CasualtyRow, ...]]:
    found: dict[str, tuple[CasualtyRow, ...]] = {}
    for row in rows:
        for word in row.words if row.role is role and row.needs_after else ():
            found[word] = (*found.get(word, ()), row)
    return found


def _people(persons: Iterable[str]) -> frozenset[str]:
    """Persons in the singular and the plural, and what the people of each country are called."""
    demonyms = {noun.lower() for row in load_nationalities() for noun in row.nouns}
    return frozenset([*persons, *(_plural(word) for word in persons), *demonyms])


def _plural(word: str) -> str:
    if word.endswith("man"):
        return f"{word[:-2]}en"
    return f"{word[:-1]}ies" if word.endswith("y") and word[-2] not in "aeo" else f"{word}s"


def load_figure_rules() -> FigureRules:
    """The figure rules in data/en/figures.toml. Raises KnowledgeError where a row breaks its rules."""
    raw = tomllib.loads(data_bytes(FIGURE_FILE).decode("utf-8"))
    nouns = load_rules(FIGURE_FILE, "noun", NounRow)
    casualties = load_rules(FIGURE_FILE, "casualty", CasualtyRow)
    measures, labels = load_rules(FIGURE_FILE, "measure", WordsRow), load_rules(FIGURE_FILE, "label", WordsRow)
    parts = load_rules(FIGURE_FILE, "part", WordsRow)
    currencies = load_rules(FIGURE_FILE, "currency", CurrencyRow)
    part_words = alternatives(word for row in parts for word in row.words)
    return FigureRules(
        numbers=load_number_rules(),
        nouns=_by_word(nouns),
        casualties={role: _alone(casualties, role) for role in Role},
        phrased={role: _phrased(casualties, role) for role in Role},
        people=_people([*raw["lists"]["persons"], *raw["lists"]["offices"]]),
        measures=frozenset(word for row in measures for word in row.words),
        labels=frozenset(word for row in labels for word in row.words),
        currency_before=frozenset(word for row in currencies for word in row.before),
        currency_after=frozenset(word for row in currencies for word in row.after),
        parts=re.compile(rf"(?<!\w)(?:{part_words})(?!\w)", re.IGNORECASE),
        totals=re.compile(rf"(?<!\w)(?:{alternatives(raw['lists']['totals'])})(?!\w)", re.IGNORECASE),
        lists={name: frozenset(words) for name, words in raw["lists"].items()},
        rows=(*nouns, *casualties, *measures, *labels, *parts, *currencies),
    )
