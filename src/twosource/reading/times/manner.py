"""How a report writes dates in figures: the day first or the month first."""

from __future__ import annotations

import re
from typing import Final

from twosource.knowledge.time_rules import TimeRules
from twosource.records import Report

__all__ = ["day_first"]

_IN_FIGURES: Final = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(?:19|20)\d\d(?!\d)")
_MONTHS: Final = 12
_HOST: Final = re.compile(r"^(?:[a-z]+:)?//([^/:]+)|^([^/:]+\.[a-z]{2,})(?:[/:]|$)", re.IGNORECASE)


def day_first(report: Report, rules: TimeRules) -> bool | None:
    """Whether the day stands first; None where neither the text nor the outlet's address tells.

    A date such as 25/04/2017 anywhere in the text settles all of them, unless another one says the opposite. Of
    addresses only the endings of countries count that keep to one manner.
    """
    said = {int(found[1]) > _MONTHS for found in _IN_FIGURES.finditer(report.text) if _tells(found)}
    if said:
        return said.pop() if len(said) == 1 else None
    host = _HOST.match(report.url) if report.url else None
    ending = (host[1] or host[2]).rpartition(".")[2].lower() if host else ""
    if ending in rules.lists["month_first_endings"]:
        return False
    return True if ending in rules.lists["day_first_endings"] else None


def _tells(found: re.Match[str]) -> bool:
    first, second = int(found[1]), int(found[3])
    return (first > _MONTHS) != (second > _MONTHS)
