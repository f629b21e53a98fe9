"""Headlines that say again what the report's first source says: they keep its source."""

from __future__ import annotations

import re
from collections.abc import Sequence

from twosource.reading.carrying import said_over
from twosource.reading.signals import Signals
from twosource.reading.stems import stem
from twosource.records import Attribution, Reading
from twosource.spans import Span

__all__ = ["HEADLINE", "headline_attributions"]

HEADLINE = 0.3
"""From this mean probability on, a headline can be its source's word; see the model card."""

_OPENING = 3  # sentences in which a headline and the lead that it sums up can stand
_SHARED = 0.5  # of a headline's words that the lead must say again
_LEAST = 3
_WORD = re.compile(r"[^\W\d_]{4,}|\d+")


def headline_attributions(reading: Reading, signals: Signals, found: Sequence[Attribution]) -> list[Attribution]:
    """For each run before the first attribution that the words of one of the first ones repeat: that one's source."""
    opening = reading.sentences[:_OPENING]
    if not opening:
        return []
    first = sorted(
        (one for one in found if one.counts and one.cue.start < opening[-1].span.end), key=lambda one: one.cue
    )
    done: list[Attribution] = []
    for run in _runs_before(reading, first):
        lead = next((one for one in first if _says_again(reading.report.text, run, one)), None)
        if lead is not None and signals.voice(run) >= HEADLINE:
            done.append(said_over(reading, lead, run, "headline"))
    return done


def _runs_before(reading: Reading, first: Sequence[Attribution]) -> list[Span]:
    """The sentences, and the lines of one, that stand before all that the first attribution holds."""
    if not first:
        return []
    end = min(span.start for one in first for span in (*one.content, one.cue))
    text = reading.report.text
    spans = [Span(s.span.start, min(s.span.end, end)) for s in reading.sentences[:_OPENING] if s.span.start < end]
    return [span for one in spans if len(span := one.trimmed(text)) > 2 * _LEAST]


def _says_again(text: str, run: Span, one: Attribution) -> bool:
    """Whether most words of the run come back in what the attribution holds."""
    words = _stems(run.of(text))
    lead = {letters for span in one.content for letters in _stems(span.of(text))}
    shared = len(words & lead)
    return shared >= _LEAST and shared >= _SHARED * len(words)


def _stems(words: str) -> set[str]:
    return {stem(word) for word in _WORD.findall(words)}
