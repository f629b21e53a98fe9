"""Measures figures against coded claims: those of matched claims, and the tolls that the page itself tells.

``figures_f1`` is F1 of kind, low and high over the figures of matched claims. ``casualty_accuracy`` is the share of
the gold's phrases of killed, injured, missing and captured that a figure on the page overlaps with the same kind and
range; ``spurious_casualties`` counts, for a hundred sentences, the figures of those kinds that no gold claim of the
report has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from twosource.closed_sets import FigureKind
from twosource.records import Figure, Reading
from twosource.score.agreement import figures_agree
from twosource.score.claims import match_claims
from twosource.score.coded import CodedClaim, CodedFigure, read_coded, read_texts
from twosource.score.reading import coded, readings_of
from twosource.spans import Span

__all__ = ["GoldPhrase", "casualty_measures", "claim_figures_f1", "gold_phrases", "score_figures"]

_CASUALTIES = frozenset([FigureKind.KILLED, FigureKind.INJURED, FigureKind.MISSING, FigureKind.CAPTURED])


class GoldPhrase(msgspec.Struct, frozen=True):
    """A coded figure and where its phrase stands in the report's text."""

    span: Span
    figure: CodedFigure


def score_figures(gold: Path, texts: Path) -> dict[str, float]:
    """The measures over the coded claims of ``gold``, whose reports stand in ``texts`` as ``<report>.txt``.

    Reads the reports here and now. Raises InputError for a gold line or a text that can't be read.
    """
    claims = read_coded(gold)
    raw = read_texts(texts, {claim.report for claim in claims})
    readings = {name: next(readings_of([texts / f"{name}.txt"])) for name in sorted(raw)}
    found = [claim for name, reading in readings.items() for claim in coded(reading, name)]
    return {
        "figures_f1": claim_figures_f1(claims, found, raw),
        **casualty_measures(claims, readings),
    }


def claim_figures_f1(gold: Sequence[CodedClaim], found: Sequence[CodedClaim], texts: Mapping[str, str]) -> float:
    """Micro F1 of (kind, low, high) over the figures of matched claims; 0 where neither side has any."""
    hits = total = 0
    for match in match_claims(gold, found, texts):
        ours, theirs = found[match.found].figures, gold[match.gold].figures
        hits += _agreeing(theirs, ours)
        total += len(ours) + len(theirs)
    return 2 * hits / total if total else 0.0


def _agreeing(gold: Sequence[CodedFigure], found: Sequence[CodedFigure]) -> int:
    left, hits = list(found), 0
    for figure in gold:
        same = next((other for other in left if figures_agree(figure, other)), None)
        if same is not None:
            left.remove(same)
            hits += 1
    return hits


def casualty_measures(gold: Sequence[CodedClaim], readings: Mapping[str, Reading]) -> dict[str, float]:
    """How many of the gold's tolls are told right on the page, and how many figures are tolls that the gold lacks."""
    asked = right = spurious = sentences = 0
    for name, reading in readings.items():
        phrases = list(gold_phrases([claim for claim in gold if claim.report == name], reading.report.text))
        tolls = [phrase for phrase in phrases if phrase.figure.kind in _CASUALTIES]
        asked += len(tolls)
        right += sum(any(_tells(figure, phrase) for figure in reading.figures) for phrase in tolls)
        spurious += sum(figure.kind in _CASUALTIES and not _known(figure, tolls) for figure in reading.figures)
        sentences += len(reading.sentences)
    return {
        "casualties": asked,
        "casualty_accuracy": right / asked if asked else 0.0,
        "spurious_casualties": 100 * spurious / sentences if sentences else 0.0,
    }


def _tells(figure: Figure, phrase: GoldPhrase) -> bool:
    return figure.span.meets(phrase.span) and _same(figure, phrase.figure)


def _same(figure: Figure, other: CodedFigure) -> bool:
    return (figure.kind, figure.low, figure.high) == (other.kind, other.low, other.high)


def _known(figure: Figure, tolls: Sequence[GoldPhrase]) -> bool:
    """Whether the gold tells of the figure: at its place, or elsewhere in the report with the same kind and range."""
    return any(figure.span.meets(phrase.span) or _same(figure, phrase.figure) for phrase in tolls)


def gold_phrases(claims: Sequence[CodedClaim], text: str) -> Iterator[GoldPhrase]:
    """The coded figures of one report with their places: of a phrase's occurrences the one nearest the evidence.

    A figure that two claims share comes once; one whose phrase the text does not hold is passed over.
    """
    seen: set[tuple[int, FigureKind, float | None, float | None]] = set()
    for claim in claims:
        runs = [Span(at, at + len(run)) for run in claim.evidence if (at := text.find(run)) >= 0]
        for figure in claim.figures:
            places = [match.start() for match in re.finditer(re.escape(figure.phrase), text)]
            if not figure.phrase or not places:
                continue
            at = min(places, key=lambda place: min((_gap(place, run) for run in runs), default=0))
            key = (at, figure.kind, figure.low, figure.high)
            if key not in seen:
                seen.add(key)
                yield GoldPhrase(Span(at, at + len(figure.phrase)), figure)


def _gap(place: int, run: Span) -> int:
    return 0 if run.start <= place < run.end else min(abs(place - run.start), abs(place - run.end))
