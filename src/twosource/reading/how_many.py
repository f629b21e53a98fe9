"""How many: which figures of a report belong to a claim, and what they count in a claim of its type."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from twosource.closed_sets import ClaimType, FigureKind, family_of
from twosource.reading.signals import Part
from twosource.records import Figure
from twosource.spans import Span

__all__ = ["figures_told"]

_SURE = 0.8  # from this score on, words that the trained reader points at count outside the evidence as well
_PERSONS = frozenset({FigureKind.CIVILIANS, FigureKind.FIGHTERS})
_BEFALLEN = {
    ClaimType.KILLS: FigureKind.KILLED,
    ClaimType.EXECUTES: FigureKind.KILLED,
    ClaimType.INJURES: FigureKind.INJURED,
    ClaimType.ABDUCTS: FigureKind.CAPTURED,
    ClaimType.ARRESTS: FigureKind.CAPTURED,
    ClaimType.RELEASES: FigureKind.CAPTURED,
    ClaimType.DISPLACES: FigureKind.DISPLACED,
}
"""What persons that a claim of the type counts are coded as."""

_HARMED = frozenset({"support", "posture", "control", "harm"})
_NEVER = {
    FigureKind.DISPLACED: frozenset({"force", "persons", "support", "posture", "control"}),
    FigureKind.KILLED: _HARMED,
    FigureKind.INJURED: _HARMED,
    FigureKind.CAPTURED: _HARMED,
    FigureKind.STRIKES: frozenset({"support", "posture", "control"}),
}
"""Families of claims that never count a kind: whom a raid drove out are a claim of their own, and an alliance has no
dead.
"""


def figures_told(
    runs: Sequence[Span], sentence: Span, parts: Sequence[Part], figures: Iterable[Figure], type_: ClaimType
) -> tuple[Figure, ...]:
    """The figures of a claim, in order: those in its evidence that the reader points at, all where it points at none.

    Where the evidence holds none, those in the sentence of the event that the reader is sure of. Persons counted in a
    claim of what befell them are counted as such: those who fled are displaced.
    """
    known = list(figures)
    inside = [f for f in known if any(run.holds(f.number) for run in runs)]
    if not inside:
        told = [f for f in known if sentence.holds(f.number) and _score(f, parts) >= _SURE]
    elif parts:
        told = [f for f in inside if _score(f, parts)]
    else:
        told = inside
    of_it = (_befallen(figure, type_) for figure in told)
    return tuple(figure for figure in of_it if family_of(type_) not in _NEVER.get(figure.kind, ()))


def _score(figure: Figure, parts: Sequence[Part]) -> float:
    return max((part.score for part in parts if part.span.meets(figure.number)), default=0.0)


def _befallen(figure: Figure, type_: ClaimType) -> Figure:
    if figure.kind not in _PERSONS or type_ not in _BEFALLEN:
        return figure
    return msgspec.structs.replace(figure, kind=_BEFALLEN[type_])
