"""Leaves out what is no event but a saying: 'an expert highlighted the army's losses' tells of losses alone."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from twosource.closed_sets import ClaimType, family_of
from twosource.reading.signals import EventSignal
from twosource.reading.tree import Tree
from twosource.reading.weighing import type_of
from twosource.records import Attribution

__all__ = ["without_sayings"]

_SPOKEN = frozenset({"diplomacy", "other"})
_CLEAR = 0.5  # from this probability on, a word of saying is taken for an act: a pledge, a charge


def without_sayings(
    tree: Tree,
    events: Sequence[EventSignal],
    attributions: Sequence[Attribution],
    acts: Collection[int],
) -> list[EventSignal]:
    """The events without those on the cue of an attribution in whose content another one is told.

    One stays whose word is among the ``acts``, the tokens that the rules know for events, and one that the reader
    clearly takes for an act of speech.
    """
    said = [one for one in attributions if one.counts and one.sources]
    return [event for event in events if not _is_saying(tree, event, events, said, acts)]


def _is_saying(
    tree: Tree,
    event: EventSignal,
    events: Sequence[EventSignal],
    said: Sequence[Attribution],
    acts: Collection[int],
) -> bool:
    token = tree.at(event.anchor.start)
    type_ = type_of(event, None)
    if (token is not None and token in acts) or family_of(type_) not in _SPOKEN:
        return False
    if max(event.types) >= _CLEAR and type_ is not ClaimType.OTHER:
        return False
    own = [part for one in said if one.cue.meets(event.anchor) for part in one.content]
    return any(part.holds(other.anchor) for part in own for other in events if other is not event)
