"""What one sentence tells twice, and what only seems to be told twice."""

from __future__ import annotations

import msgspec
import pytest
from tests.signalled import Make, event

from twosource.closed_sets import ClaimType, Stance


@pytest.mark.parametrize(
    ("text", "first", "second", "types"),
    [
        ("The junta is preparing an assault on Myitkyina.", ("preparing", ClaimType.PREPARES),
         ("assault", ClaimType.OFFENSIVE), {ClaimType.PREPARES}),
        ("Khartoum threatened raids on the port, and its jets bombed the mill.", ("threatened", ClaimType.THREATENS),
         ("raids", ClaimType.AIRSTRIKE), {ClaimType.THREATENS}),
        ("The junta condemned an assault on Myitkyina.", ("condemned", ClaimType.CONDEMNS),
         ("assault", ClaimType.OFFENSIVE), {ClaimType.CONDEMNS, ClaimType.OFFENSIVE}),
    ],
)  # fmt: skip
def test_what_is_prepared_or_threatened_is_no_second_claim(
    make: Make, text: str, first: tuple[str, ClaimType], second: tuple[str, ClaimType], types: set[ClaimType]
) -> None:
    actor = "junta" if "junta" in text else "Khartoum"
    whole = text.split(",")[0].rstrip(".")
    noun = event(text, *second, evidence=whole[whole.index(second[0]) :], actors=actor)
    claims = make(text, event(text, *first, evidence=whole, actors=actor), noun)
    assert {claim.type for claim in claims} == types


def test_a_relation_of_a_modifier_is_not_told_again_by_the_words_around_it(make: Make) -> None:
    text = "Shells fell on the rebel-held town of Goma."
    again = event(text, "town", ClaimType.HOLDS, evidence="the rebel-held town of Goma", actors="rebel")
    assert [claim.type for claim in make(text, again)] == [ClaimType.HOLDS]
    other = "Rebels hold the mill near army-held Goma."
    mill = event(other, "hold", ClaimType.HOLDS, evidence="Rebels hold the mill", actors="Rebels", places="Goma")
    assert [claim.type for claim in make(other, mill)] == [ClaimType.HOLDS] * 2


def test_one_refusal_is_not_a_deal_as_well(make: Make) -> None:
    text = "The Kivu Front rejected a truce."
    refused = event(text, "rejected", ClaimType.AGREES, evidence=text[:-1], actors="Kivu Front", stance=Stance.DENIES)
    truce = event(text, "truce", ClaimType.AGREES, evidence=text[:-1], actors="Kivu Front")
    for surer, less_sure in ((refused, truce), (truce, refused)):
        (claim,) = make(text, surer, msgspec.structs.replace(less_sure, score=0.5))
        assert claim.negated or claim.stance is Stance.DENIES


def test_a_denial_says_something_without_parties(make: Make) -> None:
    text = "The envoy denied that an assault was planned."
    told = event(text, "planned", ClaimType.PREPARES, evidence="an assault was planned", stance=Stance.DENIES)
    assert [claim.stance for claim in make(text, told)] == [Stance.DENIES]
