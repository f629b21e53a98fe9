"""Measures places against gold: JSON lines with text and toponyms (start, end, and lat and lon where they are known).

``acc161``: of the gold spans with coordinates, the share that is put within 161 km (100 miles) of them when the spans
are given; an unresolved one is wrong. ``end_to_end_f1``: a place found is right if it overlaps a gold span with
coordinates and lies within 161 km of it; one on a gold span without coordinates is not counted. Rows of a type that
ends in '_Expression' mark no names and are left out altogether.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import msgspec

from twosource.model.load import load_equipment
from twosource.reading.parse import parse_batch
from twosource.reading.places import PlaceKnowledge, Toponym, Use, country_of_address, find_toponyms, resolve_toponyms
from twosource.reading.tree import Tree
from twosource.records import Place, Reading, Report
from twosource.score.gold import read_gold
from twosource.spans import Span

__all__ = [
    "GoldPlace",
    "GoldPlaceReport",
    "PlaceCounts",
    "compare_places",
    "given_toponyms",
    "load_place_gold",
    "near_gold",
    "score_places",
]

_NEAR = 161.0  # kilometres: 100 miles, the usual measure of the field
_EARTH = 6371.0


class GoldPlace(msgspec.Struct, frozen=True):
    """One gold name; its offsets are code points of the report's text, its coordinates degrees, None if unknown."""

    start: int
    end: int
    lat: float | None = None
    lon: float | None = None
    type: str | None = None

    @property
    def span(self) -> Span:
        """Where the name stands."""
        return Span(self.start, self.end)


class GoldPlaceReport(msgspec.Struct, frozen=True):
    """One gold report; ``domain`` is its outlet's address on the web, where it is known."""

    text: str
    toponyms: list[GoldPlace]
    domain: str = ""
    doc_id: str = ""

    def names(self) -> list[GoldPlace]:
        """The gold names in order of the text."""
        marked = (one for one in self.toponyms if not (one.type or "").endswith("_Expression") and one.end > one.start)
        return sorted(marked, key=lambda one: (one.start, one.end))


class PlaceCounts(msgspec.Struct):
    """What was compared: names given and put right, places found and right, gold names with coordinates and hit."""

    given: int = 0
    near: int = 0
    unresolved: int = 0
    within: int = 0
    found: int = 0
    right: int = 0
    overlapping: int = 0
    hit: int = 0

    def add(self, other: PlaceCounts) -> None:
        """Takes another report's counts in."""
        for field in self.__struct_fields__:
            setattr(self, field, getattr(self, field) + getattr(other, field))

    def measures(self) -> dict[str, float]:
        """The measures over all that was counted; 0 where there was nothing."""
        precision, recall = _share(self.right, self.found), _share(self.hit, self.given)
        return {
            "gold": self.given,
            "acc161": _share(self.near, self.given),
            "unresolved": _share(self.unresolved, self.given),
            "somewhere_within": _share(self.within, self.given),
            "found_p": _share(self.overlapping, self.found),
            "end_to_end_p": precision,
            "end_to_end_r": recall,
            "end_to_end_f1": _share(2 * precision * recall, precision + recall),
        }


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def load_place_gold(path: Path) -> list[GoldPlaceReport]:
    """The reports of one gold file. Raises InputError, with the line, where one can't be read."""
    return read_gold(path, GoldPlaceReport)


def given_toponyms(report: GoldPlaceReport, known: PlaceKnowledge) -> list[Toponym]:
    """The gold names as the resolver takes them."""
    return [
        Toponym(one.span, Use.ADJECTIVE if known.rules.is_adjective(one.span.of(report.text)) else Use.PLACE)
        for one in report.names()
    ]


def compare_places(gold: Sequence[GoldPlace], given: Sequence[Place], found: Sequence[Place]) -> PlaceCounts:
    """The counts of one report: ``given`` are the places of the gold spans, one each, ``found`` those found unaided."""
    counts = PlaceCounts()
    located = [one for one in gold if one.lat is not None]
    for one, place in zip(gold, given, strict=True):
        if one.lat is not None:
            counts.given += 1
            counts.near += _lies_near(place, one)
            counts.unresolved += place.place is None and place.within is None
            counts.within += place.within is not None
    counts.hit = sum(any(p.span.meets(one.span) and _lies_near(p, one) for p in found) for one in located)
    for place in found:
        meeting = [one for one in gold if one.span.meets(place.span)]
        if meeting and all(one.lat is None for one in meeting):
            continue
        counts.found += 1
        counts.overlapping += bool(meeting)
        counts.right += any(_lies_near(place, one) for one in meeting)
    return counts


def _lies_near(place: Place, gold: GoldPlace) -> bool:
    return place.lat is not None and place.lon is not None and near_gold(place.lat, place.lon, gold)


def near_gold(lat: float, lon: float, gold: GoldPlace) -> bool:
    """Whether the point lies within 161 km of the gold's, on a sphere; not if the gold has none."""
    if gold.lat is None or gold.lon is None:
        return False
    a, b = math.radians(lat), math.radians(gold.lat)
    bow = math.sin((a - b) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon - gold.lon) / 2) ** 2
    return 2 * _EARTH * math.asin(math.sqrt(min(1.0, bow))) <= _NEAR


def score_places(
    paths: Iterable[Path],
    known: PlaceKnowledge | None = None,
    keep: Callable[[GoldPlaceReport], bool] = lambda report: True,
) -> dict[str, float]:
    """The measures over all the files, micro-averaged; ``keep`` chooses reports.

    Names made of a place's ('Syrian', 'Aleppo' in an institution's name) count as the gold counts them, though the
    engine's places leave them out.
    """
    equipment = load_equipment()
    known = known or equipment.places
    counts = PlaceCounts()
    for path in paths:
        gold = [report for report in load_place_gold(path) if keep(report)]
        readings = [Reading(report=Report(id=one.doc_id, text=one.text)) for one in gold]
        for one, reading in zip(gold, parse_batch(readings, equipment.parser), strict=True):
            country = country_of_address(one.domain, known)
            given = resolve_toponyms(one.text, given_toponyms(one, known), known, country)
            tree = Tree(reading)
            found = resolve_toponyms(one.text, find_toponyms(tree, known), known, country)
            counts.add(compare_places(one.names(), given, found))
    return counts.measures()
