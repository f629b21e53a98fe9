"""Questions to a project about outlets and agencies, and about the bytes that reports were made of."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, RowMapping, Text, cast, func, literal_column, select, type_coerce

from twosource.store import tables

__all__ = ["agency_rows", "days_of_outlets", "original_row", "outlet_rows"]


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


def days_of_outlets(connection: Connection) -> dict[str | None, list[str]]:
    """For each outlet of current reports the days on which these were published, in order, as year, month and day.

    A day stands there for each report. They come as one text an outlet: a row for each of a million takes a second.
    """
    report = tables.report.c
    dated = select(report.outlet, report.published).where(report.current, report.published.is_not(None))
    every = dated.subquery().c
    if connection.dialect.name == "postgresql":
        joined = func.string_agg(cast(every.published, Text), literal_column("' '"))
    else:
        joined = func.group_concat(type_coerce(every.published, Text), " ")
    query = select(every.outlet, joined).group_by(every.outlet)
    return {outlet: sorted(days.split(" ")) for outlet, days in connection.execute(query).all()}


def original_row(connection: Connection, digest: str) -> RowMapping | None:
    """The report as JSON and the kept bytes of one version, by its digest; None where no bytes were kept.

    Columns: record, content.
    """
    report, original = tables.report.c, tables.original.c
    joined = tables.report.join(tables.original, original.sha256 == report.sha256)
    query = select(report.record, original.content).select_from(joined).where(report.digest == digest)
    return connection.execute(query).mappings().first()
