"""Words for an attack of no kind of their own, and the kind that was told before."""

from __future__ import annotations

import pytest
from tests.signalled import Make, event

from twosource.closed_sets import ClaimType

BEFORE = "Warplanes bombed the market of Kadugli on Monday. "


@pytest.mark.parametrize(
    ("behind", "anchor", "seen", "kind"),
    [
        (
            "The governor accused the army of carrying out the attack.",
            "accused",
            ClaimType.BOMBING,
            ClaimType.AIRSTRIKE,
        ),
        ("Six women were hurt in the attack, the governor said.", "attack", ClaimType.ATTACK, ClaimType.AIRSTRIKE),
        ("Six women were hurt in an attack on the army in Dilling.", "attack", ClaimType.ATTACK, ClaimType.ATTACK),
        ("Six women were hurt in the attack on Dilling.", "attack", ClaimType.ATTACK, ClaimType.ATTACK),
        ("Six women were hurt in the bomb attack.", "attack", ClaimType.BOMBING, ClaimType.BOMBING),
    ],
)
def test_an_attack_told_before_is_of_the_kind_told_before(
    make: Make, behind: str, anchor: str, seen: ClaimType, kind: ClaimType
) -> None:
    text = BEFORE + behind
    first = event(text, "bombed", ClaimType.AIRSTRIKE, evidence=BEFORE.strip(" ."), actors="Warplanes")
    actors = {"actors": "army"} if "army" in behind else {"targets": "women"}
    claims = make(text, first, event(text, anchor, seen, evidence=behind.rstrip("."), **actors))
    assert any(claim.reasons[0].rule == "told-before" for claim in claims) is (seen is not kind)
    assert {claim.type for claim in claims if claim.evidence[-1].start >= len(BEFORE)} == {kind}


def test_an_attack_of_no_kind_told_last_is_the_one_meant(make: Make) -> None:
    second = "Gunmen attacked a post in Kassala on Tuesday. "
    text = f"{BEFORE}{second}Six women were hurt in the attack."
    claims = make(
        text,
        event(text, "bombed", ClaimType.AIRSTRIKE, evidence=BEFORE.strip(" ."), actors="Warplanes"),
        event(text, "attacked", ClaimType.ATTACK, evidence=second.strip(" ."), actors="Gunmen"),
        event(text, "attack.", ClaimType.ATTACK, evidence="Six women were hurt in the attack", targets="women"),
    )
    assert ClaimType.ATTACK in {claim.type for claim in claims if claim.evidence[-1].end >= len(text) - 1}


def test_without_an_attack_before_it_stays(make: Make) -> None:
    text = "The governor accused the army of carrying out the attack."
    (claim,) = make(text, event(text, "attack", ClaimType.ATTACK, evidence=text[:-1], actors="army"))
    assert claim.type is ClaimType.ATTACK
