"""Whether a project's rows are as they were written: original bytes, the guards of the log, the file itself."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from sqlalchemy import Connection, inspect, select, text

from twosource.store import tables
from twosource.store.decisions import Fault

__all__ = ["damage", "missing_guards", "spoilt_originals"]

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

_ORIGINALS_AT_ONCE = 20  # whole files are held in memory


def damage(connection: Connection) -> Iterator[Fault]:
    """What SQLite finds wrong in its file, and rows that point to none; nothing on another database."""
    if connection.dialect.name != "sqlite":
        return
    for [words] in connection.exec_driver_sql("PRAGMA integrity_check"):
        if words != "ok":
            yield Fault("the file", words)
    for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield Fault(f"table {table}, row {row}", f"it belongs to a row of table {parent} that is not there")


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
    checked, faults = 0, []
    rows = connection.execute(query, execution_options={"yield_per": _ORIGINALS_AT_ONCE})
    for sha256, content in rows:
        checked += 1
        found = hashlib.sha256(content).hexdigest() if isinstance(content, bytes) else "of no bytes at all"
        if found != sha256:
            faults.append(Fault(f"original {sha256}", f"{_whose(connection, sha256)}its bytes have SHA-256 {found}"))
    return checked, faults


def _whose(connection: Connection, sha256: str) -> str:
    columns = tables.report.c
    query = select(columns.id).where(columns.sha256 == sha256).order_by(columns.id).limit(3)
    reports = list(connection.execute(query).scalars())
    return f"of report {', '.join(reports)}: " if reports else ""
