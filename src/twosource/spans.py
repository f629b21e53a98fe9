"""Half-open spans in Unicode code points, and the little arithmetic that the layers need on them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

import msgspec

__all__ = ["Span", "SpanIndex", "cover", "merge_touching"]


class Span(msgspec.Struct, frozen=True, order=True, array_like=True, gc=False):
    """The run ``text[start:end]``. Sorts by start, then by end."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def holds(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """Whether the two share at least one code point, which an empty one never does."""
        return self.start < other.end > other.start < self.end > self.start

    def shared(self, other: Span) -> int:
        """How many code points the two share."""
        start = self.start if self.start > other.start else other.start
        end = self.end if self.end < other.end else other.end
        return end - start if end > start else 0

    def of(self, text: str) -> str:
        """The words of ``text`` at this span."""
        return text[self.start : self.end]

    def trimmed(self, text: str, edges: str = " \t\r\n") -> Span:
        """The span without the characters of ``edges`` at its two ends; empty spans keep their start."""
        start, end = self.start, self.end
        while start < end and text[start] in edges:
            start += 1
        while end > start and text[end - 1] in edges:
            end -= 1
        return Span(start, end)


class SpanIndex:
    """Spans, in any order and with any twice, of which those around a place are found without looking at all.

    One that runs over much of the text has those behind it looked at as well, which costs time alone.
    """

    def __init__(self, spans: Sequence[Span]) -> None:
        self._places = sorted(range(len(spans)), key=spans.__getitem__)
        self._starts = [spans[place].start for place in self._places]
        self._ends = [spans[place].end for place in self._places]
        self._reached = list(accumulate(self._ends, max))

    def near(self, span: Span) -> list[int]:
        """The places, in the order given, of the spans that share a code point with this one or touch it."""
        first, behind = bisect_left(self._reached, span.start), bisect_right(self._starts, span.end)
        return sorted(self._places[n] for n in range(first, behind) if self._ends[n] >= span.start)


def cover(spans: Iterable[Span]) -> Span:
    """The smallest span that holds them all. Raises ValueError for none."""
    known = list(spans)
    if not known:
        raise ValueError("no span to cover: give at least one")
    return Span(min(s.start for s in known), max(s.end for s in known))


def merge_touching(spans: Iterable[Span], gap: int = 0) -> tuple[Span, ...]:
    """The spans in order, with those joined that overlap or have at most ``gap`` code points between them."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end + gap:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)
