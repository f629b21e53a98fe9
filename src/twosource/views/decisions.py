"""What has been decided, by whom and why, what counts of it now, and what no longer applies?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

import msgspec
from sqlalchemy import Connection

from twosource.corpus_records import Decision, DecisionKind
from twosource.deciding import lapsed_among, no_longer_apply
from twosource.store import Project
from twosource.store.decisions import standing
from twosource.store.log_pages import LogFilter, count_entries, entries_listed, entries_on

__all__ = ["DecisionRow", "DecisionState", "count_decisions", "decision_rows", "list_decisions", "list_lapsed"]


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
    who: str | None = None,
    about: str | Iterable[str] | None = None,
    limit: int | None = 200,
    offset: int = 0,
) -> tuple[DecisionRow, ...]:
    """The entries of the log, the newest first; of one kind, by one person, with one id (or one of several) among
    their subjects, or all.

    What is coded blind is listed where its kind is asked for alone, so that no coder comes upon another's. Only what
    the entries listed rest on is looked at, however long the log is.
    """
    with project.looking() as connection:
        return _rows(
            connection, entries_listed(connection, _filter(kind=kind, who=who, about=about), limit=limit, offset=offset)
        )


def count_decisions(
    project: Project,
    *,
    kind: DecisionKind | None = None,
    who: str | None = None,
    about: str | Iterable[str] | None = None,
) -> int:
    """How many entries ``list_decisions`` lists with no limit."""
    with project.looking() as connection:
        return count_entries(connection, _filter(kind=kind, who=who, about=about))


def list_lapsed(project: Project) -> tuple[Decision, ...]:
    """The decisions in force that no longer apply, the newest first; it looks at all that were ever decided on."""
    return tuple(one.decision for one in reversed(no_longer_apply(project)))


def decision_rows(project: Project, entries: Sequence[Decision]) -> tuple[DecisionRow, ...]:
    """The rows of these entries, in their order, as they stand now."""
    with project.looking() as connection:
        return _rows(connection, entries)


def _filter(*, kind: DecisionKind | None, who: str | None, about: str | Iterable[str] | None) -> LogFilter:
    asked = about if about is None or isinstance(about, str) else tuple(about)
    return LogFilter(kind=kind, who=who, about=asked)


def _rows(connection: Connection, shown: Sequence[Decision]) -> tuple[DecisionRow, ...]:
    if not shown:
        return ()
    entries = entries_on(connection, shown)
    states = _states(entries, {})
    counting = [one for one in shown if one.undoes is None and states[one.number][0] is DecisionState.IN_FORCE]
    states = _states(entries, {one.decision.number: one.reason for one in lapsed_among(connection, counting)})
    last = {(one.kind, one.subjects): one.number for one in entries}
    return tuple(
        DecisionRow(decision=one, state=state, why=why, seen=last[one.kind, one.subjects])
        for one in shown
        for state, why in [states[one.number]]
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
