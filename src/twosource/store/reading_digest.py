"""One number for all that was read: two projects have the same readings where it is the same."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

import msgspec
from sqlalchemy import Column, Connection, Table, and_, select

from twosource.store import tables

__all__ = ["ReadingDigest", "reading_digest"]

_ROWS = 200


class ReadingDigest(msgspec.Struct, frozen=True, kw_only=True):
    """The SHA-256 (hex) of the readings, and how many there are."""

    sha256: str
    readings: int


def reading_digest(connection: Connection) -> ReadingDigest:
    """The digest of every current reading of a current report, with its layers, claims and issues.

    It depends neither on the order in which reports were read nor on when, by how many workers or by which engine.
    """
    digest, count = hashlib.sha256(), 0
    for rows in _some_rows(connection):
        numbers = [row.number for row in rows]
        claims = _records(connection, tables.claim, tables.claim.c.rank, numbers)
        issues = _records(connection, tables.issue, tables.issue.c.number, numbers)
        for row in rows:
            count += 1
            parts = (row.report.encode(), row.fingerprint.encode(), zlib.decompress(row.layers))
            for part in (*parts, *claims.get(row.number, ()), b"", *issues.get(row.number, ())):
                digest.update(len(part).to_bytes(8, "big"))
                digest.update(part)
    return ReadingDigest(sha256=digest.hexdigest(), readings=count)


def _some_rows(connection: Connection) -> Iterator[Sequence[Any]]:
    """The readings, some at a time, by the digests of their reports, which every database orders alike."""
    report, reading = tables.report.c, tables.reading.c
    joined = tables.reading.join(tables.report, and_(reading.report == report.digest, report.current, reading.current))
    query = select(reading.number, reading.report, reading.fingerprint, reading.layers).select_from(joined)
    last = ""
    while rows := connection.execute(query.where(reading.report > last).order_by(reading.report).limit(_ROWS)).all():
        yield rows
        last = rows[-1].report


def _records(connection: Connection, table: Table, rank: Column[int], numbers: Iterable[int]) -> dict[int, list[bytes]]:
    """The records of these readings by the number of the reading, in the order of ``rank``."""
    columns = table.c
    query = select(columns.reading, columns.record).where(columns.reading.in_(numbers)).order_by(columns.reading, rank)
    found = groupby(connection.execute(query), key=lambda row: row.reading)
    return {reading: [bytes(row.record) for row in rows] for reading, rows in found}
