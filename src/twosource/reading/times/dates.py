"""Dates, months, years and what a calendar names outright: 'March 5', 'late 2012', 'the third quarter', 'Christmas'."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from twosource.reading.times import calendar
from twosource.reading.times.calendar import Stretch
from twosource.reading.times.ground import Meaning
from twosource.reading.times.meaning import TEXT, Setting, absolute, bare_year, open_value, relative, step_of

__all__ = ["READERS"]

_OPEN, _SURELY_PAST = 2, 20  # how many times nearer a day to come must be than the past one, by what the verb says


def _date(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _without_year(setting: Setting, made: Callable[[int], Stretch | None]) -> tuple[Stretch, str] | None:
    """The stretch in the year that the report's publication and the clause speak for, and its anchor.

    The last one up to the publication, or the next one where the clause looks forward; where the verb says nothing,
    the one that lies nearer. Without a day of publication the year that the report named last.
    """
    published = setting.published
    if published is None:
        stated = setting.ground.stated_year
        stretch = made(stated) if stated else None
        return (stretch, TEXT) if stretch else None
    years = (published.year - 1, published.year, published.year + 1)
    made_of = [stretch for year in years if (stretch := made(year)) is not None]
    past = [stretch for stretch in made_of if stretch.first <= published]
    coming = [stretch for stretch in made_of if stretch.last >= published]
    if not past or not coming:
        return (made_of[0], "publication") if made_of else None
    if past[-1].last >= published:
        return past[-1], "publication"
    outlook = setting.outlook()
    if outlook.forward:
        return coming[0], "publication"
    back, ahead = (published - past[-1].last).days, (coming[0].first - published).days
    nearer = coming[0] if ahead * (_SURELY_PAST if outlook.past else _OPEN) < back else past[-1]
    return nearer, "publication"


def calendar_day(setting: Setting) -> Meaning | None:
    """A day of a month, with or without its year."""
    number = setting.known("month", "month", "plain_month") or setting.get("month_number")
    month, day, year = int(number or 0), int(setting.get("day") or 0), bare_year(setting)
    if year is not None:
        date = _date(year, month, day)
        return absolute(calendar.day(date)) if date else None
    if _date(2000, month, day) is None:
        return None

    def made(year_: int) -> Stretch | None:
        date = _date(year_, month, day)
        return calendar.day(date) if date else None

    known = _without_year(setting, made)
    return relative(known[0], anchor=known[1]) if known else open_value(f"XXXX-{month:02d}-{day:02d}", "day")


def calendar_days(setting: Setting) -> Meaning | None:
    """Days of one month from the first to the last: '24 to 30 January'; its value is an interval."""
    last = calendar_day(setting)
    first_day, last_day = int(setting.get("day_a") or 0), int(setting.get("day") or 0)
    if last is None or not first_day < last_day:
        return None
    if last.start is None:
        return open_value(f"{last.value[:-2]}{first_day:02d}/{last.value}", "day")
    first = last.start.replace(day=first_day)
    return Meaning(
        kind="DATE",
        value=f"{first.isoformat()}/{last.value}",
        grain="day",
        start=first,
        end=last.start,
        anchor=last.anchor,
        stretch=last.stretch,
    )


def numeric_day(setting: Setting) -> Meaning | None:
    """A day in figures. Where day and month can be told in two ways, the report's own manner settles it.

    Else the one nearer to the publication is taken, and the other reading is kept as ``other``; without a publication
    the day stands first.
    """
    first, second, year = (int(setting.get(name) or 0) for name in ("first", "second", "year"))
    day_first, month_first = _date(year, second, first), _date(year, first, second)
    if day_first is None or month_first is None or day_first == month_first:
        date = day_first or month_first
        return absolute(calendar.day(date)) if date else None
    if setting.ground.day_first is not None:
        return absolute(calendar.day(day_first if setting.ground.day_first else month_first))
    taken, other = day_first, month_first
    published = setting.published
    if published and abs((month_first - published).days) < abs((day_first - published).days):
        taken, other = month_first, day_first
    meaning = absolute(calendar.day(taken))
    settled = published is not None and abs((taken - published).days) <= 7 < abs((other - published).days)
    return Meaning(
        kind=meaning.kind,
        value=meaning.value,
        grain="day",
        start=taken,
        end=taken,
        stretch=meaning.stretch,
        other=None if settled else other.isoformat(),
    )


def calendar_month(setting: Setting) -> Meaning | None:
    """A month, with its year, with 'last' or 'next', or alone."""
    number = setting.known("month", "month", "plain_month")
    if number is None:
        return None
    mod, year, rel = setting.known("mod"), bare_year(setting), setting.get("rel")
    if year is not None:
        return absolute(calendar.month(year, number), mod)
    step, published = step_of(setting, rel), setting.published
    if step is not None and published is not None:
        return relative(_month_by_step(setting, published, number, step), mod)
    known = _without_year(setting, lambda year_: calendar.month(year_, number))
    return relative(known[0], mod, known[1]) if known else open_value(f"XXXX-{number:02d}", "month")


def _month_by_step(setting: Setting, published: datetime.date, number: int, step: int) -> Stretch:
    """'August last year' counts years; 'last August' is the one before this month; 'next' the one after it."""
    if setting.found.rule == "month-of-relative-year":
        return calendar.month(published.year + step, number)
    if step < 0:
        return calendar.month(published.year - (number >= published.month), number)
    if step > 0:
        return calendar.month(published.year + (number <= published.month), number)
    return calendar.month(published.year, number)


def calendar_year(setting: Setting) -> Meaning | None:
    """A year that is written out."""
    year = bare_year(setting)
    return absolute(calendar.year(year), setting.known("mod")) if year else None


def spoken_year(setting: Setting) -> Meaning | None:
    """A year in words, as broadcasts are written down: 'nineteen ninety-six', 'January nineteen ninety-seven'."""
    words, digits, month = setting.get("spoken"), setting.rules.numbers.digits, setting.known("month")
    if words is None:
        return absolute(calendar.year(2000))
    year = 1900 + sum(digits.get(word, 0) for word in words.replace("-", " ").split()[1:])
    return absolute(calendar.month(year, month) if month else calendar.year(year), setting.known("mod"))


def calendar_years(setting: Setting) -> Meaning | None:
    """Years from the first to the last: '2020-2022'."""
    first, words = bare_year(setting), setting.get("year_b") or ""
    if first is None:
        return None
    last = int(words) if len(words) == 4 else first // 100 * 100 + int(words)
    if not first < last <= first + 150:
        return None
    end = calendar.year(last)
    start = calendar.year(first)
    return Meaning(kind="DATE", value=f"{start.value}/{end.value}", grain="year", start=start.first, end=end.last)


def calendar_decade(setting: Setting) -> Meaning | None:
    """The 1990s, the nineties."""
    words = setting.get("decade")
    first = int(words) if words else 1900 + int(setting.known("nineties") or 0)
    mod = {"early": "start", "mid": "mid", "late": "end"}.get(setting.get("mod") or "")
    return absolute(calendar.decade(first), mod)


def calendar_century(setting: Setting) -> Meaning | None:
    """The 20th century."""
    number = int(setting.get("century") or setting.known("age") or 0)
    if not 1 <= number <= 30:
        return None
    mod = {"early": "start", "mid": "mid", "late": "end"}.get(setting.get("mod") or "")
    first = max(1, (number - 1) * 100)
    stretch = calendar.century(first)
    return absolute(stretch, mod)


def calendar_quarter(setting: Setting) -> Meaning | None:
    """A quarter; without a year the last one that had begun by the publication."""
    words = setting.get("quarter") or ""
    number = int(words) if words.isdigit() else int(setting.rules.words["ordinal"][words])
    year = bare_year(setting) or bare_year(setting, "year_b")
    back = -1 if setting.get("back") else 0
    if year is not None:
        return absolute(calendar.quarter(year, number))
    published = setting.published
    if published is None:
        return open_value(f"XXXX-Q{number}", "quarter")
    anchor = TEXT if back else "publication"
    step = step_of(setting, setting.get("rel", "rel_b"))
    if step is not None:
        return relative(calendar.quarter(published.year + step, number))
    this_year = calendar.quarter(published.year, number)
    if this_year.first > published and not setting.outlook().forward:
        back -= 1
    return relative(calendar.quarter(published.year + back, number), anchor=anchor)


def quarter_in_view(setting: Setting) -> Meaning | None:
    """'the quarter', 'the latest period', 'the year-ago quarter': the one told of last, or the last that has ended."""
    view = setting.ground.quarter or setting.ground.last_finished_quarter()
    year, words = bare_year(setting), setting.found.words
    period = "quarter" not in words and setting.ground.quarter is None
    if words == "the period":
        return None
    if view is None:
        return open_value("XXXX-QX", "quarter")
    if year is not None:
        if period:
            return absolute(calendar.year(year))
        return relative(calendar.quarter(year, int(view.value[-1])), anchor=TEXT)
    back = (setting.get("back") or "").strip()
    if back in ("year-ago", "year-earlier", "comparable year-ago") or setting.get("tail"):
        view = calendar.moved(view, -4)
    elif back in ("previous", "preceding"):
        view = calendar.moved(view, -1)
    return relative(view, anchor=TEXT if setting.ground.quarter or back else "publication")


def calendar_half(setting: Setting) -> Meaning | None:
    """The first half of a year."""
    number = 1 if setting.get("half") == "first" else 2
    year, published = bare_year(setting), setting.published
    if year is not None:
        return absolute(calendar.half(year, number))
    if published is None:
        return open_value(f"XXXX-H{number}", "half")
    return relative(calendar.half(published.year + (step_of(setting, setting.get("rel")) or 0), number))


def calendar_season(setting: Setting) -> Meaning | None:
    """A season of a year; without a year the one that had begun last, or as 'last' and 'next' say."""
    return _season(setting, str(setting.known("season")))


def calendar_fall(setting: Setting) -> Meaning | None:
    """The season that the United States call fall."""
    return _season(setting, "FA")


def _season(setting: Setting, code: str) -> Meaning | None:
    mod, year, published = setting.known("mod"), bare_year(setting), setting.published
    if year is not None:
        return absolute(calendar.season(year, code), mod)
    if published is None:
        return open_value(f"XXXX-{code}", "season")
    step, now = step_of(setting, setting.get("rel")), calendar.season(published.year, code)
    if step is None or step == 0:
        known = _without_year(setting, lambda year_: calendar.season(year_, code))
        return relative(known[0] if known and step is None else now, mod)
    if step < 0:
        return relative(calendar.season(published.year - (now.last >= published), code), mod)
    return relative(calendar.season(published.year + (now.first <= published), code), mod)


def holiday(setting: Setting) -> Meaning | None:
    """A feast with a fixed day, or the fourth Thursday of November; the days are those the feast is kept on."""
    row = str(setting.known("holiday"))

    def made(year: int) -> Stretch:
        if len(row.split()) == 1:
            month, nth, weekday = (int(part) for part in row.split("-"))
            first = datetime.date(year, month, 1)
            date = first + datetime.timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
            return calendar.day(date)
        day, first_day, last_day = (datetime.date.fromisoformat(f"{year:04d}-{part}") for part in row.split())
        if first_day > last_day:
            first_day = first_day.replace(year=max(1, year - 1))
        return Stretch("day", day.isoformat(), first_day, last_day)

    year, published = bare_year(setting), setting.published
    if year is not None:
        return absolute(made(year))
    step = step_of(setting, setting.get("rel"))
    if step and published is not None:
        ordered = [made(published.year + offset) for offset in (-1, 0, 1)]
        chosen = [one for one in ordered if (one.last < published if step < 0 else one.first > published)]
        return relative(chosen[-1] if step < 0 else chosen[0])
    known = _without_year(setting, made)
    return relative(known[0], anchor=known[1]) if known else open_value("XXXX-XX-XX", "day")


READERS = {
    "calendar_day": calendar_day,
    "calendar_days": calendar_days,
    "numeric_day": numeric_day,
    "calendar_month": calendar_month,
    "calendar_year": calendar_year,
    "calendar_years": calendar_years,
    "spoken_year": spoken_year,
    "calendar_decade": calendar_decade,
    "calendar_century": calendar_century,
    "calendar_quarter": calendar_quarter,
    "quarter_in_view": quarter_in_view,
    "calendar_half": calendar_half,
    "calendar_season": calendar_season,
    "calendar_fall": calendar_fall,
    "holiday": holiday,
}
