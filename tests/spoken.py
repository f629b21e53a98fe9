"""The layer of attributions over a reader made by hand: no weights, no parser."""

from __future__ import annotations

import msgspec
from tests.tokens import parsed

from twosource.closed_sets import ActorKind
from twosource.knowledge.acts import load_acts
from twosource.knowledge.bylines import load_bylines
from twosource.knowledge.reporting import load_reporting
from twosource.knowledge.speakers import load_speakers
from twosource.knowledge.standing import load_standing
from twosource.reading.attribution_model import SpeechKnowledge, read_attributions
from twosource.reading.quotations import find_quotations
from twosource.reading.signals import Signals, Utterance
from twosource.spans import Span

__all__ = ["heard", "layer"]


class Row(msgspec.Struct):
    kind: ActorKind


class Outlets:
    def find(self, name):
        return [Row(ActorKind.AGENCY)] if name in ("Reuters", "Interfax") else []


class ByHand:
    """Tells the same of every text: what it was made with."""

    def __init__(self, signals):
        self.signals = signals

    def read(self, text):
        return self.signals


def layer(rows, *utterances, voiced=0.9):
    return heard(parsed(*rows), *utterances, voiced=voiced)


def heard(reading, *utterances, voiced=0.9):
    """The attributions of a reading that has tokens, and its text; each utterance is source, cue and contents."""
    text = reading.report.text
    reading = msgspec.structs.replace(reading, quotations=find_quotations(text))

    def at(words):
        return Span(text.index(words), text.index(words) + len(words))

    made = tuple(
        Utterance(cue=at(cue), source=(at(source),) if source else (), content=tuple(map(at, content)), score=1.0)
        for source, cue, *content in utterances
    )
    starts, ends = tuple(t.start for t in reading.tokens), tuple(t.end for t in reading.tokens)
    levels = voiced if isinstance(voiced, tuple) else (voiced,) * len(starts)
    signals = Signals(utterances=made, starts=starts, ends=ends, voiced=levels)
    known = SpeechKnowledge(
        reader=ByHand(signals),
        acts=load_acts(),
        standing=load_standing(),
        words=load_reporting(),
        speakers=load_speakers(),
        bylines=load_bylines(),
        outlets=Outlets(),
    )
    (found,) = read_attributions([reading], known)
    return found, text
