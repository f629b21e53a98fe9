"""Names that hold a place's name and are no place's: those of people, of groups and of institutions."""

from __future__ import annotations

from typing import Final

from twosource.reading.places.toponyms import PlaceKnowledge
from twosource.reading.tree import Tree
from twosource.records import Token

__all__ = [
    "given_before",
    "is_abbreviation",
    "is_country",
    "is_known_body",
    "is_site",
    "is_word",
    "surnames",
    "well_known",
]

BIG: Final = 300_000  # people: a name of so big a town is seldom a person's
ABBREVIATION: Final = 4  # letters


def is_known_body(name: str, known: PlaceKnowledge) -> bool:
    """Whether the table of actors has the name, and not as a state's."""
    rows = known.table.find(name)
    return bool(rows) and rows[0].kind != "state"


def given_before(tree: Tree, first: int, last: int, known: PlaceKnowledge) -> bool:
    """'Jack London': a capitalised name right before that belongs to this one, and is no direction and no kind."""
    if first == 0 or tree[first - 1].sentence != tree[first].sentence:
        return False
    before = tree[first - 1]
    given = before.pos == "PROPN" and before.dep in ("compound", "nmod") and first <= before.head <= last
    lower = before.text.lower()
    other = lower in known.sets.directions or lower in known.sets.place_nouns or before.text.isupper()
    return given and not other and lower not in known.rules.words_of("parts")


def well_known(name: str, known: PlaceKnowledge) -> bool:
    """Whether the best known place that is spelt so is a country, a province or a big city: no person's."""
    return any(
        (p.kind in ("country", "admin1", "continent") or p.population >= BIG) and name.lower() in p.name.lower()
        for p in known.gazetteer.find(name)[:1]
    )


def is_country(name: str, known: PlaceKnowledge) -> bool:
    """Whether the best known place of this name is a country, a province, or a region written down by hand."""
    found = known.gazetteer.find(name)[:1]
    return any(place.kind in ("country", "admin1") or place.id.startswith("twosource:") for place in found)


def is_site(token: Token, known: PlaceKnowledge) -> bool:
    """Whether the capitalised word ends the name of a site: 'Avenue', 'Airport'."""
    return token.text.lower() in known.rules.words_of("sites")


def is_abbreviation(name: str, known: PlaceKnowledge) -> bool:
    """Whether a name in capitals is so short that it stands for something else than a town: 'APC', 'NATO'."""
    letters = name.replace(".", "")
    if not letters.isupper() or len(letters) > ABBREVIATION:
        return False
    best = known.gazetteer.find(name)[0]
    by_hand = best.kind == "country" or best.id.startswith("twosource:")
    return not by_hand and (len(letters) < ABBREVIATION or best.population < BIG)


def is_word(token: Token, known: PlaceKnowledge) -> bool:
    """Whether the capitalised word is a month, or a kind of place or body: 'House', 'State', 'March'."""
    lower = token.text.lower().rstrip(".")
    return (
        lower in known.sets.calendar
        or lower in known.rules.words_of("no_names")
        or lower in known.sets.place_nouns
        or lower in known.rules.words_of("bodies")
    )


def surnames(tree: Tree, known: PlaceKnowledge) -> frozenset[str]:
    """People's names in the report that small places have too: behind a given name, or of somebody who speaks."""
    found: set[str] = set()
    for index in tree.capitalised:
        token = tree[index]
        if token.pos != "PROPN" or token.text.isupper():
            continue
        if (_acts_as_person(tree, index, known) or _has_given_name(tree, index, known)) and not well_known(
            token.text, known
        ):
            found.add(token.text)
    return frozenset(found)


def _acts_as_person(tree: Tree, index: int, known: PlaceKnowledge) -> bool:
    token = tree[index]
    verb = tree[token.head]
    return token.dep == "nsubj" and verb.lemma.lower() in known.rules.words_of("people_do")


def _has_given_name(tree: Tree, index: int, known: PlaceKnowledge) -> bool:
    """Behind another capitalised word that is no direction, no kind of place and no big place, and no name with it."""
    token, before = tree[index], tree[index - 1]
    if index == 0 or not (before.pos == "PROPN" and before.dep == "compound" and before.head == index):
        return False
    lower = before.text.lower()
    other = lower in known.sets.directions or lower in known.sets.place_nouns or lower in known.rules.words_of("parts")
    if before.text.isupper() or other or known.words.is_title((before.text,)):
        return False
    both = f"{before.text} {token.text}"
    if known.gazetteer.find(both) or known.table.find(both) or known.rules.is_adjective(before.text):
        return False
    return known.gazetteer.ambiguous(before.text) or not well_known(before.text, known)
