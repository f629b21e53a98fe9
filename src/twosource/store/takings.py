"""Which report takes its words from which outlet or agency, kept so that no dependence need be looked at."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import msgspec
from sqlalchemy import Connection, delete, func, insert, select

from twosource.corpus.families import with_decisions
from twosource.corpus_records import DecisionKind, Dependence, Relation
from twosource.store import tables
from twosource.store.decisions import decisions_in_force
from twosource.store.some import some

__all__ = ["UNTOLD", "keep_takings", "taking_rows"]

UNTOLD = "outlet not known"
"""What stands for the outlet of a report whose outlet nobody told."""


class _Outline(msgspec.Struct, frozen=True):
    """What a Dependence tells of who takes words from whom."""

    earlier: str
    later: str
    relation: Relation
    directed: bool = True
    origin: str | None = None


_outline_decoder = msgspec.json.Decoder(_Outline)


def keep_takings(
    connection: Connection, bonds: Iterable[Dependence] | None = None, reports: Collection[str] | None = None
) -> None:
    """Keeps whose words these reports (ids) take, in the place of what was kept of them, by all bonds that they have.

    Of all reports and by all dependences, people's decisions laid over them, where None are given.
    """
    if bonds is None:
        decided = decisions_in_force(connection, DecisionKind.LINEAGE)
        bonds = with_decisions(_dependences(connection), decided)
    told = [one for one in bonds if one.directed and one.relation is not Relation.NONE]
    outlets = _outlets(connection, {report for one in told for report in one.pair})
    if reports is None:
        connection.execute(delete(tables.taking))
    for few in some(sorted(reports or ())):
        connection.execute(delete(tables.taking).where(tables.taking.c.report.in_(few)))
    found = {
        (one.later, origin)
        for one in told
        if one.later in outlets and (reports is None or one.later in reports)
        for origin in [one.origin or outlets.get(one.earlier) or UNTOLD]
        if origin != outlets[one.later]
    }
    rows = [{"report": report, "origin": origin, "outlet": outlets[report]} for report, origin in sorted(found)]
    if rows:
        connection.execute(insert(tables.taking), rows)


def _dependences(connection: Connection) -> list[Dependence]:
    """All dependences without reasons, likelihoods and passages: reading these takes most of the time."""
    records = connection.execute(select(tables.dependence.c.record)).scalars().all()
    return [
        Dependence(
            earlier=one.earlier,
            later=one.later,
            relation=one.relation,
            reason="",
            directed=one.directed,
            origin=one.origin,
        )
        for one in map(_outline_decoder.decode, records)
    ]


def _outlets(connection: Connection, reports: Iterable[str]) -> dict[str, str | None]:
    """The outlets of those of the reports that are current."""
    report = tables.report.c
    query = select(report.id, report.outlet).where(report.current)
    return {
        id_: outlet
        for few in some(sorted(reports))
        for id_, outlet in connection.execute(query.where(report.id.in_(few))).all()
    }


def taking_rows(connection: Connection) -> Sequence[tuple[str | None, str, int]]:
    """For each outlet how many of its reports take words from which other outlet or agency."""
    taking = tables.taking.c
    query = select(taking.outlet, taking.origin, func.count()).group_by(taking.outlet, taking.origin)
    return [(outlet, origin, count) for outlet, origin, count in connection.execute(query).all()]
