"""Which reports are there?"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

import msgspec
from sqlalchemy import RowMapping

from twosource.store import Project, query
from twosource.store.query import ReportOrder

__all__ = ["ReportOrder", "ReportRow", "count_reports", "list_reports", "report_row", "reports_named"]


class ReportRow(msgspec.Struct, frozen=True, kw_only=True):
    """One report in a list, in its current version; ``claims`` and ``issues`` are counts of its current reading."""

    id: str
    title: str | None
    outlet: str | None
    published: datetime.date | None
    agency: str | None
    claims: int
    issues: int
    versions: int


def list_reports(
    project: Project,
    *,
    limit: int | None = 200,
    offset: int = 0,
    text: str | None = None,
    outlet: str | None = None,
    agency: str | None = None,
    order: ReportOrder = ReportOrder.NEWEST,
) -> tuple[ReportRow, ...]:
    """The reports, the newest publication first, undated ones last, then by id, or in another ``order``.

    ``text`` keeps those whose id, outlet, agency or text holds the words, from the beginning of a word on, whatever
    their case, accents and punctuation. ``outlet`` and ``agency`` keep those of exactly this one.
    """
    with project.looking() as connection:
        rows = query.report_rows(
            connection, text=text, outlet=outlet, agency=agency, order=order, limit=limit, offset=offset
        )
    return tuple(report_row(row) for row in rows)


def count_reports(
    project: Project,
    *,
    text: str | None = None,
    outlet: str | None = None,
    agency: str | None = None,
    most: int | None = None,
) -> int:
    """How many reports ``list_reports`` lists with no limit; of more than ``most`` one more."""
    with project.looking() as connection:
        return query.count_reports(connection, text, outlet, agency, most)


def reports_named(project: Project, ids: Iterable[str]) -> tuple[ReportRow, ...]:
    """The current reports with these ids, in the order of ``list_reports``."""
    with project.looking() as connection:
        rows = query.report_rows(connection, ids=sorted(set(ids)))
    return tuple(report_row(row) for row in rows)


def report_row(row: RowMapping) -> ReportRow:
    """The record of a row of ``store.query.report_rows``."""
    return ReportRow(**row)
