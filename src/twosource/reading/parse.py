"""The first layer: paragraphs, sentences and words, from whatever parser the reading is handed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

import msgspec

from twosource.closed_sets import Severity
from twosource.reading.passages import READ_AT_MOST, paragraphs
from twosource.reading.scan import Scan, kept_passages
from twosource.records import Issue, Reading, Sentence, Token
from twosource.spans import Span
from twosource.stage import Batch

__all__ = ["READ_AT_MOST", "Parser", "Word", "paragraphs", "parse_batch"]


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


def parse_batch(batch: Batch, parser: Parser, scan: Scan | None = None) -> list[Reading]:
    """The batch with tokens and sentences; with a scan, those of passages that are kept alone.

    Passages are parsed apart, so no sentence runs over a line's end. The parser is asked report by report: what stands
    beside a text when matrices are multiplied can change its last digits, and so must be the same in every batch.
    """
    return [_with_words(reading, parser, scan) for reading in batch]


def _with_words(reading: Reading, parser: Parser, scan: Scan | None) -> Reading:
    text = reading.report.text
    kept = kept_passages(text, paragraphs(text), scan)
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    parsed = parser([span.of(text) for _, span in kept])
    for (number, span), words in zip(kept, parsed, strict=True):
        _take_passage(words, span, number, span.end <= reading.report.body, tokens, sentences)
    issues = (*reading.issues, *_too_long(reading))
    return msgspec.structs.replace(reading, tokens=tuple(tokens), sentences=tuple(sentences), issues=issues)


def _take_passage(
    words: list[Word], run: Span, number: int, headline: bool, tokens: list[Token], sentences: list[Sentence]
) -> None:
    """Appends one passage's tokens and sentences, moved to the report's offsets and indices."""
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
