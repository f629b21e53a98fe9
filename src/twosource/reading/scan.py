"""The scan: which passages of a report can hold a claim, told in one pass over their words, before anything is parsed.

It looks at small words alone and at pairs of them; names and figures count as such and not by what they say, so that
a war that nobody had heard of is read like those that it learned from.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from math import exp
from zlib import crc32

import msgspec

from twosource.reading.passages import passages
from twosource.reading.quotations import find_quotations
from twosource.spans import Span

__all__ = ["Scan", "grams", "kept_passages"]

_WORD = re.compile(r"[A-Za-z][A-Za-z’'-]*|\d")
_NAME, _FIGURE = "\x01", "\x02"
_TOO_FEW = 6  # passages that tell too little of what their report is about: so short a one is read whole
_LOWEST = -50.0  # a score below this counts as this, so that its odds can be told


class Scan(msgspec.Struct, frozen=True, kw_only=True):
    """A linear model over hashed grams. ``weights`` has a power of two of them.

    A passage looks like a claim as far as ``bias`` and the weights of its grams tell. It can hold one where that comes
    to ``least`` or more, with ``of_report`` times how much all the passages of its report look like claims.
    """

    weights: array[float]
    bias: float
    of_report: float
    least: float
    digest: str

    def score(self, words: str) -> float:
        """How much the words alone look like a claim's, as a logarithm of odds."""
        weights, mask = self.weights, len(self.weights) - 1
        return self.bias + sum([weights[crc32(gram.encode()) & mask] for gram in set(grams(words))])

    def chosen(self, passages: Sequence[str]) -> list[int]:
        """The numbers of those of a report's passages that can hold a claim."""
        scores = [self.score(words) for words in passages]
        looks = sum(1 / (1 + exp(-max(score, _LOWEST))) for score in scores) / len(scores) if scores else 0.0
        return [number for number, score in enumerate(scores) if score + self.of_report * looks >= self.least]


def grams(words: str) -> Iterator[str]:
    """The words and the pairs of neighbouring words; a name in the midst of a sentence and a figure are as such."""
    before = ""
    for word in _WORD.findall(words):
        if word[0].isdigit():
            word = _FIGURE
        elif word[0].isupper() and before:
            word = _NAME
        else:
            word = word.lower()
        if word in (_NAME, _FIGURE) and word == before:
            continue
        yield word
        yield f"{before} {word}"
        before = word


def kept_passages(text: str, paragraphs: Sequence[Span], scan: Scan | None) -> list[tuple[int, Span]]:
    """The passages to be read, each with the number of its paragraph, in order; all of them without a scan.

    A text of a few passages is kept whole. Where a passage can hold a claim, the one before it is kept too, since that
    may name the source; so are those that share a quotation with it, and the first two of the report. Of a report
    without such a passage none is kept.
    """
    found = [(number, span) for number, paragraph in enumerate(paragraphs) for span in passages(text, paragraph)]
    if scan is None or len(found) <= _TOO_FEW:
        return found
    chosen = scan.chosen([span.of(text) for _, span in found])
    if not chosen:
        return []
    kept = {0, 1, *chosen, *(n - 1 for n in chosen), *_in_one_quotation(text, [span for _, span in found], chosen)}
    return [passage for n, passage in enumerate(found) if n in kept]


def _in_one_quotation(text: str, spans: Sequence[Span], chosen: Sequence[int]) -> Iterator[int]:
    """The numbers of the passages that share a quotation with a chosen one, and of the one behind its end."""
    marked = set(chosen)
    at = 0
    for quotation in find_quotations(text):
        while at < len(spans) and spans[at].end <= quotation.span.start:
            at += 1
        last = at
        while last + 1 < len(spans) and spans[last + 1].start < quotation.span.end:
            last += 1
        if last > at and any(number in marked for number in range(at, last + 1)):
            yield from range(at, last + 1)
