"""The role head in numpy: labels every word piece given an anchor, from what the encoder tells of both."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
import numpy as np
from numpy.typing import NDArray

__all__ = ["Floats", "RoleHead", "find_anchors", "softmax", "within_reach"]

Floats = NDArray[np.float32]
_REACH = 100  # pieces on either side of an anchor that can have a role for it


def softmax(scores: Floats) -> Floats:
    """Probabilities over the last axis."""
    raised = np.exp(scores - scores.max(-1, keepdims=True))
    return np.asarray(raised / raised.sum(-1, keepdims=True), dtype=np.float32)


def find_anchors(tags: Floats, least: float) -> list[tuple[int, int]]:
    """First and last piece of each anchor, in order.

    ``tags`` holds each piece's probability to be outside, to begin or to be inside an anchor. Pieces belong to one
    where they are outside with a probability of at most 1 - ``least``; a piece that rather begins opens a new one.
    """
    inside = 1 - tags[:, 0] >= least
    begins = tags[:, 1] >= tags[:, 2]
    found: list[tuple[int, int]] = []
    for piece in np.flatnonzero(inside).tolist():
        if found and found[-1][1] == piece - 1 and not begins[piece]:
            found[-1] = (found[-1][0], piece)
        else:
            found.append((piece, piece))
    return found


def within_reach(first: int, last: int, count: int, reach: int = _REACH) -> slice:
    """The pieces, of ``count``, that are near enough to the anchor at ``first`` to ``last`` to have a role for it."""
    return slice(max(0, first - reach), min(count, last + 1 + reach))


class RoleHead(msgspec.Struct, frozen=True, kw_only=True):
    """The tables of one role head. ``distance`` has a row for each step from the anchor, the anchor's in the middle."""

    distance: Floats
    product: Floats
    product_bias: Floats
    label: Floats
    label_bias: Floats

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[np.float16]]) -> RoleHead:
        """The head from arrays under its fields' names."""
        return cls(**{name: arrays[name].astype(np.float32) for name in cls.__struct_fields__})

    def given(self, anchor: Floats, pieces: Floats, first: int, last: int, reach: int = _REACH) -> Floats:
        """Scores (pieces within reach, roles) given the anchor at ``first`` to ``last``.

        ``anchor`` is what the encoder tells of the anchor itself (width,), ``pieces`` of every piece.
        """
        near = within_reach(first, last, len(pieces), reach)
        pieces, at = pieces[near], np.arange(near.start, near.stop)
        told_apart = (len(self.distance) - 1) // 2
        steps = np.where(at < first, at - first, np.maximum(at - last, 0)).clip(-told_apart, told_apart)
        mixed = self.distance[steps + told_apart]  # a copy, in which all is added up: fresh memory costs more than sums
        mixed += pieces
        mixed += anchor
        np.maximum(mixed, 0, out=mixed)
        product = (anchor * pieces) @ self.product
        product += self.product_bias
        mixed += np.maximum(product, 0, out=product)
        return np.asarray(mixed @ self.label + self.label_bias, dtype=np.float32)
