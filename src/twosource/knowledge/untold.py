"""Words that look like an event of a type and tell none: 'wants to return' demands nothing of anybody."""

from __future__ import annotations

import msgspec

from twosource.closed_sets import ClaimType
from twosource.errors import KnowledgeError
from twosource.knowledge.toml_rules import Rule, data_digest, load_rules

__all__ = ["UntoldRule", "UntoldWords", "load_untold"]

FILES = ("en/untold.toml",)


class UntoldRule(Rule, frozen=True, kw_only=True):
    """Dictionary forms that tell no event of the types where one of ``beside`` stands at them, or where an infinitive
    without a subject of its own hangs on them (``infinitive``); with ``unsaid`` only in words that no source has said,
    with ``above`` only where one of ``beside`` stands over them.
    """

    types: tuple[ClaimType, ...]
    words: tuple[str, ...]
    beside: tuple[str, ...] = ()
    infinitive: bool = False
    unsaid: bool = False
    above: bool = False


class UntoldWords(msgspec.Struct, frozen=True, kw_only=True):
    """The rules, and those of each word and type."""

    rules: tuple[UntoldRule, ...]
    by_word: dict[tuple[str, ClaimType], tuple[UntoldRule, ...]]
    digest: str


def load_untold() -> UntoldWords:
    """The packaged rules. Raises KnowledgeError for one that asks nothing of what stands beside its words."""
    rules = load_rules("en/untold.toml", "untold", UntoldRule)
    by_word: dict[tuple[str, ClaimType], tuple[UntoldRule, ...]] = {}
    for rule in rules:
        if bool(rule.beside) == rule.infinitive:
            raise KnowledgeError(f"data/en/untold.toml, {rule.id}: either beside or infinitive, not both and not none")
        for key in ((word, type_) for word in rule.words for type_ in rule.types):
            by_word[key] = (*by_word.get(key, ()), rule)
    return UntoldWords(rules=rules, by_word=by_word, digest=data_digest(FILES))
