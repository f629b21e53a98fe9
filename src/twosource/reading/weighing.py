"""Which of the events that the trained reader suspects are told, and of which type: its word and that of the rules."""

from __future__ import annotations

from collections import defaultdict

from twosource.closed_sets import ClaimType, family_of
from twosource.reading.signals import EventSignal

__all__ = ["is_told", "type_of"]

_TYPES = tuple(ClaimType)
_FAMILIES = {type_: family_of(type_) for type_ in _TYPES}
_AGREES = 0.3  # from this probability on, the type of the rule that knows the event word is taken
_DOUBTS = 0.4  # from this probability of doubt on, the event is one that the report takes back in part
_BORNE_OUT, _KNOWN, _USUAL, _LEAST = 0.25, 0.25, 0.7, 0.52
"""How an event is weighed: what it gains by a second sign, how much it counts that its family is sure, how sure a
family is as a rule, and the least that is told. Fitted on reports of outlets that the reader never saw.
"""


def type_of(event: EventSignal, rule: ClaimType | None) -> ClaimType:
    """The likeliest type of the likeliest family; where the reader wavers, that of the rule that knows the word."""
    if rule is not None and _chance(event, rule) >= _AGREES:
        return rule
    families = _families(event)
    best = max(families, key=families.__getitem__)
    return max((t for t in _TYPES if _FAMILIES[t] == best), key=lambda t: _chance(event, t))


def is_told(event: EventSignal, rule: ClaimType | None) -> bool:
    """Whether the event is likely enough to be a claim.

    One that the rules know by its word, and one that is told with doubt, needs less of the reader's sureness: the
    reader saw few doubts and is shy of them. One whose kind it can't tell needs more.
    """
    borne_out = (rule is not None and _chance(event, rule) >= _AGREES) or 1 - event.certainty[0] >= _DOUBTS
    weight = event.score + _BORNE_OUT * borne_out + _KNOWN * (max(_families(event).values()) - _USUAL)
    return weight >= _LEAST


def _chance(event: EventSignal, type_: ClaimType) -> float:
    return event.types[_TYPES.index(type_)]


def _families(event: EventSignal) -> dict[str, float]:
    families: dict[str, float] = defaultdict(float)
    for type_, chance in zip(_TYPES, event.types, strict=True):
        families[_FAMILIES[type_]] += chance
    return families
