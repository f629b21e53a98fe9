"""What tells that a project has changed since it was looked at last."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, func, select, union_all

from twosource.corpus_records import DecisionKind
from twosource.store import tables
from twosource.store.due import state_of as state_of_stage

__all__ = ["EVENTS_KEPT", "contents_of", "events_kept", "last_event", "state_of"]

EVENTS_KEPT = "events kept"
"""The name under which it is counted how often events were kept or taken out."""

_SILENT = frozenset(
    {DecisionKind.SENTENCE, DecisionKind.TASK, DecisionKind.CODING, DecisionKind.SETTING, DecisionKind.SECOND}
)
"""Kinds of entries by which no claim, name or event changes: they come by the hundred, and make no answer stale."""


def _last_entry() -> Select[Any]:
    entry = tables.decision.c
    each = union_all(
        *(
            select(func.max(entry.number).label("number")).where(entry.kind == kind.value)
            for kind in DecisionKind
            if kind not in _SILENT
        )
    ).subquery()
    return select(func.max(each.c.number))


# Every page asks these several times: they are put together once.
_LAST_RUN = select(func.max(tables.run.c.number), func.count(tables.run.c.finished))
_LAST_ENTRY = _last_entry()
_CONTENTS = select(*(select(func.max(table.c.number)).scalar_subquery() for table in (tables.reading, tables.issue)))

_LAST_EVENT = select(func.max(tables.event.c.number))


def state_of(connection: Connection) -> tuple[int, int, int]:
    """Numbers that differ after every run and decision: the last run, how many came to their end, the log's last entry.

    Sentences looked at, what is coded blind and second words are left out: by them no claim, name or event changes.
    What is gathered anew without either, as names are after a decision on them, they do not tell.
    """
    last_run = connection.execute(_LAST_RUN).one()
    last_entry = connection.execute(_LAST_ENTRY).scalar()
    return last_run[0] or 0, last_run[1], last_entry or 0


def contents_of(connection: Connection) -> tuple[int, int]:
    """Numbers that grow with every batch of a run: the last reading and the last issue that were stored."""
    row = connection.execute(_CONTENTS).one()
    return row[0] or 0, row[1] or 0


def last_event(connection: Connection) -> int:
    """The greatest number of an event, about as many as there are; 0 where there is none.

    It grows with the events that a run finds, and may stay where events only vanish or take each other's place.
    """
    return connection.execute(_LAST_EVENT).scalar() or 0


def events_kept(connection: Connection) -> str | None:
    """What differs after every change of the events: by a run, by a decision, by what follows from one a moment later.

    None where no version of twosource that counts them has changed any.
    """
    return state_of_stage(connection, EVENTS_KEPT)
