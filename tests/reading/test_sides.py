"""Who stands on which side of an event: who is accused, who only speaks, who flies together."""

from __future__ import annotations

import pytest
from tests.signalled import Make, event
from tests.tokens import parsed

from twosource.closed_sets import ActorKind, ClaimType, Stance
from twosource.reading.evidence import holding_verb
from twosource.reading.parties import Party
from twosource.reading.sides import without_speakers
from twosource.reading.tree import Tree
from twosource.records import Attribution, AttributionKind, Claim, Named, Voice
from twosource.spans import Span

ACCUSING = frozenset({"accuse", "blame"})


def sides(claim: Claim) -> tuple[list[str], list[str]]:
    return [n.name for n in claim.actors], [n.name for n in claim.targets]


@pytest.mark.parametrize("anchor", ["shelling", "accused"])
def test_the_accused_does_it_and_whoever_accuses_stands_on_no_side(make: Make, anchor: str) -> None:
    text = "The Karesh Brigade accused the Ardan army of shelling the camp."
    told = event(text, anchor, ClaimType.SHELLING, evidence=text[:-1], actors="Karesh Brigade", targets="Ardan army")
    (claim,) = make(text, told)
    actors, targets = sides(claim)
    assert actors == ["Ardan army"]
    assert not {"Karesh Brigade", "Ardan army"} & set(targets)


def test_an_accusation_itself_keeps_its_sides(make: Make) -> None:
    text = "The Karesh Brigade accused the Ardan army of shelling the camp."
    (claim,) = make(text, event(text, "accused", ClaimType.ACCUSES, evidence=text[:-1], actors="Karesh Brigade"))
    assert claim.actors[0].name == "Karesh Brigade"


def test_an_arrest_for_a_deed_is_by_those_who_arrest(make: Make) -> None:
    text = "The Ardan army arrested ten fighters for the bombing."
    told = event(text, "arrested", ClaimType.ARRESTS, evidence=text[:-1], actors="Ardan army", targets="fighters")
    (claim,) = make(text, told)
    assert sides(claim) == (["Ardan army"], ["fighters"])


def test_what_stands_behind_the_charge_as_a_circumstance_is_nobodys_charge() -> None:
    tree = Tree(parsed(
        "They they PRON PRP nsubj 1", "blamed blame VERB VBD ROOT 1", "him him PRON PRP dobj 1",
        "for for ADP IN prep 1", "shelling shell VERB VBG pcomp 3", "homes home NOUN NNS dobj 4",
        "after after ADP IN prep 4", "raids raid NOUN NNS pobj 6",
    ))  # fmt: skip
    assert [holding_verb(tree, token, ACCUSING) for token in (4, 5, 7)] == [1, 1, None]
    assert holding_verb(tree, 4, frozenset({"praise"})) is None


def party(name: str, start: int) -> Party:
    span = Span(start, start + len(name))
    return Party(named=Named(name=name, span=span, said_at=span), phrase=span, score=0.8)


def said_by(name: str, kind: ActorKind) -> Attribution:
    return Attribution(
        id="a", cue=Span(8, 12), sources=(Voice(name=name, span=Span(0, len(name)), kind=kind),),
        content=(Span(13, 60),), kind=AttributionKind.INDIRECT, stance=Stance.ASSERTS, rule="reader",
    )  # fmt: skip


def test_who_speaks_is_left_out_where_anybody_else_is_left() -> None:
    army, state = party("Army", 0), party("Ardania", 20)
    said = said_by("Army", ActorKind.STATE_FORCE)
    assert without_speakers([army, state], said) == [state]
    assert without_speakers([army], said) == [army]


@pytest.mark.parametrize("kind", [ActorKind.MONITOR, ActorKind.AGENCY, ActorKind.ANONYMOUS])
def test_whoever_only_tells_of_events_does_none(kind: ActorKind) -> None:
    assert without_speakers([party("Observatory", 0)], said_by("Observatory", kind)) == []


def test_an_airstrike_does_nothing_itself(make: Make) -> None:
    text = "At least 12 people died when an airstrike hit the market, and militias killed a guard."
    struck = event(text, "died", ClaimType.KILLS, evidence="12 people died", actors="airstrike", targets="people")
    shot = event(text, "killed", ClaimType.KILLS, evidence="militias killed a guard", actors="militias")
    assert [sides(claim)[0] for claim in make(text, struck, shot)] == [[], ["militias"]]


def test_both_whose_aircraft_fly_together_do_it(make: Make) -> None:
    text = "Sudan and Russia spoke of peace. Sudanese and Russian warplanes bombed the camp."
    told = event(text, "bombed", ClaimType.AIRSTRIKE, evidence="warplanes bombed the camp", actors="warplanes")
    (claim,) = make(text, told)
    assert sides(claim)[0] == ["Sudan", "Russia"]


def test_both_do_it_where_the_aircraft_themselves_carry_the_event(make: Make) -> None:
    text = "Sudan and Russia spoke of peace. Sudanese and Russian warplanes stepped up attacks on the camp."
    told = event(text, "warplanes", ClaimType.AIRSTRIKE, evidence=text[33:-1], actors=["Sudanese", "Russian"])
    (claim,) = make(text, told)
    assert sides(claim)[0] == ["Sudan", "Russia"]


def test_two_states_forces_are_the_two_states(make: Make) -> None:
    text = "Mali and Chad signed. The strikes on the camp by Malian and Chadian air forces went on."
    told = event(text, "strikes", ClaimType.AIRSTRIKE, evidence=text[22:-1], actors="Chadian air forces")
    (claim,) = make(text, told)
    assert set(sides(claim)[0]) == {"Mali", "Chad"}


def test_who_is_joined_with_the_doer_does_it_too(make: Make) -> None:
    text = "Russia spoke. The interim government and Russian warplanes pounded the valley."
    told = event(text, "pounded", ClaimType.AIRSTRIKE, evidence=text[14:-1], actors="interim government")
    (claim,) = make(text, told)
    assert sides(claim)[0] == ["interim government", "Russia"]


def test_a_town_that_is_shelled_is_where_and_not_whom(make: Make) -> None:
    text = "The army shelled Benghazi."
    told = event(text, "shelled", ClaimType.SHELLING, evidence=text[:-1], actors="army", targets="Benghazi")
    (claim,) = make(text, told)
    assert sides(claim) == (["army"], [])
    assert [place.name for place in claim.places] == ["Benghazi"]


def test_a_capital_that_stands_for_its_state_is_somebody(make: Make) -> None:
    text = "The envoys accused Moscow of arrogance."
    told = event(text, "accused", ClaimType.ACCUSES, evidence=text[:-1], actors="envoys", targets="Moscow")
    (claim,) = make(text, told)
    assert sides(claim)[1] == ["Moscow"]


@pytest.mark.parametrize(
    ("text", "anchor", "type_", "expected"),
    [
        ("The coalition includes the Wagner Group.", "includes", "part_of", (["Wagner Group"], ["coalition"])),
        ("Mali's ally, the Wagner Group, and Chad agreed.", "ally", "allied_with", (["Mali", "Wagner Group"], [])),
        ("The envoy affirmed Sudan's support for the militia.", "support", "backs", (["Sudan"], ["militia"])),
    ],
)  # fmt: skip
def test_a_word_for_one_side_of_a_relation_shows_the_other(
    make: Make, text: str, anchor: str, type_: str, expected: tuple[list[str], list[str]]
) -> None:
    (claim,) = make(text, event(text, anchor, ClaimType(type_), evidence=text[:-1]))
    actors, targets = sides(claim)
    assert (sorted(actors), targets) == expected


def test_the_owner_of_an_army_is_not_whom_its_army_meets(make: Make) -> None:
    text = "Envoys of Hezbollah met President Hadi Dorrek's army."
    told = event(text, "met", ClaimType.NEGOTIATES, evidence=text[:-1], actors=["Hezbollah", "Hadi Dorrek"])
    (claim,) = make(text, told)
    assert "Hadi Dorrek" not in sides(claim)[0]


def test_nobody_is_a_pronoun(make: Make) -> None:
    text = "Some of those who left were shot near the camp."
    (claim,) = make(text, event(text, "shot", ClaimType.SHOOTING, evidence=text[:-1], targets="who", places="camp"))
    assert "who" not in sides(claim)[1]


@pytest.mark.parametrize(
    ("text", "anchor", "type_", "expected"),
    [
        ("The militia left the garrison of Sagaing.", "left", "withdraws", (["militia"], [])),
        ("Rebels hold the eastern bank near Goma.", "hold", "holds", (["Rebels"], [])),
        ("The colonel herded the villagers together.", "herded", "arrests", (["colonel"], ["villagers"])),
    ],
)
def test_a_verb_no_rule_knows_has_the_sides_of_its_type(
    make: Make, text: str, anchor: str, type_: str, expected: tuple[list[str], list[str]]
) -> None:
    (claim,) = make(text, event(text, anchor, ClaimType(type_), evidence=text[:-1]))
    assert sides(claim) == expected


@pytest.mark.parametrize("hit", ["soldiers", "garrison"])
def test_who_leaves_a_place_does_it_to_nobody(make: Make, hit: str) -> None:
    text = "The soldiers left the garrison."
    (claim,) = make(text, event(text, "left", ClaimType.WITHDRAWS, evidence=text[:-1], actors="soldiers", targets=hit))
    assert sides(claim)[1] == []


@pytest.mark.parametrize(
    ("text", "anchor", "type_", "expected"),
    [
        ("Villagers feared an attack on the soldiers.", "attack", "attack", ([], ["soldiers"])),
        ("Rebels launched an attack on soldiers.", "attack", "attack", (["Rebels"], ["soldiers"])),
        ("The army came under attack.", "attack", "attack", ([], ["army"])),
        ("The militia withstood a series of attacks by rebels.", "attacks", "attack", (["rebels"], ["militia"])),
        ("The junta faced accusations of murder.", "accusations", "accuses", ([], ["junta"])),
        ("The army sustained its offensive on rebels.", "offensive", "offensive", (["army"], ["rebels"])),
        ("The ministry condemned the attack on soldiers.", "attack", "attack", ([], ["soldiers"])),
        ("Shells fell on the quarter during an army attack near a militia camp.", "attack", "attack", (["army"], [])),
    ],
)
def test_the_subject_of_a_verb_does_the_deed_it_carries_out_not_one_it_sees_or_suffers(
    make: Make, text: str, anchor: str, type_: str, expected: tuple[list[str], list[str]]
) -> None:
    (claim,) = make(text, event(text, anchor, ClaimType(type_), evidence=text[:-1]))
    assert sides(claim) == expected


def test_whoever_suffers_a_deed_does_not_do_it_whatever_the_reader_sees(make: Make) -> None:
    text = "The Sudanese army has faced accusations of murder in Darfur."
    told = event(text, "accusations", ClaimType.ACCUSES, evidence=text[:-1], actors="Sudanese army")
    (claim,) = make(text, told)
    assert sides(claim) == ([], ["Sudanese army"])


@pytest.mark.parametrize(
    ("text", "anchor", "forces", "owner"),
    [
        ("The Kachin Army spoke. Its troops shelled the camp.", "shelled", "troops", "Kachin Army"),
        ("The Wagner Group, whose fighters shelled the camp, left.", "shelled", "fighters", "Wagner Group"),
        ("The Kachin Army spoke. Its guns shelled the camp.", "shelled", "guns", "Kachin Army"),
        ("The Kachin Army spoke. Its commander shelled the camp.", "shelled", "commander", "commander"),
        ("The Kachin Army spoke. The troops shelled the camp.", "shelled", "troops", "troops"),
    ],
)
def test_what_its_troops_do_the_owner_does(make: Make, text: str, anchor: str, forces: str, owner: str) -> None:
    (claim,) = make(text, event(text, anchor, ClaimType.SHELLING, evidence=f"{forces} {anchor}", actors=forces))
    assert sides(claim)[0] == [owner]


def test_its_dead_soldiers_are_soldiers(make: Make) -> None:
    text = "The Kachin Army said rebels killed two of its soldiers."
    told = event(text, "killed", ClaimType.KILLS, evidence="rebels killed", actors="rebels", targets="soldiers")
    (claim,) = make(text, told)
    assert sides(claim) == (["rebels"], ["soldiers"])


def test_arms_that_are_struck_stand_for_themselves(make: Make) -> None:
    text = "Rebels destroyed two army tanks near Goma."
    told = event(text, "destroyed", ClaimType.DAMAGES, evidence=text[:-1], actors="Rebels", targets="army tanks")
    (claim,) = make(text, told)
    assert sides(claim) == (["Rebels"], ["army tanks"])


@pytest.mark.parametrize(
    ("title", "meant"),
    [
        ("Ukrainian leader", "Volodymyr Zelensky"),
        ("Ukrainian foreign minister", "Ukrainian foreign minister"),
        ("Ukrainian opposition leader", "Ukrainian opposition leader"),
        ("Malian president", "Malian president"),
    ],
)
def test_the_leader_of_a_state_is_who_is_known_to_lead_it(make: Make, title: str, meant: str) -> None:
    text = f"Volodymyr Zelensky flew to Paris. The {title} condemned the strike on Odesa."
    told = event(text, "condemned", ClaimType.CONDEMNS, evidence=f"The {title} condemned the strike", actors=title)
    (claim,) = make(text, told)
    assert sides(claim)[0] == [meant]


@pytest.mark.parametrize(
    ("behind", "meant"),
    [
        (", a banned rebel group that fought a war with Mali", "Kidal Freedom Front"),
        (" and a rebel group that fought a war with Mali", "rebel group"),
    ],
)
def test_what_a_body_is_called_right_behind_its_name_is_the_body(make: Make, behind: str, meant: str) -> None:
    text = f"They fear the arm of the Kidal Freedom Front (KFF){behind}."
    told = event(text, "fought", ClaimType.FIGHTS_AGAINST, evidence="fought a war with Mali", actors="rebel group")
    (claim,) = make(text, told)
    assert sides(claim)[0][0] == meant


def test_witnesses_whom_a_parse_joins_to_the_doer_do_nothing(make: Make) -> None:
    text = "The market in Khartoum was bombed by the air force, monitors, medics and the opposition said."
    told = event(
        text, "bombed", ClaimType.AIRSTRIKE, evidence="bombed by the air force", targets="market",
        actors=["air force", "monitors", "medics", "opposition"],
    )  # fmt: skip
    (claim,) = make(text, told)
    assert sides(claim) == (["air force"], ["market"])


@pytest.mark.parametrize(
    ("text", "anchor", "type_", "seen", "doers"),
    [
        ("Raids on soldiers in Kidal, a town held by rebels, went on.", "Raids", "attack", ["rebels"], []),
        ("Troops backed by M23 took Sake.", "took", "takes_control", ["Troops", "M23"], ["Troops"]),
        ("A deal brokered by Qatar was signed.", "deal", "agrees", ["Qatar"], ["Qatar"]),
        ("Reinforcements came as rebels shelled Goma.", "came", "deploys", ["Reinforcements", "rebels"], None),
        ("The group demanded that Chad explain itself.", "demanded", "demands", ["group", "Chad"], ["group"]),
    ],
)
def test_who_does_what_another_clause_tells_does_not_do_this(
    make: Make, text: str, anchor: str, type_: str, seen: list[str], doers: list[str] | None
) -> None:
    (claim,) = make(text, event(text, anchor, ClaimType(type_), evidence=text[:-1], actors=seen, places=()))
    assert sides(claim)[0] == (["Reinforcements"] if doers is None else doers)


@pytest.mark.parametrize(
    ("text", "anchor", "seen", "helped"),
    [
        ("Rwanda will support an offensive against government forces.", "support", "government forces", []),
        ("Russia helped Mali's army in fighting rebels.", "helped", "rebels", ["Mali's army"]),
        ("Rwanda backs the government forces.", "backs", "government forces", ["government forces"]),
        ("Groups will help and Iran will provide arms.", "help", "Iran", []),
    ],
)
def test_who_is_fought_with_somebodys_help_is_not_helped(
    make: Make, text: str, anchor: str, seen: str, helped: list[str]
) -> None:
    told = event(text, anchor, ClaimType.BACKS, evidence=text[:-1], targets=seen, figures=(), actors=text.split()[0])
    (claim,) = make(text, told)
    assert sides(claim)[1] == helped


def test_the_arms_that_somebody_fires_are_not_what_is_hit(make: Make) -> None:
    text = "Ukrainian troops fired their own rockets at Belgorod."
    (claim,) = make(text, event(text, "fired", ClaimType.SHELLING, evidence=text[:-1], actors="Ukrainian troops"))
    assert sides(claim) == (["Ukrainian troops"], [])


@pytest.mark.parametrize(
    ("text", "type_", "expected"),
    [
        ("Shells fell on Houthi-run Sanaa.", ClaimType.HOLDS, (["Houthi"], [])),
        ("Shells fell on the rebel-run town of Goma.", ClaimType.HOLDS, (["rebel"], [])),
        ("Shells fell on a rebel-run bakery.", ClaimType.LEADS, (["rebel"], ["bakery"])),
        ("The Hamas-run Gaza council left.", ClaimType.LEADS, (["Hamas"], ["Gaza council"])),
    ],
)
def test_a_town_that_somebody_runs_is_held_and_a_body_is_led(
    make: Make, text: str, type_: ClaimType, expected: tuple[list[str], list[str]]
) -> None:
    (claim,) = make(text)
    assert (claim.type, sides(claim)) == (type_, expected)


def test_whom_allies_fight_is_no_ally(make: Make) -> None:
    text = "Rwanda was an ally of Kampala in subduing rebels."
    told = event(text, "ally", ClaimType.ALLIED_WITH, evidence=text[:-1], actors=["Rwanda", "rebels"], targets="rebels")
    (claim,) = make(text, told)
    assert "rebels" not in sides(claim)[0]


def test_of_those_joined_behind_a_clause_it_says_nothing(make: Make) -> None:
    text = "The rebels include small groups backed by Turkey, as well as the Kidal Front, and militias."
    told = event(
        text, "backed", ClaimType.BACKS, evidence="small groups backed by Turkey", targets=["groups", "Kidal Front"]
    )
    (claim,) = make(text, told)
    assert sides(claim) == (["Turkey"], ["small groups"])


@pytest.mark.parametrize(
    ("text", "anchor", "seen", "named"),
    [
        ("Fighters of the Badr and Nujaba groups crossed.", "crossed", "Badr and Nujaba groups", ["Badr", "Nujaba"]),
        ("Karu and Vale rebels crossed.", "crossed", "Vale rebels", ["Vale rebels"]),
        ("Turkish-speaking groups crossed.", "crossed", "Turkish", ["Turkish-speaking groups"]),
        ("Officers met forces fighting rebels who crossed.", "crossed", "rebels", ["rebels"]),
        ("A banned militia, the Kidal Front, crossed.", "crossed", "banned militia", ["Kidal Front"]),
    ],
)
def test_a_name_ends_where_another_begins(make: Make, text: str, anchor: str, seen: str, named: list[str]) -> None:
    (claim,) = make(text, event(text, anchor, ClaimType.DEPLOYS, evidence=text[:-1], actors=seen))
    assert sides(claim)[0] == named


@pytest.mark.parametrize(
    ("text", "allied"),
    [
        ("Rwanda met its Congolese rebel allies.", ["Rwanda", "Congolese rebel allies"]),
        ("Riyadh and Cairo are American allies.", ["Riyadh", "Cairo", "American"]),
    ],
)
def test_partners_are_whose_they_are_and_who_they_are(make: Make, text: str, allied: list[str]) -> None:
    (claim,) = make(text, event(text, "allies", ClaimType.ALLIED_WITH, evidence=text[:-1]))
    assert sorted(sides(claim)[0]) == sorted(allied)


def test_according_to_somebody_gives_him_nothing(make: Make) -> None:
    text = "The push will be backed by Rwanda, according to two army officers."
    (claim,) = make(text, event(text, "backed", ClaimType.BACKS, evidence="backed by Rwanda"))
    assert sides(claim) == (["Rwanda"], [])


def test_who_is_subdued_may_do_what_is_told_of_him(make: Make) -> None:
    text = "Ardan aided the army in subduing rebels who shelled the camp."
    (claim,) = make(text, event(text, "shelled", ClaimType.SHELLING, evidence="who shelled", actors="rebels"))
    assert sides(claim)[0] == ["rebels"]
