"""Tables of an export as pandas DataFrames, for notebooks."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from twosource.errors import UsageError
from twosource.export.material import Choice, Material
from twosource.export.record_tables import TABLES
from twosource.export.tables import Cell, Column, Kind, Table
from twosource.store import Project
from twosource.views.claims import ClaimFilter

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = ["frame_of"]

_DTYPES = {
    Kind.TEXT: "string",
    Kind.WHOLE: "Int64",
    Kind.NUMBER: "Float64",
    Kind.TRUTH: "boolean",
    Kind.DAY: "datetime64[s]",
}


def frame_of(project: Project, table: str = "claims", **filters: Any) -> DataFrame:
    """The rows of one of the six tables that exports write, each column with a type that can hold nothing (NA, NaT).

    Text is 'string', whole numbers 'Int64', numbers 'Float64', true and false 'boolean', days 'datetime64[s]', which
    holds years that nanoseconds can't. ``filters`` are those of claims (type, family, actor, place, source, report,
    since, until, text); of the other tables the rows that belong to the chosen claims are given. Raises UsageError for
    an unknown table or filter, and where pandas is not installed.
    """
    try:
        import pandas
    except ImportError:
        raise UsageError("a frame needs pandas: install it with pip install 'twosource[frames]'") from None
    chosen = _table(table)
    rows = list(chosen.rows(Material(project, Choice(claims=_filter(filters)))))
    cells: Sequence[Sequence[Cell]] = list(zip(*rows, strict=True)) if rows else [()] * len(chosen.columns)
    return pandas.DataFrame(
        {
            column.name: pandas.array(_values(column, of), dtype=_DTYPES[column.kind])
            for column, of in zip(chosen.columns, cells, strict=True)
        }
    )


def _table(name: str) -> Table[Any]:
    for one in TABLES:
        if one.name == name:
            return one
    raise UsageError(f"there is no table {name!r}: it is one of {', '.join(one.name for one in TABLES)}")


def _filter(given: dict[str, Any]) -> ClaimFilter:
    unknown = set(given) - set(ClaimFilter.__struct_fields__)
    if unknown:
        known = ", ".join(ClaimFilter.__struct_fields__)
        raise UsageError(f"there is no filter {sorted(unknown)[0]!r}: it is one of {known}")
    try:
        return msgspec.convert(given, ClaimFilter)
    except msgspec.ValidationError as fault:
        raise UsageError(f"that filter can't be meant: {fault}") from None


def _values(column: Column[Any], cells: Sequence[Cell]) -> list[Any]:
    if column.kind is Kind.DAY:
        return [None if cell is None else datetime.datetime.fromisoformat(str(cell)) for cell in cells]
    return list(cells)
