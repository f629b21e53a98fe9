"""Whether the tables of a database are those that the code describes."""

from __future__ import annotations

from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect

from twosource.store import tables
from twosource.store.report_index import FULL_TEXT, INDEX_TABLES

__all__ = ["differences"]

_INDEX = "ix_report_words"


def differences(connection: Connection) -> list[Any]:
    """What Alembic would change to come to the tables of the code, defaults included, without what columns are for.

    The index of the words of reports is not among those tables: of it is only seen to that it is there.
    """
    there = {*inspect(connection).get_table_names(), *(str(one["name"]) for one in _indexes(connection))}
    wanted = {*INDEX_TABLES, FULL_TEXT} if connection.dialect.name == "sqlite" else {_INDEX}
    if not wanted <= there:
        return [*sorted(wanted - there)]
    opts = {"compare_server_default": True, "include_name": lambda name, *_: name not in wanted}
    context = MigrationContext.configure(connection, opts=opts)
    return [one for one in compare_metadata(context, tables.metadata) if not _is_of_comments(one)]


def _indexes(connection: Connection) -> list[Any]:
    return list(inspect(connection).get_indexes("report"))


def _is_of_comments(difference: object) -> bool:
    """What columns are for is said in the code, not in a database."""
    return isinstance(difference, list) and all(part[0] == "modify_comment" for part in difference)
