"""Where and when was nothing reported, and by which outlet?"""

from __future__ import annotations

import datetime
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator

import msgspec

from twosource.corpus.tellings import Telling
from twosource.store import Project
from twosource.store.claim_filter import ClaimFilter
from twosource.store.source_query import days_of_publication, outlets_with_days, reports_within
from twosource.views.tellings import Rows, looked_at

__all__ = ["Silence", "silences"]

_NO_OUTLET = "(no outlet named)"


class Silence(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of days (both included) over which one outlet's reports tell of nothing at a place.

    ``reports`` counts the reports that the outlet published in it and the project holds: 0 means that nobody can know
    whether the outlet was silent, for the project has none of its reports. ``others`` counts the claims that other
    outlets make on the place for these days: with them, the silence is no peace.
    """

    place: str
    outlet: str
    since: datetime.date
    until: datetime.date
    days: int
    reports: int
    others: int


def silences(
    project: Project,
    place: str,
    *,
    since: datetime.date | None = None,
    until: datetime.date | None = None,
    days: int = 7,
    most: int | None = None,
) -> Rows[Silence]:
    """The stretches of at least so many days without a claim at the place, by outlet and then by day.

    ``place`` are words in the name of a place. The stretch looked at is from ``since`` to ``until``, else from the
    first to the last day of publication. A claim counts for its own days, or for the
    day of publication where it tells none. Of more than ``most`` claims those published last are looked at.
    """
    with project.looking() as connection:
        published = days_of_publication(connection)
        outlets = outlets_with_days(connection)
    if published is None:
        return Rows()
    first, last = since or published[0], until or published[1]
    found, left_out = looked_at(project, ClaimFilter(place=place), None, most)
    told = [one for one in found if one.affirmed]
    covered: dict[str, set[int]] = defaultdict(set)
    for telling in told:
        covered[telling.report.outlet or _NO_OUTLET].update(_days_of(telling, first, last))
    others = _Stretches(told)
    with project.looking() as connection:
        rows = [
            Silence(
                place=place,
                outlet=outlet or _NO_OUTLET,
                since=start,
                until=end,
                days=(end - start).days + 1,
                reports=reports_within(connection, outlet, start, end),
                others=others.meeting(start, end),
            )
            for outlet in sorted(outlets, key=lambda name: name or _NO_OUTLET)
            for start, end in _gaps(covered[outlet or _NO_OUTLET], first, last, days)
        ]
    return Rows.made(rows, left_out)


def _days_of(telling: Telling, first: datetime.date, last: datetime.date) -> Iterator[int]:
    """The ordinals of the days that a claim tells of, within the stretch looked at."""
    days = _first_and_last(telling)
    if days is not None:
        yield from range(max(days[0], first).toordinal(), min(days[1], last).toordinal() + 1)


def _first_and_last(telling: Telling) -> tuple[datetime.date, datetime.date] | None:
    """The first and last day that a claim tells of; None where there is none."""
    start, end = telling.days
    published = telling.report.published
    first, last = start or end or published, end or start or published
    return (first, last) if first is not None and last is not None and first <= last else None


def _gaps(
    covered: Iterable[int], first: datetime.date, last: datetime.date, days: int
) -> Iterator[tuple[datetime.date, datetime.date]]:
    start = first.toordinal()
    for day in [*sorted(covered), last.toordinal() + 1]:
        if day - start >= days:
            yield datetime.date.fromordinal(start), datetime.date.fromordinal(day - 1)
        start = day + 1


class _Stretches:
    """The days of claims, to be asked how many meet a stretch; an outlet's own meet none over which it is silent."""

    def __init__(self, told: Iterable[Telling]) -> None:
        days = [found for telling in told if (found := _first_and_last(telling)) is not None]
        self._starts = sorted(start for start, _ in days)
        self._ends = sorted(end for _, end in days)

    def meeting(self, start: datetime.date, end: datetime.date) -> int:
        """How many begin before the stretch is over, but for those that end before it begins."""
        return bisect_right(self._starts, end) - bisect_left(self._ends, start)
