"""Widens times by what governs them: 'since March 2011', 'from 2012 until 2016', 'before dawn', 'until last year'."""

from __future__ import annotations

import datetime
import itertools
import re

import msgspec

from twosource.records import Reading, Sentence, Time
from twosource.spans import Span

__all__ = ["with_governors"]

_PREPOSITION = re.compile(
    r"\b(since|until|till|by|before|after|from|between|in|on|at|over|during|for|within|throughout|through|around|of)"
    r"\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_SINCE = re.compile("since ", re.IGNORECASE)
_SINCE_CLAUSE = re.compile(
    r"\bsince\s+(?:[^\s.;:\"“”()]+\s+){1,14}?(?:(?:in|on|at|of|for|during)\s*)?(?:the\s+)?$",
    re.IGNORECASE,
)
_FROM_DAY = re.compile(r"\s+(after|before)\s+(?:[^\s,.;:]+\s+){0,6}", re.IGNORECASE)
_DAYS = re.compile(r"P(\d{1,4})([DW])")
_RANGE = re.compile(r"\s*(?:to|until|till|through|and|[-–])\s*", re.IGNORECASE)
_LOOK_BACK = 130  # code points in which the 'since' of a clause is looked for
_ONE_DAY = datetime.timedelta(days=1)


def with_governors(reading: Reading, sentence: Sentence, times: list[Time]) -> list[Time]:
    """The times of a sentence with the days that their prepositions make of them, and with the words so governed.

    'since X' runs from X to the publication, 'until X' up to X, 'before X' up to the day before it, 'after X' from its
    last day to the publication; 'from X to Y' is one run of days, which both of its times then carry.
    """
    done: list[Time] = []
    at = 0
    while at < len(times):
        pair = _range_at(reading, sentence, times, at)
        if pair is not None:
            done.extend(pair)
            at += 2
        else:
            done.append(_governed(reading, sentence, times[at]))
            at += 1
    return _counted_from(reading.report.text, times, done)


def _counted_from(text: str, plain: list[Time], governed: list[Time]) -> list[Time]:
    """'A day after the 27 November truce' means the 28th, and the truce is on its own day."""
    done = list(governed)
    for at, (first, second) in enumerate(itertools.pairwise(plain)):
        between = _FROM_DAY.fullmatch(text, first.span.end, second.span.start)
        days = _days_of(first.value)
        if between is None or days is None or second.kind != "DATE" or second.start is None or second.end is None:
            continue
        step = datetime.timedelta(days=days if between[1].lower() == "after" else -days)
        try:
            start, end = second.start + step, second.end + step
        except OverflowError:
            continue
        done[at] = msgspec.structs.replace(done[at], start=start, end=end, anchor="text")
        done[at + 1] = second
    return done


def _days_of(value: str) -> int | None:
    """The days of a duration of days or weeks, such as P3D; None for any other value."""
    found = _DAYS.fullmatch(value)
    return None if found is None else int(found[1]) * (7 if found[2] == "W" else 1)


def _range_at(reading: Reading, sentence: Sentence, times: list[Time], at: int) -> tuple[Time, Time] | None:
    if at + 1 >= len(times):
        return None
    first, second = times[at], times[at + 1]
    text = reading.report.text
    between = text[first.span.end : second.span.start]
    if not _RANGE.fullmatch(between) or first.start is None or second.end is None or first.start > second.end:
        return None
    before = _PREPOSITION.search(text, max(sentence.span.start, first.span.start - 16), first.span.start)
    word = before[1].lower() if before else ""
    if word not in ("from", "between", "since") and "and" in between:
        return None
    phrase = Span(before.start() if before else first.span.start, second.span.end)
    return (
        msgspec.structs.replace(first, phrase=phrase, end=second.end, relation="range"),
        msgspec.structs.replace(second, phrase=phrase, start=first.start, relation="range"),
    )


def _governed(reading: Reading, sentence: Sentence, time: Time) -> Time:
    text, published = reading.report.text, reading.report.published
    floor = sentence.span.start
    match = _PREPOSITION.search(text, max(floor, time.span.start - 16), time.span.start)
    word = match[1].lower() if match else None
    clause = _since_clause(text, floor, time, word)
    if clause is not None:
        return _ranged(time, "since", Span(clause, time.span.end), published)
    if match is None or word is None:
        return time
    return _ranged(time, word, Span(match.start(), time.span.end), published)


def _since_clause(text: str, floor: int, time: Time, word: str | None) -> int | None:
    """Where 'since' stands in 'since the war began in 2011', else None."""
    if word == "since" or time.kind not in ("DATE",) or time.value.endswith("_REF"):
        return None
    start = max(floor, time.span.start - _LOOK_BACK)
    at = max((match.start() for match in _SINCE.finditer(text, start, time.span.start)), default=-1)
    if at < 0 or (at > 0 and text[at - 1].isalnum()):
        return None
    return at if _SINCE_CLAUSE.match(text, at, time.span.start) else None


def _ranged(time: Time, word: str, phrase: Span, published: datetime.date | None) -> Time:
    start, end = time.start, time.end
    relation: str | None = word
    if time.kind not in ("DATE", "TIME") or (start is None and end is None):
        relation = None
    elif word == "since" and start is not None:
        end = published if published is None or published >= start else end
    elif word in ("until", "till"):
        start = published if published and end and end > published else None
    elif word == "by":
        start = published if published and end and end >= published else None
    elif word == "before" and start is not None and time.kind == "DATE":
        end = start - _ONE_DAY if start > datetime.date.min else start
        start = published if published and end >= published else None
    elif word == "from" and start is not None and time.kind == "DATE" and published and published >= start:
        end = published
    elif word == "after" and end is not None and time.kind == "DATE":
        start, end = end, (published if published and published >= end else None)
    else:
        relation = None
    return msgspec.structs.replace(time, start=start, end=end, phrase=phrase, relation=relation)
