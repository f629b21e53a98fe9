"""Where a name lies that the gazetteer can't settle: what its own words say, and where the names around it lie."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from twosource.knowledge.gazetteer import GazetteerPlace
from twosource.reading.places.company import SUPPORT
from twosource.reading.places.context import chain_of, kilometres
from twosource.reading.places.name import AT, Name
from twosource.reading.places.toponyms import PlaceKnowledge, Toponym

__all__ = ["area_of", "settle"]

AROUND: Final = 800.0  # characters at which a name counts a third for where an unknown one is
ANYWHERE: Final = 0.05  # what a name counts at any distance
TOWN: Final = 80.0  # kilometres that a town's surroundings reach
BIG: Final = 300_000  # people: a hall named after so big a town may be taken to lie there
_AREAS: Final = ("country", "admin1", "admin2")
_WIDE: Final = frozenset({"country", "admin1"})
_PROVINCE, _COUNTRY = AT["same-province"], AT["same-country"]

Chain = tuple[str, ...]


def settle(names: Sequence[Name], threshold: float) -> None:
    """Sets which place each name means, where one is likely enough.

    A small town that has namesakes is no answer where no other name of the report lies in its division and the words
    beside it don't say where it is: of gold names, four in five such are something else.
    """
    for name in names:
        best = max(range(len(name.places)), key=lambda n: (name.likely[n], -n), default=None)
        heard = best is not None and (name.inside or _heard_of(name, best, alone=len(names) == 1))
        name.settled = best if best is not None and heard and name.likely[best] >= threshold else None


def _heard_of(name: Name, best: int, *, alone: bool) -> bool:
    signals = name.signals[best]
    if not signals[AT["unheard-of"]]:
        return True
    return bool(alone and signals[AT["main-name"]]) or (len(name.places) == 1 and signals[_COUNTRY] > SUPPORT)


def area_of(toponym: Toponym, name: Name, names: Sequence[Name], known: PlaceKnowledge) -> GazetteerPlace | None:
    """The smallest place or area that a name with no sure place of its own is likely to lie in; None for no idea.

    What the words beside it say comes first, then the place in its own words ('Karesh Town Hall') if the report
    bears it out, then what its namesakes agree on, then where most of the names around it lie. Only a street, a
    building or an institution is put into a town by what is around; a village may be anywhere in the division.
    """
    if name.holder is not None and (held := _held_by(name, *name.holder, known)) is not None:
        return held
    least = known.rules.weights["area-threshold"]
    others = [other for other in names if other is not name and not other.inside and not _unsure(other)]
    around = _agreed([(other, _closeness(toponym.span.start, other)) for other in others], least)
    if name.inside:
        own = _own_words(name, others, around, alone=len(names) == 1)
        if own is not None:
            return own
    elif not _unsure(name) or (not around and any(row[AT["main-name"]] for row in name.signals)):
        around = _agreed([(name, 1.0)], least) or around
        return _area_named(around, known)
    town = _town_around(toponym.span.start, others, around, least)
    if town is not None:
        return town if name.site else _area_named(chain_of(town), known)
    return _area_named(around, known)


def _unsure(name: Name) -> bool:
    """Whether nothing in the report speaks for any place of this name."""
    return name.settled is None and bool(name.signals) and all(row[AT["unheard-of"]] for row in name.signals)


def _held_by(name: Name, holder: Name, near: bool, known: PlaceKnowledge) -> GazetteerPlace | None:
    place = holder.place
    if place is None:
        return None
    return (_area_named(chain_of(place), known) if near and not name.site else None) or place


def _own_words(name: Name, others: Sequence[Name], around: Chain, *, alone: bool) -> GazetteerPlace | None:
    """The place in the name's own words, if it is well known, named elsewhere too, or where the others lie."""
    place = name.place
    if place is None or name.settled is None:
        return None
    known = place.kind in _WIDE or place.population >= BIG or name.signals[name.settled][_PROVINCE] > SUPPORT
    named = any(other.place is not None and other.place.id == place.id for other in others)
    return place if known or alone or named or (len(around) > 1 and chain_of(place)[: len(around)] == around) else None


def _closeness(offset: int, name: Name) -> float:
    """How much a name says of where the text at the offset is about: much if it stands near it, or often."""
    return sum(ANYWHERE + math.exp(-abs(offset - other) / AROUND) for other in name.offsets)


def _agreed(names: Sequence[tuple[Name, float]], least: float) -> Chain:
    """The smallest area that holds at least the given share of the names' likely places, step by step inwards."""
    mass: defaultdict[Chain, float] = defaultdict(float)
    for name, weight in names:
        for chain, likely in zip(name.chains, name.likely, strict=True):
            for length in range(1, len(chain) + 1):
                mass[chain[:length]] += weight * likely
    total = sum(weight for name, weight in names if name.places)
    found: Chain = ()
    for length in (1, 2, 3):
        deeper = {c: m for c, m in mass.items() if len(c) == length and c[: length - 1] == found}
        inside = total if length == 1 else sum(deeper.values())
        best = max(deeper, key=lambda c: (deeper[c], c), default=None)
        if best is None or not inside or deeper[best] < least * inside:
            break
        found = best
    return found


def _town_around(offset: int, names: Sequence[Name], around: Chain, least: float) -> GazetteerPlace | None:
    """The town near which most of the towns around lie, among those in the area that they agree on."""
    towns = [(place, weight) for place, weight in _towns(offset, names) if chain_of(place)[: len(around)] == around]
    near = [sum(w for other, w in towns if kilometres(place, other) <= TOWN) for place, _ in towns]
    best = max(range(len(towns)), key=lambda n: (near[n], towns[n][1], towns[n][0].id), default=None)
    if best is None or near[best] < least * sum(weight for _, weight in towns):
        return None
    centre = towns[best][0]
    return max((t for t in towns if kilometres(centre, t[0]) <= TOWN), key=lambda t: (t[1], t[0].id))[0]


def _towns(offset: int, names: Sequence[Name]) -> Iterator[tuple[GazetteerPlace, float]]:
    for name in names:
        best = max(range(len(name.places)), key=lambda n: (name.likely[n], -n), default=None)
        if best is not None and name.places[best].kind == "city":
            yield name.places[best], name.likely[best] * _closeness(offset, name)


def _area_named(chain: Chain, known: PlaceKnowledge) -> GazetteerPlace | None:
    if not chain:
        return None
    if len(chain) == 1:
        return known.gazetteer.country(chain[0])
    kind = _AREAS[len(chain) - 1]
    found = (p for p in known.gazetteer.find(chain[-1]) if p.kind == kind and chain_of(p) == chain)
    return next(found, None) or _area_named(chain[:-1], known)
