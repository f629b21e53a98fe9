"""A second opinion on relations: logistic regression on the encoder's states, cut down to their main directions.

The many numbers of a pair's states would learn the few labelled texts by heart. Their main directions, found without
the labels, don't. Weights for these are weights for the numbers themselves: no more is kept than a row for each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from training.relation_rows import Floats, Rows, descend

__all__ = ["fit_states"]

_DIRECTIONS = 48  # of the entities' states, and as many of those between
_EVENED = 0.25  # the power of a direction's variance that its amounts are divided by: half way to all alike
_SPREAD = 0.25  # the spread of the amounts, beside features that are 1
_PULL, _STEPS = 1e-3, 60
_ALWAYS = "all"  # the feature of every pair
_KINDS = (_ALWAYS, "letters:", "far:", "kinds:")  # the features that are learned along: what kinds, and how far apart


def fit_states(
    features: Sequence[Mapping[str, float]], names: Sequence[str], states: Floats, wanted: Floats, shares: Floats
) -> tuple[dict[str, Floats], Floats]:
    """Weights of the named features of kind and distance, and of every number of ``states`` (a row a pair)."""
    kept = [name for name in names if name.startswith(_KINDS)]
    order, turns = states[:, -1:], _turned(states[:, :-1])
    parts = np.split(states[:, :-1], 4, axis=1)
    told = [(part - turn.middle) @ turn.way for part, turn in zip(parts[:3], turns, strict=False)]
    told.append(order * told[2])
    amounts = np.concatenate(told, axis=1)
    spread = float(amounts.std()) if amounts.size else 0.0
    scale = np.float32(_SPREAD / max(spread, 1e-6))
    weights = descend(Rows(features, kept, (amounts * scale).astype(np.float32)), wanted, shares, _PULL, _STEPS)
    cuts = np.cumsum([turn.way.shape[1] for turn in turns])[:-1]
    tables = [turn.way @ part for turn, part in zip(turns, np.split(weights[len(kept) :] * scale, cuts), strict=True)]
    middles = np.stack([turn.middle @ table for turn, table in zip(turns, tables, strict=True)])
    known = dict(zip(kept, weights, strict=False))
    known[_ALWAYS] = known.get(_ALWAYS, np.float32(0)) - middles[:3].sum(0)
    return known, np.concatenate([*tables, -middles[3:]])


class _Turn(NamedTuple):
    """A mean row, and the main directions of rows about it, a column each."""

    middle: Floats
    way: Floats


def _turned(states: Floats) -> list[_Turn]:
    """For each quarter of the states the directions that it is told by: those of the entities, and those between."""
    source, target, between, _ = np.split(states, 4, axis=1)
    entities, words = _directions(np.concatenate([source, target])), _directions(between)
    return [entities, entities, words, words]


def _directions(rows: Floats) -> _Turn:
    middle = rows.mean(0)
    moved = rows - middle
    sizes, turned = np.linalg.eigh((moved.T @ moved / len(rows)).astype(np.float64))
    order = [at for at in np.argsort(-sizes)[:_DIRECTIONS] if sizes[at] > 1e-9]
    return _Turn(middle, (turned[:, order] / sizes[order] ** _EVENED).astype(np.float32))
