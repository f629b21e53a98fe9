"""Coded claims in the codebook's form, as people, other tools and `twosource export` write them: JSON lines, or CSV."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import msgspec

from twosource.closed_sets import Certainty, ClaimType, FigureKind, Stance, Status
from twosource.errors import InputError
from twosource.score.coded_csv import read_rows
from twosource.score.gold import read_gold

__all__ = ["CodedClaim", "CodedFigure", "CodedWhen", "read_coded", "read_texts"]


class CodedWhen(msgspec.Struct, frozen=True):
    """The words for the time, and the first and last day that they can mean."""

    phrase: str | None
    start: datetime.date | None
    end: datetime.date | None


class CodedFigure(msgspec.Struct, frozen=True):
    """A figure's words, kind and range; None is open."""

    phrase: str
    kind: FigureKind
    low: int | float | None
    high: int | float | None


class CodedClaim(msgspec.Struct, frozen=True, kw_only=True):
    """One line in the codebook's form; further keys are passed over."""

    report: str
    type: ClaimType
    evidence: tuple[str, ...]
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    places: tuple[str, ...]
    when: CodedWhen | None
    figures: tuple[CodedFigure, ...]
    sources: tuple[str, ...]
    via: tuple[str, ...]
    stance: Stance
    certainty: Certainty
    status: Status
    negated: bool
    confidence: float | None = None


def read_coded(path: Path) -> list[CodedClaim]:
    """The claims of a file, in its order: a table where its name ends in .csv, else JSON Lines.

    Raises InputError that names the line of a broken one.
    """
    if path.suffix.lower() != ".csv":
        return read_gold(path, CodedClaim)
    return [_converted(path, line, row) for line, row in read_rows(path)]


def _converted(path: Path, line: int, row: dict[str, Any]) -> CodedClaim:
    try:
        return msgspec.convert(row, CodedClaim)
    except msgspec.ValidationError as fault:
        raise InputError(f"{path}, line {line}: {fault}") from None


def read_texts(folder: Path, reports: set[str]) -> dict[str, str]:
    """The raw text of each report, from ``<report>.txt``. Raises InputError for one that is not there."""
    texts: dict[str, str] = {}
    for report in sorted(reports):
        path = folder / f"{report}.txt"
        try:
            texts[report] = path.read_text(encoding="utf-8")
        except OSError as fault:
            raise InputError(f"can't read the text of {report!r}, {path}: {fault.strerror}") from None
    return texts
