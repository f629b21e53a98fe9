"""Adding many rows of words and numbers, which a database takes as they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import itemgetter

from sqlalchemy import Connection, Table, insert

__all__ = ["insert_plain"]


def insert_plain(connection: Connection, table: Table, rows: Iterable[Mapping[str, object]]) -> None:
    """Adds the rows, each with a value for every column of the table, none of which needs to be converted.

    SQLAlchemy looks at every value of every row anew; that takes longer than SQLite takes to keep them.
    """
    held = list(rows)
    if not held:
        return
    names = [column.name for column in table.columns]
    compiled = insert(table).compile(dialect=connection.dialect, column_keys=names)
    order = compiled.positiontup
    given = held if order is None else list(map(itemgetter(*order), held))
    connection.exec_driver_sql(compiled.string, given)
