"""The agency that a report credits in its dateline, its byline or at its end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from twosource.intake.report_dates import last_line, openings
from twosource.knowledge.datelines import Credit, agencies, compiled, credit_rules
from twosource.spans import Span

__all__ = ["find_agency"]

_REACH = 120  # code points: a dateline with two places, a date and a credit is shorter


def find_agency(text: str, *, body: int = 0, title: Span | None = None) -> str | None:
    """The name of the agency credited, as data/ files it or else as the text words it; None where none is."""
    for rule in credit_rules():
        for match in _places(rule, text, body, title):
            words = match["agency"]
            return agencies().filed_as(words) or words
    return None


def _places(rule: Credit, text: str, body: int, title: Span | None) -> Iterator[re.Match[str]]:
    pattern = compiled(rule.pattern)
    if "open" in rule.where:
        found = (pattern.match(text, at, at + _REACH) for at in openings(text, body, title))
        yield from filter(None, found)
    if "tail" in rule.where:
        yield from pattern.finditer(text, max(last_line(text), body))
