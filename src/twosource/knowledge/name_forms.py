"""How one name takes several shapes: words for kinds of bodies, spellings of one word (data/en/name_forms.toml)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from twosource.errors import KnowledgeError
from twosource.knowledge.toml_rules import Rule, data_digest, load_rules

__all__ = ["ANY_FORM", "NAME_FORMS_FILE", "FormRule", "NameForms", "SpellingRule", "load_name_forms"]

NAME_FORMS_FILE = "en/name_forms.toml"
ANY_FORM = "any"
"""The class of a word that tells no kind of body apart from others: 'group', 'forces'."""


class FormRule(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"form": "class"}):
    """Words for one class of bodies; ``form`` is the class."""

    form: str
    words: tuple[str, ...]


class SpellingRule(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Letters that are one sound in names from other scripts."""

    find: str
    put: str


class _Spelling(NamedTuple):
    find: re.Pattern[str]
    put: str


class NameForms:
    """Tells the class of a form word, and how a word sounds whatever its spelling."""

    def __init__(self, forms: Sequence[FormRule], spellings: Sequence[SpellingRule], digest: str) -> None:
        self.forms, self.spellings, self.digest = tuple(forms), tuple(spellings), digest
        self._class_of = {word: rule.form for rule in forms for word in rule.words}
        self._spellings = [_compiled(rule) for rule in spellings]
        self.sound = lru_cache(65536)(self._sound)

    def form_of(self, word: str) -> str | None:
        """The class of bodies that a folded word stands for; None for any other word."""
        return self._class_of.get(word)

    def _sound(self, word: str) -> str:
        """The folded word with one letter for one sound; digits stay. Spellings of one name come out alike."""
        for spelling in self._spellings:
            word = spelling.find.sub(spelling.put, word)
        return word


def load_name_forms() -> NameForms:
    """The rules of data/en/name_forms.toml. Raises KnowledgeError for a row that breaks its rules."""
    forms = load_rules(NAME_FORMS_FILE, "forms", FormRule)
    spellings = load_rules(NAME_FORMS_FILE, "spellings", SpellingRule)
    return NameForms(forms, spellings, data_digest([NAME_FORMS_FILE]))


def _compiled(rule: SpellingRule) -> _Spelling:
    try:
        return _Spelling(re.compile(rule.find), rule.put)
    except re.error as fault:
        raise KnowledgeError(f"data/{NAME_FORMS_FILE}, spellings ({rule.id}): {fault}") from None
