"""The role head in numpy: labels every word piece given an anchor, from what the encoder tells of both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

__all__ = ["TABLES", "Floats", "RoleHead", "find_anchors", "softmax", "table_of", "within_reach"]

Floats = NDArray[np.float32]
TABLES = ("opening", "opening_bias", "closing", "distance", "product", "product_bias", "told", "label", "label_bias")
"""The arrays of a role head as training writes them."""
_REACH = 100  # pieces on either side of an anchor that can have a role for it
_LONGEST = 320  # the encoder knows so many positions, so that no two pieces of a window are further apart


def table_of(array: NDArray[np.float16]) -> Floats:
    """The table in single precision, row by row: so a product takes a tenth less time, and one of few rows half."""
    return np.array(array, dtype=np.float32, order="C")


def softmax(scores: Floats) -> Floats:
    """Probabilities of each row, from scores (rows, columns)."""
    columns = np.array(scores.T, dtype=np.float32, order="C")  # a few long columns take a third of many short rows
    columns -= np.maximum.reduce(columns)
    np.exp(columns, out=columns)
    columns /= np.add.reduce(columns)
    return columns.T


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
    """The tables of one role head. ``distance`` has a row for each step from the anchor, the anchor's in the middle.

    Of rectified sums, max(x + b, 0), the head takes max(x, -b) and adds what all the b's come to but once, as a score.
    ``floor`` holds the -b of the product, a row for every piece of the longest window, and ``bias`` its scores with
    those of the label. The ``product`` has units of its own, of which ``told`` are the scores.
    """

    opening: Floats
    opening_bias: Floats
    closing: Floats
    distance: Floats
    product: Floats
    floor: Floats
    told: Floats
    label: Floats
    bias: Floats

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[np.float16]]) -> RoleHead:
        """The head from the arrays of TABLES; steps beyond those told apart count as the last of them."""
        opening, own, closing, distance, product, least, told, label, bias = (table_of(arrays[name]) for name in TABLES)
        beyond = max(0, _LONGEST - len(distance) // 2)
        return cls(
            opening=opening,
            opening_bias=own,
            closing=closing,
            distance=np.pad(distance, ((beyond, beyond), (0, 0)), "edge"),
            product=product,
            floor=np.repeat(-least[None], _LONGEST, 0),
            told=told,
            label=label,
            bias=bias + least @ told,
        )

    def anchors(self, states: Floats, firsts: Sequence[int], lasts: Sequence[int]) -> Floats:
        """What the head asks of anchors, (anchors, width), from the states of their first and of their last pieces."""
        rows = states[firsts] @ self.opening
        rows += states[lasts] @ self.closing
        rows += self.opening_bias
        return rows

    def given(self, anchor: Floats, pieces: Floats, first: int, last: int, reach: int = _REACH) -> Floats:
        """Scores (pieces within reach, roles) given the anchor at ``first`` to ``last``.

        ``anchor`` is its row of ``anchors`` (width,), ``pieces`` is what the encoder tells of every piece, no more of
        them than a window can hold.
        """
        [(_, scores)] = self.given_each([(anchor, first, last)], pieces, reach)
        return scores

    def given_each(
        self, anchors: Iterable[tuple[Floats, int, int]], pieces: Floats, reach: int = _REACH
    ) -> Iterator[tuple[slice, Floats]]:
        """For each anchor of one window, as ``given`` takes it, the pieces within reach and their scores."""
        sums = np.empty(pieces.shape, dtype=np.float32)  # fresh memory for each anchor is dearer than sums
        products = np.empty((len(pieces), len(self.told)), dtype=np.float32)
        for anchor, first, last in anchors:
            near = within_reach(first, last, len(pieces), reach)
            own = pieces[near]
            mixed, product = sums[: len(own)], products[: len(own)]
            np.matmul(np.multiply(anchor, own, out=mixed), self.product, out=product)
            np.maximum(product, self.floor[: len(own)], out=product)
            self._place(own, first - near.start, last - near.start, mixed)
            np.maximum(mixed, -anchor, out=mixed)
            scores = mixed @ self.label
            scores += product @ self.told
            scores += anchor @ self.label + self.bias
            yield near, scores

    def _place(self, pieces: Floats, first: int, last: int, placed: Floats) -> None:
        """Writes the pieces into ``placed``, each with the row of its steps from the anchor added."""
        middle, count = len(self.distance) // 2, len(pieces)
        if first == last:
            np.add(self.distance[middle - first : middle - first + count], pieces, out=placed)
            return
        np.add(self.distance[middle - first : middle], pieces[:first], out=placed[:first])
        np.add(self.distance[middle], pieces[first : last + 1], out=placed[first : last + 1])
        np.add(self.distance[middle + 1 : middle + count - last], pieces[last + 1 :], out=placed[last + 1 :])
