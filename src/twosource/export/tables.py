"""The tables of an export: for each column its name, what it holds, and how it is made of a record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Any, Generic, TypeVar

import msgspec

from twosource.export.material import Material

__all__ = ["Cell", "Column", "Kind", "Table", "codebook_rows", "joined"]

Cell = str | int | float | bool | None
"""What a cell can hold; None is told as an empty one: the report does not say. Days are written as year-month-day."""

ItemT = TypeVar("ItemT")
_BETWEEN = "; "


class Kind(StrEnum):
    """What the values of a column are."""

    TEXT = "text"
    WHOLE = "whole number"
    NUMBER = "number"
    TRUTH = "true or false"
    DAY = "day"


class Column(msgspec.Struct, Generic[ItemT], frozen=True):
    """One column: ``meaning`` is a sentence for the codebook, ``value`` makes the cell of a record."""

    name: str
    kind: Kind
    meaning: str
    value: Callable[[ItemT], Cell]


class Table(msgspec.Struct, Generic[ItemT], frozen=True, kw_only=True):
    """One table: a row for each item of ``items``, in its order. ``holds`` and ``leaves_out`` are told to users."""

    name: str
    holds: str
    leaves_out: tuple[str, ...]
    columns: tuple[Column[ItemT], ...]
    items: Callable[[Material], Iterable[ItemT]]

    def rows(self, material: Material) -> Iterator[tuple[Cell, ...]]:
        """The cells of each row, in the order of the columns."""
        for item in self.items(material):
            yield tuple(column.value(item) for column in self.columns)

    @property
    def header(self) -> tuple[str, ...]:
        """The columns' names."""
        return tuple(column.name for column in self.columns)


def codebook_rows(tables: Sequence[Table[Any]]) -> Iterator[tuple[str, str, str, str]]:
    """The codebook: table, column, kind and meaning, for each column of the tables."""
    for table in tables:
        for column in table.columns:
            yield table.name, column.name, column.kind.value, column.meaning


def joined(values: Iterable[str]) -> str | None:
    """The values with '; ' between them, None for none."""
    return _BETWEEN.join(values) or None
