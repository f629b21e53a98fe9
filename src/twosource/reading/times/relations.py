"""Times that count from the publication or from another time: 'yesterday', 'two years ago', 'that night'."""

from __future__ import annotations

import datetime

from twosource.dates import nearest_past_weekday
from twosource.reading.times import calendar
from twosource.reading.times.amounts import Amount, amount_of, days_in, months_in, period
from twosource.reading.times.calendar import Stretch
from twosource.reading.times.ground import Meaning
from twosource.reading.times.meaning import PUBLICATION, TEXT, Setting, named, open_value, relative, step_of

__all__ = ["READERS"]

_WEEK = datetime.timedelta(days=7)
_GRAIN = {
    "D": "day",
    "W": "week",
    "2W": "week",
    "M": "month",
    "Q": "quarter",
    "Y": "year",
    "10Y": "year",
    "100Y": "year",
}
_OPEN_VALUE = {
    "day": "XXXX-XX-XX",
    "week": "XXXX-WXX",
    "weekend": "XXXX-WXX-WE",
    "month": "XXXX-XX",
    "quarter": "XXXX-QX",
}


def at_part(meaning: Meaning, part: str) -> Meaning:
    """A day's meaning at a part of the day ('MO', 'NI') or at an hour ('T12:00')."""
    value = f"{meaning.value}{part}" if part.startswith("T") else f"{meaning.value}T{part}"
    return Meaning(
        kind="TIME",
        value=value,
        grain="hour" if part.startswith("T") else "part of day",
        start=meaning.start,
        end=meaning.end,
        anchor=meaning.anchor,
        stretch=meaning.stretch,
    )


def dayword(setting: Setting) -> Meaning | None:
    """Today, yesterday, tomorrow, with the part of the day where it is said."""
    published, part = setting.published, setting.known("part")
    if published is None:
        meaning = open_value("XXXX-XX-XX", "day")
    else:
        meaning = relative(calendar.day(calendar.shift_days(published, int(setting.known("dayword")))))
    return at_part(meaning, part) if part else meaning


def part_of_today(setting: Setting) -> Meaning | None:
    """This morning, tonight, last night (which is yesterday's)."""
    part = "NI" if setting.get("tonight") else str(setting.known("part", "part", "part_b"))
    if setting.published is None:
        return at_part(open_value("XXXX-XX-XX", "day"), part)
    back = -1 if setting.get("rel_b") else 0
    return at_part(relative(calendar.day(calendar.shift_days(setting.published, back))), part)


def overnight(setting: Setting) -> Meaning | None:
    """The night that ends on the day of publication, or on the day told of before: two days."""
    day = _day_in_view(setting)
    if day is None:
        return at_part(open_value("XXXX-XX-XX", "day"), "NI")
    before = calendar.shift_days(day.first, -1)
    return Meaning(
        kind="TIME",
        value=f"{before.isoformat()}TNI",
        grain="part of day",
        start=before,
        end=day.first,
        anchor=PUBLICATION,
        stretch=day,
    )


def _day_in_view(setting: Setting) -> Stretch | None:
    return calendar.day(setting.published) if setting.published else setting.ground.day


def night_between(setting: Setting) -> Meaning | None:
    """The night from one weekday to the next: two days."""
    first, second = setting.known("weekday"), setting.rules.words["weekday"][setting.get("weekday_b") or ""]
    if (second - first) % 7 != 1:
        return None
    if setting.published is None:
        return open_value(f"XXXX-WXX-{first + 1}TNI", "part of day", "TIME")
    end = nearest_past_weekday(setting.published, second)
    start = calendar.shift_days(end, -1)
    return Meaning(
        kind="TIME",
        value=f"{start.isoformat()}TNI",
        grain="part of day",
        start=start,
        end=end,
        anchor=PUBLICATION,
        stretch=calendar.day(start),
    )


def weekday(setting: Setting) -> Meaning | None:
    """A weekday: the nearest past one, the day of publication included, unless its clause looks forward."""
    number, part, rel = int(setting.known("weekday")), setting.known("part"), setting.get("rel")
    if setting.get("plural") and setting.before.rstrip().lower().endswith(("on", "every")):
        return Meaning(kind="SET", value=f"XXXX-WXX-{number + 1}")
    found = _weekday_date(setting, number, rel)
    if found is None:
        meaning = open_value(f"XXXX-WXX-{number + 1}", "day")
    else:
        meaning = relative(calendar.day(found[0]), anchor=found[1])
    return at_part(meaning, part) if part else meaning


def _weekday_date(setting: Setting, number: int, rel: str | None) -> tuple[datetime.date, str] | None:
    """The day that the weekday names, and what it counts from; None where nothing anchors it."""
    day, published = setting.ground.day, setting.published
    if rel in setting.rules.words["text_step"] and day is not None:
        return _stepped(day.first, number, step_of(setting, rel) or 0), TEXT
    if published is None:
        return None
    step = step_of(setting, rel)
    past = nearest_past_weekday(published, number)
    forward = step is None and past != published and setting.outlook().forward
    return _stepped(published, number, 1 if forward else step or 0), PUBLICATION


def _stepped(origin: datetime.date, number: int, step: int) -> datetime.date:
    """The weekday up to ``origin`` (step 0), strictly before it (-1) or strictly after it (1)."""
    past = nearest_past_weekday(origin, number)
    if step > 0:
        return past + _WEEK
    return past - _WEEK if step < 0 and past == origin else past


def relative_span(setting: Setting) -> Meaning | None:
    """Last week, this month, next year, that day; 'every' makes a set of it."""
    grain, rel = str(setting.known("span")), setting.get("rel") or ""
    if rel in ("each", "every"):
        return _each(grain)
    if grain == "day" and rel in ("this", "past", "last", "coming", "the last", "current", "the current", "the coming"):
        return None
    step = step_of(setting, rel) or 0
    origin = _origin(setting, grain, rel)
    if origin is None:
        return open_value(_OPEN_VALUE.get(grain, "XXXX"), grain)
    stretch = calendar.moved(calendar.holding(grain, origin[0]), step)
    meaning = relative(stretch, anchor=origin[1])
    return _so_far(setting, meaning, rel, step)


def _each(grain: str) -> Meaning:
    value = {"day": "P1D", "week": "P1W", "month": "P1M", "quarter": "P1Q", "year": "P1Y", "weekend": "XXXX-WXX-WE"}
    return Meaning(kind="SET", value=value.get(grain, "P10Y"))


def _origin(setting: Setting, grain: str, rel: str) -> tuple[datetime.date, str] | None:
    """The day that the expression counts from; of 'that year' and 'the next day' one told of before."""
    latest = setting.ground.latest
    in_text = rel in setting.rules.words["text_step"] or (rel == "next" and grain == "day")
    if in_text and grain == "day" and setting.ground.day is not None:
        return setting.ground.day.first, TEXT
    if in_text and latest is not None and latest.start is not None:
        return latest.start, TEXT
    return (setting.published, PUBLICATION) if setting.published else None


def _so_far(setting: Setting, meaning: Meaning, rel: str, step: int) -> Meaning:
    """The meaning with its days narrowed: 'early', 'late', and of the current one the days up to the publication."""
    mod, stretch, published = _mod(setting), meaning.stretch, setting.published
    if stretch is None:
        return meaning
    if mod in ("start", "mid", "end"):
        return named(stretch, mod, meaning.anchor)
    if published is None or not stretch.first <= published <= stretch.last:
        if (
            rel in ("the past", "the last")
            and published is not None
            and stretch.grain in ("week", "month", "year", "decade")
        ):
            months = {"month": 1, "year": 12, "decade": 120}.get(stretch.grain)
            start = calendar.shift_months(published, -months) if months else calendar.shift_days(published, -7)
            return _with_days(meaning, start, published)
        return meaning
    if mod == "yet" or (step == 0 and mod != "so far" and setting.outlook().forward):
        return _with_days(meaning, published, stretch.last)
    return _with_days(meaning, stretch.first, published)


def _mod(setting: Setting) -> str | None:
    words = setting.get("mod")
    if words is None:
        return None
    known = setting.rules.words["mod"].get(words) or setting.rules.words["mod"].get(f"the {words}")
    if known:
        return str(known)
    head = words.removeprefix("the ").split()[0]
    known = setting.rules.words["mod_head"].get(head)
    return None if known is None else str(known)


def _with_days(meaning: Meaning, start: datetime.date | None, end: datetime.date | None) -> Meaning:
    return Meaning(
        kind=meaning.kind,
        value=meaning.value,
        grain=meaning.grain,
        start=start,
        end=end,
        anchor=meaning.anchor,
        stretch=meaning.stretch,
    )


def modified_span(setting: Setting) -> Meaning | None:
    """The end of the year, later in the day."""
    grain, latest, published = str(setting.known("span")), setting.ground.day, setting.published
    if grain == "day" and latest is not None:
        return relative(latest, anchor=TEXT)
    if published is None:
        return open_value(_OPEN_VALUE.get(grain, "XXXX"), grain)
    return _so_far(setting, relative(calendar.holding(grain, published)), "the", 0)


def year_end(setting: Setting) -> Meaning | None:
    """The end of the year of publication, as its last day."""
    if setting.published is None:
        return open_value("XXXX-12-31", "day")
    return relative(calendar.day(datetime.date(setting.published.year, 12, 31)))


def span_in_view(setting: Setting) -> Meaning | None:
    """'the weekend', 'the week': the one told of, else that of the publication; a weekend is the last one."""
    grain, published = str(setting.known("span")), setting.published
    if published is None:
        return open_value(_OPEN_VALUE.get(grain, "XXXX"), grain)
    if grain == "weekend":
        this = calendar.weekend(published)
        coming = this.first > published and not setting.outlook().forward
        return relative(calendar.moved(this, -1) if coming else this)
    latest = setting.ground.latest
    origin = latest.start if latest and latest.start and grain in ("month", "week") else published
    return relative(calendar.holding(grain, origin), anchor=TEXT if origin != published else PUBLICATION)


def week_of(setting: Setting) -> Meaning | None:
    """The week of a day of a month, in the year of publication."""
    if setting.published is None:
        return open_value("XXXX-WXX", "week")
    month, day = int(setting.known("month")), int(setting.get("day") or 0)
    return relative(calendar.week(datetime.date(setting.published.year, month, day)))


def ago(setting: Setting) -> Meaning | None:
    """Two years ago, months ago: counted from the publication."""
    amount = amount_of(setting)
    if amount.count is None:
        return Meaning(kind="DATE", value="PAST_REF", end=setting.published, anchor=PUBLICATION)
    if setting.published is None:
        return open_value(_OPEN_VALUE.get(_GRAIN.get(amount.unit, "day"), "XXXX"), _GRAIN.get(amount.unit, "day"))
    quarter = setting.ground.compared
    if amount.unit == "Y" and amount.count == 1 and quarter is not None and not setting.get("about"):
        return relative(calendar.moved(quarter, -4), anchor=TEXT)
    return _counted_back(amount, setting.published)


def _counted_back(amount: Amount, published: datetime.date) -> Meaning:
    count = amount.count or 0.0
    if amount.unit in ("TH", "TM", "TS"):
        hours = {"TH": 1.0, "TM": 1 / 60, "TS": 1 / 3600}[amount.unit] * count
        return relative(calendar.day(calendar.shift_days(published, -round(hours / 24))))
    days = days_in(amount.unit)
    if days:
        return relative(calendar.day(calendar.shift_days(published, -round(count * days))))
    origin = calendar.shift_months(published, -round(count * months_in(amount.unit)))
    meaning = relative(calendar.holding(_GRAIN[amount.unit], origin))
    if amount.unit == "Y" and count == 1:
        month = calendar.month(origin.year, origin.month)
        return _with_days(meaning, month.first, month.last)
    return meaning


def later(setting: Setting) -> Meaning | None:
    """Six months later, a day earlier: counted from the time told of before; 'a year earlier' from its quarter."""
    amount, way = amount_of(setting), setting.get("way") or ""
    sign = 1 if way in ("later", "afterwards", "from now", "hence") else -1
    latest, ground = setting.ground.latest, setting.ground
    if amount.unit.startswith("T"):
        day = ground.day or (calendar.day(setting.published) if setting.published else None)
        first, last = (day.first, day.last) if day else (None, None)
        return Meaning(kind="DURATION", value=period(amount), grain=amount.unit, start=first, end=last, anchor=TEXT)
    if amount.count is None:
        value = "FUTURE_REF" if way in ("from now", "hence") else "PAST_REF"
        return Meaning(kind="DATE", value=value, anchor=TEXT)
    if sign < 0 and amount.unit == "Y" and amount.count == 1 and ground.compared is not None:
        return relative(calendar.moved(ground.compared, -4), anchor=TEXT)
    from_text = latest is not None and latest.start is not None and way not in ("from now", "hence")
    if (
        sign < 0
        and latest is not None
        and latest.anchor is not None
        and amount.unit not in ("D", "W", "TH", "TM", "TS")
    ):
        from_text = False
    if from_text and latest is not None and latest.start is not None and latest.end is not None:
        return _moved_by(amount, sign, latest.start, latest.end, TEXT)
    if setting.published is None:
        return open_value(_OPEN_VALUE.get(_GRAIN.get(amount.unit, "day"), "XXXX"), _GRAIN.get(amount.unit, "day"))
    return _moved_by(amount, sign, setting.published, setting.published, PUBLICATION)


def _moved_by(amount: Amount, sign: int, start: datetime.date, end: datetime.date, anchor: str) -> Meaning:
    count = sign * (amount.count or 0.0)
    days = days_in(amount.unit)
    if amount.unit in ("TH", "TM", "TS"):
        moved = round(count / 24) if amount.unit == "TH" else 0
        first, last = calendar.shift_days(start, moved), calendar.shift_days(end, moved)
    elif days:
        first, last = calendar.shift_days(start, round(count * days)), calendar.shift_days(end, round(count * days))
    else:
        months = round(count * months_in(amount.unit))
        first, last = calendar.shift_months(start, months), calendar.shift_months(end, months)
    grain = "day" if days or amount.unit.startswith("T") else _GRAIN[amount.unit]
    stretch = calendar.holding(grain, first)
    if grain != "day" and start == end:
        first, last = stretch.first, stretch.last
    elif start != end:
        last = max(last, calendar.holding("month", last).last if grain == "month" else last)
    return _with_days(relative(stretch, anchor=anchor), first, last)


def year_ago(setting: Setting) -> Meaning | None:
    """'year-earlier' before a noun: the quarter that the text speaks of, or the year, one year back."""
    if setting.ground.compared is not None:
        return relative(calendar.moved(setting.ground.compared, -4), anchor=TEXT)
    if setting.published is None:
        return open_value("XXXX", "year")
    return relative(calendar.year(setting.published.year - 1))


def part_in_view(setting: Setting) -> Meaning | None:
    """That evening, the next morning, the previous night: counted from the day told of before."""
    part, step = str(setting.known("part")), step_of(setting, setting.get("rel")) or 0
    day = setting.ground.day or (calendar.day(setting.published) if setting.published else None)
    if day is None:
        return at_part(open_value("XXXX-XX-XX", "day"), part)
    return at_part(relative(calendar.moved(day, step), anchor=TEXT), part)


def reference(setting: Setting) -> Meaning | None:
    """Now, recently, the future: the day of publication, all before it, or all after it."""
    value, direction = str(setting.known("ref")).split()
    published = setting.published
    return Meaning(
        kind="DATE",
        value=value,
        start=published if direction in ("today", "after") else None,
        end=published if direction in ("today", "before") else None,
        anchor=PUBLICATION,
    )


READERS = {
    "dayword": dayword,
    "part_of_today": part_of_today,
    "overnight": overnight,
    "night_between": night_between,
    "weekday": weekday,
    "relative_span": relative_span,
    "modified_span": modified_span,
    "year_end": year_end,
    "span_in_view": span_in_view,
    "week_of": week_of,
    "ago": ago,
    "later": later,
    "year_ago": year_ago,
    "part_in_view": part_in_view,
    "reference": reference,
}
