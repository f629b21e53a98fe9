"""Named places: found, told from people's and institutions' names, and resolved among their namesakes."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from twosource.reading.places.explaining import place_of
from twosource.reading.places.finding import find_toponyms
from twosource.reading.places.resolving import names_of, resolve
from twosource.reading.places.surroundings import settle
from twosource.reading.places.toponyms import PlaceKnowledge, Toponym, Use
from twosource.reading.tree import Tree
from twosource.records import Place

__all__ = ["PlaceKnowledge", "Toponym", "Use", "country_of_address", "find_places", "find_toponyms", "resolve_toponyms"]


def find_places(tree: Tree, known: PlaceKnowledge, country: str | None = None) -> tuple[Place, ...]:
    """The places in order; adjectives and parts of other names help to resolve them, but are no places themselves.

    ``country`` is the ISO code of the outlet's country, where it is known.
    """
    toponyms = find_toponyms(tree, known)
    places = resolve_toponyms(tree.text, toponyms, known, country)
    return tuple(place for place, t in zip(places, toponyms, strict=True) if t.use is Use.PLACE)


def resolve_toponyms(
    text: str, toponyms: Sequence[Toponym], known: PlaceKnowledge, country: str | None = None
) -> tuple[Place, ...]:
    """One record for each of the names, which are in order of the text: resolved, within an area, or unresolved."""
    names = names_of(text, toponyms, known, country)
    resolve(names, known.rules.weights)
    settle(names, known.rules.weights["threshold"])
    of = {at: name for name in names for at in name.at}
    settled: dict[int, Place] = {}  # what each name means, by its first mention
    found = []
    for at, toponym in enumerate(toponyms):
        name = of[at]
        place = settled.get(name.at[0]) or place_of(text, toponym, name, names, known)
        if place.place is not None:
            settled[name.at[0]] = place
        found.append(msgspec.structs.replace(place, span=toponym.span, name=toponym.span.of(text)))
    return tuple(found)


def country_of_address(address: str, known: PlaceKnowledge) -> str | None:
    """The ISO code of the country whose ending the web address has; None for one that says nothing of a country."""
    host = address.rpartition("//")[2] if address.count("//") == 1 else address
    host = host.partition("/")[0].partition(":")[0]
    ending = host.rpartition(".")[2].lower()
    if len(ending) != 2 or ending in known.rules.words_of("generic_endings"):
        return None
    code = {"uk": "GB"}.get(ending, ending.upper())
    return code if code in known.gazetteer.countries else None
