"""Which of its namesakes each name means: one scorer over named signals, and one sense of a name per report.

A name's namesakes are scored by what is known of them and by what the words beside the name say; then, a few times
over, by the other names' likely places. Nothing depends on anything outside the report.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from operator import mul
from typing import Final

import msgspec

from twosource.knowledge.gazetteer import GazetteerPlace, fold
from twosource.knowledge.place_rules import SIGNALS
from twosource.reading.places.context import (
    chain_of,
    distance_before,
    holder_after,
    holder_before,
    kilometres,
    kinds_said,
)
from twosource.reading.places.namesakes import Namesakes, namesakes
from twosource.reading.places.toponyms import PlaceKnowledge, Toponym, Use

__all__ = ["Name", "names_of", "resolve", "score"]

ROUNDS: Final = 3
MOST: Final = 24  # namesakes weighed: the best known, and those in a division where another name has one too
BEST: Final = 6
REACH: Final = 120.0  # kilometres at which a neighbour counts a third
NEIGHBOURS: Final = 3  # of a name's likely places, how many others are measured against
WIDE: Final = frozenset({"country", "admin1", "continent", "region", "sea"})
LEAST: Final = 0.1  # likelihood of a place that others are measured against
AT: Final = {name: number for number, name in enumerate(SIGNALS)}
_SHARED: Final = AT["same-country"]  # and the two behind it
_NEAR: Final = AT["near"]


class Name(msgspec.Struct):
    """One name in one sense: where it stands, its namesakes, and for each its signals and its likelihood."""

    at: list[int]
    offsets: list[int]
    places: tuple[GazetteerPlace, ...]
    inside: bool
    chains: list[tuple[str, ...]]
    areas: list[tuple[tuple[str, ...], ...]]
    signals: list[list[float]]
    likely: list[float]

    @property
    def weight(self) -> float:
        """How much it counts for the others: names that stand often count more, but not in proportion."""
        return 1.0 + math.log(len(self.at))


def names_of(text: str, toponyms: Sequence[Toponym], known: PlaceKnowledge, country: str | None = None) -> list[Name]:
    """The names, with all signals that don't depend on other names' places. ``country`` is the outlet's, if known."""
    found = [namesakes(t.span.of(text), t.use, known) for t in toponyms]
    held = _held(text, toponyms, found, known)
    groups = _grouped(text, toponyms, held)
    shared = _shared_divisions(groups, found)
    names = [_name(at, [toponyms[n].span.start for n in at], found[at[0]], shared) for at in groups]
    for name in names:
        for place, row in zip(name.places, name.signals, strict=True):
            _own_signals(row, place, name, text, toponyms[name.at[0]])
            row[AT["outlet-country"]] = float(country is not None and place.country == country)
    _said_signals(text, toponyms, names, held, known)
    return names


def resolve(names: list[Name], weights: dict[str, float]) -> None:
    """Sets the likelihoods of all names, taking each other's likely places into account."""
    vector = [weights[signal] for signal in SIGNALS]
    for name in names:
        name.likely = score(name.signals, vector)
    for _ in range(ROUNDS):
        _shared_signals(names)
        for name in names:
            name.likely = score(name.signals, vector)


def score(signals: Sequence[Sequence[float]], vector: Sequence[float]) -> list[float]:
    """The likelihoods of the namesakes: they add up to 1."""
    if len(signals) < 2:
        return [1.0] * len(signals)
    sums = [sum(map(mul, row, vector)) for row in signals]
    top = max(sums)
    powers = [math.exp(s - top) for s in sums]
    total = sum(powers)
    return [p / total for p in powers]


def _held(
    text: str, toponyms: Sequence[Toponym], found: Sequence[Namesakes], known: PlaceKnowledge
) -> list[int | None]:
    """For each name the index of the one that is said to hold it, if some namesake of the one lies in the other's."""
    held: list[int | None] = []
    for at in range(len(toponyms)):
        holder = holder_after(text, toponyms, at, known.rules)
        if holder is None or not _fits(found[at], found[holder]):
            holder = holder_before(text, toponyms, at, known.rules)
        held.append(holder if holder is not None and _fits(found[at], found[holder]) else None)
    return held


def _areas(found: Namesakes) -> set[tuple[str, ...]]:
    return {chain_of(p) for p in found.places if p.kind in ("country", "admin1", "admin2") and p.country}


def _fits(inner: Namesakes, outer: Namesakes) -> bool:
    areas = _areas(outer)
    return any(_lies_in(place, areas) for place in inner.places) if areas else False


def _lies_in(place: GazetteerPlace, areas: set[tuple[str, ...]]) -> bool:
    chain = chain_of(place)
    shorter = len(chain) - (place.kind in ("country", "admin1", "admin2"))
    return any(chain[:length] in areas for length in range(1, shorter + 1))


def _grouped(text: str, toponyms: Sequence[Toponym], held: Sequence[int | None]) -> list[list[int]]:
    """The indices of each name in each sense; a bare name has the sense of its first mention with a holder."""
    senses: dict[str, dict[str, list[int]]] = {}
    for at, toponym in enumerate(toponyms):
        holder = held[at]
        sense = fold(toponyms[holder].span.of(text)) if holder is not None else ""
        key = f"{fold(toponym.span.of(text))}|{toponym.use is Use.ADJECTIVE}"
        senses.setdefault(key, {}).setdefault(sense, []).append(at)
    groups = []
    for by_holder in senses.values():
        bare = by_holder.pop("", [])
        if bare and by_holder:
            first = min(by_holder.values())
            first.extend(bare)
            bare = []
        groups += [sorted(group) for group in (*by_holder.values(), bare) if group]
    return sorted(groups)


def _shared_divisions(groups: Sequence[Sequence[int]], found: Sequence[Namesakes]) -> set[tuple[str, ...]]:
    """The first-level divisions in which at least two names have a namesake."""
    counts: Counter[tuple[str, ...]] = Counter()
    for at in groups:
        counts.update({chain_of(place)[:2] for place in found[at[0]].places})
    return {chain for chain, count in counts.items() if count > 1 and len(chain) == 2}


def _name(at: list[int], offsets: list[int], found: Namesakes, shared: set[tuple[str, ...]]) -> Name:
    kept = [place for n, place in enumerate(found.places) if n < BEST or chain_of(place)[:2] in shared]
    places = tuple(kept[:MOST])
    chains = [chain_of(place) for place in places]
    return Name(
        at=at,
        offsets=offsets,
        places=places,
        inside=found.inside,
        chains=chains,
        areas=[tuple(chain[:length] for length in range(1, len(chain) + 1)) for chain in chains],
        signals=[[0.0] * len(SIGNALS) for _ in places],
        likely=[],
    )


def _own_signals(row: list[float], place: GazetteerPlace, name: Name, text: str, toponym: Toponym) -> None:
    rank = name.places.index(place)
    row[AT["people"]] = math.log10(1 + place.population) / 7
    row[AT["best-known"]] = 1.0 / (1 + rank)
    row[AT["main-name"]] = float(fold(place.name) == fold(toponym.span.of(text)))
    row[AT["country"]] = float(place.kind == "country")
    row[AT["province"]] = float(place.kind == "admin1")
    row[AT["district"]] = float(place.kind == "admin2")
    row[AT["region"]] = float(place.id.startswith("twosource:"))


def _said_signals(
    text: str, toponyms: Sequence[Toponym], names: Sequence[Name], held: Sequence[int | None], known: PlaceKnowledge
) -> None:
    """What the words beside the names say of them."""
    of = {at: name for name in names for at in name.at}
    for at, holder in enumerate(held):
        if holder is not None:
            _say_within(of[at], of[holder])
    for name in names:
        kinds = frozenset[str]().union(*(kinds_said(text, toponyms[at], known.rules) for at in name.at))
        for place, row in zip(name.places, name.signals, strict=True):
            row[AT["kind-said"]] = float(place.kind in kinds)
    for at in range(1, len(toponyms)):
        said = distance_before(text, toponyms, at)
        close = said is not None and toponyms[at].span.start - toponyms[at - 1].span.end < 80
        if said is not None and close and of[at - 1] is not of[at]:
            _say_distance(of[at - 1], of[at], said.kilometres)


def _say_within(inner: Name, outer: Name) -> None:
    areas = {
        c for c, p in zip(outer.chains, outer.places, strict=True) if p.kind in ("country", "admin1", "admin2") and c
    }
    for place, row in zip(inner.places, inner.signals, strict=True):
        row[AT["within-said"]] = max(row[AT["within-said"]], float(_lies_in(place, areas)))
    inner_chains = [
        chain[: len(chain) - (place.kind in ("country", "admin1", "admin2"))]
        for chain, place in zip(inner.chains, inner.places, strict=True)
    ]
    for chain, place, row in zip(outer.chains, outer.places, outer.signals, strict=True):
        area = place.kind in ("country", "admin1", "admin2") and bool(chain)
        holds = area and any(other[: len(chain)] == chain for other in inner_chains)
        row[AT["holds-other"]] = max(row[AT["holds-other"]], float(holds))


def _say_distance(name: Name, anchor: Name, said: float) -> None:
    near = anchor.places[:NEIGHBOURS]
    for place, row in zip(name.places, name.signals, strict=True):
        fits = any(said * 0.5 - 10 <= kilometres(place, other) <= said * 1.5 + 10 for other in near)
        row[AT["distance-said"]] = max(row[AT["distance-said"]], float(fits))


def _shared_signals(names: Sequence[Name]) -> None:
    """How much of the other names' likely places lies in the same country, division and district, and how near."""
    masses = [_mass(name) for name in names]
    mass: defaultdict[tuple[str, ...], float] = defaultdict(float)
    for own in masses:
        for area, part in own.items():
            mass[area] += part
    points = [point for number, name in enumerate(names) for point in _points(number, name)]
    for number, (name, own) in enumerate(zip(names, masses, strict=True)):
        if len(name.places) < 2:
            continue
        for place, areas, row in zip(name.places, name.areas, name.signals, strict=True):
            for length, area in enumerate(areas):
                row[_SHARED + length] = math.log1p(max(0.0, mass[area] - own[area]))
            row[_NEAR] = math.log1p(_nearness(number, place, points)) if place.kind not in WIDE else 0.0


def _mass(name: Name) -> dict[tuple[str, ...], float]:
    """How much of the name's likely places lies in each area."""
    own: defaultdict[tuple[str, ...], float] = defaultdict(float)
    weight = name.weight
    for areas, likely in zip(name.areas, name.likely, strict=True):
        for area in areas:
            own[area] += weight * likely
    return own


def _points(number: int, name: Name) -> Iterator[tuple[int, GazetteerPlace, float]]:
    """The name's likeliest places, with how much they count, but for wide ones."""
    best = sorted(range(len(name.places)), key=lambda n: -name.likely[n])[:NEIGHBOURS]
    for n in best:
        if name.likely[n] > LEAST and name.places[n].kind not in WIDE:
            yield number, name.places[n], name.weight * name.likely[n]


def _nearness(number: int, place: GazetteerPlace, points: Sequence[tuple[int, GazetteerPlace, float]]) -> float:
    near = 0.0
    for other, point, weight in points:
        if other != number and abs(point.lat - place.lat) < 4:
            near += weight * math.exp(-kilometres(place, point) / REACH)
    return near
