"""Days and the calendar arithmetic that the layers share. No clock is read anywhere: 'today' is always handed in."""

from __future__ import annotations

import calendar
import datetime

__all__ = ["DayRange", "month_range", "nearest_past_weekday", "year_range"]

DayRange = tuple[datetime.date, datetime.date]


def year_range(year: int) -> DayRange:
    """The first and the last day of a year."""
    return datetime.date(year, 1, 1), datetime.date(year, 12, 31)


def month_range(year: int, month: int) -> DayRange:
    """The first and the last day of a month (1 to 12)."""
    return datetime.date(year, month, 1), datetime.date(year, month, calendar.monthrange(year, month)[1])


def nearest_past_weekday(anchor: datetime.date, weekday: int) -> datetime.date:
    """The nearest day at or before ``anchor`` that falls on ``weekday`` (0 is Monday); the anchor's own day counts."""
    return anchor - datetime.timedelta(days=(anchor.weekday() - weekday) % 7)
