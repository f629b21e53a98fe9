"""Which places a name may mean: its namesakes in the gazetteer, or else the area that its words name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from twosource.knowledge.gazetteer import GazetteerPlace
from twosource.reading.places.toponyms import PlaceKnowledge, Toponym, Use

__all__ = ["Namesakes", "namesakes_of"]

_POSSESSIVE: Final = re.compile(r"(?:'s|’s|['’])$")
ABBREVIATION: Final = 4  # letters: so short a name in capitals is no small town's
BIG: Final = 300_000  # people
_NO_LETTERS: Final = re.compile(r"[^A-Za-z]")
_STREET: Final = re.compile(r"\s+(?:streets?|avenues?|boulevards?|roads?|lanes?)\b", re.IGNORECASE)
_SPLIT: Final = re.compile(r"[\s/]+")


class Namesakes(msgspec.Struct, frozen=True):
    """``places``, best known first. ``inside`` tells that the name is of something in one of them, not of it itself.

    ``site`` tells that it is the name of a street, a building or an institution.
    """

    places: tuple[GazetteerPlace, ...]
    inside: bool = False
    site: bool = False


def namesakes_of(text: str, toponyms: Sequence[Toponym], known: PlaceKnowledge) -> list[Namesakes]:
    """What each of the names may mean, in their order; an abbreviation may stand for another name of the report."""
    written_out: dict[str, str] = {}
    for toponym in toponyms:
        words = _SPLIT.split(toponym.span.of(text))
        letters = "".join(word[0] for word in words if word[:1].isupper())
        if len(words) > 1 and len(letters) > 1:
            written_out.setdefault(letters, toponym.span.of(text))
    return [
        _namesakes(_name_meant(t.span.of(text), written_out, known), t.use, _street(text, t), known) for t in toponyms
    ]


def _name_meant(name: str, written_out: Mapping[str, str], known: PlaceKnowledge) -> str:
    """'SA' is South Africa in a report that names it, unless a country goes by the letters themselves."""
    letters = _NO_LETTERS.sub("", name)
    if not letters.isupper() or len(letters) > ABBREVIATION or letters not in written_out:
        return name
    found = known.gazetteer.find(name)[:1]
    return name if any(place.kind == "country" for place in found) else written_out[letters]


def _street(text: str, toponym: Toponym) -> bool:
    """Whether a word behind the name says that it is a street's."""
    return _STREET.match(text, toponym.span.end) is not None


def _namesakes(name: str, use: Use, street: bool, known: PlaceKnowledge) -> Namesakes:
    """What the name may mean. Nothing at all is known of many names: then there are no places."""
    name = _POSSESSIVE.sub("", name.strip())
    words = _SPLIT.split(name)
    if street:
        return Namesakes((), inside=True, site=True)
    edges = {word.lower().rstrip(".") for word in (words[0], *words[-2:])} if len(words) > 1 else set()
    site = not all(edges.isdisjoint(known.rules.words_of(kind)) for kind in ("sites", "bodies"))
    found = _named(name, use, known)
    return Namesakes(found.places, found.inside, site)


def _named(name: str, use: Use, known: PlaceKnowledge) -> Namesakes:
    exact = _exact(name, use, known)
    if exact:
        return Namesakes(exact)
    words = _SPLIT.split(name)
    while len(words) > 1 and words[0].lower() in known.rules.words_of("parts"):
        words = words[1:]
        rest = " ".join(words)
        if not known.gazetteer.ambiguous(rest) and (found := _exact(rest, use, known)):
            return Namesakes(found)
    return Namesakes(_inside(words, known), inside=True)


def _exact(name: str, use: Use, known: PlaceKnowledge) -> tuple[GazetteerPlace, ...]:
    """A short form or an adjective leads to its place, whatever small town bears the same letters."""
    rules = known.rules
    if short := rules.places_of_short(name, known.gazetteer):
        return short
    if use is not Use.PLACE or rules.is_adjective(name) or rules.is_adjective(name.title()):
        shouted = name.isupper() and len(name) > ABBREVIATION
        adjective = rules.places_of_adjective(name.title() if shouted else name, known.gazetteer)
        if adjective:
            return adjective
    found = known.gazetteer.find(name)
    letters = name.replace(".", "")
    if letters.isupper() and len(letters) <= ABBREVIATION:
        return tuple(place for place in found if _goes_by_letters(place, letters))
    if name.lower() in rules.words_of("towns_before_states"):
        return tuple(sorted(found, key=lambda place: place is not _town(found)))
    return () if name.lower() in rules.words_of("no_names") | rules.words_of("bodies") else found


def _goes_by_letters(place: GazetteerPlace, letters: str) -> bool:
    """Whether the abbreviation may be the place's: a country's or a region's, or a city's of four letters: 'HOMS'."""
    by_hand = place.kind == "country" or place.id.startswith("twosource:")
    return by_hand or (len(letters) == ABBREVIATION and place.population >= BIG)


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
            if len(part) == 2 and part.isupper() and (country := _exact(part, Use.PART, known)):
                return country
            if len(part) > 2 and (found := known.gazetteer.find(part)) and not known.gazetteer.ambiguous(part):
                return found
    return ()
