"""Events along time: how many began in each day, week, month or year, and how long those best borne out lasted."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum

import msgspec

from twosource.closed_sets import FAMILIES, family_of
from twosource.views.events import EventInShort
from twosource.web.wording import day_words

__all__ = ["Bar", "Bin", "Stretch", "Tick", "Timeline", "Unit", "timeline_of"]

_MOST_OF = 0.96  # share of the events that the axis holds: one told of the last century must not shrink all others
_MOST_STRETCHED = 2  # so many times as long as the axis of most may the axis of all be
_SHORT = datetime.timedelta(days=70)
_MOST_BARS = 60
_MOST_TICKS = 5
_DAY = datetime.timedelta(days=1)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Unit(StrEnum):
    """How long a column of the timeline is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    CENTURY = "century"


_UP_TO = (
    (70, Unit.DAY),
    (490, Unit.WEEK),
    (3000, Unit.MONTH),
    (36_500, Unit.YEAR),
)  # days of the axis: columns stay wide enough to hit


class Stretch(msgspec.Struct, frozen=True):
    """Where something lies on the axis, in percent of its length, both from 0 to 100."""

    left: float
    width: float


class Bin(msgspec.Struct, frozen=True):
    """A column: its first and last day, where it lies, how many events begin in it, and those of each family.

    ``heights`` are the families' shares of the highest column, in percent, with the top of each from the top down.
    """

    start: datetime.date
    end: datetime.date
    at: Stretch
    events: int
    heights: tuple[tuple[str, float, float], ...]


class Bar(msgspec.Struct, frozen=True):
    """An event on the axis. ``open_left`` and ``open_right`` tell that it goes on beyond, or that no end is told."""

    event: EventInShort
    at: Stretch
    open_left: bool
    open_right: bool


class Tick(msgspec.Struct, frozen=True):
    """A word under the axis."""

    left: float
    words: str


class Timeline(msgspec.Struct, frozen=True):
    """All events of a filter along time. ``before`` and ``after`` count those off the axis, ``undated`` have no day."""

    start: datetime.date
    end: datetime.date
    unit: Unit
    bins: tuple[Bin, ...]
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    dated: int
    before: int
    after: int
    undated: tuple[EventInShort, ...]


def timeline_of(events: Sequence[EventInShort]) -> Timeline | None:
    """The timeline of events in their order, of which the first ones are drawn as bars; None where none has a day."""
    undated = tuple(one for one in events if _first(one) is None)
    dated = [(day, one) for one in events if (day := _first(one)) is not None]
    if not dated:
        return None
    days = sorted(day for day, _ in dated)
    first, last = _bounds(days)
    unit = _unit(first, last)
    start, end = _floor(first, unit), _last(_floor(last, unit), unit)
    inside = [(day, one) for day, one in dated if start <= day <= end]
    shown = sorted(inside[:_MOST_BARS], key=lambda pair: (pair[0], pair[1].id))
    bins = _bins(inside, start, end, unit)
    return Timeline(
        start=start,
        end=end,
        unit=unit,
        bins=bins,
        bars=tuple(_bar(one, start, end) for _, one in shown),
        ticks=_ticks(bins, unit),
        dated=len(dated),
        before=sum(day < start for day in days),
        after=sum(day > end for day in days),
        undated=undated,
    )


def _bounds(days: Sequence[datetime.date]) -> tuple[datetime.date, datetime.date]:
    """The first and last day of the axis: of all where those far off don't shrink it much, else of most."""
    out = int((1 - _MOST_OF) / 2 * len(days))
    most, every = days[-1 - out] - days[out], days[-1] - days[0]
    if every <= max(_MOST_STRETCHED * most, _SHORT):
        return days[0], days[-1]
    return days[out], days[-1 - out]


def _first(one: EventInShort) -> datetime.date | None:
    return one.start or one.end


def _unit(start: datetime.date, end: datetime.date) -> Unit:
    length = (end - start).days
    return next((unit for most, unit in _UP_TO if length <= most), Unit.CENTURY)


def _floor(day: datetime.date, unit: Unit) -> datetime.date:
    return _FLOORS[unit](day)


_FLOORS: dict[Unit, Callable[[datetime.date], datetime.date]] = {
    Unit.DAY: lambda day: day,
    Unit.WEEK: lambda day: max(datetime.date.min, day - _DAY * min(day.weekday(), (day - datetime.date.min).days)),
    Unit.MONTH: lambda day: day.replace(day=1),
    Unit.YEAR: lambda day: day.replace(month=1, day=1),
    Unit.CENTURY: lambda day: day.replace(year=max(1, day.year // 100 * 100), month=1, day=1),
}


def _last(day: datetime.date, unit: Unit) -> datetime.date:
    """The last day of the column that begins with a day; the last day there is where that would be later than any."""
    try:
        return _NEXT[unit](day) - _DAY
    except (OverflowError, ValueError):
        return datetime.date.max


_NEXT: dict[Unit, Callable[[datetime.date], datetime.date]] = {
    Unit.DAY: lambda day: day + _DAY,
    Unit.WEEK: lambda day: day + 7 * _DAY,
    Unit.MONTH: lambda day: (day + 31 * _DAY).replace(day=1),
    Unit.YEAR: lambda day: day.replace(year=day.year + 1),
    Unit.CENTURY: lambda day: day.replace(year=day.year // 100 * 100 + 100),
}


def _stretch(first: datetime.date, last: datetime.date, start: datetime.date, end: datetime.date) -> Stretch:
    """Where the days from the first to the last, both included, lie on the axis; what is beyond is cut."""
    first, last = max(first, start), min(last, end)
    length = (end - start).days + 1
    left, width = (first - start).days / length, ((last - first).days + 1) / length
    return Stretch(round(100 * left, 2), round(100 * max(0.0, width), 2))


def _bins(
    dated: Iterable[tuple[datetime.date, EventInShort]], start: datetime.date, end: datetime.date, unit: Unit
) -> tuple[Bin, ...]:
    counted: dict[datetime.date, Counter[str]] = {}
    for day, one in dated:
        counted.setdefault(_floor(day, unit), Counter())[family_of(one.type)] += 1
    highest = max(families.total() for families in counted.values())
    found = []
    last = start - _DAY if start > datetime.date.min else None
    while last is None or last < end:
        day = start if last is None else last + _DAY
        last = _last(day, unit)
        families = counted.get(day, Counter())
        heights = tuple(_heights(families, highest))
        found.append(Bin(day, last, _stretch(day, last, start, end), families.total(), heights))
    return tuple(found)


def _heights(families: Counter[str], highest: int) -> Iterable[tuple[str, float, float]]:
    below = 0
    for family in FAMILIES:
        if families[family]:
            below += families[family]
            top = round(100 * (1 - below / highest), 2)
            yield family, top, round(100 * families[family] / highest, 2)


def _bar(one: EventInShort, start: datetime.date, end: datetime.date) -> Bar:
    first, last = one.start or start, one.end or end
    return Bar(
        one, _stretch(first, last, start, end), first < start or one.start is None, last > end or one.end is None
    )


def _ticks(bins: Sequence[Bin], unit: Unit) -> tuple[Tick, ...]:
    every = -(-len(bins) // _MOST_TICKS)
    return tuple(Tick(one.at.left, _tick_words(one.start, unit)) for one in bins[::every])


def _tick_words(day: datetime.date, unit: Unit) -> str:
    if unit in (Unit.YEAR, Unit.CENTURY):
        return str(day.year)
    return f"{_MONTHS[day.month - 1]} {day.year}" if unit is Unit.MONTH else day_words(day)
