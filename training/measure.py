"""Measures finished weights as the package reads with them: speech on articles, doubt on the held-out third."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from twosource.closed_sets import ActorKind, CueKind, Stance
from twosource.model.reader import TrainedReader
from twosource.model.windows import sentence_starts
from twosource.reading.signals import Signals
from twosource.records import Attribution, AttributionKind, Cue, Reading, Report, Voice
from twosource.score.attribution import read_marked, score_attributions
from twosource.score.hedges import read_hedges, score_hedges


def measure(weights: Path, articles: Path, hedges: Path) -> dict[str, float]:
    """The figures of score.attribution and score.hedges for the bare reader, and its sentences a second of one core."""
    reader = TrainedReader(weights)
    marked = read_marked(articles)
    began = time.process_time()
    signals = {article.doc_id: reader.read(article.text) for article in marked}
    seconds = time.process_time() - began
    sentences = sum(sum(1 for _ in sentence_starts(article.text)) for article in marked)
    figures = score_attributions(marked, lambda report: _attributions(signals[report.id]))
    doubt = score_hedges(read_hedges(hedges), lambda report: _doubts(report, reader.read(report.text)))
    hedged = {f"hedges_{name}": value for name, value in doubt.items()}
    return {**figures, **hedged, "sentences_a_second": sentences / seconds}


def _attributions(signals: Signals) -> Sequence[Attribution]:
    """The utterances as they are, without names, relays and what is carried."""
    return [
        Attribution(
            id=str(number),
            cue=one.cue,
            sources=tuple(Voice(name="", span=span, kind=ActorKind.GENERIC) for span in one.source),
            content=one.content,
            kind=AttributionKind.INDIRECT,
            stance=Stance.ASSERTS,
            rule="reader",
        )
        for number, one in enumerate(signals.utterances)
    ]


def _doubts(report: Report, signals: Signals) -> Reading:
    cues = [Cue(span=one.span, kind=CueKind.HEDGE, scope=one.span, rule=f"doubt:{one.kind}") for one in signals.doubts]
    return Reading(report=report, cues=tuple(cues))
