"""Writing to a project: one batch a transaction. Rows are only added; what changes is which of them are current."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

import msgspec
from sqlalchemy import Connection, Table, and_, func, insert, select, update

from twosource.errors import UsageError
from twosource.ids import digest_of
from twosource.records import Issue, Reading, Report
from twosource.stage import unfinished
from twosource.store import tables
from twosource.store.claim_rows import claim_rows, mark_current, term_rows, value_rows
from twosource.store.due import mark
from twosource.store.fold import padded
from twosource.store.layers import pack_layers
from twosource.store.names import keep_names
from twosource.store.plain_rows import insert_plain
from twosource.store.project import Project
from twosource.store.report_index import put_in, take_out

__all__ = ["Batch", "finish_run", "keep_batch", "keep_claims", "start_run"]


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept in one transaction.

    ``reports`` are all the reports met, none with the id of another; ``readings`` those that were read now. A report
    that is not among the readings was read before with the run's fingerprint. ``originals`` are whole inputs' bytes.
    """

    reports: tuple[Report, ...] = ()
    readings: tuple[Reading, ...] = ()
    issues: tuple[Issue, ...] = ()
    originals: tuple[bytes, ...] = ()


def start_run(project: Project, fingerprint: str, paths: Sequence[Path | str] = ()) -> int:
    """The number of a new run. Issues about the input paths (or addresses) themselves wait to be met again."""
    with project.writing() as connection:
        number = _insert_one(connection, tables.run, {"fingerprint": fingerprint, "started": _now()})
        _retire_issues(connection, number, {str(path) for path in paths})
        return number


def finish_run(project: Project, run: int, counts: msgspec.Struct) -> None:
    """Writes down that the run came to its end, with its counts."""
    words = msgspec.json.encode(counts).decode()
    with project.writing() as connection:
        connection.execute(update(tables.run).where(tables.run.c.number == run).values(finished=_now(), counts=words))


def keep_batch(project: Project, run: int, fingerprint: str, batch: Batch) -> None:
    """Keeps the batch, all of it or nothing; when this returns it is on the disk.

    Each of its reports becomes the current version of its id, and its reading with ``fingerprint`` the current one;
    that it was given up is the current reading of a report which has no better one.
    """
    with project.writing() as connection:
        _keep_originals(connection, batch.originals)
        _keep_reports(connection, run, batch.reports)
        _keep_readings(connection, run, batch.readings)
        mark(connection, _not_current(connection, fingerprint, batch.reports))
        _make_current(connection, fingerprint, batch.reports)
        _keep_input_issues(connection, run, batch)


def _keep_originals(connection: Connection, originals: Iterable[bytes]) -> None:
    contents = {hashlib.sha256(content).hexdigest(): content for content in originals}
    column = tables.original.c.sha256
    known = set(connection.execute(select(column).where(column.in_(contents))).scalars())
    rows = [{"sha256": sha256, "content": content} for sha256, content in contents.items() if sha256 not in known]
    if rows:
        connection.execute(insert(tables.original), rows)


def _keep_reports(connection: Connection, run: int, reports: Sequence[Report]) -> None:
    column = tables.report.c.digest
    known = set(connection.execute(select(column).where(column.in_([report.digest for report in reports]))).scalars())
    versions = _versions(connection, [report.id for report in reports])
    rows = [_report_row(r, run, versions.get(r.id, 0) + 1) for r in reports if r.digest not in known]
    if rows:
        connection.execute(insert(tables.report), rows)


def _versions(connection: Connection, ids: Sequence[str]) -> dict[str, int]:
    columns = tables.report.c
    query = select(columns.id, func.max(columns.number).label("last")).where(columns.id.in_(ids)).group_by(columns.id)
    return {row.id: row.last for row in connection.execute(query)}


def _report_row(report: Report, run: int, number: int) -> dict[str, object]:
    if not report.digest:
        raise UsageError(f"report {report.id!r} has no digest: make reports with twosource.intake")
    found_by = (report.id, report.outlet, report.agency, report.text)
    return {
        "digest": report.digest,
        "id": report.id,
        "number": number,
        "current": False,
        "run": run,
        "title": report.title,
        "outlet": report.outlet,
        "published": report.published,
        "agency": report.agency,
        "language": report.language,
        "sha256": report.origin.sha256 if report.origin else None,
        "folded": padded(" ".join(words for words in found_by if words)),
        "record": msgspec.json.encode(report),
    }


def _keep_readings(connection: Connection, run: int, readings: Sequence[Reading]) -> None:
    """Keeps those of the readings that are not kept yet: another process may have read the same report meanwhile."""
    known = _numbers(connection, readings)
    fresh = {_key(reading): reading for reading in readings if _key(reading) not in known}
    if not fresh:
        return
    connection.execute(insert(tables.reading), [_reading_row(reading, run) for reading in fresh.values()])
    numbers = _numbers(connection, fresh.values())
    keep_claims(connection, [(numbers[key], reading) for key, reading in fresh.items()])
    issues = [
        {**_issue_row(issue, run), "reading": numbers[key], "key": None}
        for key, reading in fresh.items()
        for issue in reading.issues
    ]
    if issues:
        connection.execute(insert(tables.issue), issues)


def _key(reading: Reading) -> tuple[str, str]:
    return reading.report.digest, reading.fingerprint


def _numbers(connection: Connection, readings: Collection[Reading]) -> dict[tuple[str, str], int]:
    """The numbers of those of the readings that are kept, by report (digest) and fingerprint."""
    columns = tables.reading.c
    digests = [reading.report.digest for reading in readings]
    query = select(columns.report, columns.fingerprint, columns.number).where(columns.report.in_(digests))
    return {(row.report, row.fingerprint): row.number for row in connection.execute(query)}


def _reading_row(reading: Reading, run: int) -> dict[str, object]:
    return {
        "report": reading.report.digest,
        "fingerprint": reading.fingerprint,
        "current": False,
        "run": run,
        "claims": len(reading.claims),
        "issues": len(reading.issues),
        "layers": pack_layers(reading),
    }


def keep_claims(connection: Connection, readings: Sequence[tuple[int, Reading]]) -> None:
    """Keeps the claims of readings that are kept under these numbers, with all that they are looked up by."""
    claims = {number: claim_rows(number, reading) for number, reading in readings}
    values = [row for number, reading in readings for row in value_rows(number, reading)]
    keep_names(connection, tables.claim_name, values)
    rows = [row for each in claims.values() for row in each]
    if rows:
        connection.execute(insert(tables.claim), rows)
    insert_plain(connection, tables.claim_value, values)
    terms = (row for number, each in claims.items() for row in term_rows(number, each))
    insert_plain(connection, tables.claim_term, terms)


def _insert_one(connection: Connection, table: Table, row: dict[str, object]) -> int:
    """Adds the row; returns the number that it got."""
    number: int = connection.execute(insert(table).values(row).returning(table.c.number)).scalar_one()
    return number


def _not_current(connection: Connection, fingerprint: str, reports: Sequence[Report]) -> list[str]:
    """Those of the reports (ids) that were not current as they are, or whose reading was not."""
    report, reading = tables.report.c, tables.reading.c
    # what is current is told of the rows found, not asked for: these would be sought among all that is current
    query = select(reading.report, and_(report.current, reading.current).label("current"))
    query = query.join(tables.report, report.digest == reading.report)
    query = query.where(reading.report.in_([one.digest for one in reports]), reading.fingerprint == fingerprint)
    current = {row.report for row in connection.execute(query) if row.current}
    return [one.id for one in reports if one.digest not in current]


def _make_current(connection: Connection, fingerprint: str, reports: Sequence[Report]) -> None:
    report, reading = tables.report.c, tables.reading.c
    ids, digests = [r.id for r in reports], [r.digest for r in reports]
    chosen = report.digest.in_(digests)
    _make_reports_current(connection, ids, digests)
    theirs, newest = reading.report.in_(digests), reading.number.in_(_newest(connection, digests, fingerprint))
    connection.execute(update(tables.reading).where(theirs, reading.current, ~newest).values(current=False))
    connection.execute(update(tables.reading).where(theirs, ~reading.current, newest).values(current=True))
    held = select(reading.claims).where(reading.report == report.digest, reading.current).scalar_subquery()
    connection.execute(update(tables.report).where(chosen).values(claims=func.coalesce(held, 0)))
    mark_current(connection, ids)


def _make_reports_current(connection: Connection, ids: Sequence[str], digests: Sequence[str]) -> None:
    """Makes these versions (digests) the current ones of these reports (ids), also in the index of their words."""
    report = tables.report.c
    versions = connection.execute(select(report.digest, report.current).where(report.id.in_(ids))).all()
    leaving = [row.digest for row in versions if row.current and row.digest not in digests]
    coming = [row.digest for row in versions if not row.current and row.digest in digests]
    take_out(connection, leaving)
    connection.execute(update(tables.report).where(report.digest.in_(leaving)).values(current=False))
    connection.execute(update(tables.report).where(report.digest.in_(coming)).values(current=True))
    put_in(connection, coming)


def _newest(connection: Connection, digests: Sequence[str], fingerprint: str) -> list[int]:
    """The numbers of the reports' readings with the fingerprint, or, where there is none, of those given up."""
    columns = tables.reading.c
    chosen = columns.report.in_(digests), columns.fingerprint.in_([fingerprint, unfinished(fingerprint)])
    query = select(columns.report, columns.number, columns.fingerprint).where(*chosen)
    rows = sorted(connection.execute(query), key=lambda row: row.fingerprint == fingerprint)
    return list({row.report: row.number for row in rows}.values())


def _keep_input_issues(connection: Connection, run: int, batch: Batch) -> None:
    met = {r.origin.path for r in batch.reports if r.origin} | {issue.path for issue in batch.issues if issue.path}
    _retire_issues(connection, run, met)
    rows = {row["key"]: row for row in (_issue_row(issue, run) for issue in batch.issues)}
    column = tables.issue.c.key
    known = set(connection.execute(select(column).where(column.in_(rows))).scalars())
    if known:
        connection.execute(update(tables.issue).where(column.in_(known)).values(current=True, run=run))
    fresh = [row for key, row in rows.items() if key not in known]
    if fresh:
        connection.execute(insert(tables.issue), fresh)


def _retire_issues(connection: Connection, run: int, paths: set[str]) -> None:
    """Issues of earlier runs about these paths no longer stand, unless this run meets them again."""
    columns = tables.issue.c
    outdated = columns.reading.is_(None) & columns.current & (columns.run < run) & columns.path.in_(paths)
    connection.execute(update(tables.issue).where(outdated).values(current=False))


def _issue_row(issue: Issue, run: int) -> dict[str, object]:
    return {
        "reading": None,
        "key": digest_of(issue),
        "current": True,
        "run": run,
        "code": issue.code,
        "severity": issue.severity.value,
        "report": issue.report,
        "path": issue.path,
        "record": msgspec.json.encode(issue),
    }


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
