"""Groups of claims, joined from the likest on by the mean of all pairs between two groups, in whatever order they come.

A chain of likenesses (A like B, B like C) makes no group of what is not alike on the whole. People's decisions come
first: claims that a person joined start together, and those that a person parted are never in one group.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Mapping, Sequence

__all__ = ["Pair", "components", "groups"]

Pair = tuple[str, str]
"""Two ids of claims, in order."""

_DIGITS = 9  # to which means are compared, so that the order in which floats were summed shows nowhere


def components(claims: Iterable[str], joined: Iterable[Pair]) -> list[list[str]]:
    """The claims in parts between which no pair joins anything, each sorted, and sorted by their first."""
    head = {claim: claim for claim in claims}
    for first, second in joined:
        a, b = _head(head, first), _head(head, second)
        if a != b:
            head[max(a, b)] = min(a, b)
    found: dict[str, list[str]] = {}
    for claim in sorted(head):
        found.setdefault(_head(head, claim), []).append(claim)
    return sorted(found.values())


def _head(head: dict[str, str], claim: str) -> str:
    while head[claim] != claim:
        head[claim] = head[head[claim]]
        claim = head[claim]
    return claim


def groups(
    claims: Sequence[str],
    scores: Mapping[Pair, float],
    join: float,
    together: Collection[Pair] = (),
    apart: Collection[Pair] = (),
) -> list[tuple[str, ...]]:
    """The claims in groups, each sorted, and sorted by their first; pairs without a score count as unlike."""
    inside = set(claims)
    start = components(claims, (pair for pair in together if inside.issuperset(pair)))
    forming = _Forming([tuple(group) for group in start], scores, apart, join)
    while forming.merge_likest():
        pass
    return sorted(forming.members.values())


class _Forming:
    """Groups on their way, each under its first claim, with the sum of the scores between each two that have any.

    The likest two are found in a heap; what a merge has made untrue in it is passed over when it comes up.
    """

    def __init__(
        self, start: Sequence[tuple[str, ...]], scores: Mapping[Pair, float], apart: Collection[Pair], join: float
    ) -> None:
        self.members = {group[0]: group for group in start}
        self._join = join
        of = {claim: group[0] for group in start for claim in group}
        self._sums: dict[str, dict[str, float]] = {name: {} for name in self.members}
        self._apart: dict[str, set[str]] = {name: set() for name in self.members}
        self._heap: list[tuple[float, str, str]] = []
        for pair in sorted(scores):
            first, second = of.get(pair[0]), of.get(pair[1])
            if first is not None and second is not None and first != second:
                self._add(first, second, scores[pair])
        for one, other in apart:
            if one in of and other in of and of[one] != of[other]:  # who joined them counts
                self._apart[of[one]].add(of[other])
                self._apart[of[other]].add(of[one])
        for name in self._sums:
            self._offer(name, [other for other in self._sums[name] if other > name])

    def _add(self, a: str, b: str, score: float) -> None:
        self._sums[a][b] = self._sums[a].get(b, 0.0) + score
        self._sums[b][a] = self._sums[b].get(a, 0.0) + score

    def _offer(self, name: str, others: Iterable[str]) -> None:
        for other in others:
            mean = self._mean(name, other)
            if mean >= self._join:
                heapq.heappush(self._heap, (-mean, min(name, other), max(name, other)))

    def _mean(self, a: str, b: str) -> float:
        return round(self._sums[a][b] / (len(self.members[a]) * len(self.members[b])), _DIGITS)

    def merge_likest(self) -> bool:
        """Makes one of the two groups that are likest on the whole, of several the first ones; False for none left."""
        while self._heap:
            less, a, b = heapq.heappop(self._heap)
            stands = a in self.members and b in self.members and b in self._sums[a]
            if stands and self._mean(a, b) == -less and b not in self._apart[a]:
                self._merge(a, b)
                return True
        return False

    def _merge(self, a: str, b: str) -> None:
        """Puts the second group into the first, whose first claim comes before."""
        self.members[a] = tuple(sorted(self.members[a] + self.members.pop(b)))
        for other, total in self._sums.pop(b).items():
            del self._sums[other][b]
            if other != a:
                self._add(a, other, total)
        for other in self._apart.pop(b):
            self._apart[other].discard(b)
            if other != a:
                self._apart[other].add(a)
                self._apart[a].add(other)
        self._offer(a, self._sums[a])
