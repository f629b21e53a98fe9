"""Readings made by hand for the layers that read times and figures: one sentence a line, words split plainly."""

from __future__ import annotations

import datetime
import re

from twosource.records import Reading, Report, Sentence, Token
from twosource.spans import Span

_WORD = re.compile(r"\d+(?:[.,:]\d+)*|\w+(?:['’-]\w+)*|[^\w\s]")


def reading_of(text: str, published: str | None = None, tags: dict[str, str] | None = None) -> Reading:
    """A reading of ``text`` with a sentence for each line; ``tags`` gives words their part-of-speech tag ('VBD')."""
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    for line in re.finditer(r"[^\n]+", text):
        first = len(tokens)
        for word in _WORD.finditer(line[0]):
            tokens.append(_token(word, line.start(), len(tokens), len(sentences), tags or {}))
        if len(tokens) > first:
            span = Span(tokens[first].start, tokens[-1].end)
            sentences.append(Sentence(span=span, paragraph=len(sentences), tokens=Span(first, len(tokens))))
    day = datetime.date.fromisoformat(published) if published else None
    report = Report(id="r", text=text, published=day)
    return Reading(report=report, tokens=tuple(tokens), sentences=tuple(sentences))


def _token(word: re.Match[str], base: int, index: int, sentence: int, tags: dict[str, str]) -> Token:
    text = word[0]
    return Token(
        start=base + word.start(),
        end=base + word.end(),
        text=text,
        lemma=text.lower(),
        pos="X",
        tag=tags.get(text, "NN"),
        dep="dep",
        head=index,
        sentence=sentence,
    )
