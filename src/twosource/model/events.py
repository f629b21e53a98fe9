"""From what the encoder tells of a window to its events: roles of words, type and traits of the claim, confidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

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
        chances = [self._chances(told, at) for at in anchors]
        states = np.stack([self._evidence(told, at, own) for at, own in zip(anchors, chances, strict=True)])
        types, traits = self._head.whole(told.states[list(anchors)], states)
        return [
            self._event(text, pieces, window, told, at, (chances[n], types[n], {k: v[n] for k, v in traits.items()}))
            for n, at in enumerate(anchors)
        ]

    def _chances(self, told: Told, at: int) -> Floats:
        """The probability of each role for every piece of the window, (pieces, roles)."""
        chances = np.zeros((len(told.piece), len(ROLES)), dtype=np.float32)
        chances[within_reach(at, at, len(told.piece), _REACH)] = sigmoid(
            self._head.parts.given(told.anchor[at], told.piece, at, at, _REACH)
        )
        return chances

    def _evidence(self, told: Told, at: int, chances: Floats) -> Floats:
        """The mean state of the pieces that rather are evidence, the anchor's among them."""
        evidence = chances[:, 0] >= self._least
        evidence[at] = True
        return np.asarray(told.states[evidence].mean(0), dtype=np.float32)

    def _event(
        self,
        text: str,
        pieces: Pieces,
        window: Window,
        told: Told,
        at: int,
        whole: tuple[Floats, Floats, Mapping[str, Floats]],
    ) -> EventSignal:
        chances, types, traits = whole
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
            parts=_parts(text, pieces, window, chances, self._least),
        )


def _rounded(chances: Floats) -> tuple[float, ...]:
    return tuple(np.round(chances.astype(np.float64), 4).tolist())


def _parts(text: str, pieces: Pieces, window: Window, chances: Floats, least: float) -> dict[str, tuple[Part, ...]]:
    """For each role the runs of pieces that rather have it, widened to whole words."""
    by_role = chances.T.tolist()
    runs: list[list[tuple[int, int]]] = [[] for _ in ROLES]
    for role, at in np.argwhere((chances >= least).T).tolist():
        own = runs[role]
        if own and own[-1][1] == at - 1:
            own[-1] = (own[-1][0], at)
        else:
            own.append((at, at))
    return {
        name: tuple(
            Part(
                span=whole_words(text, pieces.span(window.first + first, window.first + last)),
                score=round(sum(by_role[number][first : last + 1]) / (last + 1 - first), 4),
            )
            for first, last in runs[number]
        )
        for number, name in enumerate(ROLES)
    }
