"""Where it happened: the places that the words of a part name, whole, and the most specific of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from twosource.reading.claims import cast_of
from twosource.reading.equipment import Equipment
from twosource.reading.nearby import nearby
from twosource.reading.signals import Part
from twosource.reading.tree import Tree
from twosource.reading.where import places_told
from twosource.records import Reading
from twosource.spans import Span

Places = Callable[..., list[str]]


@pytest.fixture
def places(read: Callable[[str], Reading], equipment: Equipment) -> Places:
    """The names of the places that the words of the parts name in the text; ``others`` are the less sure parts."""

    def told(text: str, *words: str, others: tuple[str, ...] = ()) -> list[str]:
        reading = read(text)
        tree = Tree(reading)
        first, second = (
            [Part(span=Span(at := text.index(w), at + len(w)), score=0.9) for w in some] for some in (words, others)
        )
        cast = cast_of(reading, tree, equipment.claims)
        return [named.name for named in places_told(cast, nearby(reading, tree), first, second)]

    return told


@pytest.mark.parametrize(
    ("text", "words", "names"),
    [
        ("Troops were stationed in north-east Syria.", ("east Syria",), ["north-east Syria"]),
        ("A crowd stood outside Westminster magistrates court.", ("Westminster",), ["Westminster magistrates court"]),
        ("They protested at Düsseldorf airport on Sunday.", ("Düsseldorf",), ["Düsseldorf airport"]),
        ("They killed Damascus residents.", ("Damascus",), ["Damascus"]),
        ("They bombed the Akrameh district of Homs.", ("Akrameh district", "Homs"), ["Akrameh district"]),
    ],
)
def test_a_place_has_its_whole_name(places: Places, text: str, words: tuple[str, ...], names: list[str]) -> None:
    assert places(text, *words) == names


def test_places_told_in_one_row_are_told_together_whatever_they_are(places: Places) -> None:
    text = "Rockets fell on Aleppo province, Homs and Raqqa on Sunday."
    assert places(text, "Aleppo province", others=("Homs", "Raqqa")) == ["Aleppo province", "Homs", "Raqqa"]


def test_a_less_sure_place_that_stands_elsewhere_is_not_told(places: Places) -> None:
    assert places("Rockets fell on Homs, and in Baghdad talks went on.", "Homs", others=("Baghdad",)) == ["Homs"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("They will withdraw troops from the region.", "region"),
        ("Shells came from the east.", "east"),
        ("The town has fallen to the Kurds.", "Kurds"),
        ("The London-based Syrian Observatory for Human Rights said that rebels took the town.", "London"),
    ],
)
def test_what_names_no_place_is_none(places: Places, text: str, word: str) -> None:
    assert places(text, word) == []
