"""The reference page of exports: the formats, the columns of tables, and the mappings of event types."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from twosource.closed_sets import ClaimType
from twosource.export.acled import ACLED
from twosource.export.formats import FORMATS, Format
from twosource.export.record_tables import TABLES
from twosource.export.tables import Table
from twosource.export.ucdp_ged import UCDP_GED
from twosource.knowledge.event_mappings import load_event_mappings

_HEAD = """# Exports

*Made from the code by tools/build_reference.py: change it there.*

`twosource export PROJECT --format NAME --out FILE` writes one of the formats below. All are made of the same records as
the desk and the other commands show, by the same filter. The same records and the same choice give the same bytes.

Formats that are *shaped* like another data set have its columns and words, and none of its data: their rows were coded
by this engine from your reports, not by that data set's coders, and must not be published as theirs.

In CSV and XLSX a cell that a spreadsheet would take for a formula (it begins with `=`, `+`, `-` or `@` and is no
number) has an apostrophe before it.
"""
_SEVERAL = ("jsonl", "csv", "parquet", "xlsx")


def exports_page() -> str:
    """The whole page, as Markdown."""
    return "\n".join([_HEAD, *_list(), *_sections(), *_codebook(), *_mappings()])


def _list() -> Iterator[str]:
    yield "## Formats\n"
    yield "| format | file | what it holds |\n|---|---|---|"
    for one in _told_once():
        names = _names(one)
        yield f"| {names} | {_suffixes(one)} | {_holds(one)} |"
    yield ""


def _sections() -> Iterator[str]:
    yield "## What each can't hold\n"
    for one in _told_once():
        yield f"- {_names(one)}: {'; '.join(one.leaves_out)}"
    yield ""


def _codebook() -> Iterator[str]:
    for table in (*TABLES, ACLED, UCDP_GED):
        yield f"## Columns of {table.name}\n"
        yield f"{table.holds}\n"
        yield from _columns(table)


def _columns(table: Table[Any]) -> Iterator[str]:
    yield "| column | kind | meaning |\n|---|---|---|"
    for column in table.columns:
        yield f"| `{column.name}` | {column.kind} | {column.meaning} |"
    yield ""


def _mappings() -> Iterator[str]:
    yield "## Types beside those of other data sets\n"
    yield "An empty field: the data set has no place for it, and its export leaves such events out.\n"
    yield "| codebook | ACLED | PLOVER | CAMEO | note |\n|---|---|---|---|---|"
    mappings = load_event_mappings()
    for type_ in ClaimType:
        row = mappings[type_]
        acled = f"{row.acled_event}: {row.acled}" if row.acled else ""
        plover = ", ".join(part for part in (row.plover, row.plover_mode) if part)
        yield f"| {type_.value} | {acled} | {plover} | {row.cameo or ''} | {row.note} |"
    yield ""


def _told_once() -> Iterator[Format]:
    """The formats, of those of one table the first only."""
    for one in FORMATS.values():
        if not _is_of_a_table(one) or one.name.endswith(f"-{_SEVERAL[0]}"):
            yield one


def _is_of_a_table(one: Format) -> bool:
    return one.name.rpartition("-")[0] in {table.name for table in TABLES}


def _names(one: Format) -> str:
    table = one.name.rpartition("-")[0]
    return ", ".join(f"`{table}-{kind}`" for kind in _SEVERAL) if _is_of_a_table(one) else f"`{one.name}`"


def _suffixes(one: Format) -> str:
    return ", ".join(f".{kind}" for kind in _SEVERAL) if _is_of_a_table(one) else f"{one.suffix} ({one.media_type})"


def _holds(one: Format) -> str:
    return one.columns[0].holds if _is_of_a_table(one) else one.holds
