"""Sources that a report first describes and names some lines below: 'the Ardan president has said ... Ilan Moro'."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from twosource.closed_sets import ActorKind
from twosource.reading.phrases import BODIES
from twosource.reading.speech import Scene
from twosource.records import Attribution, Voice
from twosource.spans import Span

__all__ = ["named_later"]

_OPENING = 4  # sentences of a report that may speak of somebody whom it names later
_AHEAD = 4  # sentences from the description to the name
_MEDIA = frozenset({ActorKind.AGENCY, ActorKind.OUTLET})
_FITTING = {
    ActorKind.OFFICIAL: frozenset({ActorKind.PERSON}),
    ActorKind.AGENCY: _MEDIA,
    ActorKind.OUTLET: _MEDIA,
    ActorKind.MONITOR: frozenset({ActorKind.MONITOR, ActorKind.ORGANISATION}),
    ActorKind.STATE_FORCE: frozenset({ActorKind.STATE_FORCE, ActorKind.ORGANISATION}),
    ActorKind.ARMED_GROUP: frozenset({ActorKind.ARMED_GROUP, ActorKind.ORGANISATION}),
}


def named_later(scene: Scene, found: Sequence[Attribution]) -> list[Attribution]:
    """The attributions, in order, with offices and groups of the report's opening under the names that follow."""
    names: dict[Span, Voice] = {}
    for number, one in enumerate(found):
        for voice in one.sources:
            following = found[number + 1 :]
            if voice.kind is ActorKind.ANONYMOUS and voice.span not in names:
                later = _fuller(scene, voice, following)
                names |= {voice.span: later} if later is not None else {}
            elif voice.span not in names and _is_described(scene, voice):
                later = _next_named(scene, voice, following)
                if later is not None:
                    names[voice.span] = later
    return [_renamed(one, names) for one in found] if names else list(found)


def _is_described(scene: Scene, voice: Voice) -> bool:
    """Whether the voice is an office or 'a leading rights group' in the first sentences of the report."""
    inside = scene.speakers.inside(voice.span)
    if not inside or scene.tree[inside[0]].sentence >= _OPENING:
        return False
    head = scene.tree[scene.speakers.head(inside)]
    if voice.kind is ActorKind.OFFICIAL:
        return head.pos == "NOUN" and head.tag == "NN" and head.lemma.lower() in scene.wordings.offices_of_heads
    return voice.kind in BODIES and head.pos == "NOUN" and head.tag == "NN" and _has_article(scene, inside)


def _has_article(scene: Scene, inside: range) -> bool:
    before = scene.tree.words[inside[0] - 1] if inside[0] else ""
    return before in ("a", "an")


def _fuller(scene: Scene, voice: Voice, following: Sequence[Attribution]) -> Voice | None:
    """'two Lebanese sources' for the 'Lebanese sources' of the lead: the same words with a number, told next."""
    words = voice.name.lower().split()
    for one in following[:2]:
        for other in one.sources:
            if other.count and other.name.lower().split()[1:] == words:
                return other
    return None


def _next_named(scene: Scene, voice: Voice, following: Sequence[Attribution]) -> Voice | None:
    """The first name of the same sort that speaks in the next sentences."""
    tree = scene.tree
    wanted = _FITTING.get(voice.kind, BODIES)
    last = tree[scene.speakers.inside(voice.span)[0]].sentence + _AHEAD
    for one in following:
        for other in one.sources:
            inside = scene.speakers.inside(other.said_at or other.span)
            if not inside or tree[inside[0]].sentence > last:
                return None
            if other.kind in wanted and other.name[:1].isupper() and other.name != voice.name:
                return other
    return None


def _renamed(one: Attribution, names: dict[Span, Voice]) -> Attribution:
    sources = tuple(
        msgspec.structs.replace(names[voice.span], said_at=voice.said_at) if voice.span in names else voice
        for voice in one.sources
    )
    return msgspec.structs.replace(one, sources=sources)
