"""What tells that a project has changed since it was looked at last."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from twosource.store import tables

__all__ = ["state_of"]


def state_of(connection: Connection) -> tuple[int, int, int]:
    """Numbers that differ after every run and every decision: the last run, how many came to their end, the log's last.

    What is gathered anew without either, as names are after a decision on them, they do not tell.
    """
    run = tables.run.c
    last_run = connection.execute(select(func.max(run.number), func.count(run.finished))).one()
    last_entry = connection.execute(select(func.max(tables.decision.c.number))).scalar()
    return last_run[0] or 0, last_run[1], last_entry or 0
