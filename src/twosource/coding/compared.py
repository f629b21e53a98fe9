"""What all coders made of one report, side by side, once each has finished it; and what was settled of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
from sqlalchemy import Connection

from twosource.coding.entries import finished
from twosource.coding.tasks import Task
from twosource.corpus.coding.coded import CodedClaim, coded_claim
from twosource.corpus.coding.matching import Unit, match
from twosource.corpus_records import Decision, DecisionKind
from twosource.store.decisions import decisions_in_force

__all__ = ["Comparison", "Settled", "compare", "compare_all", "settlements"]


class Settled(msgspec.Struct, frozen=True, kw_only=True):
    """How a unit was settled: whose claim was chosen (None: another one, or none at all), and the entry of the log."""

    chose: str | None
    decision: Decision


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """One report as all coders of a task coded it.

    ``rejected`` holds the engine's claims (ids) that every coder rejected. ``settled`` has the decisions on units, by
    their ids. ``versions`` is above 1 where coders coded different versions of the text: then nothing is matched.
    """

    task: Task
    report: str
    digest: str
    units: tuple[Unit, ...]
    rejected: tuple[str, ...] = ()
    settled: dict[str, Settled] = {}
    versions: int = 1

    @property
    def open_units(self) -> tuple[Unit, ...]:
        """The units that nobody has settled."""
        return tuple(unit for unit in self.units if unit.id not in self.settled)


def compare(connection: Connection, task: Task, report: str) -> Comparison | None:
    """The comparison of a report; None while a coder has not finished it."""
    done = finished(connection, task, report)
    if len(done) < len(task.coders):
        return None
    return _comparison(
        task, report, [done[coder, report] for coder in task.coders], settlements(connection, task, report)
    )


def compare_all(connection: Connection, task: Task) -> tuple[Comparison, ...]:
    """The comparisons of those reports of a task that every coder has finished, in the task's order."""
    done = finished(connection, task)
    found = []
    for report in task.reports:
        theirs = [done[coder, report] for coder in task.coders if (coder, report) in done]
        if len(theirs) == len(task.coders):
            found.append(_comparison(task, report, theirs, {}))
    return tuple(found)


def settlements(connection: Connection, task: Task, report: str) -> dict[str, Settled]:
    """The decisions in force by which units of the report were settled, by the units' ids."""
    found: dict[str, Settled] = {}
    for one in decisions_in_force(connection, DecisionKind.CLAIM, about=report):
        settles = one.before.get("settles")
        if settles and settles["task"] == task.name:
            found[settles["unit"]] = Settled(chose=settles["chose"], decision=one)
    return found


def _comparison(task: Task, report: str, done: Sequence[Decision], settled: Mapping[str, Settled]) -> Comparison:
    digests = {one.value["digest"] for one in done}
    coded = [_claims_in(one) for one in done]
    rejected = set.intersection(*(set(one.value["rejected"]) for one in done))
    return Comparison(
        task=task,
        report=report,
        digest=done[0].value["digest"],
        units=match(report, coded) if len(digests) == 1 else (),
        rejected=tuple(sorted(rejected)),
        settled=dict(settled),
        versions=len(digests),
    )


def _claims_in(done: Decision) -> list[CodedClaim]:
    return [coded_claim(one["id"], one["read"], one["fields"]) for one in done.value["claims"]]
