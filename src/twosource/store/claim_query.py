"""Questions to a project about its claims, by what they say, who says it, where and when."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, and_, false, func, or_, select, true, tuple_

from twosource.store import query, tables
from twosource.store.claim_filter import Among, ClaimFilter, chooses
from twosource.store.claim_narrowing import MOST_COUNTED, narrowed, published_conditions
from twosource.store.counting import counted_up_to, standing

__all__ = [
    "Among",
    "ClaimFilter",
    "chooses",
    "claim_rows",
    "claim_rows_with",
    "count_claims",
    "every_claim_row",
    "newest_claim_rows",
]

_CHUNK = 500  # claims held in memory at a time while all of them are walked
MOST_SCANNED = 20_000
"""Claims of a large project that a question looks through, from the newest on, where nothing narrows them."""


def claim_rows(
    connection: Connection,
    chosen: ClaimFilter,
    limit: int | None = None,
    offset: int = 0,
    *,
    without: Collection[str] = (),
) -> list[RowMapping]:
    """The claims chosen as they were read, by report id, then by place in the text, but those with the ids ``without``.

    Columns: record, evidence, report, rank.
    """
    claim = tables.claim.c
    found = _ordered(connection, chosen, None, without).limit(limit).offset(offset)
    if (
        limit is not None and narrowed(connection, chosen).narrow
    ):  # keys are put in order, and those of a page looked up
        keys = found.with_only_columns(claim.reading, claim.rank).subquery().c
        found = select(*_columns()).where(tuple_(claim.reading, claim.rank).in_(select(keys.reading, keys.rank)))
        found = found.order_by(*_in_text())
    return list(connection.execute(found).mappings())


def claim_rows_with(connection: Connection, ids: Collection[str]) -> list[RowMapping]:
    """The current claims with these ids, in the same order and columns."""
    claim = tables.claim.c
    columns = claim.record, claim.evidence, claim.report, claim.rank
    found = select(*columns).where(claim.id.in_(sorted(ids)), claim.current)
    return list(connection.execute(found.order_by(claim.report, claim.offset, claim.rank)).mappings())


def every_claim_row(
    connection: Connection, chosen: ClaimFilter, among: Among | None = None, *, without: Collection[str] = ()
) -> Iterator[list[RowMapping]]:
    """The same rows as ``claim_rows``, in chunks, so that a large project needs little memory; of those ``among``."""
    ordered = _ordered(connection, chosen, among, without)
    result = connection.execute(ordered, execution_options={"yield_per": _CHUNK}).mappings()
    for chunk in result.partitions():
        yield list(chunk)


def newest_claim_rows(
    connection: Connection, chosen: ClaimFilter, among: Among | None, most: int, *, without: Collection[str] = ()
) -> tuple[list[RowMapping], datetime.date | None]:
    """The claims chosen that were published last, the newest first, undated ones last: at most so many.

    Columns: record, evidence, report, reading, rank, published. With them the day since which claims were looked
    through, where nothing narrows them and they are more than ``MOST_SCANNED``; None where all were.
    """
    by = narrowed(connection, chosen)
    conditions = [*by.conditions, *_but(without), tables.claim.c.current]
    ranges = [true()] if among is None else _ranges(among)
    if by.narrow:
        if among is None and by.in_order is not None:
            conditions = [*by.in_order, *_but(without), tables.claim.c.current]
        return list(connection.execute(_newest([*conditions, _tried(among)], most)).mappings()), None
    until = published_conditions(chosen)
    floors = [_floor_of(connection, and_(each, *until), MOST_SCANNED // len(ranges)) for each in ranges]
    rows = _newest_of_ranges(connection, list(zip(ranges, floors, strict=True)), conditions, most)
    return rows, max((floor for floor in floors if floor is not None), default=None)


def _newest_of_ranges(
    connection: Connection,
    ranges: Sequence[tuple[ColumnElement[bool], datetime.date | None]],
    conditions: Sequence[ColumnElement[bool]],
    most: int,
) -> list[RowMapping]:
    """The claims in these ranges, each since a day, that were published last, the newest first.

    One range after another, so that the next need only be looked through up to the last day that may still count.
    """
    found: list[RowMapping] = []
    for meets, floor in ranges:
        enough = found[most - 1]["published"] if len(found) >= most else None
        since = max((day for day in (floor, enough) if day is not None), default=None)
        later = [] if since is None else [tables.claim.c.published >= since]
        rows = connection.execute(_newest([meets, *later, *conditions], most)).mappings()
        every = {(row["reading"], row["rank"]): row for row in (*found, *rows)}
        found = sorted(every.values(), key=_newness, reverse=True)[:most]
    return found


def _newness(row: RowMapping) -> tuple[datetime.date, int, int]:
    """A key to order rows by, with what was published on no known day before all others."""
    return row["published"] or datetime.date.min, row["reading"], row["rank"]


def _floor_of(connection: Connection, which: ColumnElement[bool], most: int) -> datetime.date | None:
    """The day since which about so many of these claims were published; None where they are fewer."""
    claim = tables.claim.c
    days = select(claim.published).where(which, claim.current).order_by(*_newest_first())
    return connection.execute(days.limit(1).offset(most)).scalar()


def count_claims(
    connection: Connection, chosen: ClaimFilter, most: int | None = None, *, without: Collection[str] = ()
) -> int:
    """How many claims are chosen, as they were read, but for those with the ids ``without``; of more than ``most``
    one more."""
    if chosen in (ClaimFilter(), ClaimFilter(rejected=True)):
        kept = _current_with(connection, without)
        return query.count_claims(connection) - kept
    by = narrowed(connection, chosen)
    if by.number is not None and not without:
        return by.number if most is None else min(by.number, most + 1)
    if by.keys is not None:
        return _count_of_keys(connection, by.keys, most, without)
    rest = [*_but(without), tables.claim.c.current]
    if by.some is not None and most is not None and most <= MOST_COUNTED:
        many = counted_up_to(connection, select(tables.claim.c.rank).where(*by.some, *rest), most)
        if many > most:
            return many
    every = by.conditions if by.every is None else by.every
    return counted_up_to(connection, select(tables.claim.c.rank).where(*every, *rest), most)


def _count_of_keys(connection: Connection, keys: Select[Any], most: int | None, without: Collection[str]) -> int:
    """How many current claims have these keys: no claim is looked up, for keys tell its reading."""
    claim, held = tables.claim.c, keys.subquery().c
    query = select(held.reading, held.rank).where(standing(held.reading))
    if without:
        left_out = select(claim.reading, claim.rank).where(claim.id.in_(sorted(without)))
        query = query.where(tuple_(held.reading, held.rank).not_in(left_out))
    return counted_up_to(connection, query.distinct(), most)


def _current_with(connection: Connection, ids: Collection[str]) -> int:
    if not ids:
        return 0
    chosen = select(tables.claim.c.rank).where(tables.claim.c.id.in_(sorted(ids)), tables.claim.c.current)
    return counted_up_to(connection, chosen, None)


def _ordered(connection: Connection, chosen: ClaimFilter, among: Among | None, without: Collection[str]) -> Select[Any]:
    by = narrowed(connection, chosen)
    kinds = _tried(among) if by.narrow or among is None else or_(*_ranges(among))
    found = select(*_columns()).where(*by.conditions, kinds, *_but(without), tables.claim.c.current)
    return found.order_by(*_in_text())


def _columns() -> tuple[ColumnElement[Any], ...]:
    claim = tables.claim.c
    return claim.record, claim.evidence, claim.report, claim.rank


def _in_text() -> tuple[ColumnElement[Any], ...]:
    claim = tables.claim.c
    return claim.report, claim.offset, claim.rank


def _newest(conditions: Sequence[ColumnElement[bool]], most: int) -> Select[Any]:
    """The claims that meet the conditions and were published last.

    They are found by their keys, which an index has in this order; the rest is looked up of those alone.
    """
    claim = tables.claim.c
    keys = select(claim.reading, claim.rank).where(*conditions).order_by(*_newest_first()).limit(most).subquery().c
    columns = claim.record, claim.evidence, claim.report, claim.reading, claim.rank, claim.published
    found = select(*columns).where(tuple_(claim.reading, claim.rank).in_(select(keys.reading, keys.rank)))
    return found.order_by(*_newest_first())


def _newest_first() -> tuple[ColumnElement[Any], ...]:
    claim = tables.claim.c
    return claim.published.desc().nulls_last(), claim.reading.desc(), claim.rank.desc()


def _ranges(among: Among) -> list[ColumnElement[bool]]:
    """One condition for each type, status or mark: each has an index in which its claims stand by day."""
    claim = tables.claim.c
    types = [claim.type == one.value for one in among.types]
    statuses = [claim.status == one.value for one in among.statuses]
    return [*types, *statuses, *([claim.counted == true()] if among.counted else [])]


def _tried(among: Among | None) -> ColumnElement[bool]:
    """The same, to be tried on claims that a filter has found by their keys.

    Within coalesce no index is used: all claims of a type, or all with figures, would be held against those few keys.
    """
    if among is None:
        return true()
    claim = tables.claim.c
    return or_(
        func.coalesce(claim.type, "").in_([one.value for one in among.types]),
        func.coalesce(claim.status, "").in_([one.value for one in among.statuses]),
        *([func.coalesce(claim.counted, false())] if among.counted else []),
    )


def _but(without: Collection[str]) -> list[ColumnElement[bool]]:
    return [tables.claim.c.id.not_in(sorted(without))] if without else []
