"""Durations, sets and stretches counted from the publication: 'two years', 'daily', 'the last ten days'."""

from __future__ import annotations

import datetime

import msgspec

from twosource.reading.numbers import find_numbers
from twosource.reading.times import calendar
from twosource.reading.times.ground import Meaning
from twosource.reading.times.meaning import PUBLICATION, Setting
from twosource.spans import Span

__all__ = ["READERS", "Amount", "amount_of", "days_in", "months_in", "period"]

_DAYS = {"D": 1, "W": 7, "2W": 14}
_MONTHS = {"M": 1, "Q": 3, "Y": 12, "10Y": 120, "100Y": 1200}
_FEW_DAYS = 7  # the codebook's days in 'recent days' and 'the next few days'


class Amount(msgspec.Struct, frozen=True):
    """So many of a unit (TIMEX3's letter, 'T' before those of the day); ``count`` is None where it is left open."""

    count: float | None
    unit: str


def days_in(unit: str) -> int:
    """The days in a unit of days; 0 for other units."""
    return _DAYS.get(unit, 0)


def months_in(unit: str) -> int:
    """The months in a unit of months; 0 for other units."""
    return _MONTHS.get(unit, 0)


def amount_of(setting: Setting) -> Amount:
    """The amount that the expression names. Of 'seven or eight months' the first number; of none the amount is open."""
    unit, words = str(setting.known("unit")), setting.get("n")
    if words is None:
        return Amount(None, unit)
    count = _count(setting, words)
    if count is not None and setting.found.words.endswith("and a half"):
        count += 0.5
    return Amount(count, unit)


def _count(setting: Setting, words: str) -> float | None:
    first = words.split(" and a half")[0]
    extra = 0.5 if first != words else 0.0
    first = first.split(" or ")[0].split(" to ")[0]
    if first.endswith(" 1/2"):
        first, extra = first.removesuffix(" 1/2"), 0.5
    known = setting.rules.words["many"].get(first)
    if known is not None:
        return None if known == "X" else float(known) + extra
    if first.replace(".", "", 1).isdigit():
        return float(first) + extra
    numbers = find_numbers(first, Span(0, len(first)), setting.rules.numbers)
    return numbers[0].value + extra if numbers and numbers[0].value is not None else None


def period(amount: Amount) -> str:
    """The amount as a TIMEX3 duration: P10Y for a decade, PT1H30M for an hour and a half, PXD for some days."""
    unit, clock = amount.unit, amount.unit.startswith("T")
    letter = unit[-1]
    if amount.count is None:
        return f"P{'T' if clock else ''}X{letter}" if unit != "100Y" else "PXC"
    factor = int(unit[:-1]) if unit[:-1].isdigit() else 1
    count = amount.count * factor
    whole, rest = int(count), count - int(count)
    smaller = {"Y": ("M", 12), "H": ("M", 60), "M": ("S", 60) if clock else ("", 0), "D": ("", 0)}.get(letter, ("", 0))
    head = f"P{'T' if clock else ''}"
    if not rest:
        return f"{head}{whole}{letter}"
    if not smaller[0]:
        return f"{head}{count:g}{letter}"
    return f"{head}{f'{whole}{letter}' if whole else ''}{round(rest * smaller[1])}{smaller[0]}"


def back_from(day: datetime.date, amount: Amount) -> datetime.date | None:
    """The day so much earlier; None where the amount is open. Hours are rounded up to days."""
    if amount.count is None:
        return None
    if amount.unit.startswith("T"):
        hours = amount.count if amount.unit == "TH" else 0.0
        return calendar.shift_days(day, -int(-(-hours // 24)) if hours > 12 else 0)
    if amount.unit in _DAYS:
        return calendar.shift_days(day, -round(amount.count * _DAYS[amount.unit]))
    return calendar.shift_months(day, -round(amount.count * _MONTHS[amount.unit]))


def last_units(setting: Setting) -> Meaning | None:
    """The last ten days, recent weeks, the next few days: up to the publication or from it on, by the codebook."""
    amount, rel, published = amount_of(setting), setting.get("rel") or "", setting.published
    single = setting.get("n") is None and setting.found.groups["unit"] in ("hour", "fortnight")
    if single:
        amount = Amount(1, amount.unit)
    ahead = rel in ("next", "coming", "following", "ahead", "to come")
    if rel in ("first", "final", "early", "intervening", "following"):
        return Meaning(kind="DURATION", value=period(amount), grain=amount.unit)
    value, kind = period(amount), "DURATION"
    if amount.count is None and not ahead:
        value, kind = "PAST_REF", "DATE"
    start, end = _window(amount, published, ahead) if published else (None, None)
    return Meaning(kind=kind, value=value, grain=amount.unit, start=start, end=end, anchor=PUBLICATION)


def _window(amount: Amount, published: datetime.date, ahead: bool) -> tuple[datetime.date | None, datetime.date | None]:
    if amount.count is None and amount.unit == "D":
        days = _FEW_DAYS if ahead else -_FEW_DAYS
        far: datetime.date | None = calendar.shift_days(published, days)
    elif amount.count is None:
        far = published if amount.unit.startswith("T") else None
    else:
        far = back_from(published, Amount(-amount.count if ahead else amount.count, amount.unit))
    return (published, far) if ahead else (far, published)


def duration(setting: Setting) -> Meaning | None:
    """Two years, a 48-hour truce. After 'for' and 'in' it reaches back from the publication."""
    amount = amount_of(setting)
    few = setting.get("n") in ("a", "one", "1", "three")
    if amount.unit in ("TS", "Q") and few:
        return None  # 'a second' is an ordinal and 'three quarters' a fraction far more often than a duration
    return _lasting(setting, amount)


def _lasting(setting: Setting, amount: Amount) -> Meaning:
    start = end = None
    published, words = setting.published, setting.found.words
    before = (setting.before.lower().split() or [""])[-1]
    if published is not None and before == "within" and setting.outlook().forward:
        start, end = _window(amount, published, True)
    elif published is not None and before == "in" and amount.count is not None and setting.outlook().forward:
        start = end = _window(amount, published, True)[1]  # 'the truce expires in two weeks'
    elif published is not None and before in setting.rules.lists["reaches_back"] and "-" not in words:
        end = published
        if amount.count is not None and setting.known("about") != "MORE":
            start = back_from(published, amount)
    return Meaning(kind="DURATION", value=period(amount), grain=amount.unit, start=start, end=end, anchor=PUBLICATION)


def open_duration(setting: Setting) -> Meaning | None:
    """For months, decades-long, a week-long truce."""
    unit, words = str(setting.known("unit")), setting.found.groups["unit"]
    single = not words.endswith("s")
    return _lasting(setting, Amount(1.0 if single else None, unit))


def while_(setting: Setting) -> Meaning | None:
    """A while."""
    return Meaning(kind="DURATION", value="PXX", grain="open")


def set_word(setting: Setting) -> Meaning | None:
    """Daily, hourly, annually."""
    return Meaning(kind="SET", value=str(setting.known("set")))


def every(setting: Setting) -> Meaning | None:
    """Every two weeks."""
    amount = amount_of(setting)
    return Meaning(kind="SET", value=period(Amount(1.0 if amount.count is None else amount.count, amount.unit)))


def every_named(setting: Setting) -> Meaning | None:
    """Every Friday, each July."""
    weekday, month = setting.known("weekday"), setting.known("month")
    return Meaning(kind="SET", value=f"XXXX-WXX-{weekday + 1}" if weekday is not None else f"XXXX-{month:02d}")


def rate(setting: Setting) -> Meaning | None:
    """'A year': after a noun or a number it is a rate, after a preposition or a verb a duration."""
    amount = Amount(1.0, str(setting.known("unit")))
    words = setting.before.split()
    if not words or words[-1].lower() in setting.rules.lists["before_duration"] or words[-1][-1] in ',;:."”“(':
        return _lasting(setting, amount)
    if words[-1][-1].isdigit() or words[-1].lower().endswith(
        ("s", "twice", "once", "million", "billion", "%", "cent", "ion", "percent")
    ):
        return Meaning(kind="SET", value=period(amount))
    return _lasting(setting, amount)


READERS = {
    "last_units": last_units,
    "duration": duration,
    "open_duration": open_duration,
    "while_": while_,
    "set_word": set_word,
    "every": every,
    "every_named": every_named,
    "rate": rate,
}
