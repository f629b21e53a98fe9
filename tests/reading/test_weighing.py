"""Which suspected events are told, and of which type."""

from __future__ import annotations

import math

import msgspec
import pytest

from twosource.closed_sets import Certainty, ClaimType, Stance, Status
from twosource.knowledge.telling import SIGNS, load_telling
from twosource.reading.signals import EventSignal, Part
from twosource.reading.weighing import signs_of, type_of, worth_of
from twosource.spans import Span

TELLING = load_telling()


def event(score: float, doubt: float = 0.0, sure: float = 0.8, **types: float) -> EventSignal:
    """An event of these types, with what is left of their probability on 'other'; ``sure`` of its words."""
    chances = {ClaimType(name): chance for name, chance in types.items()}
    rest = 1 - sum(chances.values())
    return EventSignal(
        anchor=Span(0, 4),
        score=score,
        types=tuple(chances.get(t, rest if t is ClaimType.OTHER else 0.0) for t in ClaimType),
        status=tuple(1 / len(Status) for _ in Status),
        certainty=(1 - doubt, *(doubt / 3 for _ in range(len(Certainty) - 1))),
        stance=tuple(1 / len(Stance) for _ in Stance),
        negated=0.0,
        sourced=0.5,
        parts={"evidence": (Part(span=Span(0, 40), score=sure),)},
    )


def test_the_likeliest_family_decides_before_the_likeliest_type() -> None:
    wavering = event(0.9, airstrike=0.3, shelling=0.25, kills=0.4)
    assert type_of(wavering, None) is ClaimType.AIRSTRIKE


def test_a_rule_decides_where_the_reader_deems_its_type_possible() -> None:
    wavering = event(0.9, airstrike=0.3, shelling=0.5)
    assert type_of(wavering, ClaimType.AIRSTRIKE) is ClaimType.AIRSTRIKE
    assert type_of(wavering, ClaimType.SIEGE) is ClaimType.SHELLING


@pytest.mark.parametrize(
    ("surer", "less_sure"),
    [
        (event(0.9, kills=0.8), event(0.4, kills=0.8)),
        (event(0.6, kills=0.8), event(0.6, kills=0.3, praises=0.3)),
        (event(0.6, kills=0.8), event(0.6, sure=0.5, kills=0.8)),
        (event(0.6, doubt=0.6, kills=0.8), event(0.6, kills=0.8)),
    ],
    ids=["of the word", "of the kind", "of the words that tell of it", "told with doubt, which the reader is shy of"],
)
def test_the_surer_event_is_worth_more(surer: EventSignal, less_sure: EventSignal) -> None:
    assert worth_of(signs_of(surer, None), TELLING) > worth_of(signs_of(less_sure, None), TELLING)


def test_a_word_that_the_rules_know_bears_an_event_out() -> None:
    known, unknown = (worth_of(signs_of(event(0.6, kills=0.8), rule), TELLING) for rule in (ClaimType.KILLS, None))
    assert known > unknown


def test_what_is_sure_is_worth_telling_and_what_is_faint_is_not() -> None:
    assert worth_of(signs_of(event(0.95, sure=0.95, kills=0.95), None), TELLING) >= TELLING.least
    assert worth_of(signs_of(event(0.26, sure=0.55, kills=0.3, praises=0.3), None), TELLING) < TELLING.least


def test_the_length_and_the_sureness_of_the_words_are_those_of_all_runs_together() -> None:
    parts = (Part(span=Span(0, 30), score=0.9), Part(span=Span(40, 50), score=0.5))
    told = msgspec.structs.replace(event(0.6, kills=0.8), parts={"evidence": parts})
    signs = dict(zip(SIGNS, signs_of(told, None), strict=True))
    assert signs["evidence"] == pytest.approx(0.8)
    assert signs["length"] == pytest.approx(math.log1p(40))
