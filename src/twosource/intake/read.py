"""The door of intake: paths in, reports and issues out, one at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from twosource.intake.apart import Apart
from twosource.intake.columns import check_column_map
from twosource.intake.documents import read_document
from twosource.intake.files import HOLDERS, TABLES, Format, Found, check_paths, find_files
from twosource.intake.issues import make_issue
from twosource.intake.report import Given, RowGiven, assemble, one_line
from twosource.intake.tables import count_rows, read_parquet_table, read_table
from twosource.intake.text import LARGEST, read_bytes, read_text_bytes
from twosource.records import Issue, Report

__all__ = ["count_inputs", "read_paths"]

_LONGEST_ID = 200
_MANY = TABLES | HOLDERS | {Format.FEED}
_COUNTED = TABLES - {Format.PARQUET}
KeepOriginal = Callable[[str, bytes], object]


def read_paths(
    paths: Sequence[Path],
    *,
    column_map: Mapping[str, str] | None = None,
    default_outlet: str | None = None,
    keep_original: KeepOriginal | None = None,
) -> Iterator[Report | Issue]:
    """Lazily every report under ``paths``, and an Issue for whatever could not be read or settled.

    A file is read once, however often it is named, and each report's id is its own within the run: where an id comes
    again, '-2' and so on is added. ``column_map`` maps an input's column to ours. ``default_outlet`` stands where a
    report names none. ``keep_original`` is called with the SHA-256 in hex and the bytes (the file's, or the row's)
    before the report is given. Raises InputError at once for a path that is not there, UsageError for a bad map.
    """
    check_column_map(column_map or {})
    check_paths(paths)
    return _read(paths, column_map or {}, default_outlet, keep_original or (lambda sha256, data: None))


def count_inputs(paths: Sequence[Path]) -> int | None:
    """How many reports and broken rows read_paths will meet, None where counting would cost a long read.

    That is where a table has more than 64 MiB, and for mailboxes, web archives, feeds and Parquet. Raises InputError
    for a path that is not there.
    """
    check_paths(paths)
    count = 0
    for found in find_files(paths):
        if isinstance(found, Issue):
            continue
        if found.format not in _MANY:
            count += 1
        elif found.format not in _COUNTED or found.path.stat().st_size > LARGEST:
            return None
        else:
            count += count_rows(found)
    return count


def _read(
    paths: Sequence[Path], column_map: Mapping[str, str], default_outlet: str | None, keep: KeepOriginal
) -> Iterator[Report | Issue]:
    taken: set[str] = set()
    with Apart() as apart:
        for found in find_files(paths):
            rows = (found,) if isinstance(found, Issue) else _rows(found, column_map, apart)
            for row in rows:
                if isinstance(row, Issue):
                    yield row
                else:
                    yield from _reported(row, taken, default_outlet, keep)


def _reported(
    row: RowGiven, taken: set[str], default_outlet: str | None, keep: KeepOriginal
) -> Iterator[Report | Issue]:
    """The row's report, once its bytes are kept, between the issue of its id and those of its values."""
    given, issue = _with_own_id(row.given, taken)
    if issue is not None:
        yield issue
    if given.origin is not None:
        keep(given.origin.sha256, row.data)
    report, issues = assemble(msgspec.structs.replace(given, outlet=given.outlet or default_outlet))
    yield report
    yield from issues


def _rows(found: Found, column_map: Mapping[str, str], apart: Apart) -> Iterator[RowGiven | Issue]:
    if found.format is Format.TEXT:
        yield from _text_rows(found)
    elif found.format is Format.PARQUET:
        yield from read_parquet_table(found, column_map, apart)
    elif found.format in TABLES:
        yield from read_table(found, column_map)
    else:
        yield from read_document(found, apart)


def _text_rows(found: Found) -> Iterator[RowGiven | Issue]:
    data = read_bytes(found.path)
    if isinstance(data, Issue):
        yield data
        return
    for given in read_text_bytes(data, found.path):
        yield given if isinstance(given, Issue) else RowGiven(given, data)


def _with_own_id(given: Given, taken: set[str]) -> tuple[Given, Issue | None]:
    """The values under an id that no report of this run has yet, and the Issue where that took a suffix."""
    wanted = (one_line(given.id) or "report")[:_LONGEST_ID]
    own, number = wanted, 1
    while own in taken:
        number += 1
        own = f"{wanted}-{number}"
    taken.add(own)
    named = msgspec.structs.replace(given, id=own)
    if own == wanted:
        return named, None
    line = given.origin.line if given.origin else None
    reason = f"the id {wanted!r} stands for another report of this run already, so this one is {own!r}: give it its own"
    return named, make_issue("duplicate-id", reason, report=own, path=given.path, line=line)
