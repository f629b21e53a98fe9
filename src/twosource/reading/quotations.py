"""Words between quotation marks: whose speech they are is for the attribution layer to say."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

import msgspec

from twosource.reading.passages import paragraphs
from twosource.records import Quotation, Reading
from twosource.spans import Span
from twosource.stage import Batch

__all__ = ["find_quotations", "quotation_batch", "quotations_at"]

_OPENING = "“„«"
_CLOSING = "”»"
_STRAIGHT = '"'
_MARK = re.compile(f"[{_OPENING}{_CLOSING}{_STRAIGHT}]")
_SCARE_WORDS = 4  # a quotation of so few words without a full stop is a phrase set apart, not an utterance


def quotation_batch(batch: Batch, _: object) -> list[Reading]:
    """The batch with quotations."""
    return [msgspec.structs.replace(r, quotations=find_quotations(r.report.text)) for r in batch]


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """The quotations in order. None runs over a paragraph's end: one that is not closed there has ``closed`` False."""
    return tuple(found for run in paragraphs(text) for found in _in_paragraph(text, run))


def quotations_at(quotations: Sequence[Quotation], span: Span) -> Sequence[Quotation]:
    """Those of a report's quotations, which are in order and never meet, that the span meets or touches."""
    first = bisect_left(quotations, span.start, key=lambda one: one.span.end)
    return quotations[first : bisect_right(quotations, span.end, key=lambda one: one.span.start)]


def _in_paragraph(text: str, run: Span) -> Iterator[Quotation]:
    start: int | None = None
    for match in _MARK.finditer(text, run.start, run.end):
        at, mark = match.start(), match.group()
        if start is None and (mark in _OPENING or mark == _STRAIGHT):
            start = at
        elif start is not None and (mark in _CLOSING or mark == _STRAIGHT):
            yield _quotation(text, start, at + 1, closed=True)
            start = None
    if start is not None and run.end - start > 1:
        yield _quotation(text, start, run.end, closed=False)


def _quotation(text: str, start: int, end: int, *, closed: bool) -> Quotation:
    inner = Span(start + 1, end - 1 if closed else end)
    words = inner.of(text).split()
    scare = closed and len(words) <= _SCARE_WORDS and not inner.of(text).rstrip().endswith((".", ",", "!", "?"))
    return Quotation(span=Span(start, end), inner=inner, closed=closed, scare=scare)
