"""What has been decided, by whom and why, what counts of it now, and what no longer applies?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

import msgspec

from twosource.corpus_records import Decision, DecisionKind
from twosource.deciding import no_longer_apply
from twosource.store import Project
from twosource.store.decisions import every_decision, standing

__all__ = ["DecisionRow", "DecisionState", "count_decisions", "list_decisions"]


class DecisionState(StrEnum):
    """What an entry of the log counts for now."""

    IN_FORCE = "in force"
    SUPERSEDED = "superseded"
    TAKEN_BACK = "taken back"
    NO_LONGER_APPLIES = "no longer applies"


class DecisionRow(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the log and what it counts for; ``why`` says it where it isn't in force, and is empty where it is.

    ``seen`` is the number of the last entry on the same subjects, which whoever decides on them hands on.
    """

    decision: Decision
    state: DecisionState
    why: str
    seen: int


def list_decisions(
    project: Project,
    *,
    kind: DecisionKind | None = None,
    about: str | None = None,
    limit: int | None = 200,
    offset: int = 0,
) -> tuple[DecisionRow, ...]:
    """The entries of the log, the newest first; of one kind, or with one id among their subjects, or all.

    What is coded blind is listed where its kind is asked for alone, so that no coder comes upon another's.
    """
    with project.looking() as connection:
        entries = every_decision(connection)
    chosen = [one for one in reversed(entries) if _chosen(one, kind, about)]
    shown = chosen[offset : None if limit is None else offset + limit]
    if not shown:
        return ()
    states = _states(entries, {one.decision.number: one.reason for one in no_longer_apply(project)})
    last = {(one.kind, one.subjects): one.number for one in entries}
    return tuple(
        DecisionRow(decision=one, state=state, why=why, seen=last[one.kind, one.subjects])
        for one in shown
        for state, why in [states[one.number]]
    )


def count_decisions(project: Project, *, kind: DecisionKind | None = None, about: str | None = None) -> int:
    """How many entries ``list_decisions`` lists with no limit."""
    with project.looking() as connection:
        return sum(_chosen(one, kind, about) for one in every_decision(connection))


def _chosen(one: Decision, kind: DecisionKind | None, about: str | None) -> bool:
    return (one.kind is not DecisionKind.CODING if kind is None else one.kind is kind) and (
        about is None or about in one.subjects
    )


def _states(entries: Sequence[Decision], lapsed: Mapping[int, str]) -> dict[int, tuple[DecisionState, str]]:
    stand = standing(entries)
    numbers = {one.number for one in stand}
    taken_back_by = {one.undoes: one.number for one in stand if one.undoes is not None}
    last = {(one.kind, one.subjects): one.number for one in stand if one.undoes is None}
    states: dict[int, tuple[DecisionState, str]] = {}
    for one in entries:
        if one.number not in numbers:
            states[one.number] = DecisionState.TAKEN_BACK, f"by entry {taken_back_by[one.number]}"
        elif one.undoes is None and last[one.kind, one.subjects] != one.number:
            states[one.number] = DecisionState.SUPERSEDED, f"by entry {last[one.kind, one.subjects]}"
        elif one.number in lapsed:
            states[one.number] = DecisionState.NO_LONGER_APPLIES, lapsed[one.number]
        else:
            states[one.number] = DecisionState.IN_FORCE, ""
    return states
