"""What the reading of places knows beside the gazetteer: short forms, adjectives, phrases, and the scorer's weights."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import msgspec

from twosource.errors import KnowledgeError
from twosource.knowledge.gazetteer import Gazetteer, GazetteerPlace
from twosource.knowledge.nationalities import NATIONALITIES_FILE, load_nationalities
from twosource.knowledge.toml_rules import Rule, data_bytes, data_digest, load_rows, load_rules

__all__ = ["SIGNALS", "PlaceRules", "PlaceSet", "PlaceWord", "load_place_rules"]

RULES_FILE = "en/places.toml"
WORDS_FILE = "en/place_words.jsonl"
FILES = (RULES_FILE, WORDS_FILE, NATIONALITIES_FILE)

SIGNALS: Final = (
    *("people", "best-known", "main-name", "country", "province", "district", "region", "town-inside"),
    *("within-said", "holds-other", "kind-said", "distance-said"),
    *("same-country", "same-province", "same-district", "near", "outlet-country", "unheard-of"),
)
"""The names of what speaks for a namesake, in the order of the scorer's weights; docs/decisions/0005-places.md."""


class PlaceSet(Rule, frozen=True, kw_only=True):
    """One set of words or phrases, in lower case."""

    words: tuple[str, ...]


class PlaceWord(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A place's short forms ('Ga.') and the words for its people and things ('Texan'); `country` is an ISO code."""

    name: str
    country: str | None = None
    short: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()


class PlaceRules:
    """The sets by name, the words, and the weights; what a word leads to is looked up in the gazetteer once."""

    def __init__(
        self,
        sets: Iterable[PlaceSet],
        words: Iterable[PlaceWord],
        nations: Mapping[str, tuple[str, ...]],
        weights: Mapping[str, float],
        digest: str,
    ) -> None:
        """`nations` gives each nationality word its ISO codes. Raises KnowledgeError for a weight without a signal."""
        self.sets = tuple(sets)
        self.words = tuple(words)
        self.nations = nations
        self.weights = dict(weights)
        self.digest = digest
        self._sets = {rule.id: frozenset(rule.words) for rule in self.sets}
        self._short: dict[str, tuple[PlaceWord, ...]] = {}
        self._adjectives: dict[str, PlaceWord] = {}
        for row in self.words:
            for form in {*row.short, *(form[:-1] for form in row.short if "." in form[:-1])}:
                self._short[form] = (*self._short.get(form, ()), row)
            self._adjectives.update(dict.fromkeys(row.adjectives, row))
        if odd := {*SIGNALS, "threshold", "area-threshold"} ^ set(self.weights):
            raise KnowledgeError(f"data/{RULES_FILE}, weights: missing or unknown: {', '.join(sorted(odd))}")

    def words_of(self, name: str) -> frozenset[str]:
        """The words of the set with this id. Raises KnowledgeError if there is none."""
        try:
            return self._sets[name]
        except KeyError:
            raise KnowledgeError(f"data/{RULES_FILE}: no set has the id {name!r}") from None

    def is_short(self, word: str) -> bool:
        """Whether the word is a short form of a state or province, in this very spelling: 'Ga.', 'TX'."""
        return word in self._short

    def is_adjective(self, word: str) -> bool:
        """Whether the word is one for the people or things of a place, in this very spelling: 'Texan', 'Syrians'."""
        return word in self._adjectives or word in self.nations

    def places_of_short(self, word: str, gazetteer: Gazetteer) -> tuple[GazetteerPlace, ...]:
        """The places that the short form stands for; none for another word."""
        return tuple(place for row in self._short.get(word, ()) for place in _looked_up(row, gazetteer))

    def places_of_adjective(self, word: str, gazetteer: Gazetteer) -> tuple[GazetteerPlace, ...]:
        """The places that the adjective or the word for a people leads to; none for another word."""
        row = self._adjectives.get(word)
        if row is not None:
            return tuple(_looked_up(row, gazetteer))
        return tuple(gazetteer.country(code) for code in self.nations.get(word, ()))


def _looked_up(row: PlaceWord, gazetteer: Gazetteer) -> Iterator[GazetteerPlace]:
    found = [place for place in gazetteer.find(row.name) if row.country in (None, place.country)]
    divisions = [place for place in found if place.kind == "admin1"] if row.short else []
    yield from (divisions or found)[:1]


def load_place_rules() -> PlaceRules:
    """The packaged rules. Raises KnowledgeError for a file of the wrong shape."""
    weights = tomllib.loads(data_bytes(RULES_FILE).decode("utf-8")).get("weights", {})
    words = load_rows(WORDS_FILE, PlaceWord)
    return PlaceRules(load_rules(RULES_FILE, "set", PlaceSet), words, _nations(), weights, data_digest(FILES))


def _nations() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in load_nationalities():
        for word in dict.fromkeys((row.adjective, *row.also, *row.nouns)):
            found[word] = (*found.get(word, ()), row.country)
    return found
