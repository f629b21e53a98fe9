"""What is coded in a task, as entries of the log: who has coded what, and who has finished which report."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from twosource.coding.tasks import Task
from twosource.corpus_records import Decision, DecisionKind
from twosource.errors import UsageError
from twosource.store.decisions import decisions_in_force

__all__ = ["Place", "finished", "in_place", "on_claims", "place_of"]

Place = tuple[str, str, str]
"""A task, a coder and a report: where one person codes, unseen by the others."""


def place_of(task: Task, coder: str, report: str) -> Place:
    """The place of a coder of the task in one of its reports. Raises UsageError for another person or report."""
    if coder not in task.coders:
        raise UsageError(
            f"{coder!r} is no coder of {task.name!r}: it is coded by {' and '.join(task.coders)}. Give your name there"
        )
    if report not in task.reports:
        raise UsageError(f"{report!r} is no report of the task {task.name!r}")
    return task.name, coder, report


def in_place(connection: Connection, place: Place) -> list[Decision]:
    """What stands of a coder's work on a report, oldest first."""
    found = decisions_in_force(connection, DecisionKind.CODING, about=place[2])
    return [one for one in found if one.subjects[:3] == place]


def on_claims(entries: Iterable[Decision]) -> list[Decision]:
    """The entries on claims as decisions on claims, with their report and claim as subjects."""
    return [claim_decision(one) for one in entries if one.verdict != "finish"]


def claim_decision(entry: Decision) -> Decision:
    """The entry as a decision on a claim."""
    _, _, report, claim = entry.subjects
    return Decision(
        **{name: getattr(entry, name) for name in Decision.__struct_fields__ if name not in ("kind", "subjects")},
        kind=DecisionKind.CLAIM,
        subjects=(report, claim),
    )


def finished(connection: Connection, task: Task, report: str | None = None) -> dict[tuple[str, str], Decision]:
    """The entries by which coders said that they have finished, by coder and report; of one report, or of all."""
    subject = task.name if report is None else report
    entries = decisions_in_force(connection, DecisionKind.CODING, about=subject)
    return {
        (one.subjects[1], one.subjects[2]): one
        for one in entries
        if one.verdict == "finish" and one.subjects[0] == task.name and report in (None, one.subjects[2])
    }
