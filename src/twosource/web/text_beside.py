"""A report's text as it stands beside the form of a claim: the evidence marked, and the sentences around it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from twosource.records import Reading
from twosource.spans import Span
from twosource.web.highlight import Layer, Segment, paragraphs, segments
from twosource.web.reading_page import parts_of

__all__ = ["Piece", "Run", "TextBeside", "text_beside"]


class Piece(msgspec.Struct, frozen=True):
    """Words that look the same throughout: ``evidence`` those of the claim, ``near`` those of the sentences around.

    ``first`` is the first piece of the evidence.
    """

    text: str
    evidence: bool
    near: bool
    first: bool


class Run(msgspec.Struct, frozen=True):
    """A paragraph, the title, or the gap between two; ``start`` is where it begins, in code points of the text."""

    kind: str
    start: int
    pieces: tuple[Piece, ...]


class TextBeside(msgspec.Struct, frozen=True):
    """The runs, which joined are the text; ``partly`` where a long text is shown only around the evidence.

    ``marked`` tells whether any words are marked as evidence.
    """

    runs: tuple[Run, ...]
    partly: bool
    marked: bool


def text_beside(reading: Reading, evidence: Sequence[Span]) -> TextBeside:
    """The report's text with the evidence marked, and with it the sentences before and after each of its runs."""
    text = reading.report.text
    first = min((span.start for span in evidence), default=0)
    window = next((part for part in parts_of(text) if first < part.end), Span(0, len(text)))
    layers = [Layer(span, "evidence") for span in evidence]
    layers += [Layer(span, "near") for span in _around(reading, evidence)]
    blocks = tuple(_blocks(text, window, reading.report.title))
    borders = {border for _, span in blocks for border in (span.start, span.end)}
    cut = [one for one in segments(text, layers, borders) if window.holds(one.span)]
    return TextBeside(tuple(_runs(blocks, cut, first)), partly=window != Span(0, len(text)), marked=bool(evidence))


def _around(reading: Reading, evidence: Sequence[Span]) -> Iterator[Span]:
    """From the sentence before each run to the one after it; of paragraphs where no sentences were told apart."""
    sentences = [one.span for one in reading.sentences] or list(paragraphs(reading.report.text))
    starts, ends = [one.start for one in sentences], [one.end for one in sentences]
    for span in evidence:
        before = bisect_right(ends, span.start) - 1
        after = bisect_left(starts, span.end)
        start = sentences[before].start if before >= 0 else 0
        yield Span(start, sentences[after].end if after < len(sentences) else len(reading.report.text))


def _blocks(text: str, window: Span, title: str | None) -> Iterator[tuple[str, Span]]:
    opened = len(title) if title and window.start == 0 and text.startswith(title) else 0
    found = [("title", Span(0, opened))] if opened else []
    begin = max(opened, window.start)
    found += [("paragraph", Span(begin + one.start, begin + one.end)) for one in paragraphs(text[begin : window.end])]
    ends = [("", Span(window.start, window.start)), *found, ("", Span(window.end, window.end))]
    for (_, before), (kind, span) in pairwise(ends):
        if before.end < span.start:
            yield "gap", Span(before.end, span.start)
        if kind:
            yield kind, span


def _runs(blocks: Sequence[tuple[str, Span]], cut: Sequence[Segment], first: int) -> Iterator[Run]:
    rest = iter(cut)
    for kind, span in blocks:
        pieces: list[Piece] = []
        end = span.start
        while end < span.end:
            one = next(rest)
            kinds = {layer.kind for layer in one.layers}
            evidence = "evidence" in kinds
            pieces.append(Piece(one.text, evidence, "near" in kinds, first=evidence and one.span.start == first))
            end = one.span.end
        yield Run(kind, span.start, tuple(pieces))
