"""Whether two figures of one event agree, are one figure that changed, or can't both be right."""

from __future__ import annotations

import math
from enum import StrEnum

from twosource.closed_sets import ClaimType, FigureKind, Status
from twosource.corpus.counting import Count, gap, said_number
from twosource.corpus.disagreements.floors import meant
from twosource.corpus.tellings import Naming, Telling

__all__ = ["Verdict", "comparable", "may_be_compared", "room_for_others", "same_speaker", "verdict"]

_ROUNDED = math.log2(1.1)
"""Figures within a tenth of each other may be one figure, rounded, unless both are plain numbers."""
_COUNTED_OUT = 100  # below which a plain number was counted one by one
_FAR = 1.0
"""'At least 10' and '75' leave room for each other; from twice as many on that is told, and marked as such."""
_BOTH_OPEN = math.log2(1.15)
"""'More than 100,000' beside 'at least 120,000': both open, and yet two numbers. One in seven is beyond rounding."""
_SAME_TIME = 1  # days within which two reports count as published at one time
_LOOSE = frozenset(
    {
        FigureKind.OTHER, FigureKind.STRIKES, FigureKind.MONEY, FigureKind.GROUPS, FigureKind.POSITIONS,
        FigureKind.SETTLEMENTS,
    }
)  # fmt: skip
"""Kinds of which two numbers in one story are seldom two values of one: '12 groups' in the east are part of '22'."""
_HARM = frozenset([FigureKind.KILLED, FigureKind.INJURED, FigureKind.CAPTURED, FigureKind.MISSING])
_TWO_SIDED = frozenset([ClaimType.ARMED_CLASH, ClaimType.OFFENSIVE])
_CIVILIANS = frozenset(["civilians"])
_REAL = (Status.HAPPENED, Status.ONGOING)


class Verdict(StrEnum):
    """How two figures stand to each other."""

    AGREE = "agree"
    CHANGE = "change"
    """One figure at two times: a toll that rose, or a speaker who corrects himself."""
    ROOM = "room"
    """Far apart, though each leaves room for the other."""
    CLASH = "clash"


def comparable(first: Count, second: Count) -> bool:
    """Whether two figures are values of one: one kind, the same people, as far reaching, and both meant as so."""
    one, other = first.counted, second.counted
    return (
        one.extent == other.extent
        and one.kind is other.kind
        and (one.whom == other.whom or one.whom | other.whom == _CIVILIANS)
        and _same_people(first, second)
        and may_be_compared(first)
        and may_be_compared(second)
    )


def may_be_compared(count: Count) -> bool:
    """Whether a figure can be comparable to any: a whole, of a kind that is one number, and told as so."""
    counted, telling = count.counted, count.telling
    if counted.extent not in ("event", "total") or counted.kind in _LOOSE:
        return False
    return telling.affirmed and telling.claim.status in _REAL


def verdict(first: Count, second: Count, naming: Naming) -> Verdict:
    """What holds of two comparable figures, by their ranges, their speakers and when they were published."""
    apart = gap(first.figure, second.figure)
    if apart == 0 or (apart < _ROUNDED and not (_plain(first) and _plain(second))):
        return Verdict.AGREE
    apart_reports = first.telling.report.id != second.telling.report.id
    if apart_reports and (same_speaker(first.telling, second.telling, naming) or _rose(first, second)):
        return Verdict.CHANGE
    if room_for_others(first, second) or room_for_others(second, first):
        return Verdict.ROOM if apart >= _FAR else Verdict.AGREE
    if _exclude(first, second):
        return Verdict.CLASH
    less, more = (first, second) if _number(first) <= _number(second) else (second, first)
    if meant(more)[0] is None or said_number(less.figure) is None:
        return Verdict.AGREE  # 'up to 50' leaves room for anything below it
    both_open = meant(less)[1] is None and meant(more)[1] is None
    return Verdict.ROOM if apart >= (_BOTH_OPEN if both_open else _FAR) else Verdict.AGREE


def _plain(count: Count) -> bool:
    """Whether a number is so small and so plainly given that it is no rounding of another."""
    low, high = meant(count)
    return low is not None and low == high and low < _COUNTED_OUT


def _exclude(first: Count, second: Count) -> bool:
    """Whether no number is within both: one's most is below the other's least."""
    (low, high), (other_low, other_high) = meant(first), meant(second)
    below = high is not None and other_low is not None and high < other_low
    return below or (other_high is not None and low is not None and other_high < low)


def room_for_others(civilians: Count, everyone: Count) -> bool:
    """Whether one counts civilians and the other, higher, everybody: fighters may make the difference."""
    mixed = civilians.counted.whom == _CIVILIANS and not everyone.counted.whom
    return mixed and _number(everyone) >= _number(civilians)


def _same_people(first: Count, second: Count) -> bool:
    """Whether the names in both phrases are the same; of one lasting number the actors tell whose it is.

    In a fight each side has its own dead, so that a figure that does not say whose they are is compared with none.
    """
    types = {first.telling.claim.type, second.telling.claim.type}
    if types & _TWO_SIDED and first.counted.kind in _HARM:
        return bool(first.counted.whom) and first.names == second.names
    return first.names == second.names or first.counted.kind not in _HARM


def same_speaker(first: Telling, second: Telling, naming: Naming) -> bool:
    """Whether one source at least says both; the reports' own voices are two speakers unless the outlet is one."""
    if first.own_voice and second.own_voice:
        return first.report.id == second.report.id or (
            first.report.outlet is not None and first.report.outlet == second.report.outlet
        )
    return bool(first.keys(first.claim.sources, naming) & second.keys(second.claim.sources, naming))


def _rose(first: Count, second: Count) -> bool:
    """Whether the figure published later, by more than a day or in one lineage, is the higher one."""
    earlier, later = first, second
    days = first.telling.report.published, second.telling.report.published
    if days[0] is None or days[1] is None:
        return False
    if days[1] < days[0]:
        earlier, later = second, first
    between = abs((days[1] - days[0]).days)
    one_text = bool(first.telling.lineages & second.telling.lineages)
    return between >= (0 if one_text else _SAME_TIME) and _number(later) > _number(earlier) and between + one_text > 0


def _number(count: Count) -> int:
    number = said_number(count.figure)
    return number if number is not None else (count.figure.low or 0)
