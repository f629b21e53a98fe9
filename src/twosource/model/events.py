"""From what the encoder tells of a window to its events: roles of words, type and traits of the claim, confidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from twosource.model.claim_head import ROLES, ClaimHead, sigmoid
from twosource.model.confidence import confidence_of, measures_of
from twosource.model.roles import Floats
from twosource.model.windows import Pieces, Window, whole_words
from twosource.reading.signals import EventSignal, Part
from twosource.spans import Span

__all__ = ["EventReader", "Told"]

_MEASURED = 4  # roles of which a confidence is told
_MARGIN = 0.01  # of a score: wider than what rounding makes of the least probability
_REACH = 200  # pieces on either side of an event's word: its day may stand at the far end of a window


class Told(NamedTuple):
    """What the encoder told of one window: of its anchors for the role head, a row an anchor; the rest a row a piece.

    ``piece`` is for the role head too, ``sure`` is the chance to be an anchor.
    """

    anchor: Floats
    piece: Floats
    states: Floats
    sure: Floats


class EventReader:
    """Reads the events of one window. ``least`` is the probability from which on a word has a role."""

    def __init__(self, head: ClaimHead, least: float, weights: Mapping[str, float]) -> None:
        """``weights`` are those of model.confidence; without any, no confidence is told."""
        self.head, self._least, self._weights = head, least, weights
        self._floor = np.float32(np.log(least / (1 - least)) - _MARGIN) if 0 < least < 1 else np.float32(-np.inf)

    def events(
        self, text: str, pieces: Pieces, window: Window, told: Told, anchors: Sequence[int]
    ) -> list[EventSignal]:
        """The events whose anchors are the window's pieces ``anchors``."""
        if not anchors:
            return []
        chosen = self._chosen(told, anchors)
        types, traits = self.head.whole(told.states[list(anchors)], _evidence(told, anchors, chosen))
        parts = _parts(text, pieces, window, chosen)
        return [
            self._event(pieces.span(window.first + at, window.first + at), float(told.sure[at]), whole, chances, own)
            for at, whole, chances, own in zip(anchors, _wholes(types, traits), _measured(chosen), parts, strict=True)
        ]

    def _chosen(self, told: Told, anchors: Sequence[int]) -> _Chosen:
        """The pieces of the window that rather have a role than not, for each anchor."""
        scores = np.full((len(anchors), len(ROLES), len(told.piece)), -np.inf, dtype=np.float32)
        asked = ((row, at, at) for row, at in zip(told.anchor, anchors, strict=True))
        for own, (near, given) in zip(scores, self.head.parts.given_each(asked, told.piece, _REACH), strict=True):
            own[:, near] = given.T
        likely = scores >= self._floor
        chances = sigmoid(scores[likely])
        sure = chances >= self._least
        likely[likely] = sure
        return _Chosen(likely, chances[sure])

    def _event(
        self, anchor: Span, sure: float, whole: _Whole, chances: Sequence[Floats], parts: dict[str, tuple[Part, ...]]
    ) -> EventSignal:
        measures = measures_of(sure, whole.likeliest, chances, whole.sourced)
        return EventSignal(
            anchor=anchor,
            score=round(sure, 4),
            types=whole.types,
            status=whole.status,
            certainty=whole.certainty,
            stance=whole.stance,
            negated=round(whole.negated, 4),
            sourced=round(whole.sourced, 4),
            confidence=confidence_of(measures, self._weights) if self._weights else None,
            measures=tuple([round(measure, 4) for measure in measures]),
            parts=parts,
        )


class _Whole(NamedTuple):
    """What one claim is as a whole; ``likeliest`` are the probabilities of its first and its second type."""

    likeliest: tuple[float, float]
    types: tuple[float, ...]
    status: tuple[float, ...]
    certainty: tuple[float, ...]
    stance: tuple[float, ...]
    negated: float
    sourced: float


class _Chosen(NamedTuple):
    """The pieces that rather have a role than not: where (anchors, roles, pieces), and their probabilities in order."""

    where: NDArray[np.bool_]
    chances: Floats


def _evidence(told: Told, anchors: Sequence[int], chosen: _Chosen) -> Floats:
    """For each anchor the mean state of the pieces that rather are evidence, its own among them, (anchors, width)."""
    count = len(anchors)
    taken = np.zeros((count + 1, len(told.states)), dtype=np.float32)  # one more: a single row is summed otherwise
    taken[:count] = chosen.where[:, 0]
    taken[range(count), anchors] = 1
    return np.asarray((taken @ told.states)[:count] / taken[:count].sum(1, keepdims=True), dtype=np.float32)


def _wholes(types: Floats, traits: Mapping[str, Floats]) -> list[_Whole]:
    """What each claim is, from the probabilities of all of them, a row a claim."""
    likeliest = np.sort(types)[:, :-3:-1].tolist()
    rounded = [_rounded(types), *(_rounded(traits[name]) for name in ("status", "certainty", "stance"))]
    negated, sourced = (traits[name][:, 1].tolist() for name in ("negated", "sourced"))
    rows = zip(likeliest, *rounded, negated, sourced, strict=True)
    return [_Whole((first, second), *rest) for (first, second), *rest in rows]


def _rounded(chances: Floats) -> list[tuple[float, ...]]:
    return [tuple(row) for row in np.round(chances.astype(np.float64), 4).tolist()]


def _measured(chosen: _Chosen) -> Iterator[list[Floats]]:
    """For each anchor, for each of the roles that are measured, the probabilities of the pieces that have it."""
    counts = np.count_nonzero(chosen.where, axis=2)
    ends = np.cumsum(counts).reshape(counts.shape)
    for firsts, lasts in zip((ends - counts)[:, :_MEASURED].tolist(), ends[:, :_MEASURED].tolist(), strict=True):
        yield [chosen.chances[first:last] for first, last in zip(firsts, lasts, strict=True)]


def _parts(text: str, pieces: Pieces, window: Window, chosen: _Chosen) -> list[dict[str, tuple[Part, ...]]]:
    """For each anchor the runs of pieces that have a role, widened to whole words, by the role's name."""
    count, roles, length = chosen.where.shape
    apart = np.zeros((count, roles, length + 1), dtype=np.bool_)  # so that no run goes on from one role to the next
    apart[:, :, :length] = chosen.where
    at = np.flatnonzero(apart)
    opens = np.flatnonzero(np.diff(at, prepend=-2) != 1)
    firsts, lasts = at[opens].tolist(), at[np.append(opens[1:], len(at))[: len(opens)] - 1].tolist()
    chances, bounds = chosen.chances.tolist(), [*opens.tolist(), len(at)]
    found: list[list[list[Part]]] = [[[] for _ in range(roles)] for _ in range(count)]
    for number, (first, last) in enumerate(zip(firsts, lasts, strict=True)):
        row, begin = divmod(first, length + 1)
        begin += window.first
        own = chances[bounds[number] : bounds[number + 1]]
        found[row // roles][row % roles].append(
            Part(
                span=whole_words(text, pieces.span(begin, begin + last - first)),
                score=round(sum(own) / len(own), 4),
            )
        )
    return [{name: tuple(own) for name, own in zip(ROLES, of_anchor, strict=True)} for of_anchor in found]
