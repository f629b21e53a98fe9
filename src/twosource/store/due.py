"""Which reports each stage that works across reports has yet to look at, so that no run looks through all of them."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from sqlalchemy import Connection, delete, insert, literal, select

from twosource.store import tables
from twosource.store.some import some

__all__ = ["Across", "begin", "count_change", "due", "mark", "set_state", "state_of", "tick_off"]


class Across(StrEnum):
    """The stages that work across reports."""

    LINEAGE = "lineage"
    ENTITIES = "entities"
    EVENTS = "events"


def mark(connection: Connection, reports: Iterable[str], *stages: Across) -> None:
    """Makes these reports (ids) due in these stages, in all where none is given. Twice is the same as once."""
    columns = tables.due.c
    for few in some(sorted(set(reports))):
        for stage in stages or tuple(Across):
            held = select(columns.report).where(columns.stage == stage.value, columns.report.in_(few))
            waiting = set(connection.execute(held).scalars().all())
            rows = [{"stage": stage.value, "report": report} for report in few if report not in waiting]
            if rows:
                connection.execute(insert(tables.due), rows)


def due(connection: Connection, stage: Across, limit: int | None = None) -> list[str]:
    """The reports (ids, sorted) that are due in a stage, the first ``limit`` of them."""
    columns = tables.due.c
    query = select(columns.report).where(columns.stage == stage.value).order_by(columns.report).limit(limit)
    return list(connection.execute(query).scalars())


def tick_off(connection: Connection, stage: Across, reports: Iterable[str]) -> None:
    """These reports are due in the stage no more."""
    columns = tables.due.c
    for few in some(sorted(set(reports))):
        connection.execute(delete(tables.due).where(columns.stage == stage.value, columns.report.in_(few)))


def begin(connection: Connection, stage: Across, fingerprint: str) -> bool:
    """Whether all that a stage keeps rests on other rules than these (or on none); then every report becomes due."""
    if state_of(connection, stage) == fingerprint:
        return False
    connection.execute(delete(tables.due).where(tables.due.c.stage == stage.value))
    every = select(literal(stage.value), tables.report.c.id).where(tables.report.c.current)
    connection.execute(insert(tables.due).from_select(["stage", "report"], every))
    set_state(connection, stage, fingerprint)
    return True


def state_of(connection: Connection, name: str) -> str | None:
    """The fingerprint that is kept under this name, None for none."""
    columns = tables.stage_state.c
    return connection.execute(select(columns.fingerprint).where(columns.stage == name)).scalar()


def set_state(connection: Connection, name: str, fingerprint: str) -> None:
    """Keeps a fingerprint under a name."""
    connection.execute(delete(tables.stage_state).where(tables.stage_state.c.stage == name))
    connection.execute(insert(tables.stage_state).values(stage=name, fingerprint=fingerprint))


def count_change(connection: Connection, name: str) -> None:
    """Keeps under the name, as ``state_of`` tells it, how often this was called, so that who looks sees a change."""
    set_state(connection, name, str(int(state_of(connection, name) or 0) + 1))
