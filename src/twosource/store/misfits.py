"""Whether every value in a project's file is one that its column can hold: a text, a whole number, a day, JSON.

SQLite keeps no checksum of its pages and looks into no value, so that a spoilt page can leave its file whole. Most of
what a project holds is worked out from a few tables, and made anew from them.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Boolean, Column, Connection, Date, Float, Integer, LargeBinary, String, Table

from twosource.store import tables
from twosource.store.checks import as_far_as_it_reads
from twosource.store.decisions import Fault

__all__ = ["is_worked_out", "misfits"]

_READ_OR_DECIDED = frozenset(
    table.name
    for table in (
        tables.run,
        tables.original,
        tables.report,
        tables.reading,
        tables.claim,
        tables.issue,
        tables.fetched,
        tables.decision,
    )
)
_BYTES = frozenset((tables.original.c.content, tables.reading.c.layers))  # looked at where their contents are checked
_READ_AT_ONCE = 1000
_NAMED = 5  # misfits of one table that are named; a page holds dozens of rows

_Fits = Callable[[Any], bool]
_AllFit = Callable[[Sequence[Any]], bool]
_any_json = msgspec.json.Decoder()


def is_worked_out(table: str) -> bool:
    """Whether all that the table holds is worked out from what was read and decided, and can be made anew."""
    return table not in _READ_OR_DECIDED


def misfits(connection: Connection, progress: Callable[[str], None] = lambda table: None) -> Iterator[Fault]:
    """The values that their columns can't hold, the first ones of each table; nothing on another database than SQLite,
    which keeps to its columns' kinds itself. ``progress`` is told each table before it is looked through."""
    if connection.dialect.name != "sqlite":
        return
    for table in tables.metadata.sorted_tables:
        progress(f"table {table.name}")
        yield from as_far_as_it_reads(_misfits_in(connection, table), f"table {table.name}", table.name)


def _misfits_in(connection: Connection, table: Table) -> Iterator[Fault]:
    columns = [column for column in table.columns if column not in _BYTES]
    fits = [_fitting(column) for column in columns]
    all_fit = [_all_fitting(column, fit) for column, fit in zip(columns, fits, strict=True)]
    met = 0
    for rows in _rows(connection, table, columns):
        if all(fit(values) for fit, values in zip(all_fit, zip(*rows, strict=True), strict=True)):
            continue
        for row in rows:
            at = next((at for at, (fit, value) in enumerate(zip(fits, row, strict=True)) if not fit(value)), None)
            if at is None:
                continue
            met += 1
            if met <= _NAMED:
                key = ", ".join(str(_told(one)) for column, one in zip(columns, row, strict=True) if column.primary_key)
                reason = f"its {columns[at].name} is nothing that was written there: a page of the file was spoilt"
                yield Fault(f"table {table.name}, row {key}", reason, table.name)
    if met > _NAMED:
        yield Fault(f"table {table.name}", f"{met - _NAMED} more rows are spoilt", table.name)


def _rows(connection: Connection, table: Table, columns: Sequence[Column[Any]]) -> Iterator[Sequence[Sequence[Any]]]:
    """The rows as they lie in the file, some at a time: texts as their bytes, since spoilt ones can't be read as texts.

    What ought to be a text and is kept as another kind of value comes as the number 0.
    """
    shown = ", ".join(_shown(column) for column in columns)
    found = connection.exec_driver_sql(f'SELECT {shown} FROM "{table.name}"')  # noqa: S608 - names of our own columns
    while rows := found.fetchmany(_READ_AT_ONCE):
        yield rows


def _shown(column: Column[Any]) -> str:
    name = f'"{column.name}"'
    if not _is_text(column):
        return name
    return f"CASE typeof({name}) WHEN 'text' THEN CAST({name} AS BLOB) WHEN 'null' THEN NULL ELSE 0 END"


def _is_text(column: Column[Any]) -> bool:
    return isinstance(column.type, (String, Date))


def _fitting(column: Column[Any]) -> _Fits:
    """Whether a value as it lies in the file is one that the column can hold."""
    fits = next((fits for kind, fits in _BY_KIND if isinstance(column.type, kind)), _is_whole)
    if isinstance(column.type, String) and column.type.length is not None:
        fits = _shorter_than(column.type.length)
    if column.nullable:
        return lambda value: value is None or fits(value)
    return fits


def _all_fitting(column: Column[Any], fits: _Fits) -> _AllFit:
    """Whether all of many values are such, which is looked at in fewer steps than each value alone takes."""
    if isinstance(column.type, String):
        return _all_texts(column.type.length, nullable=bool(column.nullable))
    if isinstance(column.type, LargeBinary):
        return lambda values: all(map(fits, values))
    if isinstance(column.type, Integer):
        kinds = {int, type(None)} if column.nullable else {int}
        return lambda values: kinds.issuperset(map(type, values))
    return lambda values: all(map(fits, set(values)))


def _all_texts(length: int | None, *, nullable: bool) -> _AllFit:
    def fit(values: Sequence[Any]) -> bool:
        if nullable:
            values = [value for value in values if value is not None]
        try:
            b"\n".join(values).decode()  # what is cut off before the end of a line, or begins within a sign, is no text
        except (TypeError, UnicodeDecodeError):
            return False
        return length is None or max(map(len, values), default=0) <= length

    return fit


def _reads_as_text(value: Any) -> bool:
    try:
        return isinstance(value.decode(), str)
    except (UnicodeDecodeError, AttributeError):
        return False


def _shorter_than(length: int) -> _Fits:
    return lambda value: _reads_as_text(value) and len(value) <= length


def _is_a_day(value: Any) -> bool:
    try:
        return bool(datetime.date.fromisoformat(value.decode()))
    except (ValueError, AttributeError):
        return False


def _is_json(value: Any) -> bool:
    try:
        _any_json.decode(value)
    except (msgspec.DecodeError, UnicodeDecodeError, TypeError):
        return False
    return True


def _is_whole(value: Any) -> bool:
    return isinstance(value, int)


_BY_KIND: tuple[tuple[type, _Fits], ...] = (
    (Boolean, lambda value: value in (0, 1)),
    (Integer, _is_whole),
    (Float, lambda value: isinstance(value, float)),
    (Date, _is_a_day),
    (String, _reads_as_text),
    (LargeBinary, _is_json),
)
"""By the kind of column; the first that it is counts."""


def _told(value: Any) -> object:
    return value.decode(errors="replace") if isinstance(value, bytes) else value
