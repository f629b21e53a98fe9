"""Which figures belong to a claim, and what they count there."""

from __future__ import annotations

import pytest

from twosource.closed_sets import ClaimType, FigureKind
from twosource.reading.how_many import figures_told
from twosource.reading.signals import Part
from twosource.records import Figure
from twosource.spans import Span

TEXT = "At least 12 people were killed and 40 were hurt on Monday, said a doctor who has 9 beds."


def at(words: str) -> Span:
    return Span(start := TEXT.index(words), start + len(words))


def figure(words: str, number: str, kind: FigureKind) -> Figure:
    return Figure(span=at(words), phrase=words, number=at(number), kind=kind, rule="test", low=1, high=1)


DEAD = figure("12 people", "12", FigureKind.KILLED)
HURT = figure("40", "40", FigureKind.INJURED)
BEDS = figure("9 beds", "9", FigureKind.OTHER)
SENTENCE = Span(0, len(TEXT))
KILLED, BOTH = at("At least 12 people were killed"), at("At least 12 people were killed and 40 were hurt")


def told(run: Span, *parts: tuple[str, float], type_: ClaimType = ClaimType.ATTACK) -> list[str]:
    pointed = [Part(span=at(words), score=score) for words, score in parts]
    return [figure.phrase for figure in figures_told([run], SENTENCE, pointed, (DEAD, HURT, BEDS), type_)]


@pytest.mark.parametrize(
    ("run", "parts", "phrases"),
    [
        (BOTH, (), ["12 people", "40"]),
        (BOTH, (("40", 0.6),), ["40"]),
        (KILLED, (("12", 0.7), ("40", 0.95), ("9 beds", 0.95)), ["12 people"]),
        (at("on Monday"), (("40", 0.95), ("9 beds", 0.6)), ["40"]),
        (at("on Monday"), (), []),
    ],
)
def test_figures_of_the_evidence_come_first(
    run: Span, parts: tuple[tuple[str, float], ...], phrases: list[str]
) -> None:
    assert told(run, *parts) == phrases


def test_a_sure_figure_of_another_sentence_is_not_the_claims() -> None:
    parts = [Part(span=at("40"), score=0.95)]
    assert figures_told([at("on Monday")], at("on Monday"), parts, (DEAD, HURT, BEDS), ClaimType.ATTACK) == ()


@pytest.mark.parametrize(
    ("type_", "kind", "counted"),
    [
        (ClaimType.DISPLACES, FigureKind.CIVILIANS, FigureKind.DISPLACED),
        (ClaimType.RELEASES, FigureKind.FIGHTERS, FigureKind.CAPTURED),
        (ClaimType.KILLS, FigureKind.FIGHTERS, FigureKind.KILLED),
        (ClaimType.KILLS, FigureKind.INJURED, FigureKind.INJURED),
        (ClaimType.DISPLACES, FigureKind.SETTLEMENTS, FigureKind.SETTLEMENTS),
        (ClaimType.AIDS, FigureKind.CIVILIANS, FigureKind.CIVILIANS),
    ],
)
def test_persons_count_as_what_befell_them(type_: ClaimType, kind: FigureKind, counted: FigureKind) -> None:
    (found,) = figures_told([BOTH], SENTENCE, (), [figure("12 people", "12", kind)], type_)
    assert found.kind is counted


@pytest.mark.parametrize(
    ("type_", "kind", "counts"),
    [
        (ClaimType.AIRSTRIKE, FigureKind.DISPLACED, False),
        (ClaimType.KILLS, FigureKind.DISPLACED, False),
        (ClaimType.DISPLACES, FigureKind.DISPLACED, True),
        (ClaimType.DISPLACES, FigureKind.KILLED, False),
        (ClaimType.ALLIED_WITH, FigureKind.KILLED, False),
        (ClaimType.ALLIED_WITH, FigureKind.FIGHTERS, True),
        (ClaimType.SHELLING, FigureKind.INJURED, True),
    ],
)
def test_a_kind_is_counted_where_it_can_belong(type_: ClaimType, kind: FigureKind, *, counts: bool) -> None:
    told = figures_told([BOTH], SENTENCE, (), [figure("12 people", "12", kind)], type_)
    assert bool(told) is counts
