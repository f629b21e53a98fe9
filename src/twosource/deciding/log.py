"""Taking a decision back: one more entry in the log."""

from __future__ import annotations

from twosource.corpus_records import Decision, DecisionKind
from twosource.errors import UsageError
from twosource.relating import renew_families
from twosource.store import Project
from twosource.store.decisions import UNDO, append, entry

__all__ = ["undo"]


def undo(project: Project, number: int, *, who: str, reason: str, expected: int | None = None) -> Decision:
    """Takes entry ``number`` back by a new one; returns that. What was decided before on the same things counts again.

    Undoing an undo brings the decision back. ``expected`` is the number of the last entry on these things that the
    person has seen; None doesn't ask. Raises UsageError for an entry that isn't there or is taken back already,
    ConflictError where somebody else has decided meanwhile. Families of reports are formed anew at once.
    """
    with project.writing() as connection:
        taken_back = entry(connection, number)
        if taken_back is None:
            raise UsageError(f"the log has no entry {number}: see 'twosource decisions {project.where}'")
        undoing = Decision(
            kind=taken_back.kind,
            subjects=taken_back.subjects,
            verdict=UNDO,
            reason=reason,
            who=who,
            before={"verdict": taken_back.verdict, "reason": taken_back.reason, "who": taken_back.who},
            undoes=number,
        )
        kept = append(connection, undoing, expected=expected)
        if kept.kind is DecisionKind.LINEAGE:
            renew_families(connection)
    return kept
