"""Tables as files: JSON Lines, CSV, Parquet and XLSX, each the same bytes for the same rows."""

from __future__ import annotations

import csv
import datetime
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import msgspec

from twosource.errors import UsageError
from twosource.export.material import Material
from twosource.export.tables import Cell, Kind, Table, codebook_rows

__all__ = [
    "as_codebook",
    "as_csv",
    "as_json_lines",
    "as_parquet",
    "as_parquet_archive",
    "as_xlsx",
    "csv_bytes",
    "guarded",
]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CELL_LIMIT = 32_767  # characters in a cell of XLSX, by its specification
_CUT = " … (cut: a cell holds no more)"
_SHEET_ROWS = 1_048_576  # of XLSX, by its specification, the header among them
_LONG_AGO = datetime.datetime(1980, 1, 1)  # the earliest time that a ZIP archive can tell; no clock is read
_CODEBOOK = ("table", "column", "kind", "meaning")
_AT_ONCE = 10_000  # rows of Parquet held in memory at a time


def guarded(cell: Cell) -> Cell:
    """The cell, with an apostrophe before words that a spreadsheet would take for a formula.

    A number is left as it is, and so are words that are one (a latitude below zero).
    """
    if not isinstance(cell, str) or not cell.startswith(_FORMULA) or _is_number(cell):
        return cell
    return f"'{cell}"


def as_json_lines(table: Table[Any], material: Material) -> Iterator[bytes]:
    """An object for each row, with the columns as keys, in their order; empty cells are null."""
    for row in table.rows(material):
        yield msgspec.json.encode(dict(zip(table.header, row, strict=True))) + b"\n"


def as_csv(table: Table[Any], material: Material) -> Iterator[bytes]:
    """A header and the rows: UTF-8 with a byte order mark, commas, lines ended by CR LF (RFC 4180)."""
    yield b"\xef\xbb\xbf"  # without it spreadsheets take UTF-8 for their own country's letters
    yield from csv_bytes([table.header])
    yield from csv_bytes(table.rows(material))


def csv_bytes(rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Each row as a line of CSV, guarded against formulas; true and false in lower case, None empty."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for row in rows:
        writer.writerow([_plain(guarded(cell)) for cell in row])
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()


def as_parquet(table: Table[Any], material: Material) -> Iterator[bytes]:
    """One Parquet file; the codebook's sentence stands with each column as its 'meaning'. Needs pyarrow."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise UsageError("Parquet needs pyarrow: install twosource[parquet], or export CSV") from None
    kinds = {Kind.WHOLE: pa.int64(), Kind.NUMBER: pa.float64(), Kind.TRUTH: pa.bool_(), Kind.DAY: pa.date32()}
    schema = pa.schema(
        [
            pa.field(column.name, kinds.get(column.kind, pa.string()), metadata={"meaning": column.meaning})
            for column in table.columns
        ]
    )
    buffer = io.BytesIO()
    with pq.ParquetWriter(buffer, schema) as writer:
        every = table.rows(material)
        while rows := list(islice(every, _AT_ONCE)):
            columns = zip(*rows, strict=True)
            arrays = [
                pa.array([_typed(cell, column.kind) for cell in cells], type=field.type)
                for column, field, cells in zip(table.columns, schema, columns, strict=True)
            ]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
    yield buffer.getvalue()


def as_parquet_archive(tables: Sequence[Table[Any]], material: Material) -> Iterator[bytes]:
    """A ZIP archive with a Parquet file for each table and 'codebook.csv'."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for table in tables:
            archive.writestr(_entry(f"{table.name}.parquet"), b"".join(as_parquet(table, material)))
        archive.writestr(_entry("codebook.csv"), b"".join(as_codebook(tables)))
    yield buffer.getvalue()


def as_codebook(tables: Sequence[Table[Any]]) -> Iterator[bytes]:
    """A row of CSV for each column of the tables: table, column, kind, meaning."""
    yield from csv_bytes([_CODEBOOK, *codebook_rows(tables)])


def as_xlsx(tables: Sequence[Table[Any]], material: Material) -> Iterator[bytes]:
    """A workbook with a sheet for each table and one with the codebook. Every text is text, never a formula or a link.

    Raises UsageError for more rows than a sheet can hold.
    """
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(buffer, options)
    workbook.set_properties({"created": _LONG_AGO, "title": "twosource"})
    head = workbook.add_format({"bold": True})
    for table in tables:
        _fill(workbook.add_worksheet(table.name), table.name, table.header, table.rows(material), head)
    _fill(workbook.add_worksheet("codebook"), "codebook", _CODEBOOK, codebook_rows(tables), head)
    workbook.close()
    yield buffer.getvalue()


def _fill(sheet: Any, name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]], head: Any) -> None:
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, header, head)
    for number, row in enumerate(rows, 1):
        if number >= _SHEET_ROWS:
            raise UsageError(f"a sheet of XLSX holds {_SHEET_ROWS:,} rows, and {name} has more: export CSV or a filter")
        for column, cell in enumerate(row):
            _put(sheet, number, column, guarded(cell))


def _put(sheet: Any, row: int, column: int, cell: Cell) -> None:
    if isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif isinstance(cell, int | float):
        sheet.write_number(row, column, cell)
    elif cell is not None:
        fits = len(cell) <= _CELL_LIMIT
        sheet.write_string(row, column, cell if fits else cell[: _CELL_LIMIT - len(_CUT)] + _CUT)


def _entry(name: str) -> zipfile.ZipInfo:
    return zipfile.ZipInfo(name, date_time=_LONG_AGO.timetuple()[:6])


def _typed(cell: Cell, kind: Kind) -> Any:
    return datetime.date.fromisoformat(cell) if kind is Kind.DAY and isinstance(cell, str) else cell


def _plain(cell: Cell) -> Cell:
    return str(cell).lower() if isinstance(cell, bool) else cell


def _is_number(words: str) -> bool:
    try:
        float(words)
    except ValueError:
        return False
    return True
