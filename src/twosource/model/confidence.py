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


def measures_of(sure: float, types: Sequence[float], roles: Sequence[Floats], sourced: float) -> tuple[float, ...]:
    """The measures in the order of MEASURES.

    ``sure`` is the anchor's probability, ``types`` are those of the likeliest type and of the second. ``roles`` holds,
    for each of the first four roles of the claim head, the probabilities of the pieces that rather have it;
    ``sourced`` is how likely the claim is somebody's word.
    """
    evidence, actors, targets, places = (_mean(chances) for chances in roles)
    return (
        _logit(sure),
        _logit(types[0]),
        types[1],
        evidence,
        math.log1p(len(roles[0])),
        actors,
        targets,
        places,
        abs(sourced - 0.5),
    )


def confidence_of(measures: Sequence[float], weights: Mapping[str, float]) -> float:
    """The probability, from 0 to 1. ``weights`` has one for each measure, and 'bias'."""
    total = weights["bias"] + sum(weights[name] * value for name, value in zip(MEASURES, measures, strict=True))
    return round(1 / (1 + math.exp(-total)), 3)


def _mean(chances: Floats) -> float:
    """The mean, 0 of none; what numpy's own gives, without its questions about axes and types."""
    return float(np.add.reduce(chances) / np.float32(len(chances))) if len(chances) else 0.0


def _logit(chance: float) -> float:
    kept = min(max(chance, _LEAST), 1 - _LEAST)
    return math.log(kept / (1 - kept))
