"""Which of the events that the trained reader suspects are told, and of which type: its word and that of the rules."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from functools import lru_cache

from twosource.closed_sets import ClaimType, family_of
from twosource.knowledge.telling import SIGNS, Telling
from twosource.reading.signals import EventSignal, Part

__all__ = ["signs_of", "type_of", "worth_of"]

_TYPES = tuple(ClaimType)
_PLACES = {type_: place for place, type_ in enumerate(_TYPES)}
_FAMILIES = tuple(dict.fromkeys(map(family_of, _TYPES)))
_FAMILY_PLACES = tuple(_FAMILIES.index(family_of(type_)) for type_ in _TYPES)
_TYPE_PLACES = tuple(tuple(n for n, at in enumerate(_FAMILY_PLACES) if at == one) for one in range(len(_FAMILIES)))
"""The places of each type's family among the families, and of each family's types among the types."""
_AGREES = 0.3  # from this probability on, the type of the rule that knows the event word is taken
_FAINT = 1e-3  # a probability below this counts as this


def type_of(event: EventSignal, rule: ClaimType | None, over: Collection[ClaimType] = ()) -> ClaimType:
    """The likeliest type of the likeliest family; where the reader wavers, that of the rule that knows the word.

    Types of ``over`` give way to the rule's however sure the reader is of them.
    """
    if rule is not None and _chance(event, rule) >= _AGREES:
        return rule
    _, likeliest = _likeliest(event.types)
    return rule if rule is not None and likeliest in over else likeliest


def signs_of(event: EventSignal, rule: ClaimType | None) -> tuple[float, ...]:
    """How sure the reader is of the event's word, of its type and of its family (as logarithms of odds), and of the
    words that tell of it; how long these are; whether the rules know the word; how likely the report doubts it.
    """
    sure, length = _evidence(event.parts.get("evidence", ()))
    return (
        _logit(event.score),
        _logit(max(event.types)),
        _logit(_likeliest(event.types)[0]),
        sure,
        math.log1p(length),
        float(rule is not None),
        1 - event.certainty[0],
    )


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
    return event.types[_PLACES[type_]]


@lru_cache(maxsize=512)  # several rules ask it of every event of a report
def _likeliest(types: tuple[float, ...]) -> tuple[float, ClaimType]:
    """The probability of the likeliest family, and the likeliest type of that family."""
    families = [0.0] * len(_FAMILIES)
    for place, chance in zip(_FAMILY_PLACES, types, strict=True):
        families[place] += chance
    best = families.index(max(families))
    return families[best], _TYPES[max(_TYPE_PLACES[best], key=types.__getitem__)]
