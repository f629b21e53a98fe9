"""Gives an expression its meaning: one function for each name that the rules' ``reads`` may hold."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from twosource.knowledge.time_rules import TimeRules
from twosource.reading.times import calendar
from twosource.reading.times.calendar import Stretch
from twosource.reading.times.finding import Found
from twosource.reading.times.ground import Ground, Meaning, Outlook

__all__ = ["Setting", "absolute", "bare_year", "named", "open_value", "relative", "step_of"]

Words = Mapping[str, dict[str, Any]]
PUBLICATION = "publication"
TEXT = "text"


class Setting(msgspec.Struct, frozen=True):
    """What an expression's meaning may rest on: what was found, the ground, the outlook, and the words before it."""

    found: Found
    ground: Ground
    outlook: Callable[[], Outlook]
    rules: TimeRules
    before: str = ""

    def get(self, *names: str) -> str | None:
        """The words of the first of the groups that took part."""
        return next((self.found.groups[name] for name in names if name in self.found.groups), None)

    def known(self, table: str, *names: str) -> Any:
        """What ``table`` says of the words of the first of the groups that took part; None where none did."""
        words = self.get(*(names or (table,)))
        return None if words is None else self.rules.words[table].get(words)

    @property
    def published(self) -> datetime.date | None:
        """The day of publication."""
        return self.ground.published


def absolute(stretch: Stretch, part: str | None = None) -> Meaning:
    """The meaning of a stretch that counts from nothing, narrowed to the 'start', 'mid' or 'end' of it."""
    return named(stretch, part, None)


def relative(stretch: Stretch, part: str | None = None, anchor: str = PUBLICATION) -> Meaning:
    """The meaning of a stretch that counts from ``anchor``."""
    return named(stretch, part, anchor)


def named(stretch: Stretch, part: str | None, anchor: str | None) -> Meaning:
    """The meaning of a named stretch of the calendar."""
    start, end = calendar.narrowed(stretch, part) if part in ("start", "mid", "end") else (stretch.first, stretch.last)
    return Meaning(
        kind="DATE",
        value=stretch.value,
        grain=stretch.grain,
        start=start,
        end=end,
        anchor=anchor,
        stretch=stretch,
    )


def open_value(value: str, grain: str | None = None, kind: str = "DATE") -> Meaning:
    """A relative meaning that nothing anchors: the report has no day of publication."""
    return Meaning(kind=kind, value=value, grain=grain, anchor=PUBLICATION)


def step_of(setting: Setting, rel: str | None) -> int | None:
    """-1, 0 or 1 for last, this, next and their like; None for what names no step."""
    step = None if rel is None else setting.rules.words["step"].get(rel.removeprefix("the "))
    return None if step is None else int(step)


def bare_year(setting: Setting, group: str = "year") -> int | None:
    """The year that stands in the expression; None where none does."""
    words = setting.get(group)
    return int(words) if words else None
