"""One coder's work on one report of a task: seen by nobody else until all coders have finished that report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from sqlalchemy import Connection

from twosource.coding.entries import Place, finished, in_place, on_claims, place_of
from twosource.coding.tasks import Start, Task, task_named
from twosource.corpus.decided_claims import DecidedClaim, Lapsed, Mark, Overlay, lay_over
from twosource.corpus.given_claims import as_given
from twosource.corpus_records import Decision, DecisionKind
from twosource.deciding.claims import addition, decision_on, held_report
from twosource.errors import UsageError
from twosource.records import Report
from twosource.store import Project
from twosource.store.decided_claims import claims_read
from twosource.store.decisions import UNDO, append, entry, last_numbers, lock_log

__all__ = [
    "BlindCoding",
    "accept",
    "add",
    "blind_coding",
    "coder_of",
    "finish",
    "fix",
    "reject",
    "reopen",
    "take_back",
]

_CODED = "coded"
_TAKEN_BACK = "taken back"


class BlindCoding(msgspec.Struct, frozen=True, kw_only=True):
    """A coder's claims on a report as they stand, rejected ones too, and whether the coder has finished it.

    ``is_open`` tells that all coders have finished: then it can be compared, and no longer be changed.
    """

    task: Task
    coder: str
    report: Report
    claims: tuple[DecidedClaim, ...]
    lapsed: tuple[Lapsed, ...]
    finished: Decision | None
    is_open: bool


def coder_of(task: Task, name: str) -> str | None:
    """The coder who goes by this name, whatever its case; None for somebody else."""
    return next((one for one in task.coders if one.casefold() == " ".join(name.split()).casefold()), None)


def blind_coding(project: Project, task: str, coder: str, report: str) -> BlindCoding:
    """The coder's work so far. Raises UsageError for an unknown task, another person, or a report of another task."""
    with project.looking() as connection:
        known = task_named(connection, task)
        place = place_of(known, coder, report)
        source = held_report(connection, report)
        laid = _laid(connection, known, place, source)
        done = finished(connection, known, report)
    return BlindCoding(
        task=known,
        coder=coder,
        report=source,
        claims=laid.claims,
        lapsed=laid.lapsed,
        finished=done.get((coder, report)),
        is_open=len(done) == len(known.coders),
    )


def accept(
    project: Project,
    task: str,
    coder: str,
    report: str,
    claim: str,
    *,
    reason: str = _CODED,
    expected: int | None = None,
) -> Decision:
    """Keeps, for this coder alone, that the claim is right; raises as ``deciding.accept`` does, and once finished."""
    return _on_claim(project, (task, coder, report), claim, "accept", {}, reason, expected)


def reject(
    project: Project,
    task: str,
    coder: str,
    report: str,
    claim: str,
    *,
    reason: str = _CODED,
    expected: int | None = None,
) -> Decision:
    """Keeps, for this coder alone, that the report makes no such claim; raises as ``accept`` does."""
    return _on_claim(project, (task, coder, report), claim, "reject", {}, reason, expected)


def fix(
    project: Project,
    task: str,
    coder: str,
    report: str,
    claim: str,
    fields: Mapping[str, Any],
    *,
    reason: str = _CODED,
    expected: int | None = None,
) -> Decision:
    """Keeps, for this coder alone, other values for some fields; raises as ``deciding.fix`` does, and once finished."""
    if not fields:
        raise UsageError(f"nothing is fixed in {claim}: give at least one field")
    return _on_claim(project, (task, coder, report), claim, "fix", fields, reason, expected)


def add(
    project: Project, task: str, coder: str, report: str, fields: Mapping[str, Any], *, reason: str = _CODED
) -> Decision:
    """Keeps, for this coder alone, a claim; raises as ``deciding.add`` does, and once finished."""
    with project.writing() as connection:
        known, place, source = _unfinished(connection, (task, coder, report))
        laid = _laid(connection, known, place, source)
        made = addition(laid.claims, source, fields, who=coder, reason=reason)
        return append(connection, _blind(made, place))


def take_back(
    project: Project, task: str, coder: str, number: int, *, reason: str = _TAKEN_BACK, expected: int | None = None
) -> Decision:
    """Takes an entry of the coder's own back. Raises UsageError for another's, and once the report is finished."""
    with project.writing() as connection:
        lock_log(connection)
        taken = entry(connection, number)
        if taken is None or taken.kind is not DecisionKind.CODING or taken.subjects[:2] != (task, coder):
            raise UsageError(f"entry {number} is none of what {coder} coded in {task!r}")
        if taken.verdict == "finish":
            raise UsageError("a finished report is opened again by 'reopen'")
        _unfinished(connection, (task, coder, taken.subjects[2]))
        return append(connection, _undoing(taken, coder, reason), expected=expected)


def finish(project: Project, task: str, coder: str, report: str) -> Decision:
    """Keeps that the coder has finished the report, with all claims as they stand: untouched ones count as accepted.

    What was coded is kept whole in the entry, so that reading the report again changes nothing in it.
    """
    with project.writing() as connection:
        known, place, source = _unfinished(connection, (task, coder, report))
        laid = _laid(connection, known, place, source)
        done = Decision(
            kind=DecisionKind.CODING,
            subjects=place,
            verdict="finish",
            value={"digest": source.digest, **_coded(laid, source)},
            reason="finished",
            who=coder,
        )
        return append(connection, done)


def reopen(project: Project, task: str, coder: str, report: str) -> Decision:
    """Takes back that the coder has finished. Raises UsageError once all have: then the others' work was to be seen."""
    with project.writing() as connection:
        lock_log(connection)
        known = task_named(connection, task)
        done = finished(connection, known, report)
        mine = done.get((coder, report))
        if mine is None:
            raise UsageError(f"{coder} has not finished {report!r} in {task!r}")
        if len(done) == len(known.coders):
            raise UsageError("all coders have finished this report, and can see each other's work: settle it instead")
        return append(connection, _undoing(mine, coder))


def _on_claim(
    project: Project,
    at: Place,
    claim: str,
    verdict: str,
    fields: Mapping[str, Any],
    reason: str,
    expected: int | None,
) -> Decision:
    with project.writing() as connection:
        known, place, source = _unfinished(connection, at)
        laid = _laid(connection, known, place, source)
        made = decision_on(laid.claims, source, claim, verdict, fields, who=place[1], reason=reason)
        return append(connection, _blind(made, place), expected=expected)


def _unfinished(connection: Connection, at: Place) -> tuple[Task, Place, Report]:
    """The task and the report of a place that can still be coded; keeps other writers out of the log."""
    lock_log(connection)
    task = task_named(connection, at[0])
    place = place_of(task, at[1], at[2])
    if (place[1], place[2]) in finished(connection, task, place[2]):
        raise UsageError(f"{place[1]} has finished {place[2]!r}: open it again before you change anything")
    return task, place, held_report(connection, place[2])


def _laid(connection: Connection, task: Task, place: Place, report: Report) -> Overlay:
    read = claims_read(connection, [report.id])[report.id] if task.start is Start.CLAIMS else []
    last = last_numbers(connection, DecisionKind.CODING, report.id)
    seen: dict[tuple[str, ...], int] = {
        key[2:]: number for key, number in last.items() if key[:3] == place and len(key) == 4
    }
    return lay_over(report, read, on_claims(in_place(connection, place)), seen)


def _coded(laid: Overlay, report: Report) -> dict[str, Any]:
    """The claims that stand, and the ids of the engine's that the coder rejected."""
    return {
        "claims": [
            {
                "id": one.claim.id,
                "read": one.as_read.id if one.as_read else None,
                "fields": as_given(one.claim, report.text),
            }
            for one in laid.claims
            if one.mark is not Mark.REJECTED
        ],
        "rejected": [one.as_read.id for one in laid.claims if one.mark is Mark.REJECTED and one.as_read],
    }


def _blind(decision: Decision, place: Place) -> Decision:
    """A decision on a claim as an entry of a task."""
    return msgspec.structs.replace(decision, kind=DecisionKind.CODING, subjects=(*place[:2], *decision.subjects))


def _undoing(taken: Decision, coder: str, reason: str = _TAKEN_BACK) -> Decision:
    return Decision(
        kind=taken.kind,
        subjects=taken.subjects,
        verdict=UNDO,
        reason=reason,
        who=coder,
        before={"verdict": taken.verdict, "reason": taken.reason, "who": taken.who},
        undoes=taken.number,
    )
