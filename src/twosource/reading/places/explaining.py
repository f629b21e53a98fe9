"""The record of each resolved name: where it is, how finely that is known, what decided, and which came second."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from twosource.knowledge.place_rules import SIGNALS
from twosource.reading.places.name import Name
from twosource.reading.places.surroundings import area_of
from twosource.reading.places.toponyms import PlaceKnowledge, Toponym
from twosource.records import Place, Signal

__all__ = ["place_of"]

SHOWN: Final = 4


def place_of(text: str, toponym: Toponym, name: Name, names: Sequence[Name], known: PlaceKnowledge) -> Place:
    """The record of one name: resolved, or somewhere within an area, or unresolved."""
    weights = known.rules.weights
    order = sorted(range(len(name.places)), key=lambda n: (-name.likely[n], n))
    if name.inside or name.settled is None:
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
        if mine != theirs
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
