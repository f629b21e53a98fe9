"""How far the confidences of claims can be taken at their word.

A claim is right where it matches a coded one of the same type whose informative fields agree to nine tenths on average.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from twosource.score.claims import informative, match_claims, mean_of
from twosource.score.coded import CodedClaim

__all__ = ["BINS", "calibration", "calibration_error", "claims_right"]

BINS = 10
_RIGHT = 0.9


def claims_right(gold: Sequence[CodedClaim], found: Sequence[CodedClaim], texts: Mapping[str, str]) -> list[bool]:
    """For every claim found, whether it is right."""
    right = [False] * len(found)
    for match in match_claims(gold, found, texts):
        if gold[match.gold].type is found[match.found].type:
            kept = informative(gold[match.gold], found[match.found])
            right[match.found] = mean_of(match.fields, kept) >= _RIGHT
    return right


def calibration_error(told: Sequence[float], right: Sequence[bool]) -> float:
    """Expected calibration error: the mean distance, over ten bins of equal width, of what was told from what is right.

    Each bin weighs as many claims as lie in it; 0.0 where there are none.
    """
    bins: dict[int, list[tuple[float, bool]]] = {}
    for chance, hit in zip(told, right, strict=True):
        bins.setdefault(min(int(chance * BINS), BINS - 1), []).append((chance, hit))
    total = sum(abs(sum(c for c, _ in inside) - sum(h for _, h in inside)) for inside in bins.values())
    return total / len(told) if told else 0.0


def calibration(gold: Sequence[CodedClaim], found: Sequence[CodedClaim], texts: Mapping[str, str]) -> dict[str, float]:
    """The share of right claims, the mean confidence and the error, over claims that tell one; else empty."""
    covered = {claim.report for claim in gold}
    sure = [claim for claim in found if claim.report in covered]
    pairs = [
        (claim.confidence, hit)
        for claim, hit in zip(sure, claims_right(gold, sure, texts), strict=True)
        if claim.confidence is not None
    ]
    if not pairs:
        return {}
    told, right = [chance for chance, _ in pairs], [hit for _, hit in pairs]
    return {
        "claims_right": sum(right) / len(right),
        "mean_confidence": sum(told) / len(told),
        "calibration_error": calibration_error(told, right),
    }
