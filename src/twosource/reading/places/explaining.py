"""The record of each resolved name: where it is, how finely that is known, what decided, and which came second."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from twosource.knowledge.gazetteer import GazetteerPlace
from twosource.knowledge.place_rules import SIGNALS
from twosource.reading.places.context import chain_of
from twosource.reading.places.resolving import Name
from twosource.reading.places.toponyms import PlaceKnowledge, Toponym
from twosource.records import Place, Signal

__all__ = ["area_of", "place_of"]

SHOWN: Final = 4
AROUND: Final = 400.0  # characters at which a name counts a third for where an unknown one is
_AREAS: Final = ("country", "admin1", "admin2")


def place_of(text: str, toponym: Toponym, name: Name, names: Sequence[Name], known: PlaceKnowledge) -> Place:
    """The record of one name: resolved, or somewhere within an area, or unresolved."""
    weights = known.rules.weights
    order = sorted(range(len(name.places)), key=lambda n: (-name.likely[n], n))
    if not order or name.inside:
        return _unresolved(text, toponym, name, names, known)
    if name.likely[order[0]] < weights["threshold"]:
        return _unresolved(text, toponym, name, names, known)
    best = name.places[order[0]]
    second = order[1] if len(order) > 1 else None
    signals = _deciding(name, order[0], second, weights)
    return Place(
        span=toponym.span,
        name=toponym.span.of(text),
        rule=signals[0].name if second is not None and signals else "only-one",
        place=best.id,
        kind=best.kind,
        country=best.country,
        admin1=best.admin1,
        admin2=best.admin2,
        lat=best.lat,
        lon=best.lon,
        precision=best.precision,
        runner_up=name.places[second].id if second is not None else None,
        namesakes=len(name.places),
        signals=signals,
    )


def _deciding(name: Name, best: int, second: int | None, weights: Mapping[str, float]) -> tuple[Signal, ...]:
    """What speaks for the best namesake more than for the second, most first."""
    other = name.signals[second] if second is not None else [0.0] * len(SIGNALS)
    gains = [
        Signal(signal, round(weights[signal] * (mine - theirs), 2))
        for signal, mine, theirs in zip(SIGNALS, name.signals[best], other, strict=True)
    ]
    return tuple(sorted((gain for gain in gains if gain.gain > 0), key=lambda gain: -gain.gain)[:SHOWN])


def _unresolved(text: str, toponym: Toponym, name: Name, names: Sequence[Name], known: PlaceKnowledge) -> Place:
    area = area_of(toponym, name, names, known)
    if area is None:
        return Place(span=toponym.span, name=toponym.span.of(text), rule="unresolved", namesakes=len(name.places))
    return Place(
        span=toponym.span,
        name=toponym.span.of(text),
        rule="somewhere-within",
        within=area.id,
        country=area.country,
        admin1=area.admin1,
        admin2=area.admin2,
        lat=area.lat,
        lon=area.lon,
        precision=area.precision,
        namesakes=len(name.places),
    )


def area_of(toponym: Toponym, name: Name, names: Sequence[Name], known: PlaceKnowledge) -> GazetteerPlace | None:
    """The smallest place or area that a name with no sure place of its own is likely to lie in; None for no idea.

    A name made of a known one ('Karesh Town Hall') lies there; of any other, what its namesakes agree on decides, or
    else where most of the names around it lie.
    """
    least = known.rules.weights["area-threshold"]
    if name.inside and name.places:
        best = max(range(len(name.places)), key=lambda n: (name.likely[n], -n))
        if name.likely[best] >= known.rules.weights["threshold"]:
            return name.places[best]
    own = _agreed([(name, 1.0)], least, known) if name.places else None
    if own is not None:
        return own
    around = [(other, _closeness(toponym.span.start, other)) for other in names if other is not name]
    return _agreed(around, least, known)


def _closeness(offset: int, name: Name) -> float:
    """How much a name says of where the text at the offset is about: much if it stands near it, or often."""
    return sum(math.exp(-abs(offset - other) / AROUND) for other in name.offsets)


def _agreed(names: Sequence[tuple[Name, float]], least: float, known: PlaceKnowledge) -> GazetteerPlace | None:
    """The smallest area that holds at least the given share of the names' likely places, step by step inwards."""
    mass: defaultdict[tuple[str, ...], float] = defaultdict(float)
    for name, weight in names:
        for chain, likely in zip(name.chains, name.likely, strict=True):
            for length in range(1, len(chain) + 1):
                mass[chain[:length]] += weight * likely
    total = sum(weight for name, weight in names if name.places)
    found: tuple[str, ...] = ()
    for length in (1, 2, 3):
        deeper = {c: m for c, m in mass.items() if len(c) == length and c[: length - 1] == found}
        inside = total if length == 1 else sum(deeper.values())
        best = max(deeper, key=lambda c: (deeper[c], c), default=None)
        if best is None or not inside or deeper[best] < least * inside:
            break
        found = best
    return _area_named(found, known)


def _area_named(chain: tuple[str, ...], known: PlaceKnowledge) -> GazetteerPlace | None:
    if not chain:
        return None
    if len(chain) == 1:
        return known.gazetteer.country(chain[0])
    kind = _AREAS[len(chain) - 1]
    found = (p for p in known.gazetteer.find(chain[-1]) if p.kind == kind and chain_of(p) == chain)
    return next(found, None) or _area_named(chain[:-1], known)
