"""Stretches of the calendar with their TIMEX3 values: days, weeks, months, seasons, years, and arithmetic on them."""

from __future__ import annotations

import calendar
import datetime

import msgspec

from twosource.dates import month_range, year_range

__all__ = [
    "SEASON_MONTHS",
    "Stretch",
    "century",
    "day",
    "decade",
    "half",
    "holding",
    "month",
    "moved",
    "narrowed",
    "quarter",
    "season",
    "shift_days",
    "shift_months",
    "week",
    "weekend",
    "year",
]

SEASON_MONTHS = {"WI": (12, 2), "SP": (3, 5), "SU": (6, 8), "FA": (9, 11)}
"""The first and last month of a season in the north; winter opens in December of the year that names it."""


class Stretch(msgspec.Struct, frozen=True):
    """A named stretch of the calendar: its grain, its TIMEX3 value, its first and its last day."""

    grain: str
    value: str
    first: datetime.date
    last: datetime.date


def day(date: datetime.date) -> Stretch:
    """One day."""
    return Stretch("day", date.isoformat(), date, date)


def week(date: datetime.date) -> Stretch:
    """The week, Monday to Sunday, that holds the day."""
    monday = date - datetime.timedelta(days=date.weekday())
    iso = date.isocalendar()
    return Stretch("week", f"{iso.year:04d}-W{iso.week:02d}", monday, monday + datetime.timedelta(days=6))


def weekend(date: datetime.date) -> Stretch:
    """Saturday and Sunday of the week that holds the day."""
    whole = week(date)
    return Stretch("weekend", f"{whole.value}-WE", whole.last - datetime.timedelta(days=1), whole.last)


def month(year_: int, month_: int) -> Stretch:
    """One month (1 to 12) of a year."""
    return Stretch("month", f"{year_:04d}-{month_:02d}", *month_range(year_, month_))


def quarter(year_: int, number: int) -> Stretch:
    """One quarter (1 to 4) of a calendar year."""
    first, last = month(year_, 3 * number - 2), month(year_, 3 * number)
    return Stretch("quarter", f"{year_:04d}-Q{number}", first.first, last.last)


def half(year_: int, number: int) -> Stretch:
    """The first or the second half of a year."""
    first, last = month(year_, 6 * number - 5), month(year_, 6 * number)
    return Stretch("half", f"{year_:04d}-H{number}", first.first, last.last)


def season(year_: int, code: str) -> Stretch:
    """A season ('SP', 'SU', 'FA', 'WI') of a year; winter runs into the next year."""
    opens, closes = SEASON_MONTHS[code]
    last_year = year_ + 1 if closes < opens else year_
    return Stretch("season", f"{year_:04d}-{code}", month_range(year_, opens)[0], month_range(last_year, closes)[1])


def year(year_: int) -> Stretch:
    """One year."""
    return Stretch("year", f"{year_:04d}", *year_range(year_))


def decade(first_year: int) -> Stretch:
    """The ten years that open with ``first_year``; the value leaves the last digit out ('198')."""
    return Stretch("decade", f"{first_year // 10:03d}", year_range(first_year)[0], year_range(first_year + 9)[1])


def century(first_year: int) -> Stretch:
    """The hundred years that open with ``first_year``; the value leaves the last two digits out ('19')."""
    return Stretch("century", f"{first_year // 100:02d}", year_range(first_year)[0], year_range(first_year + 99)[1])


def holding(grain: str, date: datetime.date) -> Stretch:
    """The stretch of a grain that holds the day.

    Raises KeyError for a grain that tiles no calendar, OverflowError for a week that goes on beyond the year 9999.
    """
    made = {
        "day": lambda: day(date),
        "week": lambda: week(date),
        "weekend": lambda: weekend(date),
        "month": lambda: month(date.year, date.month),
        "quarter": lambda: quarter(date.year, (date.month + 2) // 3),
        "half": lambda: half(date.year, 1 if date.month <= 6 else 2),
        "year": lambda: year(date.year),
        "decade": lambda: decade(max(1, date.year // 10 * 10)),
        "century": lambda: century(max(1, date.year // 100 * 100)),
    }
    return made[grain]()


def shift_days(date: datetime.date, days: int) -> datetime.date:
    """The day so many days later. Raises OverflowError outside the years 1 to 9999."""
    return date + datetime.timedelta(days=days)


def shift_months(date: datetime.date, months: int) -> datetime.date:
    """The same day so many months later, or the last of a shorter month. Raises ValueError outside years 1 to 9999."""
    number = date.year * 12 + date.month - 1 + months
    year_, month_ = number // 12, number % 12 + 1
    if not datetime.MINYEAR <= year_ <= datetime.MAXYEAR:
        raise ValueError(f"no calendar holds the year {year_}")
    return datetime.date(year_, month_, min(date.day, calendar.monthrange(year_, month_)[1]))


_MONTHS_IN = {"month": 1, "quarter": 3, "half": 6, "season": 12, "year": 12, "decade": 120, "century": 1200}
_DAYS_IN = {"day": 1, "week": 7, "weekend": 7}


def moved(stretch: Stretch, steps: int) -> Stretch:
    """The stretch of the same grain so many steps later (earlier if negative); a season moves by years."""
    if stretch.grain == "season":
        return season(stretch.first.year + steps, stretch.value[-2:])
    if stretch.grain in _DAYS_IN:
        return holding(stretch.grain, shift_days(stretch.first, steps * _DAYS_IN[stretch.grain]))
    return holding(stretch.grain, shift_months(stretch.first, steps * _MONTHS_IN[stretch.grain]))


def narrowed(stretch: Stretch, part: str) -> tuple[datetime.date, datetime.date]:
    """The days of the 'start', 'mid' or 'end' of a stretch, by the codebook's rulings where it has one.

    Of a month the 1st to 10th, 11th to 20th, and the 21st to its end; of a year three months (the middle: June to
    August); of a season or a quarter one month; of a week two days (the middle: Tuesday to Thursday); of a decade and a
    century a third. A day stays whole.
    """
    first, last = stretch.first, stretch.last
    if stretch.grain == "month":
        edges = {"start": (1, 10), "mid": (11, 20), "end": (21, last.day)}[part]
        return first.replace(day=edges[0]), first.replace(day=edges[1])
    if stretch.grain == "year":
        opens, closes = {"start": (1, 3), "mid": (6, 8), "end": (10, 12)}[part]
        return month_range(first.year, opens)[0], month_range(first.year, closes)[1]
    length = (last - first).days + 1
    if length < 7:
        return first, last
    third = 2 if stretch.grain == "week" else length // 3
    if part == "start":
        return first, shift_days(first, third - 1)
    if part == "end":
        return shift_days(last, 1 - third), last
    return shift_days(first, third - 1 if stretch.grain == "week" else third), shift_days(
        last, -third if stretch.grain != "week" else -third - 1
    )
