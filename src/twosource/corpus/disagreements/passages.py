"""The sentences of a report that claims stand in, told by full stops alone."""

from __future__ import annotations

import re

from twosource.corpus.tellings import Telling
from twosource.spans import Span

__all__ = ["sentence_at", "sentence_of"]

_END = re.compile(
    r"(?:(?<=[a-z0-9)\"”’'])|(?<=[A-Z]{2}))(?<!\bGen)(?<!\bLt)(?<!\bCol)(?<!\bMr)(?<!\bMrs)(?<!\bDr)(?<!\bSt)\.[\"”’]?\s+"
    r"|\n+"
)


def sentence_at(text: str, span: Span) -> Span:
    """The smallest run of whole sentences that holds a span, without the space around it."""
    start, end = 0, len(text)
    for match in _END.finditer(text):
        if match.end() <= span.start:
            start = match.end()
        elif match.start() >= span.end - 1:
            end = match.end()
            break
    words = text[start:end]
    return Span(start + len(words) - len(words.lstrip()), start + len(words.rstrip()))


def sentence_of(telling: Telling, within: re.Pattern[str] | None = None) -> Span:
    """The sentence of a claim's evidence; of several runs the last one whose sentence has a match, else the first."""
    sentences = [sentence_at(telling.report.text, run) for run in telling.claim.evidence]
    if within is not None:
        for sentence in reversed(sentences):
            if within.search(sentence.of(telling.report.text)):
                return sentence
    return sentences[0]
