"""What a relative time counts from: the publication, or a time that the report has told of before."""

from __future__ import annotations

import datetime

import msgspec

from twosource.reading.times.calendar import Stretch, quarter

__all__ = ["Ground", "Meaning", "Outlook"]


_ACCOUNTS = frozenset(["P6M", "P9M"])  # what companies report on beside quarters: the first six, the nine months


class Outlook(msgspec.Struct, frozen=True):
    """What the words around a time say of its direction: to come, past, or neither."""

    forward: bool = False
    past: bool = False


class Meaning(msgspec.Struct, frozen=True, kw_only=True):
    """What a time expression means. ``stretch`` is the calendar's part that it names, where it names one.

    ``start`` and ``end`` are the days that it can mean; ``anchor`` says what it counts from.
    """

    kind: str
    value: str
    grain: str | None = None
    start: datetime.date | None = None
    end: datetime.date | None = None
    anchor: str | None = None
    stretch: Stretch | None = None
    other: str | None = None


class Ground:
    """The times told so far in one report, and the day of its publication; made anew for each report."""

    def __init__(self, published: datetime.date | None, day_first: bool | None = None) -> None:
        """``day_first`` tells how the report writes dates in figures, None where nothing settles it."""
        self.published = published
        self.day_first = day_first
        self.day: Stretch | None = None
        self.latest: Meaning | None = None
        self.quarter: Stretch | None = None
        self.compares_quarters = False
        self.stated_year: int | None = None

    def note(self, meaning: Meaning) -> None:
        """Keeps what later expressions may count from."""
        stretch = meaning.stretch
        if meaning.value in _ACCOUNTS:
            self.compares_quarters = False
        if stretch is None or meaning.start is None or meaning.end is None:
            return
        self.latest = meaning
        if stretch.grain == "day":
            self.day = stretch
        elif stretch.grain == "quarter" and meaning.anchor == "publication":
            self.quarter = stretch
        if stretch.grain in ("quarter", "half", "year"):
            self.compares_quarters = stretch.grain == "quarter"
        if meaning.anchor is None:
            self.stated_year = stretch.first.year

    @property
    def compared(self) -> Stretch | None:
        """The quarter that 'a year earlier' is compared with; None where the text speaks of years or months."""
        return self.quarter if self.compares_quarters else None

    def last_finished_quarter(self) -> Stretch | None:
        """The quarter before the one of the publication."""
        if self.published is None:
            return None
        number = (self.published.month + 2) // 3
        return quarter(self.published.year, number - 1) if number > 1 else quarter(self.published.year - 1, 4)
