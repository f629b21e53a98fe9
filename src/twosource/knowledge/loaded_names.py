"""Words by which an outlet takes sides when it names an actor: the rules of data/en/loaded_names.toml."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from twosource.knowledge.name_index import fold_actor
from twosource.knowledge.toml_rules import Rule, data_digest, load_rules

__all__ = ["LOADED_NAMES_FILE", "LoadedNames", "LoadedRule", "Side", "load_loaded_names"]

LOADED_NAMES_FILE = "en/loaded_names.toml"
_WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_FORMS = frozenset(["army", "front", "party", "brigade", "brigades", "council", "group", "movement", "court", "union"])


class Side(StrEnum):
    """Whether the word speaks for the actor that is so named, or against it."""

    FOR = "for"
    AGAINST = "against"


class LoadedRule(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of one colour."""

    side: Side
    words: tuple[str, ...]


class LoadedNames:
    """Finds the words of a name by which somebody takes sides."""

    def __init__(self, rules: Sequence[LoadedRule], digest: str) -> None:
        self.rules, self.digest = tuple(rules), digest
        self._rule_of = {word: rule for rule in rules for word in rule.words}

    def found(self, name: str) -> tuple[tuple[str, LoadedRule], ...]:
        """The loaded words of a name, as they stand and in order, each with its rule.

        A word that opposes is none ('anti-regime'), nor is one inside a name of its own ("al-Aqsa Martyrs' Brigades").
        """
        words = [(match[0], match.start()) for match in _WORDS.finditer(name)]
        found: list[tuple[str, LoadedRule]] = []
        for at, (word, start) in enumerate(words):
            rule = self._rule_of.get(fold_actor(word)) or self._pair(words, at)
            opposed = at > 0 and words[at - 1][0].lower() in ("anti", "counter")
            if rule is not None and not opposed and not _in_a_name(words, at):
                found.append((name[start : start + len(word)], rule))
        return tuple(found)

    def words(self, name: str) -> tuple[str, ...]:
        """The loaded words of a name, as they stand and in order."""
        return tuple(word for word, _ in self.found(name))

    def _pair(self, words: Sequence[tuple[str, int]], at: int) -> LoadedRule | None:
        pair = " ".join(word.lower() for word, _ in words[at : at + 2])
        return self._rule_of.get(pair) if " " in pair else None


def load_loaded_names() -> LoadedNames:
    """The rules of data/en/loaded_names.toml. Raises KnowledgeError for a row that breaks its rules."""
    return LoadedNames(load_rules(LOADED_NAMES_FILE, "loaded", LoadedRule), data_digest([LOADED_NAMES_FILE]))


def _in_a_name(words: Sequence[tuple[str, int]], at: int) -> bool:
    """Whether the word stands with a capital before a form word with a capital: 'Resistance Army'."""
    following = [word for word, _ in words[at + 1 :]]
    return words[at][0][:1].isupper() and any(word[:1].isupper() and word.lower() in _FORMS for word in following)
