"""Reads the times of one report, sentence by sentence, in the order in which it tells them."""

from __future__ import annotations

import datetime

import msgspec

from twosource.closed_sets import Severity
from twosource.knowledge.time_rules import TimeRules
from twosource.reading.times import amounts, clock, dates, relations
from twosource.reading.times.finding import Found, find_expressions
from twosource.reading.times.governed import with_governors
from twosource.reading.times.ground import Ground, Meaning
from twosource.reading.times.manner import day_first
from twosource.reading.times.meaning import Setting
from twosource.reading.times.outlook import outlook_of
from twosource.records import Issue, Reading, Sentence, Time, TimeKind
from twosource.spans import Span

__all__ = ["read_times", "time_issues"]

_READERS = {**dates.READERS, **relations.READERS, **amounts.READERS}
_BEFORE = 40  # code points before an expression that its meaning may look at


class _Told(msgspec.Struct):
    """An expression on its way to a time: what was found, its span so far, its meaning."""

    found: Found
    span: Span
    meaning: Meaning


def read_times(reading: Reading, rules: TimeRules) -> tuple[Time, ...]:
    """The report's times in order of the text; none overlap.

    ``start`` and ``end`` follow the codebook's rulings on dates, with the preposition that governs the time ('since
    2014' runs to the publication). Without a day of publication a relative time has neither, and its value is open.
    """
    ground = Ground(reading.report.published, day_first(reading.report, rules))
    times: list[Time] = []
    for sentence in reading.sentences:
        found = find_expressions(reading.report.text, sentence.span, rules)
        if found:
            told = _told(reading, sentence, found, ground, rules)
            times.extend(with_governors(reading, sentence, [_time(reading, one) for one in told]))
    return tuple(times)


def time_issues(reading: Reading) -> tuple[Issue, ...]:
    """An issue for each date that can be read in two ways."""
    return tuple(
        Issue(
            code="ambiguous-date",
            stage="times",
            reason=f"'{time.text}' can be {time.value} or {time.other}; it was read as {time.value}",
            severity=Severity.WARNING,
            report=reading.report.id,
            span=time.span,
        )
        for time in reading.times
        if time.other is not None
    )


def _told(reading: Reading, sentence: Sentence, found: list[Found], ground: Ground, rules: TimeRules) -> list[_Told]:
    """The expressions of a sentence with their meanings: days first, for a time of day takes the day beside it."""
    told: dict[int, _Told] = {}
    for place, one in enumerate(found):
        if one.reads in clock.CLOCK_READERS:
            continue
        meaning = _meaning(_setting(reading, sentence, one, ground, rules))
        if meaning is not None:
            told[place] = _Told(one, one.span, meaning)
            ground.note(meaning)
    for place, one in enumerate(found):
        if one.reads in clock.CLOCK_READERS:
            _tell_clock(reading, sentence, found, place, told, ground, rules)
    return [told[place] for place in sorted(told)]


def _setting(reading: Reading, sentence: Sentence, found: Found, ground: Ground, rules: TimeRules) -> Setting:
    floor = max(sentence.span.start, found.span.start - _BEFORE)
    return Setting(
        found,
        ground,
        lambda: outlook_of(reading, sentence, found.span, rules),
        rules,
        reading.report.text[floor : found.span.start],
    )


def _meaning(setting: Setting) -> Meaning | None:
    """The expression's meaning; None for a day that no calendar holds, such as 30 February or the year 12000."""
    try:
        return _READERS[setting.found.reads](setting)
    except (ValueError, OverflowError):
        return None


def _tell_clock(
    reading: Reading,
    sentence: Sentence,
    found: list[Found],
    place: int,
    told: dict[int, _Told],
    ground: Ground,
    rules: TimeRules,
) -> None:
    """Gives the time of day at ``place`` its day, and joins it with the day where the two stand side by side."""
    one, text = found[place], reading.report.text
    hour = clock.hour_of(_setting(reading, sentence, one, ground, rules))
    if not hour:
        return
    for beside in (place + 1, place - 1):
        day = told.get(beside)
        if day is None or day.meaning.grain != "day" or day.meaning.kind != "DATE":
            continue
        pair = (one, day.found) if beside > place else (day.found, one)
        span = clock.joined(text, *pair)
        if span is not None:
            told[beside] = _Told(day.found, span, clock.on_day(hour, day.meaning, ground))
            return
    if one.reads == "part_of_day":
        return
    day = next((told[other] for other in sorted(told) if told[other].meaning.grain == "day"), None)
    told[place] = _Told(one, one.span, clock.on_day(hour, day.meaning if day else None, ground))


def _time(reading: Reading, told: _Told) -> Time:
    meaning = told.meaning
    start, end = meaning.start, meaning.end
    if isinstance(start, datetime.date) and isinstance(end, datetime.date) and start > end:
        start, end = end, start
    return Time(
        span=told.span,
        text=reading.words(told.span),
        kind=TimeKind(meaning.kind),
        value=meaning.value,
        rule=told.found.rule,
        start=start,
        end=end,
        granularity=meaning.grain,
        anchor=meaning.anchor,
        other=meaning.other,
    )
