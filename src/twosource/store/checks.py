"""Whether a project's rows are as they were written: original bytes, the guards of the log, the file itself."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, inspect, select, text
from sqlalchemy.exc import DatabaseError

from twosource.store import tables
from twosource.store.decisions import Fault
from twosource.store.faults import is_from_outside
from twosource.store.report_index import INDEX_TABLES

__all__ = ["as_far_as_it_reads", "damage", "missing_guards", "spoilt_originals"]

_GUARDS = {
    "sqlite": (
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'decision'",
        ("decision_is_never_changed", "decision_is_never_taken_out"),
    ),
    "postgresql": (
        "SELECT tgname FROM pg_trigger WHERE tgrelid = 'decision'::regclass AND tgenabled <> 'D'",
        ("decision_is_never_changed",),
    ),
}
"""By the kind of database: which triggers stand, and which ought to."""

_NAMED = 5  # of what is wrong with one table
_ORIGINALS_AT_ONCE = 20  # whole files are held in memory


def damage(connection: Connection) -> Iterator[Fault]:
    """What SQLite finds wrong in its file, and rows that point to none; nothing on another database."""
    if connection.dialect.name != "sqlite":
        return
    of_the_file = list(as_far_as_it_reads(_found_by_sqlite(connection), "the file"))
    of_tables = (
        [fault for table in _tables_there(connection) for fault in _damage_of(connection, table)] if of_the_file else []
    )
    yield from of_tables or of_the_file
    if not of_the_file:
        yield from _rows_alone(connection)


def as_far_as_it_reads(found: Iterable[Fault], where: str, table: str | None = None) -> Iterator[Fault]:
    """The faults that are found, and one more where the rest of the table is spoilt.

    Raises DatabaseError for what is not in the pages, as where somebody holds a lock.
    """
    try:
        yield from found
    except (DatabaseError, UnicodeDecodeError) as fault:
        if isinstance(fault, DatabaseError) and is_from_outside(fault):
            raise
        yield Fault(where, "it can't be read to its end: a page of the file was spoilt", table)


def _found_by_sqlite(connection: Connection, table: str | None = None) -> Iterator[Fault]:
    """What SQLite's own check says of a table with its indexes, or of the whole file."""
    where = f"table {table}" if table else "the file"
    for [words] in connection.exec_driver_sql(
        f"PRAGMA integrity_check({table})" if table else "PRAGMA integrity_check"
    ):
        for line in words.splitlines():
            if line != "ok" and not line.startswith("***"):  # a heading
                yield Fault(where, line, table)


def _tables_there(connection: Connection) -> list[str]:
    known = tables.metadata.sorted_tables
    there = set(connection.exec_driver_sql("SELECT name FROM sqlite_master").scalars())
    return [name for name in (*(table.name for table in known), *INDEX_TABLES) if name in there]


def _damage_of(connection: Connection, table: str) -> list[Fault]:
    """The first of what is wrong with a table, so that a spoilt one is told from those that are whole."""
    found = as_far_as_it_reads(_found_by_sqlite(connection, table), f"table {table}", table)
    return list(itertools.islice(found, _NAMED))


def _rows_alone(connection: Connection) -> Iterator[Fault]:
    for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield Fault(f"table {table}, row {row}", f"it belongs to a row of table {parent} that is not there", table)


def missing_guards(connection: Connection) -> Iterator[Fault]:
    """The triggers that keep entries of the log from being changed, where somebody took them out."""
    if not inspect(connection).has_table(tables.decision.name):
        return
    query, guards = _GUARDS[connection.dialect.name]
    standing = set(connection.execute(text(query)).scalars())
    for name in guards:
        if name not in standing:
            yield Fault("the log of decisions", f"trigger {name}, which refuses changes to it, was taken out")


def spoilt_originals(connection: Connection) -> tuple[int, list[Fault]]:
    """How many originals there are, and which of them are not the bytes that were kept."""
    columns = tables.original.c
    query = select(columns.sha256, columns.content).order_by(columns.sha256)
    checked, faults = 0, list[Fault]()

    def spoilt() -> Iterator[Fault]:
        nonlocal checked
        for sha256, content in connection.execute(query, execution_options={"yield_per": _ORIGINALS_AT_ONCE}):
            checked += 1
            found = hashlib.sha256(content).hexdigest() if isinstance(content, bytes) else "of no bytes at all"
            if found != sha256:
                yield Fault(
                    f"original {sha256}", f"{_whose(connection, sha256)}its bytes have SHA-256 {found}", "original"
                )

    faults.extend(as_far_as_it_reads(spoilt(), "the originals", "original"))
    return checked, faults


def _whose(connection: Connection, sha256: str) -> str:
    columns = tables.report.c
    query = select(columns.id).where(columns.sha256 == sha256).order_by(columns.id).limit(3)
    reports = list(connection.execute(query).scalars())
    return f"of report {', '.join(reports)}: " if reports else ""
