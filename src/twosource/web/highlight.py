"""Cuts a text at the borders of overlapping spans, so that nested highlights can be written as flat markup."""

from __future__ import annotations

from bisect import bisect, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import msgspec

from twosource.spans import Span, merge_touching

__all__ = ["Layer", "Segment", "assign_lanes", "paragraphs", "segments"]


class Layer(msgspec.Struct, frozen=True):
    """One run to highlight: its span, what it is ('claim', 'place', 'who'), and the number of the claim it serves.

    ``claim`` is None for what belongs to the report and not to one claim. ``note`` says more to a reader.
    """

    span: Span
    kind: str
    claim: int | None = None
    note: str = ""


class Segment(msgspec.Struct, frozen=True):
    """A run that all of ``layers`` cover from end to end; the longest layer stands first, ties in the given order."""

    span: Span
    text: str
    layers: tuple[Layer, ...] = ()


def segments(text: str, layers: Iterable[Layer], cuts: Iterable[int] = ()) -> tuple[Segment, ...]:
    """The segments of ``text`` in order: joined they are the text again, and no border lies inside one.

    Offsets are code points. ``cuts`` are further offsets to cut at. Layers that are empty or reach beyond the text
    are clipped to it, so that a wrong span can spoil a highlight and never the words.
    """
    opening: defaultdict[int, list[tuple[int, Layer]]] = defaultdict(list)
    closing: defaultdict[int, list[int]] = defaultdict(list)
    borders = {0, len(text), *(cut for cut in cuts if 0 < cut < len(text))}
    for order, layer in enumerate(layers):
        start, end = max(0, layer.span.start), min(len(text), layer.span.end)
        if start < end:
            opening[start].append((order, layer))
            closing[end].append(order)
            borders.update((start, end))
    return tuple(_sweep(text, sorted(borders), opening, closing))


def _sweep(
    text: str,
    borders: Sequence[int],
    opening: Mapping[int, Sequence[tuple[int, Layer]]],
    closing: Mapping[int, Sequence[int]],
) -> Iterator[Segment]:
    current: dict[int, Layer] = {}
    for start, end in pairwise(borders):
        for order in closing.get(start, ()):
            del current[order]
        current.update(opening.get(start, ()))
        covering = sorted(current.items(), key=lambda item: (-len(item[1].span), item[0]))
        yield Segment(Span(start, end), text[start:end], tuple(layer for _, layer in covering))


def paragraphs(text: str) -> tuple[Span, ...]:
    """The runs between blank lines, in order, without the line breaks around them; single line breaks stay inside."""
    found: list[Span] = []
    offset = 0
    for line in text.splitlines(keepends=True):
        words = Span(offset, offset + len(line)).trimmed(text, "\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029")
        offset += len(line)
        if not line.strip():
            found.append(Span(offset, offset))
        elif found and len(found[-1]):
            found[-1] = Span(found[-1].start, words.end)
        else:
            found.append(words)
    return tuple(span for span in found if len(span))


def assign_lanes(runs: Mapping[int, Sequence[Span]]) -> dict[int, int]:
    """A lane (0, 1, 2...) for each key, so that no two keys with runs that meet share one.

    Keys are served in order of their first run, longer ones first, each taking the lowest lane that is free over all
    its runs; a key so keeps the same underline wherever its words stand.
    """
    lanes: list[list[Span]] = []
    found: dict[int, int] = {}
    for key in sorted(runs, key=lambda k: (min((s.start for s in runs[k]), default=0), -sum(map(len, runs[k])), k)):
        mine = merge_touching(runs[key])
        free = (lane for lane, spans in enumerate(lanes) if all(_is_free(spans, span) for span in mine))
        found[key] = next(free, len(lanes))
        if found[key] == len(lanes):
            lanes.append([])
        for span in mine:
            insort(lanes[found[key]], span)
    return found


def _is_free(taken: Sequence[Span], span: Span) -> bool:
    """Whether ``span`` meets none of ``taken``, which are in order and don't meet each other."""
    after = bisect(taken, span)
    return not any(near.meets(span) for near in taken[max(0, after - 1) : after + 1])
