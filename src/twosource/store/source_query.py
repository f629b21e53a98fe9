"""Questions to a project about outlets and agencies, and about the bytes that reports were made of."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from sqlalchemy import Connection, RowMapping, and_, bindparam, func, select

from twosource.store import tables

__all__ = [
    "agency_rows",
    "days_of_publication",
    "original_row",
    "outlet_rows",
    "outlets_with_days",
    "reports_within",
]


def outlet_rows(connection: Connection) -> Sequence[RowMapping]:
    """Each outlet of current reports, the one with most of them first, then by name; null is the unknown one.

    Columns: outlet, reports, first, last (days of publication), claims.
    """
    report = tables.report.c
    number = func.count().label("reports")
    query = select(
        report.outlet,
        number,
        func.min(report.published).label("first"),
        func.max(report.published).label("last"),
        func.sum(report.claims).label("claims"),
    )
    query = query.where(report.current).group_by(report.outlet)
    return connection.execute(query.order_by(number.desc(), report.outlet.nulls_last())).mappings().all()


def agency_rows(connection: Connection) -> Sequence[RowMapping]:
    """How many current reports of each outlet credit each agency, the most first. Columns: agency, outlet, reports."""
    report = tables.report.c
    number = func.count().label("reports")
    query = select(report.agency, report.outlet, number).where(report.current, report.agency.is_not(None))
    query = query.group_by(report.agency, report.outlet)
    ordered = query.order_by(number.desc(), report.agency, report.outlet.nulls_last())
    return connection.execute(ordered).mappings().all()


def days_of_publication(connection: Connection) -> tuple[datetime.date, datetime.date] | None:
    """The days on which the first and the last of the current reports were published; None where none tells a day."""
    day = tables.report.c.published
    first, last = (
        connection.execute(select(end(day)).where(tables.report.c.current)).scalar() for end in (func.min, func.max)
    )
    return None if first is None or last is None else (first, last)


def outlets_with_days(connection: Connection) -> list[str | None]:
    """The outlets of current reports with a day of publication, in order; None, the one that is not known, stands last.

    Each is looked up behind the one before: no report is counted.
    """
    report = tables.report.c
    dated = and_(report.current, report.published.is_not(None))
    found = select(func.min(report.outlet).label("outlet")).where(dated).cte("found", recursive=True)
    behind = select(func.min(report.outlet)).where(dated, report.outlet > found.c.outlet).scalar_subquery()
    every = found.union_all(select(behind).where(found.c.outlet.is_not(None)))
    named = connection.execute(select(every.c.outlet).where(every.c.outlet.is_not(None))).scalars().all()
    unknown = connection.execute(select(report.number).where(dated, report.outlet.is_(None)).limit(1)).first()
    return [*named, *([] if unknown is None else [None])]


def reports_within(connection: Connection, outlet: str | None, since: datetime.date, until: datetime.date) -> int:
    """How many current reports of the outlet (None: of none that is known) were published on these days."""
    which = _OF_NO_OUTLET if outlet is None else _OF_OUTLET
    return int(connection.execute(which, {"outlet_": outlet, "since_": since, "until_": until}).scalar_one())


_OF_DAYS = (
    select(func.count())
    .select_from(tables.report)
    .where(tables.report.c.current, tables.report.c.published.between(bindparam("since_"), bindparam("until_")))
)
_OF_OUTLET = _OF_DAYS.where(tables.report.c.outlet == bindparam("outlet_"))
_OF_NO_OUTLET = _OF_DAYS.where(tables.report.c.outlet.is_(None))


def original_row(connection: Connection, digest: str) -> RowMapping | None:
    """The report as JSON and the kept bytes of one version, by its digest; None where no bytes were kept.

    Columns: record, content.
    """
    report, original = tables.report.c, tables.original.c
    joined = tables.report.join(tables.original, original.sha256 == report.sha256)
    query = select(report.record, original.content).select_from(joined).where(report.digest == digest)
    return connection.execute(query).mappings().first()
