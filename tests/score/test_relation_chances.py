import math

import numpy as np
import pytest

from twosource.closed_sets import ClaimType
from twosource.knowledge.relation_signs import load_relation_signs
from twosource.model.claim_head import ROLES
from twosource.score.relation_chances import Likely, MaybeEvent, TextEvents
from twosource.spans import Span

FIRST, SECOND = Span(0, 6), Span(14, 20)


def event(kind, sure=1.0, **chances):
    """An event of three pieces; ``chances`` name a role and the piece that surely has it."""
    roles = np.zeros((3, len(ROLES)), np.float32)
    for role, piece in chances.items():
        roles[piece, ROLES.index(role)] = 1
    types = np.eye(len(ClaimType), dtype=np.float32)[list(ClaimType).index(kind)]
    return MaybeEvent(sure, types, 0, roles)


def likely(*events):
    return Likely(TextEvents((0, 7, 14), (6, 13, 20), events), load_relation_signs())


def test_actor_and_target_of_a_fight_are_told_in_their_direction():
    asked = likely(event(ClaimType.ARMED_CLASH, actors=0, targets=2))
    assert asked.amounts(FIRST, SECOND).keys() == {"likely:actors:targets:force"}
    assert asked.amounts(SECOND, FIRST).keys() == {"likely:targets:actors:force"}


def test_a_doubtful_event_counts_less():
    sure, unsure = (
        likely(event(ClaimType.LEADS, chance, actors=0, targets=2)).amounts(FIRST, SECOND)["likely:actors:targets:lead"]
        for chance in (1.0, 0.1)
    )
    assert sure == pytest.approx(math.log(1 + 1 / 3e-3) / 2)
    assert 0 < unsure < sure


def test_the_likeliest_of_several_events_counts():
    weak, strong = (event(ClaimType.LEADS, chance, actors=0, targets=2) for chance in (0.1, 0.9))
    assert likely(weak, strong).amounts(FIRST, SECOND) == likely(strong).amounts(FIRST, SECOND)


def test_events_of_other_types_are_told_apart():
    asked = likely(event(ClaimType.NEGOTIATES, actors=0, targets=2))
    assert asked.amounts(FIRST, SECOND).keys() == {"likely:actors:targets:other"}


def test_a_text_without_events_tells_nothing():
    assert likely().amounts(FIRST, SECOND) == {}
