"""Many rows into a table or out of it, handed to the driver as they are: what SQLAlchemy does for each takes longer."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Dialect, Table, insert
from sqlalchemy.sql.compiler import SQLCompiler

from twosource.store.some import some

__all__ = ["insert_rows", "rows_with"]


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


def rows_with(connection: Connection, words: str, numbers: Collection[int]) -> Iterator[tuple[Any, ...]]:
    """The rows of a statement that ends with IN, for these whole numbers, in their order, some at a time."""
    for few in some(sorted(numbers)):
        yield from connection.exec_driver_sql(f"{words} ({', '.join(str(int(one)) for one in few)})").all()
