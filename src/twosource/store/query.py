"""Questions to a project about its reports, readings and issues. Only what is current is counted, unless asked for."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from enum import StrEnum
from functools import partial
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, RowMapping, Select, and_, case, false, func, or_, select, true

from twosource.records import Claim, Issue, Place, Reading, Report, Sentence
from twosource.stage import unfinished
from twosource.store import tables
from twosource.store.counting import counted_up_to
from twosource.store.layers import unpack_layers, unpack_places
from twosource.store.report_words import Wanted, are_few, contains_words, count_hits, hits_in_order
from twosource.store.some import some

__all__ = [
    "Located",
    "ReportOrder",
    "Standing",
    "contains_words",
    "count_claims",
    "count_issues",
    "count_reports",
    "issue_codes",
    "issues",
    "located_reports",
    "original",
    "reading_of",
    "report_rows",
    "standings",
    "version_rows",
]

_report_decoder = msgspec.json.Decoder(Report)
_claim_decoder = msgspec.json.Decoder(Claim)
_issue_decoder = msgspec.json.Decoder(Issue)


class ReportOrder(StrEnum):
    """In which order reports are listed; undated ones and those without an outlet stand last, ids settle the rest."""

    NEWEST = "newest"
    OLDEST = "oldest"
    OUTLET = "outlet"


class Standing(StrEnum):
    """How a report that comes in stands to what the project holds."""

    NEW = "new"
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    REREAD = "reread"


class Known(msgspec.Struct, frozen=True):
    """A report's standing, and whether a reading of it with the run's fingerprint is stored."""

    standing: Standing
    has_reading: bool


def standings(
    connection: Connection, reports: Sequence[Report], fingerprint: str, *, again: bool = False
) -> dict[str, Known]:
    """For each report's digest its standing: unlike text under its id is a change, unlike fingerprint a rereading.

    One that was given up counts as read, unless ``again`` has such reports tried once more.
    """
    columns = tables.report.c
    query = select(columns.id, columns.digest).where(columns.current, columns.id.in_([r.id for r in reports]))
    current = {row.id: row.digest for row in connection.execute(query)}
    fingerprints = [fingerprint] if again else [fingerprint, unfinished(fingerprint)]
    read = _readings_with(connection, [r.digest for r in reports], fingerprints)
    return {r.digest: Known(_standing(r, current, read), r.digest in read) for r in reports}


def _readings_with(connection: Connection, digests: Sequence[str], fingerprints: Sequence[str]) -> dict[str, bool]:
    """Whether one is the current one, for each digest that has readings with these fingerprints."""
    columns = tables.reading.c
    chosen = and_(columns.report.in_(digests), columns.fingerprint.in_(fingerprints))
    rows = connection.execute(select(columns.report, columns.current).where(chosen).order_by(columns.current))
    return {row.report: row.current for row in rows}


def _standing(report: Report, current: dict[str, str], read: dict[str, bool]) -> Standing:
    if report.id not in current:
        return Standing.NEW
    if current[report.id] != report.digest:
        return Standing.CHANGED
    return Standing.UNCHANGED if read.get(report.digest) else Standing.REREAD


def report_rows(
    connection: Connection,
    *,
    ids: Sequence[str] | None = None,
    text: str | None = None,
    outlet: str | None = None,
    agency: str | None = None,
    order: ReportOrder = ReportOrder.NEWEST,
    published_until: datetime.date | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> Sequence[RowMapping]:
    """Current reports, the newest publication first, undated ones last, then by id, or in another order.

    ``published_until`` keeps those published on that day or before.

    Columns: id, title, outlet, published, agency, claims, issues, versions.
    """
    wanted = Wanted(text, outlet, agency) if text and text.strip() and ids is None and published_until is None else None
    if wanted and are_few(connection, wanted):
        return _rows_of(connection, hits_in_order(connection, wanted, partial(_report_order, order), limit, offset))
    ordered = _report_order(order, tables.report.c)
    conditions = [_chosen_reports(ids, text, outlet, agency)]
    if published_until is not None:
        conditions.append(tables.report.c.published <= published_until)
    if limit is not None:  # nothing more is looked up of those on the pages before
        on_page = select(tables.report.c.digest).where(*conditions).order_by(*ordered).limit(limit).offset(offset)
        conditions = [tables.report.c.digest.in_(select(on_page.subquery().c.digest))]
    return connection.execute(_report_columns().where(*conditions).order_by(*ordered)).mappings().all()


def _rows_of(connection: Connection, ids: Sequence[str]) -> list[RowMapping]:
    """The rows of the current reports with these ids, in their order."""
    query, places = _report_columns(), {id_: at for at, id_ in enumerate(ids)}
    found = [
        row
        for few in some(ids)
        for row in connection.execute(query.where(_chosen_reports(few, None, None, None))).mappings()
    ]
    return sorted(found, key=lambda row: places[row["id"]])


def published_days(connection: Connection, ids: Collection[str]) -> dict[str, datetime.date | None]:
    """When the current versions of these reports (ids) were published."""
    report = tables.report.c
    query = select(report.id, report.published).where(report.current)
    return {
        row.id: row.published
        for few in some(sorted(ids))
        for row in connection.execute(query.where(report.id.in_(few))).all()
    }


def count_reports(
    connection: Connection,
    text: str | None = None,
    outlet: str | None = None,
    agency: str | None = None,
    most: int | None = None,
) -> int:
    """How many current reports hold the words of ``text`` and are of the outlet and agency named; all without.

    Of more than ``most`` one more.
    """
    if text and text.strip():
        return count_hits(connection, Wanted(text, outlet, agency), most)
    chosen = _chosen_reports(None, text, outlet, agency)
    return counted_up_to(connection, select(tables.report.c.number).where(chosen), most)


def _chosen_reports(
    ids: Sequence[str] | None, text: str | None, outlet: str | None, agency: str | None
) -> ColumnElement[bool]:
    report = tables.report.c
    by_id = report.id.in_(ids) if ids is not None else true()
    by_text = contains_words(report.folded, text) if text and text.strip() else true()
    by_outlet = report.outlet == outlet if outlet else true()
    by_agency = report.agency == agency if agency else true()
    # Within coalesce no index is used: that of days would be gone through for a handful of ids.
    current = report.current if ids is None else func.coalesce(report.current, false())
    return and_(current, by_id, by_text, by_outlet, by_agency)


def _report_order(order: ReportOrder, columns: Any) -> tuple[ColumnElement[Any], ...]:
    """What puts reports in the order, by their columns of outlet, day and id."""
    newest = columns.published.desc().nulls_last(), columns.id
    if order is ReportOrder.OLDEST:
        return columns.published.asc().nulls_last(), columns.id
    return (columns.outlet.asc().nulls_last(), *newest) if order is ReportOrder.OUTLET else newest


def _report_columns() -> Select[Any]:
    report, reading, issue = tables.report.c, tables.reading.c, tables.issue.c
    same_id = tables.report.alias()
    versions = select(func.count()).select_from(same_id).where(same_id.c.id == report.id).scalar_subquery()
    of_input = (
        select(func.count()).where(issue.report == report.id, issue.reading.is_(None), issue.current).scalar_subquery()
    )
    return select(
        report.id,
        report.title,
        report.outlet,
        report.published,
        report.agency,
        func.coalesce(reading.claims, 0).label("claims"),
        (func.coalesce(reading.issues, 0) + of_input).label("issues"),
        versions.label("versions"),
    ).select_from(tables.report.outerjoin(tables.reading, and_(reading.report == report.digest, reading.current)))


def version_rows(connection: Connection, report_id: str) -> Sequence[RowMapping]:
    """Every version of a report, the oldest first. Columns: digest, number, current, title, published."""
    columns = tables.report.c
    chosen = (columns.digest, columns.number, columns.current, columns.title, columns.published)
    return connection.execute(select(*chosen).where(columns.id == report_id).order_by(columns.number)).mappings().all()


def reading_of(connection: Connection, digest: str) -> Reading | None:
    """The current reading of one version of a report, without tokens; None where there is none."""
    report, reading = tables.report.c, tables.reading.c
    joined = tables.reading.join(tables.report, reading.report == report.digest)
    query = select(reading.number, reading.layers, report.record).select_from(joined)
    row = connection.execute(query.where(reading.report == digest, reading.current)).first()
    if row is None:
        return None
    claims = _claims_of(connection, row.number)
    found = issues_of_reading(connection, row.number)
    return unpack_layers(row.layers, _report_decoder.decode(row.record), claims, found)


class Located(msgspec.Struct, frozen=True, kw_only=True):
    """A report with the sentences and places of its current reading, and nothing else of it."""

    report: Report
    sentences: tuple[Sentence, ...]
    places: tuple[Place, ...]


def located_reports(connection: Connection, ids: Sequence[str]) -> list[Located]:
    """Those of the current reports with these ids that were read, by id, as far as places go."""
    report, reading = tables.report.c, tables.reading.c
    joined = tables.report.join(tables.reading, and_(reading.report == report.digest, reading.current))
    query = select(report.record, reading.layers).select_from(joined).order_by(report.id)
    found = []
    for row in connection.execute(query.where(_chosen_reports(ids, None, None, None))).all():
        sentences, places = unpack_places(row.layers)
        found.append(Located(report=_report_decoder.decode(row.record), sentences=sentences, places=places))
    return found


def claims_at_places(connection: Connection, reports: Sequence[str]) -> list[tuple[str, str, str]]:
    """The report, the name of a place and the claim (id), for each place of a current claim of these reports."""
    claim, value = tables.claim.c, tables.claim_value.c
    joined = tables.claim.join(tables.claim_value, and_(value.reading == claim.reading, value.rank == claim.rank))
    # Within coalesce no index is used: that of fields would be gone through for the claims of a few reports.
    at_place = func.coalesce(value.field, "") == "place"
    query = select(claim.report, value.name, claim.id).select_from(joined).where(claim.current, at_place)
    query = query.order_by(claim.report, claim.rank, value.position)
    return [
        (report, name, id_)
        for few in some(reports)
        for report, name, id_ in connection.execute(query.where(claim.report.in_(few)))
    ]


def _claims_of(connection: Connection, reading: int) -> tuple[Claim, ...]:
    columns = tables.claim.c
    query = select(columns.record).where(columns.reading == reading).order_by(columns.rank)
    return tuple(_claim_decoder.decode(record) for record in connection.execute(query).scalars())


def issues_of_reading(connection: Connection, reading: int) -> tuple[Issue, ...]:
    """The issues that one reading met, in its order."""
    columns = tables.issue.c
    query = select(columns.record).where(columns.reading == reading).order_by(columns.number)
    return tuple(_issue_decoder.decode(record) for record in connection.execute(query).scalars())


def issues_of_input(connection: Connection, report_id: str) -> tuple[Issue, ...]:
    """The standing issues that were met on the way in and name this report, in the order they were met."""
    columns = tables.issue.c
    standing = and_(columns.report == report_id, columns.reading.is_(None), columns.current)
    query = select(columns.record).where(standing).order_by(columns.number)
    return tuple(_issue_decoder.decode(record) for record in connection.execute(query).scalars())


def count_claims(connection: Connection) -> int:
    """How many claims the current readings of the current reports hold."""
    return _sum_of_readings(connection, tables.reading.c.claims)


def count_issues(connection: Connection, code: str | None = None) -> int:
    """How many issues stand, of one code or of all."""
    if code:
        return int(connection.execute(_standing_issues(code, func.count())).scalar_one())
    columns = tables.issue.c
    of_input = select(func.count()).select_from(tables.issue).where(columns.reading.is_(None), columns.current)
    return _sum_of_readings(connection, tables.reading.c.issues) + int(connection.execute(of_input).scalar_one())


def _sum_of_readings(connection: Connection, column: ColumnElement[int]) -> int:
    """The sum over current readings of current reports: all that are current of their version, but for older versions.

    Only the latter are looked up: there are few, and the sum of the others is read from an index.
    """
    report, reading = tables.report.c, tables.reading.c
    every = select(func.coalesce(func.sum(column), 0)).where(reading.current)
    older = select(report.digest).where(report.current == false())
    of_older = select(func.coalesce(func.sum(case((reading.current, column), else_=0)), 0))
    left = connection.execute(of_older.where(reading.report.in_(older))).scalar_one()
    return int(connection.execute(every).scalar_one()) - int(left)


def issues(connection: Connection, code: str | None = None, limit: int | None = None, offset: int = 0) -> list[Issue]:
    """The issues that stand, by report (those without one first), code and the order they were met."""
    columns = tables.issue.c
    query = _standing_issues(code, columns.record)
    query = query.order_by(columns.report.nulls_first(), columns.code, columns.number).limit(limit).offset(offset)
    return [_issue_decoder.decode(record) for record in connection.execute(query).scalars()]


def issue_codes(connection: Connection) -> Sequence[RowMapping]:
    """How many issues stand for each code and severity, the most frequent first. Columns: code, severity, count."""
    columns = tables.issue.c
    number = func.count().label("count")
    query = _standing_issues(None, columns.code, columns.severity, number).group_by(columns.code, columns.severity)
    return connection.execute(query.order_by(number.desc(), columns.code, columns.severity)).mappings().all()


def _standing_issues(code: str | None, *columns: ColumnElement[Any]) -> Select[Any]:
    issue, reading, report = tables.issue.c, tables.reading.c, tables.report.c
    joined = tables.issue.outerjoin(tables.reading, issue.reading == reading.number).outerjoin(
        tables.report, reading.report == report.digest
    )
    stands = or_(and_(issue.reading.is_(None), issue.current), and_(reading.current, report.current))
    query = select(*columns).select_from(joined).where(stands)
    return query.where(issue.code == code) if code else query


def original(connection: Connection, sha256: str) -> bytes | None:
    """The original bytes with this SHA-256 (hex), where they were kept."""
    columns = tables.original.c
    return connection.execute(select(columns.content).where(columns.sha256 == sha256)).scalar()
