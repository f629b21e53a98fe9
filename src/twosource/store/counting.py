"""Counts of rows that need not be exact where there are many."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, false, func, select

from twosource.store import tables

__all__ = ["counted_up_to", "standing"]


def counted_up_to(connection: Connection, query: Select[Any], most: int | None) -> int:
    """How many rows the query has; of more than ``most`` one more."""
    rows = (query if most is None else query.limit(most + 1)).subquery()
    return int(connection.execute(select(func.count()).select_from(rows)).scalar_one())


def standing(number: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether a reading (its number) is current, and so its claims: those that are not are looked up, and are few."""
    reading, report = tables.reading.c, tables.report.c
    joined = tables.reading.join(tables.report, reading.report == report.digest)
    of_older = select(reading.number).select_from(joined).where(report.current == false())
    outdated = select(reading.number).where(reading.current == false())
    return and_(number.not_in(of_older), number.not_in(outdated))
