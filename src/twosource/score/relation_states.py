"""What the trained encoder's states tell of two entities: numbers that no single sign stands for.

The states are the encoder's rows for word pieces, learned from claims; their means over the two entities and over the
words between them are weighed as they are.
"""

from __future__ import annotations

import numpy as np

from twosource.model.roles import Floats
from twosource.score.relation_chances import TextEvents
from twosource.spans import Span

__all__ = ["PairStates"]


class PairStates:
    """Answers, for any two spans of one text, the mean states of both and of what lies between."""

    def __init__(self, told: TextEvents, states: Floats) -> None:
        """``states`` has a row for every piece of ``told``."""
        self._told, self._states = told, states
        self._means: dict[Span, Floats] = {}

    def of(self, source: Span, target: Span) -> Floats:
        """Four rows' worth of numbers, the source's, the target's, those between, and these by order, then the order.

        The order is 1, or -1 where the target stands first. No words between count as nothing.
        """
        first, second = sorted((source, target))
        between = self._mean(Span(first.end, second.start))
        order = np.array([1 if first is source else -1], dtype=np.float32)
        return np.concatenate([self._mean(source), self._mean(target), between, order * between, order])

    def _mean(self, span: Span) -> Floats:
        if span not in self._means:
            inside = self._told.pieces(span)
            width = self._states.shape[1]
            self._means[span] = self._states[inside].mean(0) if inside else np.zeros(width, dtype=np.float32)
        return self._means[span]
