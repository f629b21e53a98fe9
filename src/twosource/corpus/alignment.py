"""Sentences of two reports that tell the same, whatever their words, and the runs of words that both have."""

from __future__ import annotations

import bisect
import math
from collections.abc import Iterable, Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from twosource.corpus.profile import Profile
from twosource.corpus_records import Passage
from twosource.spans import Span

__all__ = ["Aligned", "align", "longest_climb", "longest_run", "passages"]

_SAME = 0.4  # similarity from which two sentences are shown as one passage


class Aligned(msgspec.Struct, frozen=True, array_like=True):
    """A sentence of the shorter report (its index), the likest one of the longer, and how like it is, from 0 to 1."""

    shorter: int
    longer: int
    likeness: float


def align(shorter: Profile, longer: Profile) -> tuple[Aligned, ...]:
    """For each sentence of the first report the likest of the second, in order; the earlier of two as like.

    Likeness is the weight of shared words over the geometric mean of both sentences' weights. A word weighs the less
    the more often the two reports use it: 'Syria' says little in two reports on Syria.
    """
    table = _likeness(shorter, longer)
    if not table.size:
        return ()
    best = table.argmax(axis=1)
    return tuple(Aligned(at, int(other), float(table[at, other])) for at, other in enumerate(best))


def _likeness(shorter: Profile, longer: Profile) -> NDArray[np.float64]:
    weigh = {word: 1 / (count + longer.counts[word]) for word, count in shorter.counts.items()}
    where: dict[str, list[int]] = {}
    for at, words in enumerate(longer.content):
        for word in words & weigh.keys():
            where.setdefault(word, []).append(at)
    rows = [[0.0] * len(longer.content) for _ in shorter.content]
    for row, words in zip(rows, shorter.content, strict=True):
        for word in sorted(words & where.keys()):
            for place in where[word]:
                row[place] += weigh[word]
    table = np.array(rows, dtype=np.float64).reshape(len(shorter.content), len(longer.content))
    norms = np.outer(_weights(shorter, longer), _weights(longer, shorter))
    likeness: NDArray[np.float64] = np.divide(table, np.sqrt(norms), out=np.zeros_like(table), where=norms > 0)
    return likeness


def _weights(one: Profile, other: Profile) -> NDArray[np.float64]:
    """The weight of each sentence of one report, by the counts of both."""
    weigh = {word: 1 / (count + other.counts[word]) for word, count in one.counts.items()}
    return np.array([math.fsum(weigh[word] for word in words) for words in one.content])


def longest_climb(places: Iterable[int]) -> int:
    """How many of the places can be kept so that they only go up."""
    tails: list[int] = []
    for place in places:
        at = bisect.bisect_left(tails, place)
        tails[at : at + 1] = [place]
    return len(tails)


def longest_run(one: Profile, other: Profile) -> tuple[Span, Span] | None:
    """The longest run of words outside quotations and boilerplate that both have, as words of each; the first of many.

    None where they share no five words in a row.
    """
    starts: dict[int, list[int]] = {}
    for at, number in enumerate(other.all_prints):
        if number in one.free:
            starts.setdefault(number, []).append(at)
    longest, end_one, end_other = 0, 0, 0
    before: dict[int, int] = {}
    for at, number in enumerate(one.all_prints):
        now = {place: before.get(place - 1, 0) + 1 for place in starts.get(number, ()) if number in other.free}
        for place, length in now.items():
            if length > longest:
                longest, end_one, end_other = length, at, place
        before = now
    if not longest:
        return None
    return _run(end_one, longest), _run(end_other, longest)


def _run(last: int, prints: int) -> Span:
    return Span(last - prints + 1, last + 5)


def passages(shorter: Profile, longer: Profile, aligned: Sequence[Aligned]) -> tuple[Passage, ...]:
    """The aligned sentences that are alike, as code points of the shorter and the longer report, in order."""
    alike = [one for one in aligned if one.likeness >= _SAME]
    return tuple(
        Passage(shorter.words.span(shorter.sentences[one.shorter]), longer.words.span(longer.sentences[one.longer]))
        for one in alike
    )
