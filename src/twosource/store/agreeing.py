"""Whether what a project holds twice is the same: columns to find a report or a claim by, and its record beside them.

SQLite keeps no checksum of its pages. A byte that the disk changed in the words of a record leaves the file whole.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, select
from sqlalchemy.exc import DatabaseError

from twosource.records import Claim, Reading, Report
from twosource.store import tables
from twosource.store.claim_rows import claim_rows, value_rows
from twosource.store.decisions import Fault
from twosource.store.faults import is_from_outside
from twosource.store.fold import padded

__all__ = ["spoilt_records"]

_AT_ONCE = 100  # reports, with their texts
_UNLIKE = "its record is not what the columns beside it say: the file was changed, or a page of it was spoilt"
_UNREADABLE = "it can't be read: a page of the file was spoilt"
_NAMED_OTHERWISE = "its record names others than it is found by: the file was changed, or a page of it was spoilt"
_CLAIM_COLUMNS = (
    "id",
    "report",
    "offset",
    "type",
    "family",
    "status",
    "stance",
    "certainty",
    "negated",
    "start",
    "end",
    "evidence",
)
_Name = tuple[object, ...]
_report_decoder = msgspec.json.Decoder(Report)
_claim_decoder = msgspec.json.Decoder(Claim)


def spoilt_records(connection: Connection) -> Iterator[Fault]:
    """The reports, readings and claims of which one part does not agree with another, by the reports' digests."""
    columns, last = tables.report.c, ""
    query = select(tables.report).order_by(columns.digest).limit(_AT_ONCE)
    while rows := connection.execute(query.where(columns.digest > last)).all():
        whole: dict[str, Report] = {}
        for row in rows:
            report, reason = _report_of(row)
            if report is None:
                yield Fault(f"report {row.id}, version {row.number}", reason)
            else:
                whole[row.digest] = report
        yield from _spoilt_readings(connection, whole)
        last = rows[-1].digest


def _report_of(row: Row[Any]) -> tuple[Report | None, str]:
    """The report where its record agrees with its row; else None and what is wrong."""
    try:
        report = _report_decoder.decode(row.record)
    except (msgspec.DecodeError, TypeError):
        return None, _UNREADABLE
    found_by = (report.id, report.outlet, report.agency, report.text)
    told = (*found_by[:3], report.title, report.published, report.digest)
    held = (row.id, row.outlet, row.agency, row.title, row.published, row.digest)
    folded = padded(" ".join(words for words in found_by if words))
    agrees = told == held and _same_letters(folded, row.folded)
    return (report, "") if agrees else (None, _UNLIKE)


def _spoilt_readings(connection: Connection, reports: Mapping[str, Report]) -> Iterator[Fault]:
    reading = tables.reading.c
    query = select(reading.number, reading.report, reading.layers).where(reading.report.in_(reports))
    readings = {}
    for row in connection.execute(query.order_by(reading.number)):
        readings[row.number] = Reading(report=reports[row.report], fingerprint="")
        try:
            zlib.decompress(row.layers)
        except (zlib.error, TypeError):
            yield Fault(f"reading {row.number} of report {reports[row.report].id}", _UNREADABLE)
    yield from _spoilt_claims(connection, readings)


def _spoilt_claims(connection: Connection, readings: Mapping[int, Reading]) -> Iterator[Fault]:
    claim = tables.claim.c
    query = select(tables.claim).where(claim.reading.in_(readings)).order_by(claim.reading, claim.rank)
    names = _names_by_claim(connection, readings)
    for row in connection.execute(query):
        named = None if names is None else names.get((row.reading, row.rank), [])
        reason = _what_is_wrong(row, readings[row.reading], named)
        if reason:
            yield Fault(f"claim {row.id} of report {readings[row.reading].report.id}", reason)


def _names_by_claim(connection: Connection, readings: Iterable[int]) -> Mapping[tuple[int, int], list[_Name]] | None:
    """The names that claims are found by, by reading and rank, in order; None where they can't be read at all."""
    value = tables.claim_value.c
    query = select(value.reading, value.rank, value.field, value.position, value.name, value.folded)
    found: dict[tuple[int, int], list[_Name]] = {}
    try:
        rows = connection.execute(query.where(value.reading.in_(readings))).all()
    except DatabaseError as fault:  # a spoilt page is told with the table, which is worked out from claims
        if is_from_outside(fault):
            raise
        return None
    for reading, rank, field, position, name, folded in rows:
        letters = _letters(folded) if isinstance(folded, str) else folded  # a spoilt one can be of any kind
        found.setdefault((reading, rank), []).append((field, position, name, letters))
    return {key: sorted(names, key=repr) for key, names in found.items()}


def _what_is_wrong(row: Row[Any], reading: Reading, names: Sequence[_Name] | None) -> str:
    try:
        claim = _claim_decoder.decode(row.record)
    except (msgspec.DecodeError, TypeError):
        return _UNREADABLE
    alone = msgspec.structs.replace(reading, claims=(claim,))
    [told] = claim_rows(row.reading, alone)
    rows = ((v["field"], v["position"], v["name"], _letters(str(v["folded"]))) for v in value_rows(0, alone))
    named = sorted(rows, key=repr)
    if names is not None and named != names:
        return _NAMED_OTHERWISE
    held = row._mapping
    agrees = all(told[name] == held[name] for name in _CLAIM_COLUMNS)
    return "" if agrees and _same_letters(str(told["folded"]), row.folded) else _UNLIKE


def _same_letters(told: str, held: object) -> bool:
    """Whether what is held is a text, as a spoilt value may not be, and has the same letters."""
    return isinstance(held, str) and _letters(told) == _letters(held)


def _letters(folded: str) -> str:
    """Those that every version of Unicode and of the folding has left alike."""
    return "".join(folded.encode("ascii", "ignore").decode().split())
