"""From what the encoder tells of a window to its events: roles of words, type and traits of the claim, confidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from twosource.model.claim_head import ROLES, ClaimHead, sigmoid
from twosource.model.confidence import confidence_of, measures_of
from twosource.model.roles import Floats, within_reach
from twosource.model.windows import Pieces, Window, whole_words
from twosource.reading.signals import EventSignal, Part

__all__ = ["EventReader", "Told"]

_REACH = 200  # pieces on either side of an event's word: its day may stand at the far end of a window


class Told(NamedTuple):
    """What the encoder told of one window, a row a piece: for the role head, its states, its chance to be an anchor."""

    anchor: Floats
    piece: Floats
    states: Floats
    sure: Floats


class EventReader:
    """Reads the events of one window. ``least`` is the probability from which on a word has a role."""

    def __init__(self, head: ClaimHead, least: float, weights: Mapping[str, float]) -> None:
        """``weights`` are those of model.confidence; without any, no confidence is told."""
        self._head, self._least, self._weights = head, least, weights

    def events(
        self, text: str, pieces: Pieces, window: Window, told: Told, anchors: Sequence[int]
    ) -> list[EventSignal]:
        """The events whose anchors are the window's pieces ``anchors``."""
        if not anchors:
            return []
        chances = self._chances(told, anchors)
        chosen = chances >= self._least
        evidence = np.stack([_evidence(told, at, own) for at, own in zip(anchors, chosen[:, 0], strict=True)])
        types, traits = self._head.whole(told.states[list(anchors)], evidence)
        wholes = _wholes(types, traits)
        return [
            self._event(text, pieces, window, float(told.sure[at]), at, whole, roles)
            for at, whole, roles in zip(anchors, wholes, _chosen_pieces(chances, chosen), strict=True)
        ]

    def _chances(self, told: Told, anchors: Sequence[int]) -> Floats:
        """The probability of each role for every piece of the window, (anchors, roles, pieces)."""
        scores = np.full((len(anchors), len(told.piece), len(ROLES)), -np.inf, dtype=np.float32)
        for number, at in enumerate(anchors):
            near = within_reach(at, at, len(told.piece), _REACH)
            scores[number, near] = self._head.parts.given(told.anchor[at], told.piece, at, at, _REACH)
        return sigmoid(np.ascontiguousarray(scores.transpose(0, 2, 1)))

    def _event(
        self, text: str, pieces: Pieces, window: Window, sure: float, at: int, whole: _Whole, roles: Sequence[_Chosen]
    ) -> EventSignal:
        measures = measures_of(sure, whole.likeliest, [own.chances for own in roles[:4]], whole.sourced)
        return EventSignal(
            anchor=pieces.span(window.first + at, window.first + at),
            score=round(sure, 4),
            types=whole.types,
            status=whole.status,
            certainty=whole.certainty,
            stance=whole.stance,
            negated=round(whole.negated, 4),
            sourced=round(whole.sourced, 4),
            confidence=confidence_of(measures, self._weights) if self._weights else None,
            measures=tuple(round(measure, 4) for measure in measures),
            parts={name: _parts(text, pieces, window, own) for name, own in zip(ROLES, roles, strict=True)},
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
    """The pieces of a window that rather have a role than not, in order, and their probabilities."""

    at: list[int]
    chances: Floats


def _evidence(told: Told, at: int, chosen: NDArray[np.bool_]) -> Floats:
    """The mean state of the pieces that rather are evidence, the anchor's among them."""
    evidence = chosen.copy()
    evidence[at] = True
    return np.asarray(told.states[evidence].mean(0), dtype=np.float32)


def _wholes(types: Floats, traits: Mapping[str, Floats]) -> list[_Whole]:
    """What each claim is, from the probabilities of all of them, a row a claim."""
    likeliest = np.sort(types)[:, :-3:-1].tolist()
    rounded = [_rounded(types), *(_rounded(traits[name]) for name in ("status", "certainty", "stance"))]
    negated, sourced = (traits[name][:, 1].tolist() for name in ("negated", "sourced"))
    rows = zip(likeliest, *rounded, negated, sourced, strict=True)
    return [_Whole((first, second), *rest) for (first, second), *rest in rows]


def _rounded(chances: Floats) -> list[tuple[float, ...]]:
    return [tuple(row) for row in np.round(chances.astype(np.float64), 4).tolist()]


def _chosen_pieces(chances: Floats, chosen: NDArray[np.bool_]) -> list[list[_Chosen]]:
    """For each anchor, for each role, the pieces chosen of (anchors, roles, pieces)."""
    at, values = np.nonzero(chosen)[2].tolist(), chances[chosen]
    found: list[list[_Chosen]] = []
    first = 0
    for counts in np.count_nonzero(chosen, axis=2).tolist():
        found.append([])
        for count in counts:
            found[-1].append(_Chosen(at[first : first + count], values[first : first + count]))
            first += count
    return found


def _parts(text: str, pieces: Pieces, window: Window, chosen: _Chosen) -> tuple[Part, ...]:
    """The runs of chosen pieces, widened to whole words."""
    if not chosen.at:
        return ()
    at, chances = chosen.at, chosen.chances.tolist()
    ends = [number for number in range(1, len(at)) if at[number] != at[number - 1] + 1]
    return tuple(
        Part(
            span=whole_words(text, pieces.span(window.first + at[first], window.first + at[end - 1])),
            score=round(sum(chances[first:end]) / (end - first), 4),
        )
        for first, end in zip([0, *ends], [*ends, len(at)], strict=True)
    )
