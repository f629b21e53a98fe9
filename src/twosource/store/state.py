"""What tells that a project has changed since it was looked at last."""

from __future__ import annotations

from sqlalchemy import Connection, func, select, union_all

from twosource.corpus_records import DecisionKind
from twosource.store import tables

__all__ = ["contents_of", "state_of"]

_SILENT = frozenset(
    {DecisionKind.SENTENCE, DecisionKind.TASK, DecisionKind.CODING, DecisionKind.SETTING, DecisionKind.SECOND}
)
"""Kinds of entries by which no claim, name or event changes: they come by the hundred, and make no answer stale."""


def state_of(connection: Connection) -> tuple[int, int, int]:
    """Numbers that differ after every run and decision: the last run, how many came to their end, the log's last entry.

    Sentences looked at, what is coded blind and second words are left out: by them no claim, name or event changes.
    What is gathered anew without either, as names are after a decision on them, they do not tell.
    """
    run = tables.run.c
    last_run = connection.execute(select(func.max(run.number), func.count(run.finished))).one()
    entry = tables.decision.c
    each = union_all(
        *(
            select(func.max(entry.number).label("number")).where(entry.kind == kind.value)
            for kind in DecisionKind
            if kind not in _SILENT
        )
    ).subquery()
    last_entry = connection.execute(select(func.max(each.c.number))).scalar()
    return last_run[0] or 0, last_run[1], last_entry or 0


def contents_of(connection: Connection) -> tuple[int, int]:
    """Numbers that grow with every batch of a run: the last reading and the last issue that were stored."""
    reading, issue = (select(func.max(table.c.number)).scalar_subquery() for table in (tables.reading, tables.issue))
    row = connection.execute(select(reading, issue)).one()
    return row[0] or 0, row[1] or 0
