"""What the words between two names say: that one place lies in the other, how far off, and what kind of place it is."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from twosource.knowledge.gazetteer import GazetteerPlace
from twosource.knowledge.place_rules import PlaceRules
from twosource.reading.places.toponyms import Toponym

__all__ = [
    "Distance",
    "chain_of",
    "distance_before",
    "holder_after",
    "holder_before",
    "kilometres",
    "kinds_said",
    "said_holder",
]

_LONGEST_GAP: Final = 30
_SPACES: Final = re.compile(r"\s+")
_DIVISION_NOUN: Final = re.compile(r"(?<!\s)\s+(?:province|state|county|governorate|district|region|oblast)\b")
_DISTANCE: Final = re.compile(
    r"(?<!\d)(\d+(?:[.,]\d+)?)\s{0,9}(km|kms|kilomet(?:er|re)s?|miles?|mi)\b(?:\s{1,9}\([^)]{0,60}\))?"
    r"(?:\s{1,9}(?:to\s+the\s+)?(?:north|south|east|west)[a-z-]{0,20})?\s{1,9}(?:of|from|outside|away from)\s+"
    r"(?:the\s+)?(?:[a-z]+\s+){0,3}$"
)
_IN: Final = frozenset({"in", "of", "at", "on"})
_NEAR: Final = frozenset({"near", "outside", "around"})
_MILE: Final = 1.609
_EARTH: Final = 111.2  # kilometres in a degree of latitude


class Holder(NamedTuple):
    """The index of the name that holds another, and whether the words say no more than that it is near."""

    at: int
    near: bool


class Distance(NamedTuple):
    """So many kilometres from the place that is named next."""

    kilometres: float


def kilometres(a: GazetteerPlace, b: GazetteerPlace) -> float:
    """The distance between two places, by a flat map between their latitudes: good to a few per cent."""
    across = abs(a.lon - b.lon)
    across = min(across, 360 - across) * math.cos(math.radians((a.lat + b.lat) / 2))
    return _EARTH * math.hypot(a.lat - b.lat, across)


def chain_of(place: GazetteerPlace) -> tuple[str, ...]:
    """Country, first-level and second-level division, as far as they are known, from the outside in."""
    if place.country is None:
        return ()
    if place.admin1 is None:
        return (place.country,)
    return (place.country, place.admin1) if place.admin2 is None else (place.country, place.admin1, place.admin2)


def _gap(text: str, left: Toponym, right: Toponym) -> str | None:
    if not 0 <= right.span.start - left.span.end <= _LONGEST_GAP:
        return None
    gap = text[left.span.end : right.span.start]
    return None if "\n" in gap else _SPACES.sub(" ", gap).strip().lower()


def holder_after(text: str, toponyms: Sequence[Toponym], at: int, rules: PlaceRules) -> int | None:
    """The index of the name behind this one that the words between say holds it: 'Tel Abyad in Raqqa province'."""
    if at + 1 >= len(toponyms):
        return None
    gap = _gap(text, toponyms[at], toponyms[at + 1])
    return at + 1 if gap is not None and gap in rules.words_of("held_by") else None


def holder_before(text: str, toponyms: Sequence[Toponym], at: int, rules: PlaceRules) -> int | None:
    """The index of the name before this one that the words between say holds it: "Syria's Raqqa"."""
    if at == 0:
        return None
    gap = _gap(text, toponyms[at - 1], toponyms[at])
    if gap is None:
        return None
    gap = _DIVISION_NOUN.sub("", " " + gap).strip()
    return at - 1 if gap in rules.words_of("holder_of") else None


def said_holder(text: str, toponyms: Sequence[Toponym], at: int, rules: PlaceRules) -> Holder | None:
    """Which name beside this one, of which nothing is known, the words say it lies in or near; None for no word of it.

    A comma counts as 'in' only outside a list of names.
    """
    after = _gap(text, toponyms[at], toponyms[at + 1]) if at + 1 < len(toponyms) else None
    if after is not None:
        words = after.removeprefix(",").split()
        while words and words[0] in rules.words_of("kinds") | rules.words_of("sites"):
            words = words[1:]
        if words and words[0] in _IN | _NEAR and all(_leads(word, words, rules) for word in words[1:]):
            return Holder(at + 1, words[0] in _NEAR)
        if after == "," and not _listed(text, toponyms, at):
            return Holder(at + 1, False)
    before = _gap(text, toponyms[at - 1], toponyms[at]) if at else None
    if before is None:
        return None
    words = before.split()
    return Holder(at - 1, False) if before in ("'s", "’s") or _owns(words, rules) else None


def _leads(word: str, words: Sequence[str], rules: PlaceRules) -> bool:
    """Whether the word may stand between 'in' and the name: 'in the southern port city of'."""
    kind = word == "of" or word in rules.words_of("kinds") | rules.words_of("sites")
    return word in ("the", "and") or word in rules.words_of("parts") or (kind and words[-1] == "of")


def _owns(words: Sequence[str], rules: PlaceRules) -> bool:
    """ "Cairo's gated suburb of", "Oru's port"."""
    own = bool(words) and words[0] in ("'s", "’s") and len(words) < 6
    return own and words[-1] == "of" and words[-2] in rules.words_of("kinds") | rules.words_of("town_words")


def _listed(text: str, toponyms: Sequence[Toponym], at: int) -> bool:
    """Whether the name and the one behind it are two of a list."""
    before = _gap(text, toponyms[at - 1], toponyms[at]) if at else None
    after = _gap(text, toponyms[at + 1], toponyms[at + 2]) if at + 2 < len(toponyms) else None
    return before in (",", "and", ", and") or after in ("and", ", and", "or")


def distance_before(text: str, toponyms: Sequence[Toponym], at: int) -> Distance | None:
    """'20 km south of' right before this name."""
    start = toponyms[at].span.start
    found = _DISTANCE.search(text[max(0, start - 60) : start].lower())
    if not found:
        return None
    number = float(found[1].replace(",", "."))
    return Distance(number * (_MILE if found[2].startswith("mi") else 1.0))


def kinds_said(text: str, toponym: Toponym, rules: PlaceRules) -> frozenset[str]:
    """The kinds that a noun beside the name allows: 'the town of X', 'X province'; empty where nothing tells."""
    after = text[toponym.span.end : toponym.span.end + 20].split()[:1]
    before = text[max(0, toponym.span.start - 24) : toponym.span.start].lower().split()[-2:]
    own = text[toponym.span.start : toponym.span.end].split()
    nouns = {word.strip(".,;:").lower() for word in (*after, *own[1:][-1:])}
    if len(before) == 2 and before[1] == "of":
        nouns.add(before[0])
    if nouns & rules.words_of("town_words"):
        return frozenset({"city"})
    if nouns & rules.words_of("division_words"):
        return frozenset({"admin1", "admin2"})
    bare = text[toponym.span.start : toponym.span.end].lower()
    return frozenset({"city"}) if bare in rules.words_of("towns_before_states") else frozenset()
