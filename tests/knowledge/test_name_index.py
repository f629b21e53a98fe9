"""Names are found as reports spell them, and ordinary words are left alone; on rows made by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twosource.closed_sets import ActorKind
from twosource.knowledge.actors import AgencyRow
from twosource.knowledge.name_index import NameIndex, fold_actor

INDEX = NameIndex(
    [
        AgencyRow(id="times", name="The Times", kind=ActorKind.OUTLET, ambiguous=("The Times",)),
        AgencyRow(id="let", name="Lashkar-e-Taiba", aliases=("LeT",), kind=ActorKind.OUTLET),
        AgencyRow(id="mend", name="Delta Movement", aliases=("MEND",), kind=ActorKind.OUTLET, ambiguous=("MEND",)),
        AgencyRow(id="maoists", name="Party of the Hills (Maoist)", kind=ActorKind.OUTLET),
        AgencyRow(id="first", name="Red Front", aliases=("RF",), kind=ActorKind.OUTLET, ambiguous=("RF",)),
        AgencyRow(id="second", name="River Force", aliases=("RF",), kind=ActorKind.OUTLET),
    ]
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("al-Qaeda", "Al Qaeda"),
        ("Hay’at Tahrir", "Hayat Tahrir"),
        ("Médecins", "Medecins"),
        ("the Islamic State's", "Islamic State"),
        ("Houthis’", "Houthis"),
        ("Lord 's Resistance", "Lord's Resistance"),
        ("ash-Shabaab", "Shabaab"),
        ("AT&T", "AT and T"),
        ("YBŞ", "YBS"),
    ],
)
def test_spellings_that_agree(one: str, other: str) -> None:
    assert fold_actor(one) == fold_actor(other)


@pytest.mark.parametrize(("one", "other"), [("PFF", "PF"), ("El Salvador", "Salvador"), ("Asad", "as Ad")])
def test_spellings_that_differ(one: str, other: str) -> None:
    assert fold_actor(one) != fold_actor(other)


@given(st.lists(st.sampled_from(["al", "-", "the", "'s", "Qaeda", "Ansar", "U.S.", "(", ")", "LeT", "Times", "'", ""])))
def test_any_words_are_looked_through_without_a_fault(words: list[str]) -> None:
    for start in range(len(words)):
        length = INDEX.longest(words, start)
        assert 0 <= length <= len(words) - start
        assert not length or INDEX.find(" ".join(words[start : start + length]))


@pytest.mark.parametrize(
    ("text", "start", "length"),
    [
        ("the Times reported", 1, 1),
        ("Times are hard", 0, 0),
        ("Let them go", 0, 0),
        ("LeT fighters", 0, 1),
        ("Mend the road", 0, 0),
        ("MEND fighters", 0, 1),
        ("Party of the Hills ( Maoist ) cadres", 0, 7),
        ("Red Front ) said", 0, 2),
        ("Red Front , River Force", 0, 2),
    ],
)
def test_names_in_running_text(text: str, start: int, length: int) -> None:
    assert INDEX.longest(text.split(), start) == length


@given(
    st.lists(st.sampled_from(["Lashkar-e-Taiba", "The", "Times", "times", "al", "red", "Front", "River", "Forces"])),
    st.sampled_from(["Times", "Lashkar-e-Taiba", "Taiba", "LeT", "Front", "Force", "Fronts'", "(Maoist)", "s", "Army"]),
)
def test_no_known_name_ends_at_a_word_that_is_ruled_out(words: list[str], last: str) -> None:
    assert INDEX.may_end(last) or not INDEX.find(" ".join([*words, last]))


def test_most_words_end_no_known_name() -> None:
    assert [word for word in ("Front", "Taiba", "said", "Hills", "Maoist)") if INDEX.may_end(word)] == [
        *("Front", "Taiba", "Maoist)")
    ]


def test_a_sure_meaning_comes_before_a_doubtful_one() -> None:
    assert [row.id for row in INDEX.find("RF")] == ["second", "first"]
    assert INDEX.ambiguous("RF")


def test_an_unknown_id_is_none() -> None:
    assert INDEX.get("nobody") is None
    assert INDEX.get("let") is INDEX.rows[1]
