"""The days of publication that a report's own text tells, by the rules of data/en/datelines.toml."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence

import msgspec

from twosource.intake.days import days_of
from twosource.knowledge.datelines import Stamp, compiled, stamp_rules
from twosource.records import DateSighting
from twosource.spans import Span

__all__ = ["Sightings", "Unsettled", "find_dates", "is_date_line", "last_line", "settle"]

HEAD = 200  # code points of the body in which a date may tell the day of publication
_MARGIN = 80  # code points by which a match that begins in the head may reach beyond it
_TAIL = 160  # code points at most of the last line
_CLOSE = datetime.timedelta(days=3)
_LEAP_DAY = datetime.date(2004, 2, 29)
_LAST_WORD = re.compile(r"(?<![^\W\d_])([^\W\d_]+),?\s*$")


class Unsettled(msgspec.Struct, frozen=True):
    """A date of publication in figures whose day and month may be swapped: where it stands, and both days."""

    span: Span
    days: tuple[datetime.date, ...]


class Sightings(msgspec.Struct, frozen=True, kw_only=True):
    """What the text tells: the settled days, the preferred one first, and the dates that nothing settles."""

    found: tuple[DateSighting, ...] = ()
    unsettled: tuple[Unsettled, ...] = ()


def find_dates(
    text: str,
    *,
    body: int = 0,
    title: Span | None = None,
    header: Sequence[datetime.date] = (),
) -> Sightings:
    """The days of publication told near the start of ``text`` and in its last line; spans hold the date's words.

    ``body`` is where the body begins, ``title`` where the title stands. ``header`` holds the days that the header can
    mean: it gives the year to a date without one, and settles day and month. The lowest rank comes first, then the
    order of the text; of two rules on the same words the one that matches more of them counts.
    """
    near = header[0] if header else None
    ranked: list[tuple[int, DateSighting]] = []
    unsettled: list[Unsettled] = []
    taken: list[Span] = []
    for rule, match in _matches(text, body, title):
        span = _words_of(match)
        days = days_of(match, near=near if rule.year == "optional" else None)
        if not days or any(span.meets(other) for other in taken):
            continue
        taken.append(span)
        day = settle(days, header)
        if day is None:
            unsettled.append(Unsettled(span, days))
        else:
            ranked.append((rule.rank, DateSighting(day=day, rule=rule.id, span=span)))
    ranked.sort(key=lambda pair: (pair[0], pair[1].span or Span(0, 0)))
    return Sightings(found=tuple(sighting for _, sighting in ranked), unsettled=tuple(unsettled))


def settle(days: Sequence[datetime.date], header: Sequence[datetime.date]) -> datetime.date | None:
    """The one of ``days`` that is meant: the only one, else the only one at or within three days of the header's."""
    if len(days) == 1:
        return days[0]
    equal = [day for day in days if day in header]
    close = [day for day in days if any(abs(day - other) <= _CLOSE for other in header)]
    return next((chosen[0] for chosen in (equal, close) if len(chosen) == 1), None)


def is_date_line(line: str) -> bool:
    """Whether a line tells a day of publication and little else, as 'Published June 8' or '5 June 2019' do."""
    for rule, match in _matches(line, 0, None):
        if match.start() == 0 and days_of(match, near=_LEAP_DAY):
            return rule.year == "optional" or len(match[0]) * 5 >= len(line) * 3
    return False


def last_line(text: str) -> int:
    """The offset of the last line, or of its last 160 code points where it is longer."""
    return max(text.rfind("\n") + 1, len(text) - _TAIL, 0)


def _words_of(match: re.Match[str]) -> Span:
    """The date's words alone: from its weekday, where it has one, to its last figure."""
    start = match.start("weekday") if match["weekday"] else match.start("day")
    return Span(start, match.end("day"))


def _matches(text: str, body: int, title: Span | None) -> list[tuple[Stamp, re.Match[str]]]:
    """Every match of every rule where it may stand, the longest first, for it explains the most words."""
    found = [
        (rule, match) for rule in stamp_rules() for match in _places(rule, text, body, title) if _free(rule, match)
    ]
    return sorted(found, key=lambda pair: (-len(pair[1][0]), pair[0].rank, pair[1].start("day")))


def _places(rule: Stamp, text: str, body: int, title: Span | None) -> Iterator[re.Match[str]]:
    pattern = compiled(rule.pattern)
    if "open" in rule.where:
        for at in openings(text, body, title):
            match = pattern.match(text, at, at + HEAD)
            if match:
                yield match
    head_end = body + HEAD
    if "head" in rule.where:
        yield from (m for m in pattern.finditer(text, 0, head_end + _MARGIN) if m.start() < head_end)
    if "tail" in rule.where:
        yield from pattern.finditer(text, max(last_line(text), head_end))


def openings(text: str, body: int, title: Span | None) -> tuple[int, ...]:
    """The offsets of the first words of the text, after the title, and of the body."""
    after_title = title.end if title else 0
    return tuple(dict.fromkeys(_first_word(text, at) for at in (0, after_title, body)))


def _first_word(text: str, at: int) -> int:
    while at < len(text) and not text[at].isalnum():
        at += 1
    return at


def _free(rule: Stamp, match: re.Match[str]) -> bool:
    """Whether no word that makes the date an event's stands before it, and a year is there where it is needed."""
    group = match.groupdict()
    if rule.year == "needed" and not any(group[f"y{shape}"] for shape in "1234"):
        return False
    before = _LAST_WORD.search(match.string, max(0, match.start() - 20), match.start())
    return before is None or before[1].casefold() not in rule.not_after
