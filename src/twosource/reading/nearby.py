"""The layers of a report sorted by sentence, so that a claim looks at what stands near it and at nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import msgspec

from twosource.reading.tree import Tree
from twosource.records import Attribution, Cue, Figure, Place, Reading, Time
from twosource.spans import Span

__all__ = ["Nearby", "by_sentence", "nearby"]

T = TypeVar("T")


class Nearby(msgspec.Struct, frozen=True, kw_only=True):
    """What touches one sentence, each in order of the text: cues by their scope, attributions by their content."""

    cues: tuple[Cue, ...]
    times: tuple[Time, ...]
    figures: tuple[Figure, ...]
    places: tuple[Place, ...]
    attributions: tuple[Attribution, ...]


def nearby(reading: Reading, tree: Tree) -> list[Nearby]:
    """For every sentence of the reading, in order, what touches it."""
    cues = by_sentence(tree, reading.cues, lambda cue: (cue.scope,))
    times = by_sentence(tree, reading.times, lambda time: (time.span,))
    figures = by_sentence(tree, reading.figures, lambda figure: (figure.number,))
    places = by_sentence(tree, reading.places, lambda place: (place.span,))
    attributions = by_sentence(tree, reading.attributions, lambda said: (*said.content, said.cue))
    return [
        Nearby(cues=c, times=t, figures=f, places=p, attributions=a)
        for c, t, f, p, a in zip(cues, times, figures, places, attributions, strict=True)
    ]


def by_sentence(tree: Tree, items: Iterable[T], spans: Callable[[T], Iterable[Span]]) -> list[tuple[T, ...]]:
    """For every sentence the items of which a span touches it, in their order."""
    sorted_in: list[list[T]] = [[] for _ in tree.sentences]
    for item in items:
        for number in _touched(tree, tuple(spans(item))):
            sorted_in[number].append(item)
    return [tuple(found) for found in sorted_in]


def _touched(tree: Tree, spans: Sequence[Span]) -> Iterable[int]:
    """The numbers of the sentences that any of the spans touches, in order."""
    if len(spans) == 1:
        return tree.sentences_of(spans[0])
    return sorted({number for span in spans for number in tree.sentences_of(span)})
