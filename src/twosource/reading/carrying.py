"""Words whose source stands in an earlier sentence, and the report's own voice inside the words of a source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from twosource.closed_sets import Stance
from twosource.ids import make_id
from twosource.reading.signals import Signals
from twosource.reading.tree import Tree
from twosource.records import Attribution, AttributionKind, Reading
from twosource.spans import Span

__all__ = ["CARRIED", "OWN", "carried_attributions", "own_modifiers", "own_voice"]

CARRIED = 0.6
"""From this mean probability on, a run without an attribution of its own keeps the last source; see the model card."""
OWN = 0.15
"""Up to this probability, words inside an attributed run are the report's own voice; see the model card."""

_LEAST = 12  # code points of a run that is worth a record of its own
_CARRY_SENTENCES = 4


def carried_attributions(reading: Reading, signals: Signals, found: Sequence[Attribution]) -> list[Attribution]:
    """For each sentence that nobody is named for but that is somebody's word: the source of the last one before it."""
    speaking = sorted((one for one in found if one.counts), key=lambda one: one.cue)
    carried: list[Attribution] = []
    for number, sentence in enumerate(reading.sentences):
        for run in _free(sentence.span, found, reading.report.text):
            if signals.voice(run) < CARRIED:
                continue
            last = _last_speaker(reading, speaking, run, number)
            if last is not None:
                carried.append(_carried(reading, last, run))
    return carried


def _free(sentence: Span, found: Sequence[Attribution], text: str) -> Iterator[Span]:
    """The runs of the sentence that no attribution's parts hold."""
    taken = sorted(
        part
        for one in found
        for part in (*one.content, one.cue, *(voice.said_at for voice in one.sources if voice.said_at))
        if part.meets(sentence)
    )
    at = sentence.start
    for part in [*taken, Span(sentence.end, sentence.end)]:
        run = Span(at, max(at, part.start)).trimmed(text, " \t\r\n,.;:\"'“”’—–-")
        if len(run) >= 2 * _LEAST:
            yield run
        at = max(at, part.end)


def _last_speaker(reading: Reading, speaking: Sequence[Attribution], run: Span, number: int) -> Attribution | None:
    """The nearest attribution that counts, in this sentence or shortly before it."""
    first = reading.sentences[max(0, number - _CARRY_SENTENCES)].span.start
    end = reading.sentences[number].span.end
    near = [one for one in speaking if first <= one.cue.start < end]
    before = [one for one in near if one.cue.start < run.start]
    return before[-1] if before else (near[0] if near else None)


def _carried(reading: Reading, last: Attribution, run: Span) -> Attribution:
    return msgspec.structs.replace(
        last,
        id=make_id("attribution", reading.report.digest, last.cue, run, "carried"),
        content=(run,),
        kind=AttributionKind.CARRIED,
        stance=Stance.ASSERTS,
        rule="carried",
    )


def own_voice(reading: Reading, signals: Signals, found: Sequence[Attribution]) -> list[Attribution]:
    """The runs inside attributed words that the reader takes for the report's own voice."""
    own: list[Attribution] = []
    for one in found:
        if not one.counts:
            continue
        for part in one.content:
            for run in _quiet_runs(part, signals):
                span = run.trimmed(reading.report.text)
                if _LEAST <= len(span) < len(part):
                    own.append(_own(reading, one, span))
    return own


def _own(reading: Reading, outer: Attribution, span: Span) -> Attribution:
    return Attribution(
        id=make_id("attribution", reading.report.digest, outer.cue, span, "own"),
        cue=outer.cue,
        sources=(),
        content=(span,),
        kind=AttributionKind.OWN,
        stance=Stance.ASSERTS,
        rule="own-voice",
    )


def _quiet_runs(part: Span, signals: Signals) -> Iterator[Span]:
    start: int | None = None
    end = part.start
    for first, last, voiced in zip(signals.starts, signals.ends, signals.voiced, strict=True):
        if last <= part.start or first >= part.end:
            continue
        if voiced <= OWN:
            start, end = (first if start is None else start), last
        elif start is not None:
            yield Span(max(start, part.start), min(end, part.end))
            start = None
    if start is not None:
        yield Span(max(start, part.start), min(end, part.end))


def own_modifiers(
    reading: Reading, tree: Tree, modifiers: frozenset[str], found: Sequence[Attribution]
) -> list[Attribution]:
    """The standing relations in a modifier inside attributed words that are not quoted: 'rebel-held Karesh'."""
    own: list[Attribution] = []
    speaking = [one for one in found if one.counts]
    for index, token in enumerate(tree.tokens):
        noun = tree[token.head]
        if token.text.lower() not in modifiers or index < 2 or tree[index - 1].text != "-" or noun.start < token.start:
            continue
        span = Span(tree[index - 2].start, noun.end)
        if any(quotation.inner.meets(span) for quotation in reading.quotations):
            continue
        outer = next((one for one in speaking if any(p.holds(span) and p != span for p in one.content)), None)
        if outer is not None:
            own.append(_own(reading, outer, span))
    return own
