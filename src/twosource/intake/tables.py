"""JSONL and CSV: many reports in one file, a row each."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from itertools import chain, islice
from pathlib import Path

import msgspec

from twosource.intake.apart import Answer, Apart, Row, Task, Told
from twosource.intake.columns import place_columns
from twosource.intake.days import DayOrder, order_of_column
from twosource.intake.documents import issue_of
from twosource.intake.encodings import Decoded, NotText, encoding_of
from twosource.intake.files import Format, Found, path_text, stem_of
from twosource.intake.issues import make_issue
from twosource.intake.lines import Record, csv_records, decoded_lines, json_records
from twosource.intake.report import Given, RowGiven, clean_text
from twosource.intake.text import decoding_issues
from twosource.records import Issue, Origin

__all__ = ["count_rows", "read_parquet_table", "read_table"]

_LOOKED_AT = 500  # rows read ahead, to learn the columns and the order of day and month


class _Table(msgspec.Struct, frozen=True, kw_only=True):
    path: Path
    encoding: str
    column_map: Mapping[str, str]
    order: DayOrder | None


def read_table(found: Found, column_map: Mapping[str, str]) -> Iterator[RowGiven | Issue]:
    """A report's raw values for each row that has a text, an Issue for each that is broken or has none."""
    where = path_text(found.path)
    try:
        decoded = _open(found.path)
    except OSError as fault:
        yield make_issue("unreadable-file", f"the file can't be opened: {fault.strerror}", path=where)
        return
    if isinstance(decoded, NotText):
        reason = f"this seems to be {decoded.seems}, which is not read; save it as text"
        yield make_issue("binary-file", reason, path=where)
        return
    if decoded.guessed:
        yield from decoding_issues(msgspec.structs.replace(decoded, replaced=0), where)
    yield from _read_records(_records(found, decoded.encoding), found.path, decoded.encoding, column_map)


def read_parquet_table(found: Found, column_map: Mapping[str, str], apart: Apart) -> Iterator[RowGiven | Issue]:
    """The same for a Parquet file; a row's bytes are those of its values as JSON."""
    told: list[Issue] = []
    rows = _parquet_records(apart.ask(Task(kind=found.format, path=str(found.path))), path_text(found.path), told)
    for one in _read_records(rows, found.path, "utf-8", column_map):
        if not (told and isinstance(one, Issue) and one.code == "empty-file"):  # what is told says why there is no row
            yield one
    yield from told


def _parquet_records(answers: Iterator[Answer], where: str, told: list[Issue]) -> Iterator[Record]:
    """The rows as records; what else is answered goes to ``told``."""
    for answer in answers:
        if isinstance(answer, Row):
            yield Record(answer.number, answer.data, msgspec.json.decode(answer.data))
        elif isinstance(answer, Told):
            told.append(issue_of(answer, where))


def _read_records(
    records: Iterator[Record], path: Path, encoding: str, column_map: Mapping[str, str]
) -> Iterator[RowGiven | Issue]:
    where = path_text(path)
    first = list(islice(records, _LOOKED_AT))
    if not first:
        yield make_issue("empty-file", "the file holds no row", path=where)
        return
    yield from _missing_columns(first, column_map, where)
    if not _some_text(first, column_map):
        yield _no_text_column(first, where)
        return
    order = order_of_column(_published(first, column_map))
    table = _Table(path=path, encoding=encoding, column_map=column_map, order=order)
    for record in chain(first, records):
        yield from _read_record(record, table)


def count_rows(found: Found) -> int:
    """How many rows the file has, broken ones too; 0 where it can't be read."""
    try:
        decoded = _open(found.path)
    except OSError:
        return 0
    return 0 if isinstance(decoded, NotText) else sum(1 for _ in _records(found, decoded.encoding))


def _open(path: Path) -> Decoded | NotText:
    with path.open("rb") as file:
        return encoding_of(file)


def _records(found: Found, encoding: str) -> Iterator[Record]:
    lines = decoded_lines(found.path, encoding)
    if found.format is Format.JSONL:
        return json_records(lines)
    return csv_records(lines, "\t" if found.format is Format.TSV else None)


def _sound(records: list[Record]) -> Iterator[dict[str, object]]:
    return (record.values for record in records if record.values is not None)


def _some_text(records: list[Record], column_map: Mapping[str, str]) -> bool:
    """Whether a row has a column for the text, or all are broken and will be told one by one."""
    rows = list(_sound(records))
    return not rows or any("text" in place_columns(values, column_map) for values in rows)


def _no_text_column(records: list[Record], where: str) -> Issue:
    names = sorted({name for values in _sound(records) for name in values})
    reason = f"no column reads as the text among {', '.join(names)[:300]}: name it with --map COLUMN=text"
    return make_issue("no-text-column", reason, path=where)


def _missing_columns(records: list[Record], column_map: Mapping[str, str], where: str) -> Iterator[Issue]:
    there = {name for values in _sound(records) for name in values}
    for theirs, ours in column_map.items():
        if there and theirs not in there:
            reason = f"the file has no column {theirs!r} to take {ours!r} from; it has {', '.join(sorted(there))[:300]}"
            yield make_issue("no-such-column", reason, path=where)


def _published(records: list[Record], column_map: Mapping[str, str]) -> Iterator[str]:
    for values in _sound(records):
        column = place_columns(values, column_map).get("published")
        written = _as_text(values[column]) if column is not None else None
        if written:
            yield written


def _read_record(record: Record, table: _Table) -> Iterator[RowGiven | Issue]:
    where = path_text(table.path)
    if record.values is None:
        reason = f"{record.fault}; the row was left out, the others are read"
        yield make_issue("broken-line", reason, path=where, line=record.line)
        return
    placed = place_columns(record.values, table.column_map)
    values = {ours: _as_text(record.values[theirs]) for ours, theirs in placed.items()}
    values["text"] = _joined(record.values[placed["text"]]) if "text" in placed else None
    if not clean_text(values["text"] or ""):
        reason = "the row has no text and was left out"
        yield make_issue("row-without-text", reason, path=where, line=record.line)
        return
    if record.broken:
        reason = f"bytes in the row are broken {table.encoding.upper()} and read as U+FFFD; save the file as UTF-8"
        yield make_issue("encoding-broken", reason, path=where, line=record.line)
    yield RowGiven(_given(values, record, table), record.data)


def _given(values: Mapping[str, str | None], record: Record, table: _Table) -> Given:
    sha256 = hashlib.sha256(record.data).hexdigest()
    return Given(
        id=values.get("id") or f"{stem_of(table.path)}-{record.line}",
        text=values["text"] or "",
        title=values.get("title"),
        outlet=values.get("outlet"),
        published=values.get("published"),
        url=values.get("url"),
        agency=values.get("agency"),
        language=values.get("language"),
        origin=Origin(path=path_text(table.path), line=record.line, sha256=sha256, encoding=table.encoding),
        published_line=record.line,
        order=table.order,
    )


def _as_text(value: object) -> str | None:
    """A cell as text: words, a number, the names in a list, the 'name' of an object; None for what says nothing."""
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, list):
        return ", ".join(filter(None, map(_as_text, value))) or None
    return _as_text(value.get("name")) if isinstance(value, dict) else None


def _joined(value: object) -> str | None:
    """A cell as a report's text; a list holds its paragraphs."""
    if isinstance(value, list):
        return "\n\n".join(part for part in value if isinstance(part, str))
    return value if isinstance(value, str) else None
