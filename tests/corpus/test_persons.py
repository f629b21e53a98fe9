"""Persons among the killed: who is one, what is told of them, and names that are withheld."""

from __future__ import annotations

import pytest

from corpus.claims_by_hand import report, telling
from twosource.corpus.persons import WITHHELD, described, is_person, same_person, withheld
from twosource.knowledge.actors import load_actor_table, load_actor_words
from twosource.knowledge.person_roles import load_person_roles

ACTORS, WORDS, ROLES = load_actor_table(), load_actor_words(), load_person_roles()


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Teya Orrel", True),
        ("Omar al-Vessin", True),
        ("four civilians", False),
        ("Darrem Free Front", False),
        ("Hezbollah", False),
        ("Islamic State", False),
        ("Iranian generals", False),
        ("Old Damascus", False),
    ],
)
def test_a_person_has_two_words_with_capitals_none_of_them_a_group_s(name: str, wanted: bool) -> None:
    told = telling(report("a", f"The raid killed {name} in Orm."), "kills", "killed", targets=[name])
    assert is_person(told.claim.targets[0], told, ACTORS, WORDS, ROLES) is wanted


@pytest.mark.parametrize(
    ("text", "age", "status", "public"),
    [
        ("Teya Orrel, 34, a baker, was killed.", 34, "civilian", False),
        ("The raid killed Teya Orrel, aged 9, as she slept.", 9, None, False),
        ("A 19-year-old soldier, Teya Orrel, was killed.", None, None, False),
        ("Brigadier General Teya Orrel was killed.", None, "combatant", True),
        ("The raid killed Teya Orrel, a commander of the guards.", None, "combatant", True),
        ("Teya Orrel was killed. Orrel was a teacher in Orm.", None, "civilian", False),
    ],
)
def test_age_role_and_status_are_read_around_the_name(
    text: str, age: int | None, status: str | None, public: bool
) -> None:
    told = telling(report("a", text), "kills", "killed", targets=["Teya Orrel"])
    found = described(told.claim.targets[0], told, ROLES, WORDS)
    assert (found.age, found.status, found.public) == (age, status, public)


@pytest.mark.parametrize(
    ("first", "second", "wanted"),
    [
        ("Teya Orrel", "Teya Orrel", True),
        ("Teya Orrel", "Teya Ann Orrel", True),
        ("Omar al-Vessin", "Omar Vessin", True),
        ("Teya Orrel", "Orrel", False),
        ("Teya Orrel", "Brek Orrel", False),
    ],
)
def test_one_person_may_have_names_between_but_not_the_last_alone(first: str, second: str, wanted: bool) -> None:
    assert same_person(first, second) is wanted


def test_a_name_is_withheld_whole_and_by_its_last_word() -> None:
    text = "Teya  Orrel died. Orrel had two sons; the Orrells live on."
    assert withheld(text, ("Teya Orrel",)) == f"{WITHHELD} died. {WITHHELD} had two sons; the Orrells live on."
