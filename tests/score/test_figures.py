from __future__ import annotations

import msgspec

from plain_reading import reading_of
from score.coded_by_hand import coded
from twosource.closed_sets import ClaimType, FigureKind
from twosource.records import Figure
from twosource.score.coded import CodedClaim, CodedFigure
from twosource.score.figures import casualty_measures, claim_figures_f1, gold_phrases
from twosource.spans import Span

TEXT = "A raid killed 12 people. Later the toll stood at 12 people."


def claim(*figures: CodedFigure, evidence: str = "A raid killed 12 people") -> CodedClaim:
    return coded(ClaimType.AIRSTRIKE, evidence, figures=figures)


def figure(start: int, phrase: str, low: int, kind: FigureKind = FigureKind.KILLED) -> Figure:
    span = Span(start, start + len(phrase))
    return Figure(span=span, phrase=phrase, number=span, kind=kind, rule="r", low=low, high=low)


TWELVE = CodedFigure("12 people", FigureKind.KILLED, 12, 12)


def test_a_phrase_is_looked_for_where_its_evidence_stands() -> None:
    (first,) = gold_phrases([claim(TWELVE)], TEXT)
    (second,) = gold_phrases([claim(TWELVE, evidence="the toll stood at 12 people")], TEXT)
    assert (first.span.start, second.span.start) == (14, 49)


def test_a_toll_is_right_with_its_kind_and_its_range() -> None:
    for found, share in ((figure(14, "12 people", 12), 1.0), (figure(14, "12 people", 13), 0.0)):
        reading = msgspec.structs.replace(reading_of(TEXT), figures=(found,))
        assert casualty_measures([claim(TWELVE)], {"r": reading})["casualty_accuracy"] == share


def test_a_toll_that_the_gold_does_not_have_is_spurious() -> None:
    repeated, strange = figure(49, "12 people", 12), figure(0, "A raid", 1)
    reading = msgspec.structs.replace(reading_of(TEXT), figures=(repeated, strange))
    assert casualty_measures([claim(TWELVE)], {"r": reading})["spurious_casualties"] == 100.0


def test_figures_of_matched_claims_are_compared() -> None:
    other = CodedFigure("two", FigureKind.INJURED, 2, 2)
    assert claim_figures_f1([claim(TWELVE)], [claim(TWELVE, other)], {"r": TEXT}) == 2 / 3
    assert claim_figures_f1([claim()], [claim()], {"r": TEXT}) == 0.0
