"""Events as a trained reader would tell them, made by hand, so that no weights are asked."""

from __future__ import annotations

from collections.abc import Callable

from twosource.closed_sets import Certainty, ClaimType, Stance, Status
from twosource.reading.signals import EventSignal, Part
from twosource.records import Claim
from twosource.spans import Span

__all__ = ["Make", "event", "one"]

ROLES = ("evidence", "actors", "targets", "places", "when", "figures", "sources", "via")
Make = Callable[..., tuple[Claim, ...]]
"""Makes the claims of a text from its events."""


def one(values: object, chosen: object, sure: float = 0.9) -> tuple[float, ...]:
    """Probabilities over an enum, nearly all of it on one value."""
    members = list(values)  # type: ignore[call-overload]
    return tuple(sure if member == chosen else (1 - sure) / (len(members) - 1) for member in members)


def event(
    text: str, anchor: str, type_: ClaimType, *, sourced: float = 0.5, negated: float = 0.0, **parts: object
) -> EventSignal:
    """An event whose parts are named by their words."""

    def spans(words: object) -> tuple[Part, ...]:
        wanted = [words] if isinstance(words, str) else list(words)  # type: ignore[call-overload]
        return tuple(Part(span=Span(at := text.index(w), at + len(w)), score=0.9) for w in wanted)

    given = {name: spans(parts.get(name, ())) for name in ROLES}
    return EventSignal(
        anchor=spans(anchor)[0].span,
        score=0.9,
        types=one(ClaimType, type_),
        status=one(Status, parts.get("status", Status.HAPPENED)),
        certainty=one(Certainty, parts.get("certainty", Certainty.CERTAIN)),
        stance=one(Stance, parts.get("stance", Stance.ASSERTS)),
        negated=negated,
        sourced=sourced,
        parts=given,
    )
