"""What the other names of a report say for each namesake: that they lie in the same divisions, and how near."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from twosource.knowledge.gazetteer import GazetteerPlace
from twosource.reading.places.context import kilometres
from twosource.reading.places.name import AT, Name

__all__ = ["SUPPORT", "set_shared_signals"]

REACH: Final = 120.0  # kilometres at which a neighbour counts a third
NEIGHBOURS: Final = 3  # of a name's likely places, how many others are measured against
WIDE: Final = frozenset({"country", "admin1", "continent", "region", "sea"})
SMALL: Final = 30_000  # people: so small a town needs another name of its division in the report
BIG: Final = 300_000  # people: so big a town is known under all its names
SUPPORT: Final = math.log1p(0.5)  # half a sure name in the division, as the signal has it
LEAST: Final = 0.1  # likelihood of a place that others are measured against
Mass = defaultdict[tuple[str, ...], float]
_SHARED: Final = AT["same-country"]  # and the two behind it
_NEAR: Final = AT["near"]
_UNHEARD: Final = AT["unheard-of"]


def set_shared_signals(names: Sequence[Name]) -> None:
    """Sets how much of the other names' likely places lies in the same country, division and district, and how near.

    Names that differ by no more than a word such as 'province' say nothing for each other.
    """
    mass: Mass = defaultdict(float)
    alike: defaultdict[str, Mass] = defaultdict(lambda: defaultdict(float))
    for name in names:
        for area, part in _mass(name).items():
            mass[area] += part
            alike[name.key][area] += part
    points = [point for name in names for point in _points(name)]
    for name in names:
        own = alike[name.key]
        for n, (place, areas, row) in enumerate(zip(name.places, name.areas, name.signals, strict=True)):
            for length, area in enumerate(areas):
                row[_SHARED + length] = math.log1p(max(0.0, mass[area] - own[area]))
            row[_UNHEARD] = float(_unheard_of(place, name.people[n], row))
            row[_NEAR] = math.log1p(_nearness(name.key, place, points)) if place.kind not in WIDE else 0.0


def _unheard_of(place: GazetteerPlace, people: int, row: Sequence[float]) -> bool:
    """Whether no words and no other name of the report speak for a place that nobody takes a bare name for.

    That is a small town in whose division no other name lies, and a town of up to 300,000 people under another name
    than its main one in a country where none does.
    """
    if place.kind not in ("city", "admin1", "admin2") or row[AT["within-said"]]:
        return False
    if people < SMALL:
        return row[_SHARED + (place.admin1 is not None)] <= SUPPORT
    return people < BIG and not row[AT["main-name"]] and row[_SHARED] <= SUPPORT


def _mass(name: Name) -> Mass:
    """How much of the name's likely places lies in each area."""
    own: Mass = defaultdict(float)
    weight = name.weight
    for areas, likely in zip(name.areas, name.likely, strict=True):
        for area in areas:
            own[area] += weight * likely
    return own


def _points(name: Name) -> Iterator[tuple[str, GazetteerPlace, float]]:
    """The name's likeliest places, with how much they count, but for wide ones."""
    best = sorted(range(len(name.places)), key=lambda n: -name.likely[n])[:NEIGHBOURS]
    for n in best:
        if name.likely[n] > LEAST and name.places[n].kind not in WIDE:
            yield name.key, name.places[n], name.weight * name.likely[n]


def _nearness(key: str, place: GazetteerPlace, points: Sequence[tuple[str, GazetteerPlace, float]]) -> float:
    near = 0.0
    for other, point, weight in points:
        if other != key and abs(point.lat - place.lat) < 4:
            near += weight * math.exp(-kilometres(place, point) / REACH)
    return near
