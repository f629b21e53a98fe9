"""Whether a project is as it was written, and a copy of it that is whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from twosource.store import Project
from twosource.store.agreeing import spoilt_records
from twosource.store.backup import copy_to
from twosource.store.checks import as_far_as_it_reads, damage, missing_guards, spoilt_originals
from twosource.store.decisions import Fault, head_of, verify_chain
from twosource.store.index_check import wrong_words
from twosource.store.misfits import is_worked_out, misfits
from twosource.store.report_index import FULL_TEXT

__all__ = ["Verified", "backup", "verify"]


class Verified(msgspec.Struct, frozen=True, kw_only=True):
    """What was checked, and what is wrong: nothing where ``faults`` is empty.

    ``head`` is the hash of the last entry of the log (64 zeros for an empty one): noted elsewhere, it shows later
    whether entries were cut off at the end.
    """

    entries: int
    originals: int
    head: str
    faults: tuple[Fault, ...]

    @property
    def made_anew(self) -> bool:
        """Whether there are faults, and all of them lie in what is worked out from what was read and decided."""
        return bool(self.faults) and all(one.table is not None and is_worked_out(one.table) for one in self.faults)


def verify(
    project: Project, *, head: str | None = None, progress: Callable[[str], None] = lambda part: None
) -> Verified:
    """Checks the chain of decisions, every original against its SHA-256, the records of reports and claims against
    the columns beside them, and on SQLite the file itself, each value in it, and the index of words in reports.

    ``head`` is a hash noted before: the log must still hold the entry that had it. ``progress`` is told each part of
    the project before it is checked.
    """
    with project.looking() as connection:
        entries, last, known = head_of(connection, head)
        progress("original files")
        originals, spoilt = spoilt_originals(connection)
        progress("the file itself")
        faults = [*damage(connection), *missing_guards(connection)]
        progress("the log of decisions")
        faults += as_far_as_it_reads(verify_chain(connection), "the log of decisions", "decision")
        faults += spoilt
        progress("reports and claims")
        faults += as_far_as_it_reads(spoilt_records(connection), "reports and claims", "claim")
        faults += misfits(connection, progress)
        progress("the index of words in reports")
        faults += as_far_as_it_reads(wrong_words(connection), "the index of words in reports", FULL_TEXT)
        connection.rollback()  # after a page that can't be read SQLite refuses to commit, though nothing was written
    if not known:
        reason = f"no entry has the hash {head}, which was noted before: entries were cut off or replaced"
        faults.append(Fault("the log of decisions", reason))
    return Verified(entries=entries, originals=originals, head=last, faults=tuple(faults))


def backup(project: Project, path: Path) -> int:
    """Copies the project as it is at this moment to a new file, while others may write; returns its size in bytes.

    The copy is a project of its own. Raises ProjectError where the project is no SQLite file, or the copy can't be
    written or would replace a file.
    """
    return copy_to(project, path)
