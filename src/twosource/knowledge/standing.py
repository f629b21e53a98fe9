"""Words for standing relations, which are the report's own voice even inside the words of a source."""

from __future__ import annotations

import msgspec

from twosource.knowledge.toml_rules import Rule, data_digest, load_rules

__all__ = ["StandingRule", "StandingWords", "load_standing"]

FILES = ("en/standing.toml",)


class StandingRule(Rule, frozen=True, kw_only=True):
    """Words of one relation as written, in lower case. ``form`` is 'participle' or 'noun'.

    ``links``: one of them must follow a participle behind its noun; none are asked for where it is empty. ``alone``: it
    may stand before its noun with nobody joined to it by a hyphen. ``names``: nouns that make a name of it.
    """

    form: str
    words: tuple[str, ...]
    links: tuple[str, ...] = ()
    alone: bool = False
    names: tuple[str, ...] = ()


class StandingWords(msgspec.Struct, frozen=True, kw_only=True):
    """The rules, keyed by word."""

    rules: tuple[StandingRule, ...]
    by_word: dict[str, StandingRule]
    digest: str


def load_standing() -> StandingWords:
    """The packaged rules. Raises KnowledgeError for a row of the wrong shape."""
    rules = load_rules("en/standing.toml", "standing", StandingRule)
    by_word = {word: rule for rule in rules for word in rule.words}
    return StandingWords(rules=rules, by_word=by_word, digest=data_digest(FILES))
