"""From what the encoder tells of a window to its events: roles of words, type and traits of the claim, confidence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from twosource.model.claim_head import ROLES, ClaimHead, sigmoid
from twosource.model.confidence import confidence_of, measures_of
from twosource.model.roles import Floats, within_reach
from twosource.model.windows import Pieces, Window, whole_words
from twosource.reading.signals import EventSignal, Part

__all__ = ["EventReader", "Told"]


class Told(NamedTuple):
    """What the encoder told of one window, a row a piece: for the role head, its states, its chance to be an anchor."""

    anchor: Floats
    piece: Floats
    states: Floats
    sure: Floats


class EventReader:
    """Reads one event at a time. ``least`` is the probability from which on a word has a role."""

    def __init__(self, head: ClaimHead, least: float, weights: Mapping[str, float]) -> None:
        """``weights`` are those of model.confidence; without any, no confidence is told."""
        self._head, self._least, self._weights = head, least, weights

    def event(self, text: str, pieces: Pieces, window: Window, told: Told, at: int) -> EventSignal:
        """The event whose anchor is the window's piece ``at``."""
        chances = np.zeros((len(told.piece), len(ROLES)), dtype=np.float32)
        chances[within_reach(at, at, len(told.piece))] = sigmoid(
            self._head.parts.given(told.anchor[at], told.piece, at, at)
        )
        evidence = chances[:, 0] >= self._least
        evidence[at] = True
        types, traits = self._head.whole(told.states[at], told.states[evidence].mean(0))
        sourced = float(traits["sourced"][1])
        measures = measures_of(float(told.sure[at]), types, chances, self._least, sourced)
        return EventSignal(
            anchor=pieces.span(window.first + at, window.first + at),
            score=round(float(told.sure[at]), 4),
            types=_rounded(types),
            status=_rounded(traits["status"]),
            certainty=_rounded(traits["certainty"]),
            stance=_rounded(traits["stance"]),
            negated=round(float(traits["negated"][1]), 4),
            sourced=round(sourced, 4),
            confidence=confidence_of(measures, self._weights) if self._weights else None,
            measures=tuple(round(measure, 4) for measure in measures),
            parts={
                role: _parts(text, pieces, window, chances[:, number], self._least) for number, role in enumerate(ROLES)
            },
        )


def _rounded(chances: Floats) -> tuple[float, ...]:
    return tuple(round(float(chance), 4) for chance in chances)


def _parts(text: str, pieces: Pieces, window: Window, chances: Floats, least: float) -> tuple[Part, ...]:
    """The runs of pieces that rather have the role, widened to whole words."""
    at = np.flatnonzero(chances >= least)
    if not len(at):
        return ()
    parts = []
    for run in np.split(at, np.flatnonzero(np.diff(at) > 1) + 1):
        span = pieces.span(window.first + int(run[0]), window.first + int(run[-1]))
        parts.append(Part(span=whole_words(text, span), score=round(float(chances[run].mean()), 4)))
    return tuple(parts)
