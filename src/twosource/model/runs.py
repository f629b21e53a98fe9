"""From a label for every word piece to the runs of a role, with the small slips of single pieces smoothed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["moved", "role_runs", "steadied"]

Runs = list[tuple[int, int]]
_EDGES = frozenset({"", ",", ";", ":", "—", "–", "-"})
_SHORT_GAP = 2  # unlabelled pieces inside a run that count as slips
_LONG = 4  # a role with a run longer than this has no run of a single piece


def steadied(gains: Sequence[float], anchor: tuple[int, int], switch: float) -> list[bool]:
    """Which pieces to take so that the sum of their gains is greatest, where every change of side costs ``switch``.

    A gain is how much likelier a piece is taken than left, as a difference of logarithms. At the anchor a change is
    free. Takes time in proportion to the pieces.
    """
    if not gains:
        return []
    costs = [switch] * len(gains)
    for number in range(len(gains))[anchor[0] : anchor[1] + 2]:
        costs[number] = 0.0
    before = gains[0]
    ahead = [before]  # how much better off it is to have taken a piece than to have left it
    for gain, cost in zip(gains[1:], costs[1:], strict=True):
        before = gain + (cost if before > cost else -cost if before < -cost else before)
        ahead.append(before)
    taken = ahead.pop() > 0
    steady = [taken]
    for before, cost in zip(reversed(ahead), reversed(costs), strict=False):
        taken = before >= -cost if taken else before > cost
        steady.append(taken)
    return steady[::-1]


def role_runs(
    labels: NDArray[np.int64],
    role: int,
    anchor: tuple[int, int],
    words: Sequence[str],
    sure: NDArray[np.float32],
) -> Runs:
    """The first and last pieces of the runs of ``role``, both included, in order.

    Gaps of up to two unlabelled pieces are closed unless the anchor lies in them; of role 1, the source, only the run
    stays whose pieces are surest together; commas and dashes at the edges fall away. ``sure`` holds the role's
    probability for each piece.
    """
    runs = _joined(_runs(labels, role), labels, anchor)
    if role == 1 and runs:
        runs = [max(runs, key=lambda run: float(sure[run[0] : run[1] + 1].sum()))]
    longest = max((last - first + 1 for first, last in runs), default=0)
    if longest > _LONG:
        runs = [(first, last) for first, last in runs if last > first]
    return [run for run in (_trimmed(run, words) for run in runs) if run[0] <= run[1]]


def moved(runs: Runs, by: int) -> Runs:
    """The runs that many pieces further on."""
    return [(first + by, last + by) for first, last in runs]


def _runs(labels: NDArray[np.int64], role: int) -> Runs:
    at = np.flatnonzero(labels == role).tolist()
    ends = [number for number in range(1, len(at)) if at[number] != at[number - 1] + 1]
    return [(at[first], at[end - 1]) for first, end in zip([0, *ends], [*ends, len(at)], strict=True)] if at else []


def _joined(runs: Runs, labels: NDArray[np.int64], anchor: tuple[int, int]) -> Runs:
    joined: Runs = []
    for first, last in runs:
        gap = range(joined[-1][1] + 1, first) if joined else range(0)
        holds_anchor = bool(gap) and gap[0] <= anchor[1] and anchor[0] <= gap[-1]
        if joined and len(gap) <= _SHORT_GAP and not holds_anchor and not labels[gap[0] : gap[-1] + 1].any():
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return joined


def _trimmed(run: tuple[int, int], words: Sequence[str]) -> tuple[int, int]:
    first, last = run
    while first <= last and words[first] in _EDGES:
        first += 1
    while last >= first and words[last] in _EDGES:
        last -= 1
    return first, last
