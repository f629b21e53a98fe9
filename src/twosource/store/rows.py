"""Many rows into a table at once, handed to the driver as they are: what SQLAlchemy does for each takes longer."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Dialect, Table, insert
from sqlalchemy.sql.compiler import SQLCompiler

__all__ = ["insert_rows"]


@functools.lru_cache(64)
def _made(table: Table, columns: tuple[str, ...], dialect: Dialect) -> SQLCompiler:
    return insert(table).compile(dialect=dialect, column_keys=list(columns))


def insert_rows(connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Adds the rows, each with values of these columns in their order: numbers, texts, bytes and None alone."""
    if not rows:
        return
    made = _made(table, tuple(columns), connection.dialect)
    if made.positional:
        place = [columns.index(name) for name in made.positiontup or ()]
        ordered = rows if place == list(range(len(columns))) else [tuple(row[at] for at in place) for row in rows]
        connection.exec_driver_sql(str(made), list(ordered))
    else:
        connection.exec_driver_sql(str(made), [dict(zip(columns, row, strict=True)) for row in rows])
