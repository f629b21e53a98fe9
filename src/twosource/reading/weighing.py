"""Which of the events that the trained reader suspects are told, and of which type: its word and that of the rules."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from twosource.closed_sets import ClaimType, family_of
from twosource.knowledge.telling import SIGNS, Telling
from twosource.reading.signals import EventSignal, Part

__all__ = ["is_told", "signs_of", "type_of", "worth_of"]

_TYPES = tuple(ClaimType)
_FAMILIES = {type_: family_of(type_) for type_ in _TYPES}
_AGREES = 0.3  # from this probability on, the type of the rule that knows the event word is taken
_FAINT = 1e-3  # a probability below this counts as this


def type_of(event: EventSignal, rule: ClaimType | None) -> ClaimType:
    """The likeliest type of the likeliest family; where the reader wavers, that of the rule that knows the word."""
    if rule is not None and _chance(event, rule) >= _AGREES:
        return rule
    families = _families(event)
    best = max(families, key=families.__getitem__)
    return max((t for t in _TYPES if _FAMILIES[t] == best), key=lambda t: _chance(event, t))


def signs_of(event: EventSignal, rule: ClaimType | None) -> tuple[float, ...]:
    """How sure the reader is of the event's word, of its type and of its family (as logarithms of odds), and of the
    words that tell of it; how long these are; whether the rules know the word; how likely the report doubts it.
    """
    sure, length = _evidence(event.parts.get("evidence", ()))
    return (
        _logit(event.score),
        _logit(max(event.types)),
        _logit(max(_families(event).values())),
        sure,
        math.log1p(length),
        float(rule is not None),
        1 - event.certainty[0],
    )


def is_told(event: EventSignal, rule: ClaimType | None, telling: Telling) -> bool:
    """Whether the event's claim is expected to be worth telling."""
    return worth_of(signs_of(event, rule), telling) >= telling.least


def worth_of(signs: Sequence[float], telling: Telling) -> float:
    """What a claim with these signs, in the order of SIGNS, is expected to be worth."""
    weights = telling.weights
    return weights["bias"] + sum(weights[name] * sign for name, sign in zip(SIGNS, signs, strict=True))


def _evidence(parts: Sequence[Part]) -> tuple[float, int]:
    """The mean probability of the words that tell of the event, and how many code points they have."""
    length = sum(len(part.span) for part in parts)
    return (sum(part.score * len(part.span) for part in parts) / length if length else 0.0), length


def _logit(chance: float) -> float:
    kept = min(max(chance, _FAINT), 1 - _FAINT)
    return math.log(kept / (1 - kept))


def _chance(event: EventSignal, type_: ClaimType) -> float:
    return event.types[_TYPES.index(type_)]


def _families(event: EventSignal) -> dict[str, float]:
    families: dict[str, float] = defaultdict(float)
    for type_, chance in zip(_TYPES, event.types, strict=True):
        families[_FAMILIES[type_]] += chance
    return families
