"""Nouns for those who speak: what kind of source each is, which are titles, which are words on paper; and words that
part one body from another of the same noun."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from twosource.closed_sets import ActorKind
from twosource.knowledge.toml_rules import Rule, data_digest, load_rules
from twosource.knowledge.word_sets import WordSet, sets_by_name

__all__ = ["PartingRule", "SpeakerRule", "SpeakerWords", "Wordings", "load_speakers"]

FILES = ("en/speakers.toml",)


class SpeakerRule(Rule, frozen=True, kw_only=True):
    """Nouns of one kind. ``title``: they stand before a name; ``issued``: whoever issued them is the source.

    ``short``: alone with 'the' they stand for any body that was named before.
    """

    kind: ActorKind
    words: tuple[str, ...]
    title: bool = False
    issued: bool = False
    short: bool = False


class PartingRule(Rule, frozen=True, kw_only=True):
    """Words by which a body is told from the one whose noun it shares, in lower case."""

    words: tuple[str, ...]


class Wordings(msgspec.Struct, frozen=True, kw_only=True):
    """Words of the phrases in which speakers stand, by the ids of their rows; data/en/speakers.toml shows each."""

    naming: frozenset[str]
    papers: frozenset[str]
    issuing: frozenset[str]
    talking: frozenset[str]
    anybody: frozenset[str]
    civil: frozenset[str]
    leaders: frozenset[str]
    no_offices: frozenset[str]
    others: frozenset[str]
    swearing: frozenset[str]
    watching: frozenset[str]
    accounts: frozenset[str]
    reporting: frozenset[str]
    telling: frozenset[str]
    speaking_to: frozenset[str]
    reaching: frozenset[str]
    seeing: frozenset[str]
    carrying: frozenset[str]
    carried: frozenset[str]
    answering: frozenset[str]
    suggesting: frozenset[str]
    offices_of_heads: frozenset[str]
    own_offices: frozenset[str]
    learning: frozenset[str]
    rows: tuple[WordSet, ...]


class SpeakerWords(msgspec.Struct, frozen=True, kw_only=True):
    """The rules, keyed by word; a word in two rows keeps the later one's kind."""

    rules: tuple[SpeakerRule, ...]
    by_word: dict[str, SpeakerRule]
    titles: frozenset[str]
    partings: tuple[PartingRule, ...]
    wordings: Wordings
    digest: str

    def kind_of(self, lemma: str) -> ActorKind | None:
        """What kind of source the noun stands for, by its dictionary form in any case."""
        rule = self.by_word.get(lemma.lower())
        return rule.kind if rule else None

    def is_issued(self, lemma: str) -> bool:
        """Whether the noun is somebody's words on paper, such as a statement."""
        rule = self.by_word.get(lemma.lower())
        return bool(rule and rule.issued)

    def is_short(self, lemma: str) -> bool:
        """Whether the noun alone stands for a body named before, such as 'the group'."""
        rule = self.by_word.get(lemma.lower())
        return bool(rule and rule.short)

    def is_title(self, word: str) -> bool:
        """Whether the word stands before a name and is no part of it."""
        return word.lower() in self.titles

    def are_apart(self, words: Iterable[str], others: Iterable[str]) -> bool:
        """Whether only one of two names for bodies, each as its words, has a word that parts it from the other."""
        ours, theirs = ({word.lower() for word in name} for name in (words, others))
        return any(word in ours ^ theirs for rule in self.partings for word in rule.words)


def load_speakers() -> SpeakerWords:
    """The packaged rules. Raises KnowledgeError for a row of the wrong shape, and for a wording too many or too few."""
    rules = load_rules("en/speakers.toml", "speaker", SpeakerRule)
    wordings = load_rules("en/speakers.toml", "wording", WordSet)
    return SpeakerWords(
        rules=rules,
        by_word={word: rule for rule in rules for word in rule.words},
        titles=frozenset(word for rule in rules if rule.title for word in rule.words),
        partings=load_rules("en/speakers.toml", "parting", PartingRule),
        wordings=Wordings(**sets_by_name(wordings, Wordings, "en/speakers.toml"), rows=wordings),
        digest=data_digest(FILES),
    )
