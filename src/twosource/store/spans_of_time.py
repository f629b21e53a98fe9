"""Days asked for, and what lies in them: few rows last long, and all others begin shortly before or within the days.

An index by the first day alone would be gone through from its beginning on. Where what lasts long stands apart in it,
only that is: of all other rows those are looked at that begin in the days asked for, or a month before.
"""

from __future__ import annotations

import datetime

from sqlalchemy import Column, ColumnElement, and_, false, or_, true

__all__ = ["LONGEST", "is_lasting", "meeting", "quickly_meeting"]

LONGEST = 31
"""Days that a time has at most that is not held to be long."""


def is_lasting(start: datetime.date | None, end: datetime.date | None) -> bool:
    """Whether a time is open at one end, or longer than a month; a time without any day is not."""
    if start is None or end is None:
        return (start is None) is not (end is None)
    return (end - start).days >= LONGEST


def meeting(
    start: Column[datetime.date], end: Column[datetime.date], since: datetime.date | None, until: datetime.date | None
) -> ColumnElement[bool]:
    """Whether a time meets the days asked for, both included; one without any day meets none."""
    conditions: list[ColumnElement[bool]] = [or_(start.is_not(None), end.is_not(None))]
    if since is not None:
        conditions.append(or_(end.is_(None), end >= since))
    if until is not None:
        conditions.append(or_(start.is_(None), start <= until))
    return and_(*conditions)


def quickly_meeting(
    lasting: Column[bool],
    start: Column[datetime.date],
    end: Column[datetime.date],
    since: datetime.date | None,
    until: datetime.date | None,
) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """The same in two conditions of which a row meets one at most: what does not last long, and what does."""
    short = [lasting == false(), start.is_not(None)]
    if since is not None:
        short += [start >= _before(since), end >= since]
    if until is not None:
        short.append(start <= until)
    return and_(*short), and_(lasting == true(), meeting(start, end, since, until))


def _before(day: datetime.date) -> datetime.date:
    return datetime.date.fromordinal(max(1, day.toordinal() - LONGEST))
