"""Words with which a report hands the floor to a source."""

from __future__ import annotations

import msgspec

from twosource.closed_sets import Stance
from twosource.knowledge.toml_rules import Rule, data_digest, load_rules

__all__ = ["ReportingRule", "ReportingWords", "load_reporting"]

FILES = ("en/reporting.toml",)


class ReportingRule(Rule, frozen=True, kw_only=True):
    """Verbs or phrases of one stance.

    ``object``: a plain noun can be the content. ``relay``: the subject relays another's words. ``anywhere``: without a
    clause of its own the verb takes the words before it ('the bridge had fallen officials said'). ``sure``: whoever
    says a thing by this verb is its source, also where a trained reader is in doubt. ``toll``: the object is what is
    said where it is a toll ('counted nine dead'). ``views``: verbs that tell what their subject takes a thing for
    ('considers them a wing of the Front').
    """

    stance: Stance
    verbs: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    object: bool = False
    relay: bool = False
    anywhere: bool = False
    sure: bool = False
    toll: bool = False
    views: tuple[str, ...] = ()


class ReportingWords(msgspec.Struct, frozen=True, kw_only=True):
    """The rules, keyed by word; a verb in two rows keeps the row that is not a plain 'say'."""

    rules: tuple[ReportingRule, ...]
    verbs: dict[str, ReportingRule]
    phrases: dict[tuple[str, ...], ReportingRule]
    views: dict[str, ReportingRule]
    digest: str


def load_reporting() -> ReportingWords:
    """The packaged rules."""
    rules = load_rules("en/reporting.toml", "reporting", ReportingRule)
    return ReportingWords(
        rules=rules,
        verbs={verb: rule for rule in rules for verb in rule.verbs},
        phrases={tuple(phrase.split()): rule for rule in rules for phrase in rule.phrases},
        views={verb: rule for rule in rules for verb in rule.views},
        digest=data_digest(FILES),
    )
