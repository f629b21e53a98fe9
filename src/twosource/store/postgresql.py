"""A project in a PostgreSQL database: who waits for whom, what a look sees, and in which order words come.

A project takes the whole of the schema that is first in the connection's search path, 'public' unless the URL says
otherwise.
"""

from __future__ import annotations

from sqlalchemy import URL, Connection, Engine, create_engine, event, text

from twosource.errors import ProjectError

__all__ = ["compare_by_code_points", "engine_for_url", "is_postgresql"]

_WAIT_SECONDS = 30  # how long one writer waits for another before it gives up, as with a file
_NAMES = {"postgres", "postgresql", "postgresql+psycopg"}

_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('twosource in ' || coalesce(current_schema(), ''), 0))"
_ONE_STATE = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"

_OTHERWISE_COMPARED = text(
    "SELECT t.relname, a.attname, format_type(a.atttypid, a.atttypmod) FROM pg_attribute a "
    "JOIN pg_class t ON t.oid = a.attrelid JOIN pg_namespace n ON n.oid = t.relnamespace "
    "WHERE n.nspname = current_schema() AND t.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped "
    "AND a.attcollation = 'pg_catalog.\"default\"'::regcollation ORDER BY 1, 2"
)


def is_postgresql(url: URL) -> bool:
    """Whether the URL names a PostgreSQL database; 'postgresql://' without a driver's name does."""
    return url.drivername in _NAMES


def engine_for_url(url: URL) -> Engine:
    """What opens connections to the database. Raises ProjectError where its driver, psycopg, is not installed."""
    try:
        # a desk that stays open outlives restarts of the server: connections are tried before they are used again
        engine = create_engine(url.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    except ModuleNotFoundError:
        raise ProjectError(
            "a project in PostgreSQL needs its driver: install it with pip install 'twosource[postgresql]'"
        ) from None

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        if connection.get_execution_options().get("twosource_writes", False):
            _wait_for_other_writers(connection)
        else:
            connection.exec_driver_sql(_ONE_STATE)

    return engine


def _wait_for_other_writers(connection: Connection) -> None:
    """One writer at a time, as in a file: what a transaction reads before it writes stays true until it ends.

    The lock ends with the transaction. Each statement after it sees all that was written before: isolation is 'read
    committed', since a snapshot that was taken before the waiting would hide what was waited for.
    """
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = {int(_WAIT_SECONDS * 1000)}")
    connection.exec_driver_sql(_LOCK)


def compare_by_code_points(connection: Connection) -> None:
    """Gives every column of text the order of its characters' numbers, which is a file's, whatever the database's.

    Lists, and so exports, then come in one order everywhere; and an index serves the search for how a word begins.
    """
    changes: dict[str, list[str]] = {}
    quoted = connection.dialect.identifier_preparer.quote_identifier
    for table, column, kind in connection.execute(_OTHERWISE_COMPARED):
        changes.setdefault(table, []).append(f'ALTER COLUMN {quoted(column)} TYPE {kind} COLLATE "C"')
    for table, columns in changes.items():
        connection.exec_driver_sql(f"ALTER TABLE {quoted(table)} {', '.join(columns)}")
