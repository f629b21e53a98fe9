"""Coded claims as a CSV table: the columns of `twosource export --format claims-csv`, as other tools can write them."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from twosource.closed_sets import FigureKind
from twosource.errors import InputError

__all__ = ["read_rows"]

_NEEDED = ("report", "type", "evidence")
_LISTS = ("actors", "targets", "places", "sources", "via")
_USUAL = {"stance": "asserts", "certainty": "certain", "status": "happened"}
_BETWEEN_RUNS, _BETWEEN = " … ", ";"
_TRUE, _FALSE = ("true", "yes", "1"), ("false", "no", "0", "")
_FORMULA = ("=", "+", "-", "@")
Row = Mapping[str, str | None]


def read_rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each row as an object in the codebook's form, with its line (from 1).

    Columns that are missing or empty say nothing: then a claim is asserted, certain and happened. ``evidence`` holds
    runs with ' … ' between them, names are parted by ';', ``when``, ``start`` and ``end`` are the time, and
    ``killed_low`` and the like are figures. Raises InputError for a file that is no such table.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = csv.DictReader(file)
            missing = [name for name in _NEEDED if name not in (table.fieldnames or ())]
            if missing:
                raise InputError(f"{path} has no column {' and no column '.join(missing)}: name its columns so")
            for row in table:
                yield table.line_num, _claim(path, table.line_num, row)
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        raise InputError(f"{path} can't be read as CSV: {fault}") from None


def _claim(path: Path, line: int, row: Row) -> dict[str, Any]:
    start, end, phrase = (_cell(row, name) or None for name in ("start", "end", "when"))
    negated = _cell(row, "negated").lower()
    if negated not in (*_TRUE, *_FALSE):
        raise InputError(f"{path}, line {line}: negated is {negated!r}, not true or false")
    return {
        "report": _cell(row, "report"),
        "type": _cell(row, "type"),
        "evidence": [run for run in _cell(row, "evidence").split(_BETWEEN_RUNS) if run],
        **{name: _names(row, name) for name in _LISTS},
        "when": {"phrase": phrase, "start": start, "end": end} if phrase or start or end else None,
        "figures": list(_figures(path, line, row)),
        **{name: _cell(row, name) or usual for name, usual in _USUAL.items()},
        "negated": negated in _TRUE,
        "confidence": _number(path, line, row, "confidence"),
    }


def _figures(path: Path, line: int, row: Row) -> Iterator[dict[str, Any]]:
    for kind in FigureKind:
        low, high = (_number(path, line, row, f"{kind.value}_{side}") for side in ("low", "high"))
        if low is not None or high is not None:
            yield {"phrase": "", "kind": kind.value, "low": low, "high": high}


def _number(path: Path, line: int, row: Row, name: str) -> float | None:
    words = _cell(row, name)
    try:
        return float(words) if words else None
    except ValueError:
        raise InputError(f"{path}, line {line}: {name} is {words!r}, which is no number") from None


def _names(row: Row, name: str) -> list[str]:
    return [part for words in _cell(row, name).split(_BETWEEN) if (part := words.strip())]


def _cell(row: Row, name: str) -> str:
    """The cell's words, without the apostrophe that keeps a spreadsheet from running them."""
    words = (row.get(name) or "").strip()
    return words[1:] if words.startswith("'") and words[1:].startswith(_FORMULA) else words
