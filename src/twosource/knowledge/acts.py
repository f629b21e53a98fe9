"""Verbs of acts and attitudes, whose subject does something in saying it and is no source of what is so."""

from __future__ import annotations

import msgspec

from twosource.knowledge.toml_rules import Rule, data_digest, load_rules

__all__ = ["ActRule", "ActWords", "load_acts"]

FILES = ("en/acts.toml",)


class ActRule(Rule, frozen=True, kw_only=True):
    """Verbs of one kind of act, by their dictionary forms."""

    verbs: tuple[str, ...]


class ActWords(msgspec.Struct, frozen=True, kw_only=True):
    """The rules, keyed by verb."""

    rules: tuple[ActRule, ...]
    verbs: dict[str, ActRule]
    digest: str


def load_acts() -> ActWords:
    """The packaged rules."""
    rules = load_rules("en/acts.toml", "act", ActRule)
    return ActWords(rules=rules, verbs={v: rule for rule in rules for v in rule.verbs}, digest=data_digest(FILES))
