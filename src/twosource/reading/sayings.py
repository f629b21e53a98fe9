"""Which events are told, and what is said once: none on the word of saying, one at least of what somebody is cited for.

'An expert highlighted the army's losses' tells of losses alone; 'the council reports two dead' tells of something.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from twosource.closed_sets import ClaimType, family_of
from twosource.knowledge.events import TriggerRule
from twosource.knowledge.telling import Telling
from twosource.reading.signals import EventSignal
from twosource.reading.tree import Tree
from twosource.reading.weighing import signs_of, type_of, worth_of
from twosource.records import Attribution, AttributionKind
from twosource.spans import Span, SpanIndex

__all__ = ["said_at_least", "told_events", "without_sayings"]

_SPOKEN = frozenset({"diplomacy", "other"})
_ELSEWHERE = frozenset({AttributionKind.CARRIED, AttributionKind.OWN})
_SHORT = 0.06  # how far below the worth of what is told the best of what somebody is cited for may lie
_PLAIN = 0.58  # the probability that the type of such an event needs
_CLEAR = 0.5  # from this probability on, a word of saying is taken for an act: a pledge, a charge


def told_events(
    tree: Tree,
    events: Sequence[EventSignal],
    attributions: Sequence[Attribution],
    rules: Mapping[int, TriggerRule],
    telling: Telling,
) -> tuple[list[EventSignal], frozenset[Span]]:
    """The events worth telling, in order, and the anchors of those that are told only since somebody is cited for them.

    ``rules`` are those of the rules' own triggers, by token.
    """
    types = {token: rule.type for token, rule in rules.items()}
    worths = [_worth(tree, event, types, telling) for event in events]
    worthy = [worth is not None and worth >= 0 for worth in worths]
    told = [event for event, is_told in zip(events, worthy, strict=True) if is_told]
    spare = said_at_least(events, worths, told, attributions)
    spared = frozenset(event.anchor for event in spare)
    kept = [
        event
        for event, is_told in zip(events, worthy, strict=True)
        if is_told or (event.anchor in spared and event in spare)
    ]
    return without_sayings(tree, kept, attributions, types), spared


def _worth(tree: Tree, event: EventSignal, types: Mapping[int, ClaimType], telling: Telling) -> float | None:
    """How far the event's worth lies above that of what is told; None where it stands on no word."""
    token = tree.at(event.anchor.start)
    if token is None:
        return None
    return worth_of(signs_of(event, types.get(token)), telling) - telling.least


def said_at_least(
    events: Sequence[EventSignal],
    worths: Sequence[float | None],
    told: Sequence[EventSignal],
    attributions: Sequence[Attribution],
) -> list[EventSignal]:
    """For each attribution that counts and in whose words nothing is told: the event there that falls short by least.

    Whom a report cites it cites for something. The reader must be plain about what kind of event it is. ``worths`` go
    with the events: how far each lies above what is told.
    """
    spare: list[EventSignal] = []
    spots = [event.anchor for event in (*events, *told)]
    index, settled = SpanIndex(spots), {event.anchor for event in told}
    for one in attributions:
        if not one.counts or not one.sources or one.kind in _ELSEWHERE:
            continue
        cited = {at for part in one.content for at in index.near(part) if part.holds(spots[at])}
        if any(spots[at] in settled for at in cited):
            continue
        near = [
            (worth, -at)
            for at in cited
            if (worth := worths[at]) is not None and worth >= -_SHORT and _is_plain(events[at])
        ]
        for _, at in sorted(near)[-1:]:
            spare.append(events[-at])
            settled.add(events[-at].anchor)
    return spare


def _is_plain(event: EventSignal) -> bool:
    return max(event.types) >= _PLAIN and type_of(event, None) is not ClaimType.OTHER


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
    cues, anchors = SpanIndex([one.cue for one in said]), SpanIndex([event.anchor for event in events])
    return [
        event
        for event in events
        if not _is_saying(
            tree,
            event,
            [said[at] for at in cues.near(event.anchor)],
            lambda part: (events[at] for at in anchors.near(part)),
            acts,
        )
    ]


def _is_saying(
    tree: Tree,
    event: EventSignal,
    said: Sequence[Attribution],
    near: Callable[[Span], Iterable[EventSignal]],
    acts: Collection[int],
) -> bool:
    """The same of one event: ``said`` are the attributions whose cues stand at it, ``near`` tells events at a part."""
    token = tree.at(event.anchor.start)
    type_ = type_of(event, None)
    if (token is not None and token in acts) or family_of(type_) not in _SPOKEN:
        return False
    if max(event.types) >= _CLEAR and type_ is not ClaimType.OTHER:
        return False
    own = [part for one in said if one.cue.meets(event.anchor) for part in one.content]
    return any(part.holds(other.anchor) for part in own for other in near(part) if other is not event)
