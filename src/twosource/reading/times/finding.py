"""Finds the runs of words that are time expressions: which rules match where, and which of them stand."""

from __future__ import annotations

import bisect
from collections.abc import Mapping

import msgspec

from twosource.knowledge.time_rules import TimeRules
from twosource.spans import Span

__all__ = ["Found", "find_expressions"]


class Found(msgspec.Struct, frozen=True):
    """A time expression that a rule found: its span, the rule, the name of what reads it, and the rule's groups.

    The keys of ``groups`` are the groups that took part; their words, like ``words``, the whole expression, are lower
    case with single spaces.
    """

    span: Span
    words: str
    rule: str
    reads: str
    groups: Mapping[str, str]
    order: int


def find_expressions(text: str, span: Span, rules: TimeRules) -> list[Found]:
    """The expressions within ``span`` of ``text``, in order; of those that overlap the longest stands.

    Between two of one length the rule that comes first in the file stands.
    """
    classes = rules.classes_in(text[span.start : span.end])
    if not classes:
        return []
    candidates: list[Found] = []
    for rule in rules.patterns:
        if rule.needs <= classes:
            for match in rule.pattern.finditer(text, span.start, span.end):
                groups = {name: " ".join(words.lower().split()) for name, words in match.groupdict().items() if words}
                at = match.span("t") if "t" in groups else match.span()
                words = " ".join(text[at[0] : at[1]].lower().split())
                candidates.append(Found(Span(*at), words, rule.id, rule.reads, groups, rule.order))
    return _standing(candidates)


def _standing(candidates: list[Found]) -> list[Found]:
    standing: list[Found] = []
    taken: list[Span] = []  # in order, and none meets another
    for found in sorted(candidates, key=lambda found: (-len(found.span), found.order, found.span.start)):
        at = bisect.bisect(taken, found.span)
        if not any(found.span.meets(other) for other in taken[max(0, at - 1) : at + 1]):
            standing.append(found)
            taken.insert(at, found.span)
    return sorted(standing, key=lambda found: found.span)
