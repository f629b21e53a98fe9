"""The lines of a long file, decoded one by one, and the records that JSONL and CSV make of them."""

from __future__ import annotations

import csv
import json
import re
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import msgspec

from twosource.intake.text import LARGEST

__all__ = ["Line", "Record", "csv_records", "decoded_lines", "json_records"]

_BROKEN = re.compile("[\udc80-\udcff]")
_MOST_LINES = 5_000  # a longer record in CSV is an open quotation mark, not a report
_DELIMITERS = ",;\t|"
_WIDE = ("utf-16", "utf-32")


class Line(msgspec.Struct, frozen=True):
    """A line with its end: its 1-based number, its text, its bytes, and whether bytes in it broke the encoding.

    ``text`` is None where the line is longer than a report may be.
    """

    number: int
    text: str | None
    data: bytes = b""
    broken: bool = False


class Record(msgspec.Struct, frozen=True):
    """One row: the 1-based line it begins at, its bytes, and its values, or what is wrong with it in ``fault``."""

    line: int
    data: bytes
    values: dict[str, object] | None
    fault: str | None = None
    broken: bool = False


def decoded_lines(path: Path, encoding: str) -> Iterator[Line]:
    """The file's lines. Bytes that break ``encoding`` read as U+FFFD; a byte order mark is left out of the text."""
    errors = "replace" if encoding.startswith(_WIDE) else "surrogateescape"
    with path.open(encoding=encoding, errors=errors, newline="") as file:
        for number, raw in enumerate(_bounded_lines(file), 1):
            if raw is None:
                yield Line(number, None)
                continue
            data = raw.encode(encoding, errors)
            broken = bool(_BROKEN.search(raw))
            text = data.decode(encoding, "replace") if broken else raw
            yield Line(number, text.removeprefix("\ufeff") if number == 1 else text, data, broken)


def _bounded_lines(file: TextIO) -> Iterator[str | None]:
    """The lines, None for one that is too long; the rest of such a line is passed over piece by piece."""
    while line := file.readline(LARGEST):
        too_long = len(line) == LARGEST and not line.endswith(("\n", "\r"))
        while too_long and (rest := file.readline(LARGEST)) and not rest.endswith(("\n", "\r")):
            continue
        yield None if too_long else line


def json_records(lines: Iterator[Line]) -> Iterator[Record]:
    """A record for each line that is not blank."""
    for line in lines:
        if line.text is None:
            yield Record(line.number, b"", None, "the line has more than 64 MiB")
        elif line.text.strip():
            yield _json_record(line, line.text)


def _json_record(line: Line, text: str) -> Record:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as fault:
        return Record(line.number, line.data, None, f"the line is not JSON ({str(fault)[:100]})", line.broken)
    if not isinstance(value, dict):
        return Record(line.number, line.data, None, "the line is JSON, but no object with columns", line.broken)
    return Record(line.number, line.data, value, None, line.broken)


def csv_records(lines: Iterator[Line], delimiter: str | None = None) -> Iterator[Record]:
    """A record for each row under the first, which names the columns; quoted cells may hold line ends.

    A row with too few or too many cells, or with a quotation mark that nothing closes, is a fault of its first line,
    and reading goes on with the line after that. Without ``delimiter`` it is the commonest one of the first line.
    """
    csv.field_size_limit(LARGEST)
    waiting = _Waiting(lines)
    head = waiting.take_line()
    if head is None:
        return
    delimiter = delimiter or max(_DELIMITERS, key=head.count)
    names = [name.strip() for name in next(csv.reader([head], delimiter=delimiter), [])]
    while (row := waiting.take_row(delimiter)) is not None:
        fault = row.fault or _miscount(row, len(names))
        first = row.taken[0]
        if fault is not None:
            waiting.put_back(row.taken[1:])
            yield Record(first.number, first.data, None, fault, first.broken)
        elif any(cell.strip() for cell in row.cells):
            data = b"".join(line.data for line in row.taken)
            values: dict[str, object] = dict(zip(names, row.cells, strict=False))
            yield Record(first.number, data, values, None, any(line.broken for line in row.taken))


def _miscount(row: _Row, columns: int) -> str | None:
    """What is wrong with the number of cells; empty ones at the end and blank lines are no fault."""
    cells = len(row.cells)
    if cells == columns or (not any(row.cells[columns:]) and (cells > columns or not any(row.cells))):
        return None
    return f"the row has {cells} cells, and the first line names {columns} columns"


class _Row(msgspec.Struct):
    cells: list[str]
    taken: list[Line]
    fault: str | None = None


class _Waiting:
    """Lines of which a row takes what it needs, and may put back what was not its own."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self._lines = lines
        self._back: deque[Line] = deque()

    def put_back(self, lines: list[Line]) -> None:
        self._back.extendleft(reversed(lines))

    def take_line(self) -> str | None:
        """The text of the next line that is not blank, None at the end."""
        return next((text for text in self._take([]) if text.strip()), None)

    def take_row(self, delimiter: str) -> _Row | None:
        """The next row with the lines it took, None at the end."""
        taken: list[Line] = []
        try:
            cells = next(csv.reader(self._take(taken), delimiter=delimiter), None)
            if len(taken) > 1:  # lenient reading takes an open quotation mark for a cell that reaches to the end
                next(csv.reader((line.text or "" for line in taken), delimiter=delimiter, strict=True))
        except csv.Error as fault:
            return _Row([], taken, f"the row is not CSV ({fault})")
        if cells is None:
            return None
        if taken[0].text is None:
            return _Row([], taken, "the line has more than 64 MiB")
        return _Row(cells, taken)

    def _take(self, taken: list[Line]) -> Iterator[str]:
        while len(taken) < _MOST_LINES:
            line = self._back.popleft() if self._back else next(self._lines, None)
            if line is None:
                return
            taken.append(line)
            yield line.text or ""
