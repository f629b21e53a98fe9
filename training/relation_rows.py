"""Logistic regression over rows that are mostly empty, with some full columns beside them.

Plain numpy: products over what is there alone, so that thousands of rare features cost no more than they hold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["Floats", "Rows", "descend"]

Floats = NDArray[np.float32]
_PART = 1.1  # the greatest eigenvalue is told this much larger than found, as the search comes from below


class Rows:
    """A matrix: a column for each of ``names``, by the rows' features, then those of ``full`` (a row each), if any."""

    def __init__(
        self, features: Sequence[Mapping[str, float]], names: Sequence[str], full: Floats | None = None
    ) -> None:
        """Features that ``names`` doesn't hold are passed over."""
        at = {name: number for number, name in enumerate(names)}
        cells = [(row, at[k], v) for row, one in enumerate(features) for k, v in one.items() if k in at]
        rows, columns = (np.array([cell[side] for cell in cells], dtype=np.int64) for side in (0, 1))
        amounts = np.array([cell[2] for cell in cells], dtype=np.float32)
        self.full = np.zeros((len(features), 0), np.float32) if full is None else full
        self.height, self._names = len(features), len(names)
        self._by_row = _Cells(rows, columns, amounts, len(features))
        self._by_column = _Cells(columns, rows, amounts, len(names))

    @property
    def width(self) -> int:
        """How many columns there are."""
        return self._names + self.full.shape[1]

    def times(self, weights: Floats) -> Floats:
        """The product with a matrix that has a row a column of this one."""
        return self._by_row.summed(weights) + self.full @ weights[self._names :]

    def back(self, amounts: Floats) -> Floats:
        """The product of the matrix turned over with one that has a row a row of this one."""
        return np.concatenate([self._by_column.summed(amounts), self.full.T @ amounts])


class _Cells:
    """What is not empty, in order of the side by which it is summed."""

    def __init__(self, to: NDArray[np.int64], of: NDArray[np.int64], amounts: Floats, size: int) -> None:
        order = np.argsort(to, kind="stable")
        self._of, self._amounts, self._size = of[order], amounts[order, None], size
        self._to, self._begins = np.unique(to[order], return_index=True)

    def summed(self, values: Floats) -> Floats:
        out = np.zeros((self._size, values.shape[1]), np.float32)
        if len(self._to):
            out[self._to] = np.add.reduceat(values[self._of] * self._amounts, self._begins, axis=0)
        return out


def descend(rows: Rows, wanted: Floats, shares: Floats, pull: float, steps: int) -> Floats:
    """A weight for every column and label, by accelerated gradient descent, all of them drawn to zero by ``pull``.

    ``wanted`` is 1 where a row has a label; ``shares`` is what each row counts, of 1 in all.
    """
    step = np.float32(1 / (_greatest(rows, shares) / 4 + pull))
    weights = before = np.zeros((rows.width, wanted.shape[1]), np.float32)
    for number in range(steps):
        ahead = weights + np.float32(number / (number + 3)) * (weights - before)
        before = weights
        chances = (1 / (1 + np.exp(-rows.times(ahead)))).astype(np.float32)
        missed = ((chances - wanted) * shares[:, None]).astype(np.float32)
        weights = (ahead - step * (rows.back(missed) + np.float32(pull) * ahead)).astype(np.float32)
    return weights


def _greatest(rows: Rows, shares: Floats) -> float:
    """An upper bound of the greatest eigenvalue of the columns' products, near it."""
    direction, length = np.ones((rows.width, 1), np.float32), 1.0
    for _ in range(12):
        direction = rows.back(rows.times(direction) * shares[:, None])
        length = float(np.linalg.norm(direction))
        direction /= np.float32(length)
    return _PART * length
