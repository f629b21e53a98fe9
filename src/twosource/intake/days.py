"""Days of publication in words and figures: every day that the writing can mean."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from enum import StrEnum

from twosource.knowledge.datelines import DATE, MONTHS, WEEKDAYS

__all__ = ["DayOrder", "days_of", "order_of_column", "read_day"]

_ISO = re.compile(r"((?:19|20)\d\d)-(\d\d)-(\d\d)(?:[T ]\d\d:?\d\d.*)?")
_PACKED = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:T?\d{4,6}Z?)?")
_CLOCK_TAIL = re.compile(r"(?:,?\s*(?:at\s+)?\d{1,2}[:.]\d\d.*)?\s*", re.DOTALL)
_LONGEST = 80


class DayOrder(StrEnum):
    """In which order an input writes day and month in figures."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


def read_day(written: str, order: DayOrder | None = None) -> tuple[datetime.date, ...]:
    """The days that a header's or a column's value can mean: one; two where day and month may be swapped; or none.

    A time of day after the date is passed over, and the day stays as it is written, whatever the time zone.
    """
    value = written.strip().strip("\"'()[]")[:_LONGEST]
    for plain in (_ISO, _PACKED):
        match = plain.fullmatch(value)
        if match:
            return _real_days([(int(match[1]), int(match[2]), int(match[3]))])
    match = DATE.match(value)
    if match is None or not _CLOCK_TAIL.fullmatch(value, match.end()):
        return ()
    return days_of(match, order=order)


def days_of(
    match: re.Match[str], *, order: DayOrder | None = None, near: datetime.date | None = None
) -> tuple[datetime.date, ...]:
    """The days that a match with DATE's groups can mean, none where it is impossible or no year is known.

    Without a year of its own it is the day nearest to ``near``. Points between figures put the day first; a weekday,
    ``order`` or a figure over 12 settles the order of others.
    """
    group = match.groupdict()
    if group["a4"]:
        return _figures(group, order)
    for shape in "123":
        if group[f"d{shape}"]:
            month = group[f"m{shape}"]
            number = int(month) if month.isdigit() else _index(MONTHS, month) + 1
            return _with_year(group[f"y{shape}"], number, int(group[f"d{shape}"]), near)
    return ()


def _index(names: tuple[str, ...], written: str) -> int:
    return next(i for i, name in enumerate(names) if name.startswith(written[:3].casefold()))


def _with_year(year: str | None, month: int, day: int, near: datetime.date | None) -> tuple[datetime.date, ...]:
    if year:
        return _real_days([(int(year), month, day)])
    if near is None:
        return ()
    around = _real_days((y, month, day) for y in (near.year - 1, near.year, near.year + 1))
    return (min(around, key=lambda candidate: abs(candidate - near)),) if around else ()


def _figures(group: dict[str, str | None], order: DayOrder | None) -> tuple[datetime.date, ...]:
    first, second, year = (int(group[name] or 0) for name in ("a4", "b4", "y4"))
    day_first, month_first = (year, second, first), (year, first, second)
    if group["s4"] == "." or order is DayOrder.DAY_FIRST:
        return _real_days([day_first]) or _real_days([month_first])
    if order is DayOrder.MONTH_FIRST:
        return _real_days([month_first]) or _real_days([day_first])
    days = _real_days(dict.fromkeys((day_first, month_first)))
    if len(days) == 2 and group["weekday"]:
        days = tuple(day for day in days if day.weekday() == _index(WEEKDAYS, group["weekday"])) or days
    return days


def _real_days(candidates: Iterable[tuple[int, int, int]]) -> tuple[datetime.date, ...]:
    days: list[datetime.date] = []
    for year, month, day in candidates:
        try:
            days.append(datetime.date(year, month, day))
        except ValueError:
            continue
    return tuple(days)


def order_of_column(values: Iterable[str]) -> DayOrder | None:
    """The order of day and month that the values of one column prove, None where they prove none or both."""
    orders: set[DayOrder] = set()
    for value in values:
        match = DATE.match(value.strip())
        if match is None or not match["a4"] or match["s4"] == ".":
            continue
        if int(match["a4"]) > 12 >= int(match["b4"]):
            orders.add(DayOrder.DAY_FIRST)
        elif int(match["b4"]) > 12 >= int(match["a4"]):
            orders.add(DayOrder.MONTH_FIRST)
    return orders.pop() if len(orders) == 1 else None
