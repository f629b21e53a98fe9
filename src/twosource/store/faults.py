"""What a database's fault means to a user: what happened, and what to do."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError, OperationalError

from twosource.errors import ProjectError

__all__ = ["DAMAGED", "SpoiltIndexError", "is_from_outside", "reason_of", "without_advice"]

DAMAGED = (
    "is damaged: put the last copy that 'twosource backup' made in its place, or save what can still be read with "
    "'twosource export --format project' and 'twosource import'"
)

_LOCKED = "is being written by another program: wait until it is done, then run this again"
_FULL = (
    "can't be written: the disk is full. All that was kept before is safe; free some space and run this again, which "
    "goes on from there"
)
_NO_ROOM_TO_LOOK = (
    "can't be opened: the disk is full, and looking too needs 32 kB beside the project. Nothing is lost; free some "
    "space and run this again"
)
_READ_ONLY = "can't be written: it is read-only. Change its permissions, or copy it to a place where you can write"
_NO_ENTRY = "can't be opened: look at its permissions, and at those of its folder"
_DISK_FAULT = (
    "can't be read or written: the disk reports a fault, or takes no more. Look at the disk; then run 'twosource "
    "verify', and go on with a copy that 'twosource backup' made if that finds anything"
)
_UNREACHED = (
    "can't be reached: see that the server runs, that the URL's host, port, database and user are right, and that the "
    "password is in ~/.pgpass or PGPASSFILE"
)

_NO_FULL_TEXT = (
    "needs an SQLite with full-text search (FTS5), which this Python's was built without: run twosource with a Python "
    "from python.org, your system or conda"
)

_SQLITE = {
    "SQLITE_BUSY": _LOCKED,
    "SQLITE_LOCKED": _LOCKED,
    "SQLITE_FULL": _FULL,
    "SQLITE_READONLY": _READ_ONLY,
    "SQLITE_CANTOPEN": _NO_ENTRY,
    "SQLITE_PERM": _NO_ENTRY,
    "SQLITE_NOTADB": DAMAGED,
    "SQLITE_CORRUPT": DAMAGED,
    "SQLITE_IOERR_SHMSIZE": _NO_ROOM_TO_LOOK,
    "SQLITE_IOERR": _DISK_FAULT,
}
"""By the name of SQLite's error; names of its finer errors begin with these."""

_POSTGRESQL = {
    "55P03": _LOCKED,
    "40P01": _LOCKED,
    "53100": _FULL,
    "25006": "can't be written: the database is read-only. Give the URL of the one that takes writes",
    "42501": "refuses: the database's user may not do that. Give it the right to make tables, functions and triggers",
    "53300": "takes no more connections: close some, or raise the server's max_connections",
    "57P": _UNREACHED,
    "08": _UNREACHED,
    "58": _DISK_FAULT,
    "XX001": "is damaged: restore the database from its last pg_dump",
    "XX002": "has a damaged index: rebuild it with REINDEX, or restore the database from its last pg_dump",
}
"""By how PostgreSQL's SQLSTATE begins; the longest that fits counts."""


class SpoiltIndexError(Exception):
    """An index of ours does not hold what it must: it was changed from outside, or its pages are spoilt."""


def reason_of(fault: DBAPIError) -> str | None:
    """The rest of a sentence that begins with the project's name; None for a fault of ours, not of the database."""
    name: str | None = getattr(fault.orig, "sqlite_errorname", None)
    if "no such module: fts5" in str(fault.orig):
        return _NO_FULL_TEXT
    if name is not None:
        return next((reason for part, reason in _SQLITE.items() if name.startswith(part)), None)
    if "decode to UTF-8" in str(fault.orig):  # the driver's own, without a name: bytes that are no text
        return DAMAGED
    state: str | None = getattr(fault.orig, "sqlstate", "")
    if state is None:  # the driver's own: it had no answer at all, or it was handed what can't be sent
        return f"{_UNREACHED} ({fault.orig})" if isinstance(fault, OperationalError) else None
    known = [start for start in _POSTGRESQL if state.startswith(start)]
    return _POSTGRESQL[max(known, key=len)] if known else None


def without_advice(fault: ProjectError) -> str:
    """What the fault says, up to where the database's own tells what to do and what is safe; all of any other."""
    said, cause = str(fault), fault.__cause__
    reason = reason_of(cause) if isinstance(cause, DBAPIError) else None
    if reason is None or "(" in reason or not said.endswith(reason):  # in brackets are the driver's words
        return said
    return said.removesuffix(reason) + reason.partition(". ")[0]


def is_from_outside(fault: DBAPIError) -> bool:
    """Whether the database refuses for what is not in its pages: a lock, permissions, a full disk, no server."""
    reason = reason_of(fault)
    return reason is not None and reason != _DISK_FAULT and "damaged" not in reason
