"""The words that somebody says, whole: quotations to their ends, sentences but for a word or two, and gaps between."""

from __future__ import annotations

import re
from collections.abc import Sequence

from twosource.reading.signals import Utterance
from twosource.records import Quotation, Reading
from twosource.spans import Span

__all__ = ["whole_contents"]

_MOST = 0.4  # of a quotation that the reader must have told
_TAIL = 15  # code points: what is left of a sentence where the reader stopped short
_LOOSE = re.compile(r"\b(?:on|of|the|an?|in|at|by|from|with|for)$")
_PHRASE = re.compile(r"(?: [\w’'-]+){1,3}(?=[,.;:)!?]| but | and )")
_GAP = 100  # code points between two parts of one clause
_ENDS = ".!?"


def whole_contents(reading: Reading, utterance: Utterance) -> tuple[Span, ...]:
    """The content of the utterance, trimmed, in order, with what the reader left out of it by a slip."""
    text = reading.report.text
    apart = [utterance.cue, *utterance.source]
    parts = [part for span in utterance.content if len(part := span.trimmed(text))]
    parts = [_to_end(reading, _quoted_whole(part, reading.quotations, apart), apart) for part in parts]
    return tuple(_closed(text, sorted(parts), apart))


def _quoted_whole(part: Span, quotations: Sequence[Quotation], apart: Sequence[Span]) -> Span:
    """The part with the rest of each quotation most of which it holds; not of one in which cue or source stand."""
    for quotation in quotations:
        if not quotation.closed or not quotation.inner.meets(part) or _meets(quotation.span, apart):
            continue
        if quotation.inner.shared(part) >= _MOST * len(quotation.inner):
            part = Span(min(part.start, quotation.span.start), max(part.end, quotation.span.end))
    return part


def _to_end(reading: Reading, part: Span, apart: Sequence[Span]) -> Span:
    """The part up to the end of its sentence, where only a word or two are missing."""
    sentence = next((one.span for one in reading.sentences if one.span.start < part.end <= one.span.end), None)
    if sentence is None:
        return part
    loose = _LOOSE.search(part.of(reading.report.text)) is not None
    phrase = _PHRASE.match(reading.report.text, part.end, sentence.end) if loose else None
    if phrase is not None and not _meets(Span(part.end, phrase.end()), apart):
        return Span(part.start, phrase.end())
    if sentence.end - part.end > _TAIL + 1:
        return part
    tail = Span(part.end, sentence.end).trimmed(reading.report.text, " \t\r\n.!?\"”’'")
    return part if _meets(tail, apart) or not len(tail) else Span(part.start, max(part.end, tail.end))


def _closed(text: str, parts: Sequence[Span], apart: Sequence[Span]) -> list[Span]:
    """The parts, joined where they meet or where a short gap without cue, source or the end of a sentence lies."""
    joined: list[Span] = []
    for part in parts:
        gap = Span(joined[-1].end, max(joined[-1].end, part.start)) if joined else None
        if gap is not None and len(gap) <= _GAP and not _meets(gap, apart) and not _ends(gap.of(text)):
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, part.end))
        else:
            joined.append(part)
    return joined


def _ends(words: str) -> bool:
    return "\n" in words or any(mark in words for mark in _ENDS)


def _meets(span: Span, others: Sequence[Span]) -> bool:
    return any(span.meets(other) for other in others)
