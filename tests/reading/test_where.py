"""Where it happened: the places that the words of a part name, whole, and the most specific of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from twosource.knowledge.word_sets import load_word_sets
from twosource.reading.claims import cast_of
from twosource.reading.equipment import Equipment
from twosource.reading.nearby import nearby
from twosource.reading.signals import Part
from twosource.reading.tree import Tree
from twosource.reading.where import place_described, places_below, places_spoken_of, places_told
from twosource.records import Named, Reading
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
        ("The men held front lines in the north of the city.", ("front lines in",), ["front lines in the north"]),
        ("Rebels seized a town in the east of the country.", ("east of the",), ["east of the country"]),
    ],
)
def test_a_place_has_its_whole_name(places: Places, text: str, words: tuple[str, ...], names: list[str]) -> None:
    assert places(text, *words) == names


def test_places_told_in_one_row_are_told_together_whatever_they_are(places: Places) -> None:
    text = "Rockets fell on Aleppo province, Homs and Raqqa on Sunday."
    assert places(text, "Aleppo province", others=("Homs", "Raqqa")) == ["Aleppo province", "Homs", "Raqqa"]


@pytest.mark.parametrize(
    ("text", "word", "names"),
    [
        ("Shells fell in Khartoum, Bahri and Omdurman.", "Khartoum", ["Khartoum", "Bahri", "Omdurman"]),
        (
            "They are stationed in Idlib province, the city of Damascus and the province of Homs.",
            "Damascus",
            ["Idlib province", "Damascus", "Homs"],
        ),
        ("They met in Nyala, a town in Sudan.", "Nyala", ["Nyala"]),
        ("They met in Myawaddy, a town of Kayin state.", "Myawaddy", ["Myawaddy"]),
        ("Trucks were stopped between Sudan and Chad.", "Chad", ["Chad"]),
        ("Shells fell in Khartoum while talks went on in Cairo.", "Khartoum", ["Khartoum"]),
    ],
)
def test_one_place_of_a_row_brings_those_beside_it(places: Places, text: str, word: str, names: list[str]) -> None:
    assert places(text, word) == names


@pytest.mark.parametrize(
    ("text", "word", "names"),
    [
        ("People fled Darfur, which was rocked by fighting.", "rocked", ["Darfur"]),
        ("The army left Goma, where shells fell all night.", "fell", ["Goma"]),
        ("It was the worst loss since Vuhledar fell in May.", "fell", ["Vuhledar"]),
        ("A bomb hurt a captain in annexed Crimea.", "annexed", ["Crimea"]),
        ("Kyiv's troops, who were shelled in Bakhmut, withdrew.", "shelled", []),
        ("The army shelled Goma.", "shelled", []),
        ("A mayor freed by Ukraine-backed fighters spoke.", "freed", []),
    ],
)
def test_the_place_of_which_the_event_word_tells(
    read: Callable[[str], Reading], equipment: Equipment, text: str, word: str, names: list[str]
) -> None:
    reading = read(text)
    tree = Tree(reading)
    token = tree.at(text.index(word))
    assert token is not None
    told = place_described(cast_of(reading, tree, equipment.claims), nearby(reading, tree), token, ())
    assert [named.name for named in told] == names


def test_a_clause_that_names_its_own_place_tells_of_none_before_it(
    read: Callable[[str], Reading], equipment: Equipment
) -> None:
    reading = read("Police went to Haiti, where gangs hold Gressier.")
    text, tree = reading.report.text, Tree(reading)
    at, own = text.index("hold"), text.index("Gressier")
    token = tree.at(at)
    assert token is not None
    cast, near, part = (
        cast_of(reading, tree, equipment.claims),
        nearby(reading, tree),
        Part(span=Span(own, own + 8), score=0.9),
    )
    assert place_described(cast, near, token, ())
    assert not place_described(cast, near, token, (part,))


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


@pytest.mark.parametrize(
    ("text", "word", "told", "names"),
    [
        ("In Nyala he heard of the raids on Goma.", "raids", ("Nyala", "Goma"), ["Goma"]),
        ("They moved men stationed in Kharkiv to bases in Odesa.", "bases", ("Kharkiv", "Odesa"), ["Odesa"]),
        ("Shells fell in Khartoum and Omdurman.", "fell", ("Khartoum", "Omdurman"), ["Khartoum", "Omdurman"]),
        ("In Nyala shells killed two men.", "shells", ("Nyala",), ["Nyala"]),
        ("They left Goma. Shells fell in Nyala.", "fell", ("Goma", "Nyala"), ["Goma", "Nyala"]),
        ("Chad keeps a base in Nyala, though it is engaged in war with Libya.", "war", ("Nyala",), []),
        ("Chad, despite its war with Libya, keeps a base in Nyala.", "war", ("Nyala",), []),
        ("Chad, despite its war with Libya, keeps a base in Nyala.", "base", ("Nyala",), ["Nyala"]),
        ("Chad keeps a base in Nyala because it is at war with Libya.", "war", ("Nyala",), ["Nyala"]),
        ("Two men died while fighting in Nyala.", "died", ("Nyala",), ["Nyala"]),
        (
            "They hit men near Goma to secure recently seized towns north of Nyala.",
            "seized",
            ("Goma", "north of Nyala"),
            ["north of Nyala"],
        ),
        ("Shells fell in Goma. They wanted to forestall potential attacks.", "attacks", ("Goma",), []),
        ("Shells fell in Goma. They wanted to answer the attacks.", "attacks", ("Goma",), ["Goma"]),
    ],
)
def test_of_places_in_one_sentence_those_that_hang_on_the_event_are_its(
    read: Callable[[str], Reading], text: str, word: str, told: tuple[str, ...], names: list[str]
) -> None:
    tree = Tree(read(text))
    spans = [Span(at := text.index(name), at + len(name)) for name in told]
    token = tree.at(text.index(word))
    assert token is not None
    of_it = places_below(tree, tuple(Named(name=s.of(text), span=s, said_at=s) for s in spans), token, load_word_sets())
    assert [named.name for named in of_it] == names


@pytest.mark.parametrize(
    ("text", "word", "place", "names"),
    [
        ("In Nyala the mayor said that peace was near. “We will meet on Monday,” he said.", "meet", "Nyala", []),
        ("The mayor said that all was calm in Nyala. “We will meet on Monday,” he said.", "meet", "Nyala", ["Nyala"]),
        ("In Nyala the mayor said that two men were shot.", "shot", "Nyala", ["Nyala"]),
        ("In Nyala the mayor said that peace was near. Two men were shot.", "shot", "Nyala", ["Nyala"]),
    ],
)
def test_where_somebody_only_spoke_nothing_happened_that_he_told_later(
    read: Callable[[str], Reading], text: str, word: str, place: str, names: list[str]
) -> None:
    reading = read(text)
    tree = Tree(reading)
    spot, anchor = (Span(at := text.index(words), at + len(words)) for words in (place, word))
    told = (Named(name=place, span=spot, said_at=spot),)
    assert [named.name for named in places_spoken_of(tree, nearby(reading, tree), told, anchor)] == names
