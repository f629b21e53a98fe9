"""Lays people's words on names of places over the places of a report as they were read. Nothing that was read changes.

A word is about a name: in one report, or in every report of the project whose claims use it; what is said of the one
report counts before what is said of all. It holds wherever the name stands in the report, whatever its case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from twosource.corpus_records import Decision
from twosource.knowledge.gazetteer import GazetteerPlace
from twosource.records import Claim, Named, Place

__all__ = [
    "LOCATE",
    "PERSON",
    "UNPLACED",
    "chosen_place",
    "lay_places",
    "name_of",
    "place_key",
    "places_meant",
    "words_on",
]

LOCATE = "locate"
"""The verdict that leads a name to a place of the gazetteer."""
UNPLACED = "unplaced"
"""The verdict that a name leads to no place of the gazetteer."""
PERSON = "person"
"""The rule of a place of which a person said where it is, or that it can't be placed."""

_WORD = re.compile(r"[^\W_]+")
_NOWHERE = dict.fromkeys(("place", "kind", "country", "admin1", "admin2", "lat", "lon", "precision", "runner_up"))
_WHERE = ("kind", "country", "admin1", "admin2", "lat", "lon", "precision")


def place_key(name: str) -> str:
    """What spellings of one name have in common that differ in case and signs alone: 'al-Bab' and 'Al Bab'."""
    return " ".join(_WORD.findall(name.casefold()))


def name_of(decision: Decision) -> str:
    """The name that the decision is about."""
    return decision.subjects[-1]


def chosen_place(decision: Decision) -> GazetteerPlace | None:
    """The place that the decision leads to, as the gazetteer had it then; None where it leads to none."""
    told = decision.value.get("place")
    return msgspec.convert(told, GazetteerPlace) if decision.verdict == LOCATE and told else None


def words_on(decisions: Iterable[Decision]) -> dict[str, Decision]:
    """The decision that counts for each name, by its key: those on one report before those on all, then the last."""
    ordered = sorted(decisions, key=lambda one: (len(one.subjects), one.number))
    return {place_key(name_of(one)): one for one in ordered}


def lay_places(places: Sequence[Place], claims: Iterable[Claim], decisions: Iterable[Decision]) -> tuple[Place, ...]:
    """The places of a report as people left them, in the order of the text.

    ``claims`` are the report's: a name that stands at a claim's place, where no place was read, becomes one.
    """
    words = words_on(decisions)
    if not words:
        return tuple(places)
    named = [one for claim in claims for one in claim.places if place_key(one.name) in words]
    laid = [_laid(place, _word_on(place, named, words)) for place in places]
    laid += _missed(places, named, words)
    return tuple(sorted(laid, key=lambda place: (place.span.start, place.span.end)))


def places_meant(places: Iterable[Place], claims: Iterable[Claim], name: str) -> list[Place]:
    """The places of a report that a name means: those called so first, then those at which the claims' words are.

    'Hama countryside' at a claim means the place 'Hama' that was read within those words.
    """
    key = place_key(name)
    named = [one for claim in claims for one in claim.places if place_key(one.name) == key]
    found = [one for one in places if place_key(one.name) == key or any(_stands_at(one, words) for words in named)]
    return sorted(found, key=lambda one: place_key(one.name) != key)


def _stands_at(place: Place, named: Named) -> bool:
    """Whether a place was read within a claim's words for one, at its name or at what stands for it."""
    return place.span.meets(named.span) or place.span.meets(named.said_at)


def _word_on(place: Place, named: Sequence[Named], words: dict[str, Decision]) -> Decision | None:
    """The word on the name of a place; on the name by which a claim calls it, where that is another."""
    known = words.get(place_key(place.name))
    if known is not None:
        return known
    calling = [one for one in named if _stands_at(place, one)]
    calling.sort(key=lambda one: one.span != place.span)
    return words[place_key(calling[0].name)] if calling else None


def _missed(places: Sequence[Place], named: Iterable[Named], words: dict[str, Decision]) -> list[Place]:
    spans = {one.span: one.name for one in named}
    return [
        _laid(Place(span=span, name=name, rule=PERSON), words[place_key(name)])
        for span, name in spans.items()
        if not any(place.span.meets(span) for place in places)
    ]


def _laid(place: Place, decision: Decision | None) -> Place:
    if decision is None:
        return place
    chosen = chosen_place(decision)
    if chosen is not None:
        where = {name: getattr(chosen, name) for name in _WHERE}
        return msgspec.structs.replace(
            place, **where, place=chosen.id, rule=PERSON, within=None, runner_up=None, signals=()
        )
    nowhere = {} if place.within is not None else _NOWHERE
    return msgspec.structs.replace(place, **nowhere, rule=PERSON, signals=())
