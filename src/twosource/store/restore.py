"""Putting the log of decisions back into a new project, entry by entry as it was written."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, insert

from twosource.corpus_records import Decision
from twosource.errors import InputError, UsageError
from twosource.store import tables
from twosource.store.decisions import FIRST_PREVIOUS, decision_row, entry_hash, lock_log
from twosource.store.log_pages import last_entry

__all__ = ["restore_decisions"]


def restore_decisions(connection: Connection, entries: Sequence[Decision]) -> None:
    """Adds the entries with their numbers, times and hashes. The log must be empty, and they must be a whole chain.

    Raises InputError for an entry that does not follow on the one before or is not what its hash says, and UsageError
    where there are entries and the log holds some already, as of a decision made while the project was read back.
    Nothing may be kept then. The connection must be one of ``Project.writing``.
    """
    number, previous = 0, FIRST_PREVIOUS
    for entry in entries:
        if (entry.number, entry.previous) != (number + 1, previous) or entry_hash(entry) != entry.hash:
            raise InputError(f"decision {entry.number} is not as it was written: the log was changed")
        number, previous = entry.number, entry.hash
    if entries:
        lock_log(connection)
        held, _ = last_entry(connection)
        if held:
            raise UsageError(
                f"the log of decisions goes to entry {held} already, so none was put back: read the project back into "
                "a new file, in which nobody decides meanwhile"
            )
        connection.execute(insert(tables.decision), [decision_row(entry) for entry in entries])
