"""Where and when was nothing reported, and by which outlet?"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator

import msgspec

from twosource.corpus.tellings import Telling
from twosource.store import Project
from twosource.store.claim_query import ClaimFilter
from twosource.views.reports import list_reports
from twosource.views.tellings import tellings

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
) -> tuple[Silence, ...]:
    """The stretches of at least so many days without a claim at the place, by outlet and then by day.

    ``place`` are words in the name of a place. The stretch looked at is from ``since`` to ``until``, else from the
    first to the last day of publication. A claim counts for its own days, or for the
    day of publication where it tells none.
    """
    published = [
        (row.outlet or _NO_OUTLET, row.published) for row in list_reports(project, limit=None) if row.published
    ]
    if not published:
        return ()
    first = since or min(day for _, day in published)
    last = until or max(day for _, day in published)
    told = [one for one in tellings(project, ClaimFilter(place=place)) if one.affirmed]
    covered: dict[str, set[int]] = defaultdict(set)
    for telling in told:
        covered[telling.report.outlet or _NO_OUTLET].update(_days_of(telling, first, last))
    found = []
    for outlet in sorted({outlet for outlet, _ in published}):
        theirs = [day for name, day in published if name == outlet]
        for start, end in _gaps(covered[outlet], first, last, days):
            found.append(
                Silence(
                    place=place,
                    outlet=outlet,
                    since=start,
                    until=end,
                    days=(end - start).days + 1,
                    reports=sum(start <= day <= end for day in theirs),
                    others=_others(told, outlet, start, end),
                )
            )
    return tuple(found)


def _days_of(telling: Telling, first: datetime.date, last: datetime.date) -> Iterator[int]:
    """The ordinals of the days that a claim tells of, within the stretch looked at."""
    start, end = telling.days
    published = telling.report.published
    begin, stop = start or end or published, end or start or published
    if begin is not None and stop is not None:
        yield from range(max(begin, first).toordinal(), min(stop, last).toordinal() + 1)


def _gaps(
    covered: Iterable[int], first: datetime.date, last: datetime.date, days: int
) -> Iterator[tuple[datetime.date, datetime.date]]:
    start = first.toordinal()
    for day in [*sorted(covered), last.toordinal() + 1]:
        if day - start >= days:
            yield datetime.date.fromordinal(start), datetime.date.fromordinal(day - 1)
        start = day + 1


def _others(told: Iterable[Telling], outlet: str, start: datetime.date, end: datetime.date) -> int:
    return sum(
        (telling.report.outlet or _NO_OUTLET) != outlet and any(True for _ in _days_of(telling, start, end))
        for telling in told
    )
