"""Who helps whom, whose allies are meant, and who stands beside a relation without being of it."""

from __future__ import annotations

import pytest
from tests.signalled import Make, event

from twosource.closed_sets import ClaimType
from twosource.records import Claim


def sides(claim: Claim) -> tuple[set[str], set[str]]:
    return {n.name for n in claim.actors}, {n.name for n in claim.targets}


@pytest.mark.parametrize(
    ("text", "actors", "targets"),
    [
        ("Rebels took Goma with help from Russia.", {"Russia"}, {"Rebels"}),
        ("Rebels took Goma with the help of Russia.", {"Russia"}, {"Rebels"}),
        ("Russia sent help for the rebels in Goma.", {"Russia"}, {"rebels"}),
    ],
)
def test_who_does_a_deed_with_help_is_helped(make: Make, text: str, actors: set[str], targets: set[str]) -> None:
    (claim,) = make(text, event(text, "help", ClaimType.BACKS, evidence=text[:-1], actors="Russia"))
    assert sides(claim) == (actors, targets)


def test_whose_proxies_take_part_is_not_helped_by_them(make: Make) -> None:
    text = "Russia took Goma with the help of rebel proxies."
    (claim,) = make(text, event(text, "help", ClaimType.BACKS, evidence=text[:-1], actors="Russia", targets="proxies"))
    assert "Russia" in sides(claim)[0]


@pytest.mark.parametrize(
    ("text", "seen", "told"),
    [
        ("Chadian soldiers fought for the junta.", ClaimType.FIGHTS_AGAINST, ClaimType.BACKS),
        ("Chadian soldiers fought the junta.", ClaimType.FIGHTS_AGAINST, ClaimType.FIGHTS_AGAINST),
        ("Chadian soldiers fought in alliance with the junta.", ClaimType.FIGHTS_AGAINST, ClaimType.ALLIED_WITH),
        ("Chadian soldiers rose up against the junta.", ClaimType.PART_OF, ClaimType.FIGHTS_AGAINST),
    ],
)
def test_on_whose_side_somebody_fights(make: Make, text: str, seen: ClaimType, told: ClaimType) -> None:
    anchor = text.split()[2]
    (claim,) = make(text, event(text, anchor, seen, evidence=text[:-1], actors="soldiers", targets="junta"))
    assert claim.type is told


def test_who_has_a_network_of_militias_is_no_part_of_it(make: Make) -> None:
    text = "Chad relied on its network of allied militias."
    (claim,) = make(text, event(text, "network", ClaimType.PART_OF, evidence=text[9:-1], targets="militias"))
    assert claim.type is ClaimType.ALLIED_WITH
    assert "Chad" in sides(claim)[0]


def test_whose_allies_are_joined_to_him_has_them(make: Make) -> None:
    text = "Chad spoke. Niger waited. Attacks by the junta and its allies went on."
    (claim,) = make(text, event(text, "allies", ClaimType.ALLIED_WITH, evidence="the junta and its allies"))
    assert not {"Chad", "Niger"} & sides(claim)[0]


def test_the_other_party_to_a_truce_is_no_ally(make: Make) -> None:
    text = "A truce was reached between Niger's ally, the Kivu Front, and Chad."
    parts = {"actors": ["Niger", "Kivu Front", "Chad"]}
    (claim,) = make(text, event(text, "ally", ClaimType.ALLIED_WITH, evidence="Niger's ally, the Kivu Front", **parts))
    assert "Chad" not in sides(claim)[0]


def test_who_masses_troops_masses_his_own(make: Make) -> None:
    text = "The army was massing troops near Goma."
    (claim,) = make(text, event(text, "massing", ClaimType.PREPARES, evidence=text[:-1], targets="troops"))
    assert sides(claim) == ({"army"}, set())


def test_an_operation_against_somebody_is_not_done_by_him(make: Make) -> None:
    text = "Niger announced an anti-Boko Haram operation near Goma."
    told = event(text, "operation", ClaimType.OFFENSIVE, evidence=text[16:-1], actors="Boko Haram")
    (claim,) = make(text, told)
    assert not {"anti-Boko Haram", "Boko Haram"} & sides(claim)[0]
    assert sides(claim)[1] == {"Boko Haram"}


def test_those_named_among_sponsors_sponsor(make: Make) -> None:
    text = "The war involves several sponsors of militias, including the Malian junta."
    told = event(text, "sponsors", ClaimType.BACKS, evidence=text[:-1], targets="Malian junta")
    (claim,) = make(text, told)
    assert "Malian junta" in sides(claim)[0]
    assert "Malian junta" not in sides(claim)[1]


def test_whom_a_presence_backs_is_not_present(make: Make) -> None:
    text = "Niger denied a Chadian presence backing up the junta in Goma."
    parts = {"actors": ["Chadian", "junta"]}
    (claim,) = make(text, event(text, "presence", ClaimType.STATIONED, evidence=text[13:-1], **parts))
    assert "junta" not in sides(claim)[0]
