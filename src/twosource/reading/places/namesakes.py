"""Which places a name may mean: its namesakes in the gazetteer, or else the area that its words name."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from twosource.knowledge.gazetteer import GazetteerPlace
from twosource.reading.places.toponyms import PlaceKnowledge, Use

__all__ = ["Namesakes", "namesakes"]

_POSSESSIVE: Final = re.compile(r"(?:'s|’s|['’])$")
ABBREVIATION: Final = 4  # letters: a shorter name in capitals is no town's
_SPLIT: Final = re.compile(r"[\s/]+")


class Namesakes(msgspec.Struct, frozen=True):
    """``places``, best known first. ``inside`` tells that the name is of something in one of them, not of it itself."""

    places: tuple[GazetteerPlace, ...]
    inside: bool = False


def namesakes(name: str, use: Use, known: PlaceKnowledge) -> Namesakes:
    """What the name may mean. Nothing at all is known of many names: then there are no places."""
    name = _POSSESSIVE.sub("", name.strip())
    exact = _exact(name, use, known)
    if exact:
        return Namesakes(exact)
    words = _SPLIT.split(name)
    while len(words) > 1 and words[0].lower() in known.rules.words_of("parts"):
        words = words[1:]
        if found := _exact(" ".join(words), use, known):
            return Namesakes(found)
    return Namesakes(_inside(words, known), inside=True)


def _exact(name: str, use: Use, known: PlaceKnowledge) -> tuple[GazetteerPlace, ...]:
    """A short form or an adjective leads to its place, whatever small town bears the same letters."""
    rules = known.rules
    if short := rules.places_of_short(name, known.gazetteer):
        return short
    if use is not Use.PLACE or rules.is_adjective(name):
        adjective = rules.places_of_adjective(name, known.gazetteer)
        if adjective:
            return adjective
    found = known.gazetteer.find(name)
    letters = name.replace(".", "")
    if letters.isupper() and len(letters) < ABBREVIATION:
        return tuple(place for place in found if place.kind == "country" or place.id.startswith("twosource:"))
    if name.lower() in rules.words_of("towns_before_states"):
        return tuple(sorted(found, key=lambda place: place is not _town(found)))
    return () if name.lower() in rules.words_of("no_names") | rules.words_of("bodies") else found


def _town(found: tuple[GazetteerPlace, ...]) -> GazetteerPlace | None:
    return max((p for p in found if p.kind == "city"), key=lambda p: p.population, default=None)


def _inside(words: list[str], known: PlaceKnowledge) -> tuple[GazetteerPlace, ...]:
    """The namesakes of the longest known name among the words: a hall named after a town is likely to be in it."""
    for length in range(min(len(words) - 1, 4), 0, -1):
        for first in range(len(words) - length + 1):
            part = " ".join(words[first : first + length])
            if not part[:1].isupper() or part.lower() in known.rules.words_of("bodies"):
                continue
            adjective = known.rules.places_of_adjective(part, known.gazetteer)
            if adjective:
                return adjective
            if len(part) > 2 and (found := known.gazetteer.find(part)) and not known.gazetteer.ambiguous(part):
                return found
    return ()
