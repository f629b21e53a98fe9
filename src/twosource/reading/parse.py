"""The first layer: paragraphs, sentences and words, from whatever parser the reading is handed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Protocol

import msgspec

from twosource.closed_sets import Severity
from twosource.records import Issue, Reading, Sentence, Token
from twosource.spans import Span
from twosource.stage import Batch

__all__ = ["READ_AT_MOST", "Parser", "Word", "paragraphs", "parse_batch"]

READ_AT_MOST = 500_000
"""How many code points of one report are read. A longer one is kept whole, and the rest is reported as an issue."""

_CHUNK = 20_000  # code points handed to the parser at once; a longer paragraph is cut at a sentence's likely end
_LINE = re.compile(r"[^\n]+")


class Word(msgspec.Struct, frozen=True, gc=False):
    """A parser's word: offsets in the text it was given, its head's index there, and whether it opens a sentence."""

    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    opens: bool


class Parser(Protocol):
    """Parses texts, in order; each answer is that text's words in order."""

    def __call__(self, texts: Iterable[str]) -> Iterator[list[Word]]:
        """The words of each text."""
        ...


def paragraphs(text: str) -> list[Span]:
    """The lines of the text that hold words, trimmed, in order; one that is very long is cut into several spans."""
    spans: list[Span] = []
    for match in _LINE.finditer(text[:READ_AT_MOST]):
        line = Span(match.start(), match.end()).trimmed(text)
        while len(line) > _CHUNK:
            cut = _likely_end(text, line)
            spans.append(Span(line.start, cut).trimmed(text))
            line = Span(cut, line.end).trimmed(text)
        if line.of(text).strip():
            spans.append(line)
    return spans


def _likely_end(text: str, line: Span) -> int:
    """An offset in the first chunk of ``line`` after a full stop, or after a space, or at the chunk's end."""
    limit = line.start + _CHUNK
    for mark in (". ", " "):
        at = text.rfind(mark, line.start + _CHUNK // 2, limit)
        if at >= 0:
            return at + 1
    return limit


def parse_batch(batch: Batch, parser: Parser) -> list[Reading]:
    """The batch with tokens and sentences. Paragraphs are parsed apart, so no sentence runs over a line's end."""
    spans = [paragraphs(reading.report.text) for reading in batch]
    texts = (span.of(reading.report.text) for reading, runs in zip(batch, spans, strict=True) for span in runs)
    parsed = parser(texts)
    return [_with_words(reading, runs, parsed) for reading, runs in zip(batch, spans, strict=True)]


def _with_words(reading: Reading, runs: list[Span], parsed: Iterator[list[Word]]) -> Reading:
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    for number, run in enumerate(runs):
        _take_paragraph(next(parsed), run, number, run.end <= reading.report.body, tokens, sentences)
    issues = (*reading.issues, *_too_long(reading))
    return msgspec.structs.replace(reading, tokens=tuple(tokens), sentences=tuple(sentences), issues=issues)


def _take_paragraph(
    words: list[Word], run: Span, number: int, headline: bool, tokens: list[Token], sentences: list[Sentence]
) -> None:
    """Appends one paragraph's tokens and sentences, moved to the report's offsets and indices."""
    base = len(tokens)
    first = base
    for index, word in enumerate(words):
        if word.opens and base + index > first:
            sentences.append(_sentence(tokens, first, base + index, number, headline))
            first = base + index
        tokens.append(
            Token(
                start=word.start + run.start,
                end=word.end + run.start,
                text=word.text,
                lemma=word.lemma,
                pos=word.pos,
                tag=word.tag,
                dep=word.dep,
                head=word.head + base,
                sentence=len(sentences),
            )
        )
    if len(tokens) > first:
        sentences.append(_sentence(tokens, first, len(tokens), number, headline))


def _sentence(tokens: list[Token], first: int, last: int, paragraph: int, headline: bool) -> Sentence:
    span = Span(tokens[first].start, tokens[last - 1].end)
    return Sentence(span=span, paragraph=paragraph, tokens=Span(first, last), headline=headline)


def _too_long(reading: Reading) -> tuple[Issue, ...]:
    length = len(reading.report.text)
    if length <= READ_AT_MOST:
        return ()
    origin = reading.report.origin
    issue = Issue(
        code="text-too-long",
        stage="parse",
        reason=f"the text has {length:,} characters, of which the first {READ_AT_MOST:,} were read: split the report",
        severity=Severity.ERROR,
        report=reading.report.id,
        path=origin.path if origin else None,
        line=origin.line if origin else None,
        span=Span(READ_AT_MOST, length),
    )
    return (issue,)
