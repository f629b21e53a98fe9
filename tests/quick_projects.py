"""Lets the many projects of the tests be opened and written quickly, without a change in what they do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

__all__ = ["kept_safe", "quick_projects"]

_KEPT_SAFE = False


@contextmanager
def quick_projects() -> Iterator[None]:
    """While the block runs, projects share the statements that SQLAlchemy compiled, and files wait for no disk.

    A program opens one project and compiles each statement once; the tests open thousands, and compiling would be a
    quarter of their time. What is kept in a file outlives the end of a process without waiting for the disk, so that a
    power cut alone tells the difference; processes that tests start wait as ever.
    """
    compiled: dict[Any, Any] = {}

    def on_connection(connection: Connection) -> None:
        connection.execution_options(compiled_cache=compiled)
        if connection.dialect.name == "sqlite" and not _KEPT_SAFE and "quick" not in connection.connection.info:
            connection.connection.info["quick"] = True
            connection.connection.cursor().execute("PRAGMA synchronous = OFF")

    with pytest.MonkeyPatch.context() as patch:
        for dialect in (SQLiteDialect_pysqlite, PGDialect_psycopg):  # by which a compiled statement is found again
            patch.setattr(dialect, "__eq__", lambda one, other: type(one) is type(other))
            patch.setattr(dialect, "__hash__", lambda one: hash(type(one)))
        event.listen(Engine, "engine_connect", on_connection)
        yield
        event.remove(Engine, "engine_connect", on_connection)


@contextmanager
def kept_safe() -> Iterator[None]:
    """While the block runs, files that are opened wait for the disk, as they do outside of tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("quick_projects._KEPT_SAFE", True)
        yield
