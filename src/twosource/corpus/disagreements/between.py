"""Which figures of two reports on one event are two values of one: where place, day and doers leave no doubt."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache

from twosource.corpus.counting import Count, said_number
from twosource.corpus.disagreements.making import Ground
from twosource.corpus.disagreements.matter import adds_up, one_event, one_place, weighable
from twosource.corpus.disagreements.numerals import written
from twosource.corpus.disagreements.verdicts import comparable
from twosource.corpus.tellings import Telling
from twosource.knowledge.disagreement_words import DisagreementWords
from twosource.records import Report

__all__ = ["one_day", "one_figure", "tells_number"]

_NAMES = 2  # rare names that both must share, beside place, day and doer
_NEAR = 60  # code points around a number in which the word for the harm stands
_SLACK = datetime.timedelta(days=1)


def one_figure(first: Count, second: Count, by: Ground) -> bool:
    """Whether two figures of unlike reports on one event are values of one figure.

    They are none where a report tells the other's number too (then it tells two things), where the places or the days
    can't be the same, where unlike doers are named, or where one is told in words too vague to weigh ('dozens').
    """
    one, other = first.telling, second.telling
    if one.report.id == other.report.id or _one_outlet(one, other) or not comparable(first, second):
        return False
    if first.counted.extent == "total" and (one.days[0] is None or one.days[0] != other.days[0]):
        return False
    if not one_place(one, other, by.words) or not one_day(one, other) or _unlike_doers(one, other, by):
        return False
    if adds_up(first, second) or not weighable(first, second) or not one_event(one, other, by, names=_NAMES):
        return False
    return not tells_number(one.report, second, by.words) and not tells_number(other.report, first, by.words)


def one_day(first: Telling, second: Telling) -> bool:
    """Whether the days meet; a claim without a day is of the day of publication or the one before.

    Without a day and with several places it may be of a whole campaign, and meets none.
    """
    (start, end), (other_start, other_end) = _days(first), _days(second)
    if start is None or end is None or other_start is None or other_end is None:
        return False
    return start <= other_end and other_start <= end


def tells_number(report: Report, count: Count, words: DisagreementWords) -> bool:
    """Whether a report tells a figure's number anywhere, in digits or in words, beside a word for the same harm."""
    number, harm = said_number(count.figure), words.harm.get(count.counted.kind)
    if number is None:
        return False
    return _tells(report.text, number, harm)


@lru_cache(4096)
def _tells(text: str, number: int, harm: re.Pattern[str] | None) -> bool:
    for match in written(number).finditer(text):
        if harm is None or harm.search(text, max(0, match.start() - _NEAR), match.end() + _NEAR):
            return True
    return False


def _days(telling: Telling) -> tuple[datetime.date | None, datetime.date | None]:
    start, end = telling.days
    if start is not None or end is not None:
        return start or end, end or start
    if len(telling.places) > 1:
        return None, None
    published = telling.report.published
    return (published - _SLACK, published) if published else (None, None)


def _one_outlet(first: Telling, second: Telling) -> bool:
    """Whether one outlet tells both: its later number is an update."""
    return first.report.outlet is not None and first.report.outlet == second.report.outlet


def _unlike_doers(first: Telling, second: Telling, by: Ground) -> bool:
    ours, theirs = first.keys(first.claim.actors, by.naming), second.keys(second.claim.actors, by.naming)
    return bool(ours and theirs) and not by.akin(ours, theirs)
