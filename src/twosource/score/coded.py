"""Coded claims as JSON lines: the codebook's form, as people write it and as `twosource export` does."""

from __future__ import annotations

import datetime
from pathlib import Path

import msgspec

from twosource.closed_sets import Certainty, ClaimType, FigureKind, Stance, Status
from twosource.errors import InputError
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
    """The claims of a JSON Lines file, in its order. Raises InputError that names the line of a broken one."""
    return read_gold(path, CodedClaim)


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
