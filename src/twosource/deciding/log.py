"""Entries of the log that need no check of their own: decisions on names, events and trust, and taking one back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from twosource.corpus_records import Decision, DecisionKind
from twosource.errors import UsageError
from twosource.relating import renew_families
from twosource.store import Project
from twosource.store.decisions import UNDO, append, entry
from twosource.store.entity_kinds import lay_kinds

__all__ = ["keep", "undo"]

_UNCHECKED = frozenset({DecisionKind.ENTITY, DecisionKind.EVENT, DecisionKind.TRUST})


def undo(project: Project, number: int, *, who: str, reason: str, expected: int | None = None) -> Decision:
    """Takes entry ``number`` back by a new one; returns that. What was decided before on the same things counts again.

    Undoing an undo brings the decision back. ``expected`` is the number of the last entry on these things that the
    person has seen; None doesn't ask. Raises UsageError for an entry that isn't there or is taken back already,
    ConflictError where somebody else has decided meanwhile. Families of reports are formed anew at once, and actors are
    of the kind that counts then.
    """
    with project.writing() as connection:
        taken_back = entry(connection, number)
        if taken_back is None:
            raise UsageError(f"the log has no entry {number}: look at the log of decisions")
        if taken_back.kind is DecisionKind.CODING:
            raise UsageError(f"entry {number} is of a coding task: who coded it takes it back on the page of the task")
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
        if kept.kind is DecisionKind.ACTOR:
            lay_kinds(connection)
    return kept


def keep(
    project: Project,
    kind: DecisionKind,
    subjects: Sequence[str],
    verdict: str,
    *,
    who: str,
    reason: str,
    value: Mapping[str, Any] | None = None,
    before: Mapping[str, Any] | None = None,
    expected: int | None = None,
) -> Decision:
    """Keeps a decision on names, events or trust as it is given; returns the entry.

    The others are checked against the project, and so have functions of their own, such as ``relating.keep_decision``,
    ``accept``, ``fix`` and ``look``; UsageError says so. What becomes of entities and events by it shows once they are
    gathered again.
    """
    if kind not in _UNCHECKED:
        raise UsageError(f"a decision on a {kind} is not kept unchecked: use the function for it")
    with project.writing() as connection:
        decision = Decision(
            kind=kind,
            subjects=tuple(subjects),
            verdict=verdict,
            value=dict(value or {}),
            before=dict(before or {}),
            reason=reason,
            who=who,
        )
        return append(connection, decision, expected=expected)
