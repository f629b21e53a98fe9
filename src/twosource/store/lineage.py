"""Lineage in a project: the index of fingerprints, the dependences found, and the families.

All is worked out from the reports, and people's decisions, and is made anew where they change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, or_, select

from twosource.corpus.candidates import Holder
from twosource.corpus_records import Dependence, Lineage
from twosource.records import Report
from twosource.store import tables
from twosource.store.some import some

__all__ = [
    "all_lineages",
    "dependences",
    "forget_reports",
    "holders_around",
    "indexed",
    "keep_dependences",
    "keep_lineages",
    "keep_prints",
    "lineages_with",
    "outdated",
    "reports_with",
]

_report_decoder = msgspec.json.Decoder(Report)
_dependence_decoder = msgspec.json.Decoder(Dependence)
_lineage_decoder = msgspec.json.Decoder(Lineage)


def outdated(connection: Connection, fingerprint: str, limit: int) -> list[Report]:
    """Current reports that are not in the index as they are, or as this engine compares them; by id, some at a time."""
    report, text = tables.report.c, tables.lineage_text.c
    joined = tables.report.outerjoin(
        tables.lineage_text,
        and_(text.report == report.id, text.digest == report.digest, text.fingerprint == fingerprint),
    )
    query = select(report.record).select_from(joined).where(report.current, text.report.is_(None))
    found = connection.execute(query.order_by(report.id).limit(limit)).scalars()
    return [_report_decoder.decode(record) for record in found]


def reports_with(connection: Connection, ids: Iterable[str]) -> dict[str, Report]:
    """The current reports with these ids."""
    columns = tables.report.c
    return {
        row.id: _report_decoder.decode(row.record)
        for few in some(sorted(set(ids)))
        for row in connection.execute(select(columns.id, columns.record).where(columns.current, columns.id.in_(few)))
    }


def indexed(connection: Connection) -> int:
    """How many reports the index holds."""
    return int(connection.execute(select(func.count()).select_from(tables.lineage_text)).scalar_one())


def holders_around(connection: Connection, reports: Iterable[str]) -> dict[int, list[Holder]]:
    """All the holders of each print that one of these reports holds, by report."""
    mark, text = tables.lineage_print.c, tables.lineage_text.c
    found: dict[int, list[Holder]] = {}
    seen: set[int] = set()
    for few in some(sorted(set(reports))):
        theirs = select(mark.number).where(mark.report.in_(few))
        joined = tables.lineage_print.join(tables.lineage_text, text.report == mark.report)
        query = select(mark.number, mark.report, text.day).select_from(joined).where(mark.number.in_(theirs))
        fresh: dict[int, list[Holder]] = {}
        for number, report, day in connection.execute(query.order_by(mark.number, mark.report)):
            if number not in seen:
                fresh.setdefault(number, []).append(Holder(report, day))
        found.update(fresh)
        seen.update(fresh)
    return found


def forget_reports(connection: Connection, reports: Sequence[str]) -> None:
    """Takes these reports out of the index, with their dependences."""
    drop_dependences(connection, reports)
    for few in some(reports):
        connection.execute(delete(tables.lineage_print).where(tables.lineage_print.c.report.in_(few)))
        connection.execute(delete(tables.lineage_text).where(tables.lineage_text.c.report.in_(few)))


def drop_dependences(connection: Connection, reports: Iterable[str]) -> None:
    """Takes out the dependences that one of these reports has a part in."""
    columns = tables.dependence.c
    for few in some(sorted(set(reports))):
        connection.execute(delete(tables.dependence).where(or_(columns.first.in_(few), columns.second.in_(few))))


def keep_prints(
    connection: Connection, fingerprint: str, reports: Sequence[Report], prints: Mapping[str, frozenset[int]]
) -> None:
    """Puts reports that are not in the index into it."""
    rows = [
        {
            "report": report.id,
            "digest": report.digest,
            "fingerprint": fingerprint,
            "day": report.published.toordinal() if report.published else None,
        }
        for report in reports
    ]
    if rows:
        connection.execute(insert(tables.lineage_text), rows)
    marks = [{"number": number, "report": report.id} for report in reports for number in sorted(prints[report.id])]
    if marks:
        connection.execute(insert(tables.lineage_print), marks)


def keep_dependences(connection: Connection, touched: Iterable[str], found: Iterable[Dependence]) -> None:
    """Puts these dependences in the place of all those that the touched reports had a part in."""
    drop_dependences(connection, touched)
    rows = [
        {
            "first": one.pair[0],
            "second": one.pair[1],
            "relation": one.relation.value,
            "record": msgspec.json.encode(one),
        }
        for one in found
    ]
    if rows:
        connection.execute(insert(tables.dependence), rows)


def dependences(connection: Connection, report: str | None = None) -> list[Dependence]:
    """What the engine found, in order of the pairs; of one report or of all."""
    columns = tables.dependence.c
    chosen: ColumnElement[bool] | None = None
    if report is not None:
        chosen = or_(columns.first == report, columns.second == report)
    query = select(columns.record).order_by(columns.first, columns.second)
    query = query if chosen is None else query.where(chosen)
    return [_dependence_decoder.decode(record) for record in connection.execute(query).scalars()]


def keep_lineages(connection: Connection, found: Sequence[Lineage]) -> None:
    """Puts these families in the place of all that are kept."""
    connection.execute(delete(tables.lineage_member))
    connection.execute(delete(tables.lineage))
    if not found:
        return
    connection.execute(
        insert(tables.lineage),
        [
            {"id": one.id, "origin": one.origin, "reports": len(one.reports), "record": msgspec.json.encode(one)}
            for one in found
        ],
    )
    members = [{"lineage": one.id, "report": report} for one in found for report in one.reports]
    connection.execute(insert(tables.lineage_member), members)


def all_lineages(connection: Connection, report: str | None = None) -> list[Lineage]:
    """The families, the largest first, then by their reports; those of one report or all."""
    lineage, member = tables.lineage.c, tables.lineage_member.c
    query = select(lineage.record)
    if report is not None:
        query = query.where(lineage.id.in_(select(member.lineage).where(member.report == report)))
    found = [_lineage_decoder.decode(record) for record in connection.execute(query).scalars()]
    return sorted(found, key=lambda one: (-len(one.reports), one.reports))


def lineages_with(connection: Connection, ids: Iterable[str]) -> dict[str, Lineage]:
    """The families that have these ids, by id."""
    lineage = tables.lineage.c
    return {
        one.id: one
        for few in some(sorted(set(ids)))
        for record in connection.execute(select(lineage.record).where(lineage.id.in_(few))).scalars()
        for one in [_lineage_decoder.decode(record)]
    }
