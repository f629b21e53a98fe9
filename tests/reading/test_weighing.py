"""Which suspected events are told, and of which type."""

from __future__ import annotations

import pytest

from twosource.closed_sets import Certainty, ClaimType, Stance, Status
from twosource.reading.signals import EventSignal
from twosource.reading.weighing import is_told, type_of
from twosource.spans import Span


def event(score: float, doubt: float = 0.0, **types: float) -> EventSignal:
    """An event of these types, with what is left of their probability on 'other'."""
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
        parts={},
    )


def test_the_likeliest_family_decides_before_the_likeliest_type() -> None:
    wavering = event(0.9, airstrike=0.3, shelling=0.25, kills=0.4)
    assert type_of(wavering, None) is ClaimType.AIRSTRIKE


def test_a_rule_decides_where_the_reader_deems_its_type_possible() -> None:
    wavering = event(0.9, airstrike=0.3, shelling=0.5)
    assert type_of(wavering, ClaimType.AIRSTRIKE) is ClaimType.AIRSTRIKE
    assert type_of(wavering, ClaimType.SIEGE) is ClaimType.SHELLING


@pytest.mark.parametrize(
    ("suspected", "rule", "told"),
    [
        (event(0.6, kills=0.8), None, True),
        (event(0.4, kills=0.8), None, False),
        (event(0.4, kills=0.8), ClaimType.KILLS, True),
        (event(0.4, kills=0.8), ClaimType.PRAISES, False),
        (event(0.4, doubt=0.6, kills=0.8), None, True),
        (event(0.55, kills=0.3, praises=0.3), None, False),
    ],
    ids=["sure", "unsure", "known to the rules", "known as another", "told with doubt", "of no clear kind"],
)
def test_a_second_sign_bears_an_event_out(suspected: EventSignal, rule: ClaimType | None, *, told: bool) -> None:
    assert is_told(suspected, rule) is told
