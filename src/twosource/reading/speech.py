"""What the layer of attributions works with: the knowledge that it is handed, and one report at work."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import msgspec

from twosource.closed_sets import ActorKind
from twosource.knowledge.acts import ActWords
from twosource.knowledge.bylines import Bylines
from twosource.knowledge.reporting import ReportingRule, ReportingWords
from twosource.knowledge.speakers import SpeakerWords, Wordings
from twosource.knowledge.standing import StandingWords
from twosource.reading.signals import Signals, SpeechReader
from twosource.reading.speakers import Speakers
from twosource.reading.tree import Tree
from twosource.records import Reading, Voice
from twosource.spans import Span

__all__ = ["OutletTable", "Scene", "SpeechKnowledge"]


class OutletRow(Protocol):
    """One agency or outlet."""

    @property
    def kind(self) -> ActorKind:
        """Agency or outlet."""
        ...


class OutletTable(Protocol):
    """A table of agencies and outlets, found by any of their names."""

    def find(self, name: str) -> Sequence[OutletRow]:
        """The rows that go by the name."""
        ...


class SpeechKnowledge(msgspec.Struct, frozen=True, kw_only=True):
    """What the layer is handed: the trained reader, the words for reporting, speakers and bylines, and the outlets."""

    reader: SpeechReader
    words: ReportingWords
    speakers: SpeakerWords
    bylines: Bylines
    acts: ActWords
    standing: StandingWords
    outlets: OutletTable
    digest: str = ""


class Scene(msgspec.Struct, frozen=True, kw_only=True):
    """One report at work: its reading, its parse, what the reader told of it, and who speaks in it."""

    reading: Reading
    tree: Tree
    signals: Signals
    speakers: Speakers
    known: SpeechKnowledge

    @property
    def wordings(self) -> Wordings:
        """The words of the phrases in which speakers stand."""
        return self.known.speakers.wordings

    def as_outlet(self, voice: Voice) -> Voice:
        """The voice with the kind that the table of outlets gives its name, if it does; a country is a state."""
        rows = self.known.outlets.find(voice.name)
        if rows:
            return msgspec.structs.replace(voice, kind=rows[0].kind)
        states = (place for place in self.reading.places if place.kind == "country" and place.span == voice.span)
        return msgspec.structs.replace(voice, kind=ActorKind.STATE) if any(states) else voice

    def voices(self, said: Span, heard: Sequence[Voice]) -> tuple[Voice, ...]:
        """Those whom the words stand for, each with the kind that the table of outlets gives it."""
        return tuple(self.as_outlet(voice) for voice in self.speakers.voices(said, heard))

    def rule(self, cue: Span) -> ReportingRule | None:
        """The row of the first reporting verb in the cue."""
        lemmas = (self.tree.lemmas[n] for n in self.speakers.inside(cue))
        return next((rule for lemma in lemmas if (rule := self.known.words.verbs.get(lemma))), None)
