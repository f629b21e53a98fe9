"""Counts of rows that need not be exact where there are many."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, func, select

__all__ = ["counted_up_to"]


def counted_up_to(connection: Connection, query: Select[Any], most: int | None) -> int:
    """How many rows the query has; of more than ``most`` one more."""
    rows = (query if most is None else query.limit(most + 1)).subquery()
    return int(connection.execute(select(func.count()).select_from(rows)).scalar_one())
