"""What the words around an actor's name make of it: the rules of data/en/actor_heads.toml."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from twosource.knowledge.toml_rules import Rule, data_digest, load_rules

__all__ = ["ACTOR_HEADS_FILE", "ActorHeads", "HeadRule", "HeadUse", "load_actor_heads"]

ACTOR_HEADS_FILE = "en/actor_heads.toml"


class HeadUse(StrEnum):
    """What the words of a rule do; data/en/actor_heads.toml says more of each."""

    GOVERNMENT = "government"
    REGULAR = "regular"
    EQUIPMENT = "equipment"
    MEMBERS = "members"
    PLAIN = "plain"
    SPLITTING = "splitting"
    DEFINITE = "definite"
    INSTITUTION = "institution"
    ADJECTIVE = "adjective"


class HeadRule(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of one use, folded; several words may make one entry."""

    use: HeadUse
    words: tuple[str, ...]


class ActorHeads:
    """Tells what a run of folded words is good for."""

    def __init__(self, rules: Sequence[HeadRule], digest: str) -> None:
        self.rules, self.digest = tuple(rules), digest
        self._words = {use: frozenset(word for r in rules if r.use is use for word in r.words) for use in HeadUse}

    def has_use(self, words: str, use: HeadUse) -> bool:
        """Whether the folded words, as one run, are listed for this use."""
        return words in self._words[use]

    def all_have_use(self, words: Sequence[str], use: HeadUse) -> bool:
        """Whether the folded words can be parted into runs that are all listed for this use; true for no word."""
        if not words:
            return True
        return any(
            " ".join(words[:size]) in self._words[use] and self.all_have_use(words[size:], use)
            for size in range(min(3, len(words)), 0, -1)
        )


def load_actor_heads() -> ActorHeads:
    """The rules of data/en/actor_heads.toml. Raises KnowledgeError for a row that breaks its rules."""
    return ActorHeads(load_rules(ACTOR_HEADS_FILE, "heads", HeadRule), data_digest([ACTOR_HEADS_FILE]))
