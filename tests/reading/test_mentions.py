"""Who is named where: armed people in a place, groups told of again, days that are nobody."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from twosource.closed_sets import ActorKind
from twosource.records import Reading

Read = Callable[[str], Reading]


def names(reading: Reading) -> dict[str, str]:
    """The name under which each mention's words are known, the last of like words counting."""
    return {mention.span.of(reading.report.text): mention.name for mention in reading.mentions}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("The army shelled rebel forces in eastern Sudan.", "rebel forces"),
        ("The jets struck army units in Khartoum.", "army units"),
    ],
)
def test_forces_in_a_place_are_not_the_place(read: Read, text: str, named: str) -> None:
    assert named in names(read(text))


def test_members_of_a_state_body_still_stand_for_it(read: Read) -> None:
    assert "Wagner Group" in names(read("Two fighters of the Wagner Group left Mali."))


def test_these_groups_are_the_groups_told_of_before(read: Read) -> None:
    text = "Rwandan-backed rebel groups took the road to Goma. These groups are stationed near the lake."
    assert names(read(text))["groups"] == "Rwandan-backed rebel groups"


def test_several_groups_without_these_are_nobody_told_of_before(read: Read) -> None:
    text = "The Wagner Group left Mali in June. Groups attacked a mine in the north."
    assert names(read(text))["Groups"] == "Groups"


def test_a_group_is_no_person_known_by_a_surname(read: Read) -> None:
    text = "President Ilan Dorrek flew in. Dorrek met envoys. The army fought groups in the hills."
    reading = read(text)
    assert names(reading)["groups"] == "groups"
    assert {m.kind for m in reading.mentions if m.name == "Ilan Dorrek"} == {ActorKind.PERSON}


def test_a_day_is_nobody(read: Read) -> None:
    assert not {"Monday", "Friday"} & set(names(read("Monday was calm. Troops left on Friday.")))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Kurdish and Arab fighters seized the town.", "Kurdish and Arab fighters"),
        ("Talks with a divided, and weakened opposition failed.", "weakened opposition"),
    ],
)
def test_what_and_joins_before_a_noun_belongs_to_the_name(read: Read, text: str, named: str) -> None:
    assert named in names(read(text))


@pytest.mark.parametrize(
    ("text", "pronoun", "named"),
    [
        ("The army met rebels near Karesh. It withdrew from the port.", "It", "army"),
        ("The military said its planes flew home.", "its", "military"),
        ("The minister warned the rebels. Jets bombed them at dawn.", "them", "rebels"),
        ("The regime has faced a boycott since its invasion of the valley.", "its", "regime"),
    ],
)
def test_an_army_or_a_regime_is_it_and_several_are_they(read: Read, text: str, pronoun: str, named: str) -> None:
    assert names(read(text))[pronoun] == named


def test_whoever_does_it_to_somebody_is_not_that_one(read: Read) -> None:
    assert "him" not in names(read("The president convicted him of the killing."))
    assert names(read("The rebels attacked the army. The army drove them out."))["them"] == "rebels"
    assert names(read("The rebels said the army drove them out."))["them"] == "rebels"


def test_what_is_retaken_is_a_thing(read: Read) -> None:
    assert "it" not in names(read("The Wagner Group lost the mine, and the army retook it."))


def test_the_group_is_the_last_armed_group_however_far_back(read: Read) -> None:
    text = "Hezbollah fighters left. Rain fell. Roads were cut. Wheat was lost. Trade was slow. The group denied it."
    assert names(read(text))["group"] == "Hezbollah"


@pytest.mark.parametrize(
    ("text", "arms", "owner"),
    [
        ("Army jets bombed the market.", "Army", "Army"),
        ("Rebels hold Goma. A rebel rocket hit the garrison.", "Rebels", "Rebels"),
        ("Shells fell on İzmir. A rebel rocket hit the garrison, and rebels left.", "rebels", "rebels"),
        ("Malian government warplanes bombed Kidal.", "Malian government", "Malian government"),
    ],
)
def test_arms_stand_for_the_army_or_the_rebels_who_have_them(read: Read, text: str, arms: str, owner: str) -> None:
    owned = [m.name for m in read(text).mentions if m.rule == "owner"]
    assert owned == [owner]
    assert arms in names(read(text))


@pytest.mark.parametrize("plane", ["The market plane landed.", "The plane landed."])
def test_a_plane_of_no_army_stands_for_itself(read: Read, plane: str) -> None:
    assert not [m for m in read(plane).mentions if m.rule == "owner"]


@pytest.mark.parametrize(
    ("told_again", "kept"),
    [
        ("The jihadist group took a mine.", []),
        ("A jihadist group took a mine.", ["jihadist group"]),
        ("The smaller group took a mine.", ["smaller group"]),
    ],
)
def test_the_jihadist_group_is_the_group_told_of_before(read: Read, told_again: str, kept: list[str]) -> None:
    reading = read(f"The Allied Democratic Forces crossed into Congo. {told_again}")
    assert [m.name for m in reading.mentions if m.name.endswith(" group")] == kept


def test_a_group_is_no_unknown_place_that_it_attacked(read: Read) -> None:
    reading = read("Fighters shelled Farabougou. The jihadist group burned houses.")
    assert "jihadist group" in [m.name for m in reading.mentions]


def test_an_acronym_is_spelled_out_also_by_a_name_that_ends_in_a_small_letter(read: Read) -> None:
    text = "The Kachin Workers’ party (PKJ) left. The PKJ shelled a camp."
    assert names(read(text))["PKJ"] == "Kachin Workers’ party"
