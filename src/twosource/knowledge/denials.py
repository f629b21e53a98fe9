"""How a report tells that somebody denies what another said, as rules."""

from __future__ import annotations

import msgspec

from twosource.knowledge.toml_rules import Rule, data_digest, load_rules

__all__ = ["DenialRule", "DenialWords", "load_denials"]

FILES = ("en/denials.toml",)
FORMS = (
    "verb",
    "noun",
    "thing",
    "account",
    "verdict",
    "measure",
    "phrase",
    "calling",
    "matching",
    "sharing",
    "silence",
    "refusing",
    "saying",
)


class DenialRule(Rule, frozen=True, kw_only=True):
    """Words of one form; ``thing`` asks of a verb that what it is done to is a word for an accusation."""

    form: str
    words: tuple[str, ...]
    thing: bool = False


class DenialWords(msgspec.Struct, frozen=True, kw_only=True):
    """The rules, and their words by form: each leads to its rule. ``phrases`` are in words, by their first one."""

    rules: tuple[DenialRule, ...]
    by_form: dict[str, dict[str, DenialRule]]
    phrases: dict[str, tuple[tuple[tuple[str, ...], DenialRule], ...]]
    digest: str

    def find(self, form: str, lemma: str) -> DenialRule | None:
        """The rule of the form that has the word, in any case."""
        return self.by_form[form].get(lemma.lower())


def load_denials() -> DenialWords:
    """The packaged rules. Raises KnowledgeError for a row of the wrong shape."""
    rules = load_rules("en/denials.toml", "denial", DenialRule)
    by_form = {form: {word: r for r in rules if r.form == form for word in r.words} for form in FORMS}
    phrases: dict[str, tuple[tuple[tuple[str, ...], DenialRule], ...]] = {}
    for phrase, rule in by_form["phrase"].items():
        first, *others = phrase.split()
        phrases[first] = (*phrases.get(first, ()), ((first, *others), rule))
    return DenialWords(rules=rules, by_form=by_form, phrases=phrases, digest=data_digest(FILES))
