"""The first layer: paragraphs, sentences and words, from whatever parser the reading is handed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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
    """Parses the texts of reports, in order, so that a report's words rest on nothing but its own texts."""

    def __call__(self, reports: Iterable[Sequence[str]]) -> Iterator[list[list[Word]]]:
        """For each report the words of each of its texts, in order."""
        ...


def parse_batch(batch: Batch, parser: Parser, scan: Scan | None = None) -> list[Reading]:
    """The batch with tokens and sentences; with a scan, those of passages that are kept alone.

    Passages are parsed apart, so no sentence runs over a line's end.
    """
    kept = [kept_passages(one.report.text, paragraphs(one.report.text), scan) for one in batch]
    texts = ([span.of(one.report.text) for _, span in spans] for one, spans in zip(batch, kept, strict=True))
    return [_with_words(*of_report) for of_report in zip(batch, kept, parser(texts), strict=True)]


def _with_words(reading: Reading, kept: Iterable[tuple[int, Span]], parsed: Iterable[list[Word]]) -> Reading:
    tokens: list[Token] = []
    sentences: list[Sentence] = []
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
