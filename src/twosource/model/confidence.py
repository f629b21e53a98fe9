"""How likely a claim is right as a whole, from what the reader tells of it: a logistic model of a few named measures.

Right means: found, of the right type, and right in nine tenths of the fields that say something. The weights are fitted
on reports of outlets that the reader never saw (training/fit_confidence.py), so that of the claims given 0.3 about
three in ten are right.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from twosource.model.roles import Floats

__all__ = ["MEASURES", "confidence_of", "measures_of"]

MEASURES = ("anchor", "type", "second_type", "evidence", "length", "actors", "targets", "places", "sourced")
_LEAST = 1e-3


def measures_of(sure: float, types: Floats, roles: Floats, least: float, sourced: float) -> tuple[float, ...]:
    """The measures in the order of MEASURES.

    ``sure`` is the anchor's probability, ``types`` those of the types, ``roles`` (pieces, roles) those of every piece
    for each role in the order of the claim head, of which those from ``least`` on count; ``sourced`` is how likely the
    claim is somebody's word.
    """
    first, second = np.sort(types)[::-1][:2]
    chosen = [column[column >= least] for column in roles.T[:4]]
    means = [float(column.mean()) if len(column) else 0.0 for column in chosen]
    return (
        _logit(sure),
        _logit(float(first)),
        float(second),
        means[0],
        math.log1p(len(chosen[0])),
        means[1],
        means[2],
        means[3],
        abs(sourced - 0.5),
    )


def confidence_of(measures: Sequence[float], weights: Mapping[str, float]) -> float:
    """The probability, from 0 to 1. ``weights`` has one for each measure, and 'bias'."""
    total = weights["bias"] + sum(weights[name] * value for name, value in zip(MEASURES, measures, strict=True))
    return round(1 / (1 + math.exp(-total)), 3)


def _logit(chance: float) -> float:
    kept = min(max(chance, _LEAST), 1 - _LEAST)
    return math.log(kept / (1 - kept))
