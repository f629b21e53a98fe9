"""Coding tasks: which reports are coded, by whom, and from what they begin."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterable, Sequence
from enum import StrEnum

import msgspec
from sqlalchemy import Connection, select

from twosource.corpus_records import Decision, DecisionKind
from twosource.errors import UsageError
from twosource.store import Project, tables
from twosource.store.decisions import append, decisions_in_force, lock_log
from twosource.store.lineage import reports_with

__all__ = ["Start", "Task", "called", "draw", "list_tasks", "set_task", "task_named"]

_LEAST_CODERS = 2


class Start(StrEnum):
    """What a coder begins with: the claims that the engine found, to accept, fix and reject; or none."""

    CLAIMS = "claims"
    EMPTY = "empty"


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """Reports (ids, in their order) that several people code, each by the name that they decide under."""

    name: str
    reports: tuple[str, ...]
    coders: tuple[str, ...]
    start: Start
    who: str
    made: str
    number: int


def set_task(
    project: Project, name: str, *, reports: Iterable[str], coders: Iterable[str], start: Start, who: str
) -> Task:
    """Keeps a new task in the log; returns it.

    Raises UsageError for a name that is taken or empty, for no report or one that isn't there, and for fewer than two
    coders.
    """
    title, chosen = called(name), tuple(dict.fromkeys(reports))
    names = tuple(dict.fromkeys(called(coder) for coder in coders if called(coder)))
    if not title:
        raise UsageError("a coding task needs a name: give one")
    if len(names) < _LEAST_CODERS:
        raise UsageError("reports are coded by two people or more: give the name of each")
    if not chosen:
        raise UsageError("a coding task needs reports: choose at least one")
    with project.writing() as connection:
        lock_log(connection)
        if any(one.name == title for one in _tasks(connection)):
            raise UsageError(f"there is a task {title!r} already: give this one another name")
        known = reports_with(connection, chosen)
        missing = [id_ for id_ in chosen if id_ not in known]
        if missing:
            raise UsageError(f"there is no report {missing[0]!r}: choose from the list of reports")
        entry = Decision(
            kind=DecisionKind.TASK,
            subjects=(title,),
            verdict="set",
            value={"reports": list(chosen), "coders": list(names), "start": Start(start).value},
            reason="to be coded blind",
            who=who,
        )
        return _task(append(connection, entry))


def list_tasks(project: Project) -> tuple[Task, ...]:
    """The tasks of a project, the newest first; those that were taken back are left out."""
    with project.looking() as connection:
        return tuple(reversed(_tasks(connection)))


def task_named(connection: Connection, name: str) -> Task:
    """The task of this name. Raises UsageError for none, and says which are near."""
    known = {one.name: one for one in _tasks(connection)}
    if name in known:
        return known[name]
    near = difflib.get_close_matches(name, known, n=2)
    hint = f"did you mean {' or '.join(near)}?" if near else "the desk's page Coding makes one"
    raise UsageError(f"there is no coding task {name!r}: {hint}")


def called(name: str) -> str:
    """The name as it is kept: in one line."""
    return " ".join(name.split())


def draw(project: Project, count: int, seed: str) -> tuple[str, ...]:
    """The ids of ``count`` reports drawn from all, in their order; all where there are fewer.

    The same seed draws the same reports from the same project: they are ranked by the SHA-256 of seed and id.
    """
    if count < 1:
        raise UsageError(f"{count} reports can't be drawn: give a number from 1 up")
    columns = tables.report.c
    with project.looking() as connection:
        ids: Sequence[str] = connection.execute(select(columns.id).where(columns.current)).scalars().all()
    ranked = sorted(ids, key=lambda id_: hashlib.sha256(f"{seed}\0{id_}".encode()).digest())
    return tuple(sorted(ranked[:count]))


def _tasks(connection: Connection) -> list[Task]:
    return [_task(one) for one in decisions_in_force(connection, DecisionKind.TASK)]


def _task(entry: Decision) -> Task:
    told = {**entry.value, "name": entry.subjects[0], "who": entry.who, "made": entry.made, "number": entry.number}
    return msgspec.convert(told, Task)
