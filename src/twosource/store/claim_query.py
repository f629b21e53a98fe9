"""Questions to a project about its claims, by what they say, who says it, where and when."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, RowMapping, Select, and_, func, or_, select

from twosource.closed_sets import FAMILIES, ClaimType, family_of
from twosource.errors import UsageError
from twosource.records import Claim
from twosource.store import tables
from twosource.store.fold import fold, padded
from twosource.store.query import contains_words

__all__ = ["ClaimFilter", "chooses", "claim_rows", "count_claims", "every_claim_row"]

_CHUNK = 500  # claims held in memory at a time while all of them are walked


class ClaimFilter(msgspec.Struct, frozen=True, kw_only=True):
    """What claims are asked for; None leaves a field open, and all that is given must hold.

    ``actor`` (who does it or to whom), ``place``, ``source`` (or via) and ``text`` (evidence) are words that a name or
    the evidence holds from the beginning of a word on, whatever their case, accents and punctuation. ``report`` is a
    report's id. ``since`` and ``until`` are days, both included, that the claim's own time must meet; claims without a
    time meet none. ``rejected`` lets in what a person rejected. Raises UsageError for an unknown family.
    """

    type: ClaimType | None = None
    family: str | None = None
    actor: str | None = None
    place: str | None = None
    source: str | None = None
    report: str | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None
    text: str | None = None
    rejected: bool = False

    def __post_init__(self) -> None:
        if self.family is not None and self.family not in FAMILIES:
            raise UsageError(f"there is no family {self.family!r}: it is one of {', '.join(FAMILIES)}")


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
    return list(connection.execute(_ordered(chosen, without).limit(limit).offset(offset)).mappings())


def every_claim_row(
    connection: Connection, chosen: ClaimFilter, *, without: Collection[str] = ()
) -> Iterator[list[RowMapping]]:
    """The same rows as ``claim_rows``, in chunks, so that a large project needs little memory."""
    result = connection.execution_options(yield_per=_CHUNK).execute(_ordered(chosen, without)).mappings()
    for chunk in result.partitions():
        yield list(chunk)


def count_claims(connection: Connection, chosen: ClaimFilter, *, without: Collection[str] = ()) -> int:
    """How many claims are chosen, as they were read, but for those with the ids ``without``."""
    return int(connection.execute(_but(_chosen(chosen, func.count()), without)).scalar_one())


def chooses(chosen: ClaimFilter, claim: Claim, evidence: Sequence[str]) -> bool:
    """Whether the filter chooses a claim that may be in no table, by what it says alone: just as the queries do."""
    if chosen.type not in (None, claim.type) or chosen.family not in (None, family_of(claim.type)):
        return False
    if chosen.report not in (None, claim.report):
        return False
    named = (
        (chosen.text, [" … ".join(evidence)]),
        (chosen.actor, [named.name for named in (*claim.actors, *claim.targets)]),
        (chosen.place, [named.name for named in claim.places]),
        (chosen.source, [named.name for named in (*claim.sources, *claim.via)]),
    )
    if not all(any(_holds(name, words) for name in names) for words, names in named if words is not None):
        return False
    return _meets(chosen, claim)


def _holds(name: str, words: str) -> bool:
    folded = fold(words)
    return bool(folded) and f" {folded}" in padded(name)


def _meets(chosen: ClaimFilter, claim: Claim) -> bool:
    if chosen.since is None and chosen.until is None:
        return True
    start, end = (claim.when.start, claim.when.end) if claim.when else (None, None)
    if start is None and end is None:
        return False
    ends_before = chosen.since is not None and end is not None and end < chosen.since
    begins_after = chosen.until is not None and start is not None and start > chosen.until
    return not ends_before and not begins_after


def _ordered(chosen: ClaimFilter, without: Collection[str]) -> Select[Any]:
    claim = tables.claim.c
    query = _chosen(chosen, claim.record, claim.evidence, claim.report, claim.rank)
    return _but(query, without).order_by(claim.report, claim.offset, claim.rank)


def _but(query: Select[Any], without: Collection[str]) -> Select[Any]:
    return query.where(tables.claim.c.id.not_in(sorted(without))) if without else query


def _chosen(chosen: ClaimFilter, *columns: ColumnElement[Any]) -> Select[Any]:
    claim, reading, report = tables.claim.c, tables.reading.c, tables.report.c
    joined = tables.claim.join(tables.reading, claim.reading == reading.number).join(
        tables.report, reading.report == report.digest
    )
    query = select(*columns).select_from(joined).where(reading.current, report.current)
    return query.where(*_conditions(chosen))


def _conditions(chosen: ClaimFilter) -> list[ColumnElement[bool]]:
    claim = tables.claim.c
    conditions: list[ColumnElement[bool]] = []
    if chosen.type is not None:
        conditions.append(claim.type == chosen.type.value)
    if chosen.family is not None:
        conditions.append(claim.family == chosen.family)
    if chosen.report is not None:
        conditions.append(claim.report == chosen.report)
    if chosen.text is not None:
        conditions.append(contains_words(claim.folded, chosen.text))
    named = ((chosen.actor, ("actor", "target")), (chosen.place, ("place",)), (chosen.source, ("source", "via")))
    conditions += [_has_value(words, fields) for words, fields in named if words is not None]
    return conditions + _time_conditions(chosen)


def _time_conditions(chosen: ClaimFilter) -> list[ColumnElement[bool]]:
    claim = tables.claim.c
    conditions: list[ColumnElement[bool]] = []
    if chosen.since is not None:
        conditions.append(and_(claim.dated, or_(claim.end.is_(None), claim.end >= chosen.since)))
    if chosen.until is not None:
        conditions.append(and_(claim.dated, or_(claim.start.is_(None), claim.start <= chosen.until)))
    return conditions


def _has_value(words: str, fields: tuple[str, ...]) -> ColumnElement[bool]:
    claim, value = tables.claim.c, tables.claim_value.c
    same = and_(value.reading == claim.reading, value.rank == claim.rank)
    return select(value.rank).where(same, value.field.in_(fields), contains_words(value.folded, words)).exists()
