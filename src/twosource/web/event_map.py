"""Events on the map: a mark for each place, drawn as sharp as the place is known, and a tray for what has none."""

from __future__ import annotations

import functools
import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from importlib.resources import as_file, files
from typing import Any

import msgspec

from twosource.closed_sets import family_of
from twosource.knowledge.added_places import data_folder, open_gazetteer
from twosource.knowledge.gazetteer import Gazetteer, GazetteerPlace
from twosource.views.events import EventInShort
from twosource.web.wording import plain
from twosource.web.world import WHOLE_WORLD, View, view_around

__all__ = [
    "PRECISIONS",
    "Mark",
    "Spread",
    "Tray",
    "features_of",
    "fitting_view",
    "load_gazetteer",
    "marks_in",
    "spread_of",
]

PRECISIONS = {
    "exact": "a spot",
    "town": "a town or village",
    "district": "a district: somewhere in it",
    "province": "a province: somewhere in it",
    "region": "a region of several countries: somewhere in it",
    "country": "a country: somewhere in it",
}
"""What each precision means, the sharpest first."""

_LEAST = {"exact": 5.0, "town": 5.0, "district": 9.0, "province": 14.0, "region": 20.0, "country": 18.0}
_LARGEST = 26.0  # units of the drawing
_SHARP = ("exact", "town")
_MOST_OF = 0.9  # share of the events that a fitting view holds: one far place must not shrink all others to a dot
_MARGIN = 1.5
_NARROWEST_FIT = 3.0  # degrees of longitude


class Spot(msgspec.Struct, frozen=True):
    """A place with the events that are laid there."""

    place: GazetteerPlace
    events: tuple[EventInShort, ...]

    @property
    def family(self) -> str | None:
        """That of all its events, None where they are of several."""
        families = {family_of(one.type) for one in self.events}
        return families.pop() if len(families) == 1 else None


class Tray(msgspec.Struct, frozen=True):
    """What can't be laid anywhere: events whose place no table has, by its name, and events without a place."""

    unresolved: tuple[tuple[str, int], ...]
    nowhere: tuple[EventInShort, ...]

    @property
    def events(self) -> int:
        """How many events it holds."""
        return sum(count for _, count in self.unresolved) + len(self.nowhere)


class Spread(msgspec.Struct, frozen=True):
    """All events of a filter, each laid in one place or in the tray; places with most events first."""

    spots: tuple[Spot, ...]
    tray: Tray


class Mark(msgspec.Struct, frozen=True):
    """A spot in a view. ``family`` is that of all its events, None where they are of several."""

    spot: Spot
    x: float
    y: float
    radius: float
    family: str | None

    @property
    def sharp(self) -> bool:
        """Whether the place is known as a point; else the mark stands for an area around it."""
        return self.spot.place.precision in _SHARP


@functools.cache
def _gazetteer() -> Gazetteer:
    with as_file(files("twosource").joinpath("data", "places.bin")) as path:
        return open_gazetteer(path, data_folder())


def load_gazetteer() -> None:
    """Opens the gazetteer, so that no map waits for it."""
    _gazetteer()


@functools.lru_cache(16_384)
def _known(key: str) -> GazetteerPlace | None:
    return _gazetteer().known(key)


def spread_of(events: Iterable[EventInShort]) -> Spread:
    """Each event at the first of its places that the gazetteer has: the one that most accounts give."""
    laid: dict[str, list[EventInShort]] = {}
    known: dict[str, GazetteerPlace] = {}
    unresolved: Counter[str] = Counter()
    nowhere: list[EventInShort] = []
    for one in events:
        place = _place_of(one)
        if place is not None:
            known[place.id] = place
            laid.setdefault(place.id, []).append(one)
        elif one.places:
            unresolved[one.places[0].name] += 1
        else:
            nowhere.append(one)
    spots = [Spot(known[id_], tuple(theirs)) for id_, theirs in laid.items()]
    spots.sort(key=lambda spot: (-len(spot.events), spot.place.name, spot.place.id))
    names = sorted(unresolved.items(), key=lambda item: (-item[1], item[0]))
    return Spread(tuple(spots), Tray(tuple(names), tuple(nowhere)))


def _place_of(one: EventInShort) -> GazetteerPlace | None:
    keys = (value.key for value in one.places if value.key)
    return next((found for key in keys if (found := _known(key)) is not None), None)


def fitting_view(spots: Sequence[Spot]) -> View:
    """A view that holds most events, those known to a town or village where there are some; the world for none."""
    told = [spot for spot in spots if spot.place.precision not in ("country", "region")] or list(spots)
    if not told:
        return WHOLE_WORLD
    south, north = _middle([(spot.place.lat, len(spot.events)) for spot in told])
    west, east = _middle([(spot.place.lon, len(spot.events)) for spot in told])
    flat = View((south + north) / 2, (west + east) / 2, 1.0)
    tall = (north - south) / flat.height  # degrees of longitude that a view as tall as this is wide
    width = max(east - west, tall, _NARROWEST_FIT / _MARGIN)
    return view_around(flat.lat, flat.lon, width * _MARGIN)


def _middle(values: list[tuple[float, int]]) -> tuple[float, float]:
    """The bounds of the middle of the weighted values, which leaves the same share out on both sides."""
    values.sort()
    out = (1 - _MOST_OF) / 2 * sum(weight for _, weight in values)
    return _bound(values, out), _bound(values[::-1], out)


def _bound(values: Iterable[tuple[float, int]], out: float) -> float:
    passed = 0.0
    for value, weight in values:
        passed += weight
        if passed > out:
            return value
    return 0.0


def marks_in(view: View, spots: Iterable[Spot]) -> tuple[Mark, ...]:
    """The marks that the view shows, large areas first, so that what is known sharply lies on top."""
    found = []
    for spot in spots:
        place = spot.place
        if view.shows(place.lat, place.lon):
            x, y = view.at(place.lat, place.lon)
            found.append(Mark(spot, x, y, _radius(spot), spot.family))
    order = list(PRECISIONS)
    found.sort(key=lambda mark: (-order.index(mark.spot.place.precision), -mark.radius))
    return tuple(found)


def _radius(spot: Spot) -> float:
    least = _LEAST[spot.place.precision]
    return round(min(_LARGEST, least + 2.2 * math.sqrt(len(spot.events) - 1)), 1)


def features_of(spread: Spread, link: Callable[[str], str]) -> dict[str, Any]:
    """The spots as a FeatureCollection (RFC 7946): a point for each place, longitude first, with its count of events.

    A point is not where its events were but where the place's name is laid; ``precision`` says how sharply it is known.
    ``link`` makes the address of a place's events of its key. ``without_place`` counts the events of the tray.
    """
    features = [_feature(spot, link(spot.place.id)) for spot in spread.spots]
    return {"type": "FeatureCollection", "features": features, "without_place": spread.tray.events}


def _feature(spot: Spot, link: str) -> dict[str, Any]:
    place = spot.place
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
        "properties": {
            "key": place.id,
            "name": plain(place.name),
            "precision": place.precision,
            "words": PRECISIONS[place.precision],
            "events": len(spot.events),
            "family": spot.family or "",
            "link": link,
        },
    }
