"""Times of day: an hour on the clock, or a part of the day, on the day that stands beside it or that was told of."""

from __future__ import annotations

import re

import msgspec

from twosource.reading.times.finding import Found
from twosource.reading.times.ground import Ground, Meaning
from twosource.reading.times.meaning import Setting
from twosource.spans import Span

__all__ = ["CLOCK_READERS", "hour_of", "joined", "on_day"]

CLOCK_READERS = frozenset(["clock", "part_of_day", "part_alone"])
_BETWEEN = re.compile(r"(?:\s*,?\s*(?:on|of|at|in the|in|before|just before|from)?\s*,?\s*)")


def hour_of(setting: Setting) -> str | None:
    """The expression's own time of day: 'T19:15' for an hour, 'MO' for a part of the day; None where it is none."""
    found = setting.found
    if found.reads != "clock":
        return str(setting.known("part") or "") or _part_within(setting)
    hour, minute = int(setting.get("hour") or 0), setting.get("minute") or "00"
    half = setting.get("half")
    if half and not 1 <= hour <= 12:
        return None
    if half == "p" and hour < 12:
        hour += 12
    elif half == "a" and hour == 12:
        hour = 0
    return f"T{hour:02d}:{minute}"


def _part_within(setting: Setting) -> str | None:
    parts = setting.rules.words["part"]
    return next((str(parts[word]) for word in (setting.found.words.removeprefix("the "),) if word in parts), None)


def joined(text: str, first: Found, second: Found) -> Span | None:
    """The span over a time of day and the day beside it, where only a preposition or a comma stands between."""
    between = text[first.span.end : second.span.start]
    if len(between) <= 16 and _BETWEEN.fullmatch(between):
        return Span(first.span.start, second.span.end)
    return None


def on_day(hour: str, day: Meaning | None, ground: Ground) -> Meaning:
    """The time of day on ``day``; without one on the day told of before, else on the day of publication."""
    if day is not None and day.start is not None:
        value, start, end, anchor = day.value[:10], day.start, day.end, day.anchor
        stretch = day.stretch
    elif ground.day is not None:
        value, start, end, anchor = ground.day.value, ground.day.first, ground.day.last, "text"
        stretch = ground.day
    elif ground.published is not None:
        value, start, end, anchor = ground.published.isoformat(), ground.published, ground.published, "publication"
        stretch = None
    else:
        value, start, end, anchor, stretch = "XXXX-XX-XX", None, None, "publication", None
    value += hour if hour.startswith("T") else f"T{hour}"
    grain = "hour" if hour.startswith("T") else "part of day"
    meaning = Meaning(kind="TIME", value=value, grain=grain, start=start, end=end, anchor=anchor)
    return msgspec.structs.replace(meaning, stretch=stretch)
