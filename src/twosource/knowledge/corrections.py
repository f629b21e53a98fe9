"""The words by which a report takes back what was said before."""

from __future__ import annotations

import functools
import re

import msgspec

from twosource.knowledge.toml_rules import Rule, data_digest, load_rules

__all__ = ["CorrectionRule", "CorrectionWords", "load_correction_words"]

FILE = "en/corrections.toml"


class CorrectionRule(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One way to say that something said before is wrong, as a regular expression over a sentence."""

    pattern: str


@functools.lru_cache(64)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


class CorrectionWords(msgspec.Struct, frozen=True):
    """The rows of data/en/corrections.toml, in order, and their digest."""

    rules: tuple[CorrectionRule, ...]
    digest: str

    def rule_in(self, sentence: str) -> str | None:
        """The id of the first rule that finds words of correction in the sentence, None for none."""
        return next((rule.id for rule in self.rules if _compiled(rule.pattern).search(sentence)), None)


def load_correction_words() -> CorrectionWords:
    """The packaged rules. Raises KnowledgeError for a row of the wrong shape."""
    return CorrectionWords(load_rules(FILE, "correction", CorrectionRule), data_digest([FILE]))
