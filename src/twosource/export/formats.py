"""The table of formats: for each its name, its file, what it holds, what it can't hold, and what writes it."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import msgspec

from twosource.errors import UsageError
from twosource.export import claims, table_files
from twosource.export.material import Choice, Material
from twosource.export.record_tables import TABLES
from twosource.export.tables import Table
from twosource.store import Project

__all__ = ["FORMATS", "Format", "export", "format_named"]


class Format(msgspec.Struct, frozen=True, kw_only=True):
    """One format. ``leaves_out`` names what it can't hold; ``columns`` are the tables that its rows are made of."""

    name: str
    media_type: str
    suffix: str
    holds: str
    leaves_out: tuple[str, ...]
    write: Callable[[Material], Iterator[bytes]]
    columns: tuple[Table[Any], ...] = ()
    binary: bool = False


def export(project: Project, name: str, choice: Choice | None = None) -> Iterator[bytes]:
    """The bytes of a format, in pieces; the same records and choice give the same bytes.

    Raises UsageError for an unknown format.
    """
    return format_named(name).write(Material(project, choice))


def format_named(name: str) -> Format:
    """The format of this name. Raises UsageError for none, and says which ones are near."""
    found = FORMATS.get(name.strip().casefold())
    if found is None:
        near = difflib.get_close_matches(name, FORMATS, n=3)
        hint = f"did you mean {' or '.join(near)}?" if near else f"it is one of {', '.join(FORMATS)}"
        raise UsageError(f"there is no format {name!r}: {hint}")
    return found


def _claims() -> Format:
    return Format(
        name="claims",
        media_type="application/x-ndjson",
        suffix=".jsonl",
        holds="Claims in the form of the codebook, one JSON object a line, with the span of every value.",
        leaves_out=("which rule decided a value", "places' coordinates", "events, lineages, disagreements"),
        write=claims.lines,
    )


_FILES: dict[str, tuple[str, str, bool, Callable[[Table[Any], Material], Iterator[bytes]]]] = {
    "jsonl": ("application/x-ndjson", "JSON Lines, an object a row", False, table_files.as_json_lines),
    "csv": ("text/csv", "CSV for spreadsheets (UTF-8)", False, table_files.as_csv),
    "parquet": ("application/vnd.apache.parquet", "Parquet", True, table_files.as_parquet),
    "xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "An XLSX workbook with the codebook as its second sheet",
        True,
        lambda table, material: table_files.as_xlsx([table], material),
    ),
}


def _of_tables() -> Iterator[Format]:
    for table in TABLES:
        for kind, (media_type, words, binary, write) in _FILES.items():
            yield Format(
                name=f"{table.name}-{kind}",
                media_type=media_type,
                suffix=f".{kind}",
                holds=f"{table.holds} {words}.",
                leaves_out=table.leaves_out,
                write=partial(write, table),
                columns=(table,),
                binary=binary,
            )


def _of_all_tables() -> Iterator[Format]:
    leaves_out = tuple(dict.fromkeys(one for table in TABLES for one in table.leaves_out))
    yield Format(
        name="xlsx",
        media_type=_FILES["xlsx"][0],
        suffix=".xlsx",
        holds="One workbook: a sheet for each of the six tables, and the codebook of their columns.",
        leaves_out=(*leaves_out, "more than 32,767 characters in a cell and 1,048,575 rows in a sheet"),
        write=partial(table_files.as_xlsx, TABLES),
        columns=TABLES,
        binary=True,
    )
    yield Format(
        name="parquet",
        media_type="application/zip",
        suffix=".zip",
        holds="An archive with a Parquet file for each of the six tables, and the codebook as CSV.",
        leaves_out=leaves_out,
        write=partial(table_files.as_parquet_archive, TABLES),
        columns=TABLES,
        binary=True,
    )


FORMATS: dict[str, Format] = {one.name: one for one in (_claims(), *_of_tables(), *_of_all_tables())}
"""Every format by its name, in the order in which they are told."""
