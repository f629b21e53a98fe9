"""A claim in a few words, for the terminal."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from twosource.cli.terminal import visible
from twosource.closed_sets import Certainty, Stance, Status
from twosource.records import Claim, Figure, Named, When
from twosource.views.claims import ClaimRow

__all__ = ["claim_lines", "table_cells"]

_USUAL = (Stance.ASSERTS, Certainty.CERTAIN, Status.HAPPENED)


def table_cells(row: ClaimRow) -> tuple[str, ...]:
    """The cells of a claim's row: report, claim, who, where, when, figures, source, words."""
    claim = row.claim
    words = " … ".join(" ".join(run.split()) for run in row.evidence)
    cells = (
        claim.report,
        _kind(claim),
        _who(claim),
        _listed(claim.places),
        _days(claim.when),
        _figures(claim.figures),
        _source(claim),
        words,
    )
    return tuple(visible(cell) for cell in cells)


def claim_lines(claim: Claim, evidence: Sequence[str]) -> list[str]:
    """What is claimed, then its words, then who says it: three lines, the last one only where a source is named."""
    parts = (_kind(claim), _who(claim), _listed(claim.places), _days(claim.when), _figures(claim.figures))
    lines = [" · ".join(part for part in parts if part), " … ".join(f"“{' '.join(run.split())}”" for run in evidence)]
    return [*lines, f"says {_source(claim)}"] if claim.sources or claim.via else lines


def _kind(claim: Claim) -> str:
    """The type and whatever is unusual about it, such as 'airstrike (denies, probable)'."""
    marks = [str(mark) for mark in (claim.stance, claim.certainty, claim.status) if mark not in _USUAL]
    if claim.negated:
        marks.insert(0, "not")
    return f"{claim.type} ({', '.join(marks)})" if marks else str(claim.type)


def _who(claim: Claim) -> str:
    targets = f"→ {_listed(claim.targets)}" if claim.targets else ""
    return f"{_listed(claim.actors)} {targets}".strip()


def _source(claim: Claim) -> str:
    via = f"via {_listed(claim.via)}" if claim.via else ""
    return f"{_listed(claim.sources)} {via}".strip()


def _listed(values: Sequence[Named]) -> str:
    return ", ".join(named.name for named in values)


def _figures(figures: Sequence[Figure]) -> str:
    return ", ".join(f"{_bounds(figure.low, figure.high)} {figure.kind}" for figure in figures)


def _bounds(low: int | None, high: int | None) -> str:
    if low == high:
        return "?" if low is None else f"{low:,}"
    if high is None:
        return f"{low:,} or more"
    return f"up to {high:,}" if low is None else f"{low:,} to {high:,}"


def _days(when: When | None) -> str:
    if when is None:
        return ""
    if when.start == when.end:
        return str(when.start) if when.start else f"“{when.phrase}”"
    return f"{_day(when.start)}..{_day(when.end)}"


def _day(day: datetime.date | None) -> str:
    return str(day) if day else ""
