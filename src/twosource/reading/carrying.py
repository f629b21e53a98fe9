"""Words whose source stands in an earlier sentence, and the report's own voice inside the words of a source."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

import msgspec

from twosource.closed_sets import Stance
from twosource.ids import make_id
from twosource.reading.signals import Signals
from twosource.reading.speakers import is_pronoun
from twosource.records import Attribution, AttributionKind, Reading
from twosource.spans import Span, SpanIndex

__all__ = ["CARRIED", "before_others", "carried_attributions", "said_over"]

CARRIED = 0.6
"""From this mean probability on, a run without an attribution of its own keeps the last source; see the model card."""
CARRIED_BESIDE = 0.5
"""The same for a run in the sentence of that source."""
CARRIED_ON = 0.7
"""The same for a run in another paragraph."""

_ASIDE = re.compile(r"(?:while |and |but )?(?:referring|alluding) to\b", re.IGNORECASE)
"""How the report says in its own voice what a speaker meant."""
_OUTER = re.compile(r"\b(?:as|while|when|after|before|amid|following|including|the fact(?: that)?)$", re.IGNORECASE)
"""How a clause of the report ends before what somebody says of it."""
_LEADING_UP = "own-clause"
_LEAST = 12  # code points of a run that is worth a record of its own
_CARRY_SENTENCES = 4


def carried_attributions(reading: Reading, signals: Signals, found: Sequence[Attribution]) -> list[Attribution]:
    """For each sentence that nobody is named for but that is somebody's word: the source of the last one before it."""
    speaking = sorted((one for one in found if one.counts), key=lambda one: one.cue)
    words = {span for one in signals.utterances for span in one.source}
    taken = sorted(words | {part for one in found if one.counts or _is_known(one) for part in _parts(one)})
    around, cues = SpanIndex(taken), [one.cue.start for one in speaking]
    carried: list[Attribution] = []
    for number, sentence in enumerate(reading.sentences):
        for run in _free(sentence.span, [taken[at] for at in around.near(sentence.span)], reading.report.text):
            words_of = run.of(reading.report.text)
            last = _last_speaker(reading, speaking, cues, run, number)
            if last is not None and _OUTER.search(words_of.rstrip()):
                carried.append(_own(reading, last, run))
            if _ASIDE.match(words_of) or _OUTER.search(words_of.rstrip()):
                continue
            if last is not None and signals.voice(run) >= _needed(reading, last, number):
                carried.append(said_over(reading, last, run, "carried"))
    return carried


def _needed(reading: Reading, last: Attribution, number: int) -> float:
    """The probability that the run needs: less in the speaker's own sentence, more in another paragraph."""
    sentence = reading.sentences[number]
    if sentence.span.start <= last.cue.start < sentence.span.end:
        return CARRIED_BESIDE
    behind = bisect_right(reading.sentences, last.cue.start, key=lambda one: one.span.end)
    spoken = reading.sentences[behind] if behind < len(reading.sentences) else sentence
    return CARRIED if spoken.paragraph == sentence.paragraph else CARRIED_ON


def _is_known(one: Attribution) -> bool:
    return any(not is_pronoun(voice) for voice in one.sources)


def _parts(one: Attribution) -> tuple[Span, ...]:
    """All the words of the attribution: its content, its cue, and those of its sources."""
    return (*one.content, one.cue, *(voice.said_at for voice in one.sources if voice.said_at))


def _free(sentence: Span, taken: Sequence[Span], text: str) -> Iterator[Span]:
    """The runs of the sentence that none of the spans ``taken`` (in order) holds."""
    at = sentence.start
    here = [part for part in taken if part.start < sentence.end and part.end > sentence.start]
    for part in [*here, Span(sentence.end, sentence.end)]:
        run = Span(at, max(at, part.start)).trimmed(text, " \t\r\n,.;:\"'“”’—–-")
        if len(run) >= 2 * _LEAST:
            yield run
        at = max(at, part.end)


def _last_speaker(
    reading: Reading, speaking: Sequence[Attribution], cues: Sequence[int], run: Span, number: int
) -> Attribution | None:
    """The nearest attribution that counts, in this sentence or shortly before it; their cues begin at ``cues``."""
    first = reading.sentences[max(0, number - _CARRY_SENTENCES)].span.start
    end = reading.sentences[number].span.end
    near = speaking[bisect_left(cues, first) : bisect_left(cues, end)]
    here = [one for one in near if one.cue.start >= reading.sentences[number].span.start]
    before = [one for one in here or near if one.cue.start < run.start]
    return before[-1] if before else ((here or near)[0] if near else None)


def _own(reading: Reading, said: Attribution, run: Span) -> Attribution:
    """The run as the report's own voice: what leads up to the words of a source is not theirs."""
    own = said_over(reading, said, run, _LEADING_UP)
    return msgspec.structs.replace(own, sources=(), via=(), kind=AttributionKind.OWN)


def before_others(run: Span, anchor: Span, attributions: Sequence[Attribution]) -> Span:
    """The run without what a source says in it, where the anchor stands in what leads up to that: 'shells fall daily,
    including one that killed a nurse, medics say' tells in the report's own voice that shells fall.
    """
    own = [part for one in attributions if one.rule == _LEADING_UP for part in one.content if part.holds(anchor)]
    return Span(max(run.start, own[0].start), min(run.end, own[0].end)) if own else run


def said_over(reading: Reading, said: Attribution, run: Span, rule: str) -> Attribution:
    """The attribution again, over a run that its own words don't reach; ``rule`` names why."""
    return msgspec.structs.replace(
        said,
        id=make_id("attribution", reading.report.digest, said.cue, run, rule),
        content=(run,),
        kind=AttributionKind.CARRIED,
        stance=Stance.ASSERTS,
        rule=rule,
    )
