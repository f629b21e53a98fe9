"""Which agencies a report owes its words to, by its dateline, its byline, its last line and what its sentences say."""

from __future__ import annotations

import re
from functools import cache

from twosource.corpus.words import Words
from twosource.knowledge.datelines import compiled
from twosource.knowledge.lineage_rules import LineageRules
from twosource.records import Report

__all__ = ["credited_agencies"]

_HEAD = 25  # words: page titles, bylines and datelines at the top
_TAIL = 6  # words of a credit at the end


def credited_agencies(report: Report, words: Words, rules: LineageRules) -> frozenset[str]:
    """The names, as filed, of the agencies that the report credits anywhere; the outlet itself where it is one.

    A credit is a dateline or a name among the first 25 or the last 6 words, or a sentence of a form in
    data/en/lineage.toml, such as 'told AFP' and 'a Reuters witness'.
    """
    found = {report.agency} if report.agency else set()
    found.update(_in_sentences(report.text, rules))
    found.update(_at_the_edges(report.text, words, rules))
    outlet = rules.agencies.filed_as(report.outlet) if report.outlet else None
    return frozenset(name for name in (*found, outlet) if name)


def _in_sentences(text: str, rules: LineageRules) -> set[str]:
    found = (match["agency"] for rule in rules.citations for match in compiled(rule.pattern).finditer(text))
    return {name for words in found if (name := rules.agencies.filed_as(words))}


def _at_the_edges(text: str, words: Words, rules: LineageRules) -> set[str]:
    if not len(words):
        return set()
    head = words.starts[min(_HEAD, len(words) - 1)]
    tail = words.starts[max(0, len(words) - _TAIL)]
    found = [match for part in (text[:head], text[tail:]) for match in _any_agency().findall(part)]
    return {name for words_ in found if (name := rules.agencies.filed_as(words_))}


@cache
def _any_agency() -> re.Pattern[str]:
    return compiled("{agency}")
