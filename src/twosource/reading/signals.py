"""What a trained reader tells of a text, before the layers make records of it; the reading is handed such a reader."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from typing import Protocol

import msgspec

from twosource.spans import Span

__all__ = ["Doubt", "EventSignal", "Part", "Signals", "SpeechReader", "Utterance"]


class Utterance(msgspec.Struct, frozen=True, kw_only=True):
    """One attribution as the reader sees it: the cue, the words of the source (none if unnamed), and the content.

    ``score`` is how sure the reader is of the cue, from 0 to 1.
    """

    cue: Span
    source: tuple[Span, ...]
    content: tuple[Span, ...]
    score: float


class Doubt(msgspec.Struct, frozen=True, kw_only=True):
    """A word of doubt: ``kind`` is probable, doxastic, condition or investigation; ``score`` from 0 to 1."""

    span: Span
    kind: str
    score: float


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A run of words that has a role for an event; ``score`` is its mean probability, from 0 to 1."""

    span: Span
    score: float


class EventSignal(msgspec.Struct, frozen=True, kw_only=True):
    """An event as the reader sees it: the word that carries it, and the roles of the words around.

    ``score`` is how sure the reader is of the anchor. ``types`` holds the probability of every type of claim, in the
    order of the codebook; ``status``, ``certainty`` and ``stance`` those of their values. ``negated`` and ``sourced``
    are probabilities. ``confidence`` is how likely its claim is right as a whole, where that was fitted, and
    ``measures`` what it rests on. ``parts`` names the runs of each role: evidence, actors, targets, places, when,
    figures, sources, via.
    """

    anchor: Span
    score: float
    types: tuple[float, ...]
    status: tuple[float, ...]
    certainty: tuple[float, ...]
    stance: tuple[float, ...]
    negated: float
    sourced: float
    confidence: float | None = None
    measures: tuple[float, ...] = ()
    parts: Mapping[str, tuple[Part, ...]]


class Signals(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a reader tells of one text, in order of the text; ``tells_events`` whether it looks for events.

    ``starts``, ``ends`` and ``voiced`` go together, one for each word piece: its offsets, and the probability (0 to 1)
    that a claim which the piece carries is somebody's word and not the report's own.
    """

    utterances: tuple[Utterance, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    events: tuple[EventSignal, ...] = ()
    tells_events: bool = False
    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    voiced: tuple[float, ...] = ()

    def voice(self, span: Span) -> float:
        """The mean of ``voiced`` over the span; 0 where no piece lies in it."""
        first, last = bisect_right(self.ends, span.start), bisect_left(self.starts, span.end)
        return sum(self.voiced[first:last]) / (last - first) if last > first else 0.0


class SpeechReader(Protocol):
    """A trained reader of speech. The same text gives the same signals, whatever was read before."""

    def read(self, text: str, kept: Sequence[Span] | None = None) -> Signals:
        """The signals of one text, or of those of its spans (in order) that are ``kept`` alone."""
        ...
