"""The role head in numpy: labels every word piece given an anchor, from what the encoder tells of both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

import msgspec
import numpy as np
from numpy.typing import NDArray

__all__ = ["Floats", "RoleHead", "find_anchors", "softmax", "within_reach"]

Floats = NDArray[np.float32]
_REACH = 100  # pieces on either side of an anchor that can have a role for it
_LONGEST = 320  # the encoder knows so many positions, so that no two pieces of a window are further apart


def softmax(scores: Floats) -> Floats:
    """Probabilities over the last axis."""
    raised = np.exp(scores - scores.max(-1, keepdims=True))
    return np.asarray(raised / raised.sum(-1, keepdims=True), dtype=np.float32)


def find_anchors(tags: Floats, least: float, first: float = 0.0) -> list[tuple[int, int]]:
    """First and last piece of each anchor, in order.

    ``tags`` holds each piece's probability to be outside, to begin or to be inside an anchor. Pieces belong to one
    where they are outside with a probability of at most 1 - ``least``; a piece that rather begins opens a new one.
    Only anchors count whose first piece is outside with at most 1 - ``first``.
    """
    inside = 1 - tags[:, 0] >= least
    begins = tags[:, 1] >= tags[:, 2]
    found: list[tuple[int, int]] = []
    for piece in np.flatnonzero(inside).tolist():
        if found and found[-1][1] == piece - 1 and not begins[piece]:
            found[-1] = (found[-1][0], piece)
        else:
            found.append((piece, piece))
    return [anchor for anchor in found if 1 - tags[anchor[0], 0] >= first]


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
        """The head from arrays under its fields' names; steps beyond those told apart count as the last of them."""
        tables = {name: arrays[name].astype(np.float32) for name in cls.__struct_fields__}
        tables["product"] = np.ascontiguousarray(tables["product"])  # row by row a product takes a tenth less time
        beyond = max(0, _LONGEST - len(tables["distance"]) // 2)
        return cls(**{**tables, "distance": np.pad(tables["distance"], ((beyond, beyond), (0, 0)), "edge")})

    def given(self, anchor: Floats, pieces: Floats, first: int, last: int, reach: int = _REACH) -> Floats:
        """Scores (pieces within reach, roles) given the anchor at ``first`` to ``last``.

        ``anchor`` is what the encoder tells of the anchor itself (width,), ``pieces`` of every piece; of these there
        are no more than a window can hold.
        """
        [(_, scores)] = self.given_each([(anchor, first, last)], pieces, reach)
        return scores

    def given_each(
        self, anchors: Iterable[tuple[Floats, int, int]], pieces: Floats, reach: int = _REACH
    ) -> Iterator[tuple[slice, Floats]]:
        """For each anchor of one window, as ``given`` takes it, the pieces within reach and their scores."""
        rooms = np.empty((2, *pieces.shape), dtype=np.float32)  # fresh memory for each anchor is dearer than sums
        for anchor, first, last in anchors:
            near = within_reach(first, last, len(pieces), reach)
            own = pieces[near]
            mixed, product = rooms[:, : len(own)]
            floor = _floor(own.shape[1])[: len(own)]
            np.matmul(np.multiply(anchor, own, out=mixed), self.product, out=product)
            product += self.product_bias
            np.maximum(product, floor, out=product)
            self._place(own, first - near.start, last - near.start, mixed)
            mixed += anchor
            np.maximum(mixed, floor, out=mixed)
            mixed += product
            yield near, mixed @ self.label + self.label_bias

    def _place(self, pieces: Floats, first: int, last: int, placed: Floats) -> None:
        """Writes the pieces into ``placed``, each with the row of its steps from the anchor added."""
        middle, count = len(self.distance) // 2, len(pieces)
        if first == last:
            np.add(self.distance[middle - first : middle - first + count], pieces, out=placed)
            return
        np.add(self.distance[middle - first : middle], pieces[:first], out=placed[:first])
        np.add(self.distance[middle], pieces[first : last + 1], out=placed[first : last + 1])
        np.add(self.distance[middle + 1 : middle + count - last], pieces[last + 1 :], out=placed[last + 1 :])


@lru_cache(maxsize=4)
def _floor(width: int) -> Floats:
    """Zeros of that width: the greater of two arrays is found thrice as fast as that of an array and a number."""
    floor = np.zeros((_LONGEST, width), dtype=np.float32)
    floor.flags.writeable = False
    return floor
