"""The claims of which an entity is an actor or a target: found by its names, or by their days where many name it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, and_, func, select, tuple_

from twosource.closed_sets import ClaimType
from twosource.store import tables
from twosource.store.counting import counted_up_to

__all__ = ["claims_naming"]

_MANY = 5_000  # reports that name an entity, from which on those that name it are not gone through first
_NEWEST = (1_250, 5_000, 20_000)
"""Claims of each type, the newest, that are held against it instead: more of them where too few of those name it."""


def claims_naming(
    connection: Connection, entity: str, types: Sequence[ClaimType], most: int | None = None
) -> list[RowMapping]:
    """The current claims of these types of which the entity is an actor or a target; by report and place in it.

    Of more than ``most`` it is those published last.

    Columns: record, evidence, report.
    """
    claim = tables.claim.c
    asked = [one.value for one in types]
    keys = None if most is None else _among_newest(connection, entity, asked, most)
    held = (_by_names(entity, asked) if keys is None else keys).order_by(*_newest_first()).limit(most).subquery().c
    query = select(claim.record, claim.evidence, claim.report, claim.reading, claim.rank)
    query = query.where(tuple_(claim.reading, claim.rank).in_(select(held.reading, held.rank)))
    return list(connection.execute(query.order_by(claim.report, claim.reading, claim.rank)).mappings())


def _newest_first() -> tuple[ColumnElement[object], ...]:
    claim = tables.claim.c
    return claim.published.desc().nulls_last(), claim.reading.desc(), claim.rank.desc()


def _by_names(entity: str, types: Sequence[str]) -> Select[tuple[int, int]]:
    """The keys of all the claims, beginning with the names that mean the entity."""
    name, kept, claim, value = (
        table.c for table in (tables.entity_name, tables.entity_report, tables.claim, tables.claim_value)
    )
    same = and_(value.reading == kept.reading, value.folded == name.folded, value.name == name.name)
    joined = tables.entity_name.join(tables.entity_report, kept.report == name.report).join(tables.claim_value, same)
    told = select(value.reading, value.rank).select_from(joined)
    told = told.where(name.entity == entity, value.field.in_(["actor", "target"]))
    keys = select(claim.reading, claim.rank).where(tuple_(claim.reading, claim.rank).in_(told))
    # Within coalesce no index is used: all claims of the types would be held against those that name the entity.
    return keys.where(func.coalesce(claim.type, "").in_(types))


def _among_newest(
    connection: Connection, entity: str, types: Sequence[str], most: int
) -> Select[tuple[int, int]] | None:
    """The keys of those among the newest claims of the types; None where few reports name it, or too few are there."""
    row = tables.entity.c
    reports = connection.execute(select(row.reports).where(row.id == entity)).scalar() or 0
    if reports <= _MANY:
        return None
    for newest in _NEWEST:
        floors = [_floor(connection, one, newest) for one in types]
        since = max((day for day in floors if day is not None), default=None)
        if since is None:
            return None
        keys = _since(entity, types, since)
        if counted_up_to(connection, keys, most - 1) >= most:
            return keys
    return None


def _since(entity: str, types: Sequence[str], day: datetime.date) -> Select[tuple[int, int]]:
    """The keys of those of the types that were published since a day: their names are looked up one by one."""
    claim = tables.claim.c
    value, name = tables.claim_value.c, tables.entity_name.c
    meant = and_(name.report == claim.report, name.name == value.name, name.entity == entity)
    of_claim = and_(value.reading == claim.reading, value.rank == claim.rank, value.field.in_(["actor", "target"]))
    named = select(value.rank).where(of_claim, meant).correlate(tables.claim).exists()
    newest = and_(claim.type.in_(types), claim.published >= day, claim.current)
    return select(claim.reading, claim.rank).where(newest, named)


def _floor(connection: Connection, type_: str, newest: int) -> datetime.date | None:
    """The day since which so many claims of a type were published; None where they are fewer."""
    claim = tables.claim.c
    days = select(claim.published).where(claim.type == type_, claim.published.is_not(None))
    return connection.execute(days.order_by(claim.published.desc()).limit(1).offset(newest)).scalar()
