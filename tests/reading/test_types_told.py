"""Words that leave no other type, whatever the trained reader takes them for."""

from __future__ import annotations

import pytest
from tests.signalled import Make, event

from twosource.closed_sets import ClaimType


@pytest.mark.parametrize(
    ("text", "anchor", "seen", "told"),
    [
        ("The army massed troops outside Pokrovsk.", "massed", ClaimType.DEPLOYS, ClaimType.PREPARES),
        ("The army sent troops to Pokrovsk.", "sent", ClaimType.DEPLOYS, ClaimType.DEPLOYS),
        ("The junta is planning an offensive in Kachin.", "planning", ClaimType.OFFENSIVE, ClaimType.PREPARES),
        ("The junta's campaign in Kachin went on.", "campaign", ClaimType.DEPLOYS, ClaimType.OFFENSIVE),
        ("Soldiers detained nine men in Goma.", "detained", ClaimType.TAKES_CONTROL, ClaimType.ARRESTS),
        ("Fighters of the Kivu Front captured General Osman Keita near Goma.", "captured", ClaimType.TAKES_CONTROL,
         ClaimType.ABDUCTS),
        ("Fighters of the Kivu Front captured Goma.", "captured", ClaimType.TAKES_CONTROL, ClaimType.TAKES_CONTROL),
        ("Police captured General Osman Keita near Goma.", "captured", ClaimType.TAKES_CONTROL, ClaimType.ARRESTS),
        ("The Kivu Front holds two pilots in Goma.", "holds", ClaimType.HOLDS, ClaimType.ABDUCTS),
        ("The Kivu Front holds the port of Goma.", "holds", ClaimType.HOLDS, ClaimType.HOLDS),
        ("Soldiers fled Goma.", "fled", ClaimType.DISPLACES, ClaimType.WITHDRAWS),
        ("Families fled Goma.", "fled", ClaimType.DISPLACES, ClaimType.DISPLACES),
        ("A missile strike on Izium broke windows.", "strike", ClaimType.AIRSTRIKE, ClaimType.SHELLING),
        ("A missile strike by a warplane on Izium broke windows.", "strike", ClaimType.AIRSTRIKE, ClaimType.AIRSTRIKE),
    ],
)  # fmt: skip
def test_some_words_leave_no_other_type(make: Make, text: str, anchor: str, seen: ClaimType, told: ClaimType) -> None:
    place = text.rstrip(".").split()[-1] if text.rstrip(".").split()[-1].istitle() else text.split()[1]
    claims = make(text, event(text, anchor, seen, evidence=text.rstrip("."), places=place))
    assert {claim.type for claim in claims} == {told}
    assert {claim.reasons[0].rule == "reader" for claim in claims} == {seen is told}


ACCUSED = "The Kivu Front accused the army of carrying out an airstrike in Goma."


def test_who_is_accused_of_a_deed_is_told_to_have_done_it(make: Make) -> None:
    accusing = event(ACCUSED, "accused", ClaimType.ACCUSES, evidence=ACCUSED[:-1], actors="Kivu Front", targets="army")
    deed = event(ACCUSED, "airstrike", ClaimType.AIRSTRIKE, evidence="an airstrike in Goma", actors="army")
    (told,) = make(ACCUSED, accusing)
    assert (told.type, told.reasons[0].rule) == (ClaimType.AIRSTRIKE, "airstrike.noun")
    assert [claim.type for claim in make(ACCUSED, accusing, deed)] == [ClaimType.AIRSTRIKE]


@pytest.mark.parametrize(
    ("text", "cue", "types"),
    [
        ("The Front accused the army of planning an attack on Goma.", "accused", [ClaimType.PREPARES]),
        ("The court charged a man with the bombing of Goma.", "charged", [ClaimType.ACCUSES]),
    ],
)
def test_a_planned_deed_is_planned_and_a_charge_is_a_charge(
    make: Make, text: str, cue: str, types: list[ClaimType]
) -> None:
    told = event(text, cue, ClaimType.ACCUSES, evidence=text[:-1], actors=text.split()[1])
    assert [claim.type for claim in make(text, told)] == types


def test_who_is_accused_of_what_has_no_type_is_accused(make: Make) -> None:
    text = "The Kivu Front accused the army of arrogance."
    told = event(text, "accused", ClaimType.ACCUSES, evidence=text[:-1], actors="Kivu Front", targets="army")
    assert [claim.type for claim in make(text, told)] == [ClaimType.ACCUSES]
