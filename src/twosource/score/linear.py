"""A linear classifier fitted on the spot: softmax regression over given features, by accelerated gradient descent.

It works on the products of the rows with each other: its cost depends on the number of rows, not on that of features.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = ["Floats", "classify"]

Floats: TypeAlias = NDArray[np.float64]
_PULL = 3e-4  # how strongly the weights are drawn to zero, per row
_STEPS = 300


def classify(known: Floats, labels: NDArray[np.int64], asked: Floats) -> NDArray[np.int64]:
    """The likeliest label of every row of ``asked``, by what the rows of ``known`` and their labels (from 0) teach."""
    weights = _fitted(known @ known.T, np.eye(int(labels.max()) + 1)[labels])
    likeliest: NDArray[np.int64] = (asked @ known.T @ weights).argmax(axis=1).astype(np.int64)
    return likeliest


def _fitted(products: Floats, wanted: Floats) -> Floats:
    """A weight for each row and label. The step is the largest that is safe, by the bound of the products' rows."""
    rows = len(products)
    step = 1 / (np.abs(products).sum(axis=1).max() / (2 * rows) + _PULL)
    weights = before = np.zeros_like(wanted)
    for number in range(_STEPS):
        ahead = weights + number / (number + 3) * (weights - before)
        before = weights
        weights = ahead - step * ((_softmax(products @ ahead) - wanted) / rows + _PULL * ahead)
    return weights


def _softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=1, keepdims=True)
    return shares
