"""Cues of doubt, denial, negation, intention and condition, as rules."""

from __future__ import annotations

from collections import defaultdict

import msgspec

from twosource.closed_sets import Certainty, CueKind, Status
from twosource.knowledge.toml_rules import Rule, data_digest, load_rules

__all__ = ["CueRule", "CueWords", "load_cues"]

FILES = ("en/cues.toml",)


class CueRule(Rule, frozen=True, kw_only=True):
    """Words that colour a claim; what has to hold of the word, how far it reaches, and what it makes of a claim."""

    kind: CueKind
    lemmas: tuple[str, ...]
    reach: str
    pos: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    governs: str | None = None
    negated: bool = False
    passive: bool = False
    behind: tuple[str, ...] = ()
    bare: bool = False
    object: tuple[str, ...] = ()
    certainty: Certainty | None = None
    status: Status | None = None


class CueWords(msgspec.Struct, frozen=True, kw_only=True):
    """The rules, keyed by each of their words."""

    rules: tuple[CueRule, ...]
    by_lemma: dict[str, tuple[CueRule, ...]]
    digest: str


def load_cues() -> CueWords:
    """The packaged rules."""
    rules = load_rules("en/cues.toml", "cue", CueRule)
    keyed: dict[str, list[CueRule]] = defaultdict(list)
    for rule in rules:
        for lemma in dict.fromkeys(rule.lemmas):
            keyed[lemma].append(rule)
    by_lemma = {lemma: tuple(found) for lemma, found in keyed.items()}
    return CueWords(rules=rules, by_lemma=by_lemma, digest=data_digest(FILES))
