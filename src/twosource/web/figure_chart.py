"""Lays a series of figures out as a chart: places in a drawing of fixed size, which the page scales."""

from __future__ import annotations

import datetime
import math
from collections import Counter
from collections.abc import Sequence

import msgspec

from twosource.corpus.counting import names_in
from twosource.web.figure_series import Point, Series, points_of

__all__ = ["Chart", "Label", "Mark", "Tick", "chart_of"]

WIDTH, HEIGHT = 760, 300
LEFT, RIGHT, TOP, BOTTOM = 52, 570, 18, 258  # the plot; to its right stand the speakers' names
_MOST_POINTS = 80  # drawn in one chart; the table holds all
_STYLES = 8  # looks of marks (desk.css has as many), and so speakers who are told apart
_LINE = 15  # the height of a name
_LONGEST = 24  # characters of a name
_LOG_FROM = 12  # times the least value that the greatest is, from which on the scale is logarithmic
_ROUND = (1, 2, 5)


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """One point: its look (None for speakers beyond those told apart), its place, and its range from top to foot.

    ``open_up`` and ``open_down`` mark a range without that bound.
    """

    point: Point
    style: int | None
    x: float
    y: float
    top: float
    foot: float
    open_up: bool
    open_down: bool


class Tick(msgspec.Struct, frozen=True):
    """A value or a day on an axis: its place and its words."""

    at: float
    words: str


class Label(msgspec.Struct, frozen=True, kw_only=True):
    """A speaker's name beside the chart, and the mark that it leads to."""

    name: str
    style: int
    y: float
    mark_x: float
    mark_y: float


class Chart(msgspec.Struct, frozen=True, kw_only=True):
    """A chart's parts. ``lines`` join what one speaker gives, as a look and the points of an SVG polyline."""

    marks: tuple[Mark, ...]
    lines: tuple[tuple[int | None, str], ...]
    values: tuple[Tick, ...]
    days: tuple[Tick, ...]
    labels: tuple[Label, ...]
    logarithmic: bool
    left_out: int


def chart_of(series: Series) -> Chart | None:
    """The chart of a series; None where fewer than two points could be drawn."""
    every = points_of(series)
    points = every[:_MOST_POINTS]
    if len(points) < 2:
        return None
    scale = _Scale([value for point in points for value in _bounds(point)])
    places = _places(points)
    styles = _styles(points)
    marks = tuple(_mark(point, x, styles.get(point.lane), scale) for point, x in zip(points, places, strict=True))
    return Chart(
        marks=marks,
        lines=_lines(marks),
        values=tuple(Tick(round(scale.at(value), 1), f"{value:,}") for value in scale.ticks()),
        days=_day_ticks(points),
        labels=_labels(marks),
        logarithmic=scale.logarithmic,
        left_out=len(every) - len(points),
    )


class _Scale:
    """Values to heights: from 0 on, or logarithmic where they lie far apart."""

    def __init__(self, values: Sequence[int]) -> None:
        self.most = max(1, *values)
        self.least = min((value for value in values if value > 0), default=1)
        self.logarithmic = self.most >= _LOG_FROM * self.least
        self.floor = self.least / 2 if self.logarithmic else 0.0
        self.ceiling = self.most * (1.5 if self.logarithmic else 1.08)

    def at(self, value: float) -> float:
        if self.logarithmic:
            span = math.log(self.ceiling / self.floor)
            share = math.log(max(value, self.floor) / self.floor) / span
        else:
            share = value / self.ceiling
        return BOTTOM - share * (BOTTOM - TOP)

    def ticks(self) -> list[int]:
        if self.logarithmic:
            powers = [10**power for power in range(1 + int(math.log10(self.ceiling)))]
            found = [unit * power for power in powers for unit in _ROUND]
            shown = [value for value in found if self.floor <= value <= self.ceiling]
            return shown if len(shown) <= 7 else [value for value in shown if value in powers]
        step = next(
            unit * 10**power for power in range(12) for unit in _ROUND if self.ceiling / (unit * 10**power) <= 5.5
        )
        return list(range(0, int(self.ceiling) + 1, step))


def _bounds(point: Point) -> list[int]:
    return [value for value in (point.step.low, point.step.high) if value is not None]


def _places(points: Sequence[Point]) -> list[float]:
    """Where each stands on the line of days; those of one day beside each other."""
    first, last = min(point.day for point in points), max(point.day for point in points)
    days = (last - first).days
    width = (RIGHT - LEFT) / (days + 1)
    by_day: dict[datetime.date, int] = {}
    totals: dict[datetime.date, int] = {}
    for point in points:
        totals[point.day] = totals.get(point.day, 0) + 1
    found = []
    for point in points:
        place = by_day.get(point.day, 0)
        by_day[point.day] = place + 1
        apart = min(26.0, max(width, 9.0 if totals[point.day] < 12 else 4.0) * 0.85 / totals[point.day])
        middle = LEFT + width * ((point.day - first).days + 0.5)
        x = middle + (place - (totals[point.day] - 1) / 2) * apart
        found.append(round(min(RIGHT - 6, max(LEFT + 8, x)), 1))
    return found


def _styles(points: Sequence[Point]) -> dict[str, int]:
    """The looks of the speakers (by their lanes), those who give most points first."""
    counts = Counter(point.lane for point in points)
    names = {point.lane: point.step.saying.speakers for point in reversed(points)}
    ordered = sorted(counts, key=lambda lane: (-counts[lane], names[lane], lane))
    return {lane: number for number, lane in enumerate(ordered[:_STYLES])}


def _mark(point: Point, x: float, style: int | None, scale: _Scale) -> Mark:
    low, high = point.step.low, point.step.high
    lower = low if low is not None else high or 0
    upper = high if high is not None else lower
    top, foot = scale.at(upper), scale.at(lower)
    return Mark(
        point=point,
        style=style,
        x=x,
        y=round(foot if high is None else top if low is None else (top + foot) / 2, 1),
        top=round(top, 1),
        foot=round(foot, 1),
        open_up=high is None,
        open_down=low is None,
    )


def _lines(marks: Sequence[Mark]) -> tuple[tuple[int | None, str], ...]:
    """What each speaker gives, joined in order; denials join nothing."""
    groups: dict[tuple[str, tuple[str, ...], frozenset[str]], list[Mark]] = {}
    for mark in marks:
        if not mark.point.denied:
            step = mark.point.step
            groups.setdefault((mark.point.lane, step.whom, names_in(step.phrase)), []).append(mark)
    return tuple(
        (theirs[0].style, " ".join(f"{mark.x},{mark.y}" for mark in theirs))
        for theirs in groups.values()
        if len(theirs) > 1
    )


def _day_ticks(points: Sequence[Point]) -> tuple[Tick, ...]:
    first, last = min(point.day for point in points), max(point.day for point in points)
    days = (last - first).days
    width = (RIGHT - LEFT) / (days + 1)
    step = max(1, math.ceil((days + 1) / 6))
    years = first.year != last.year or days > 300
    return tuple(
        Tick(round(LEFT + width * (number + 0.5), 1), _day_words(first + datetime.timedelta(number), years))
        for number in range(0, days + 1, step)
    )


def _day_words(day: datetime.date, years: bool) -> str:
    month = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")[day.month - 1]
    return f"{month} {day.year}" if years else f"{day.day} {month}"


def _labels(marks: Sequence[Mark]) -> tuple[Label, ...]:
    """The names beside the plot at the height of each speaker's last mark, moved apart so that none covers another."""
    last = {mark.style: mark for mark in marks if mark.style is not None}
    ordered = sorted(((mark.y, style, mark) for style, mark in last.items()), key=lambda one: one[:2])
    heights: list[float] = []
    for y, _, _ in ordered:
        heights.append(max(y, heights[-1] + _LINE) if heights else max(y, TOP + 4))
    over = heights[-1] - BOTTOM if heights else 0
    if over > 0:
        heights[-1] -= over
        for place in range(len(heights) - 2, -1, -1):
            heights[place] = min(heights[place], heights[place + 1] - _LINE)
    return tuple(
        Label(name=_short(mark.point), style=style, y=round(height, 1), mark_x=mark.x, mark_y=mark.y)
        for (_, style, mark), height in zip(ordered, heights, strict=True)
    )


def _short(point: Point) -> str:
    name = ", ".join(point.step.saying.speakers)
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1].rstrip() + "…"
