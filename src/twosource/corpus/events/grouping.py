"""Groups of claims, joined from the likest on by the mean of all pairs between two groups, in whatever order they come.

A chain of likenesses (A like B, B like C) makes no group of what is not alike on the whole. People's decisions come
first: claims that a person joined start together, and those that a person parted are never in one group.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

__all__ = ["Pair", "components", "groups"]

Pair = tuple[str, str]
"""Two ids of claims, in order."""


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
    forming = _Forming([tuple(group) for group in start], scores, apart)
    while (best := forming.best(join)) is not None:
        forming.merge(*best)
    return sorted(forming.members.values())


class _Forming:
    """Groups on their way, by numbers, with the sum of the scores between each two that have any."""

    def __init__(self, start: Sequence[tuple[str, ...]], scores: Mapping[Pair, float], apart: Collection[Pair]) -> None:
        self.members = dict(enumerate(start))
        of = {claim: number for number, group in self.members.items() for claim in group}
        self._sums: dict[int, dict[int, float]] = {number: {} for number in self.members}
        self._apart: dict[int, set[int]] = {number: set() for number in self.members}
        for (first, second), score in scores.items():
            if first in of and second in of and of[first] != of[second]:
                self._add(of[first], of[second], score)
        for first, second in apart:
            if first in of and second in of:
                self._apart[of[first]].add(of[second])
                self._apart[of[second]].add(of[first])

    def _add(self, a: int, b: int, score: float) -> None:
        self._sums[a][b] = self._sums[a].get(b, 0.0) + score
        self._sums[b][a] = self._sums[b].get(a, 0.0) + score

    def best(self, join: float) -> tuple[int, int] | None:
        """The two groups that are likest on the whole, if like enough; of several the first by their claims."""
        found: tuple[float, tuple[str, ...], tuple[str, ...], int, int] | None = None
        for a, others in self._sums.items():
            for b, total in others.items():
                if a < b and b not in self._apart[a]:
                    mean = round(total / (len(self.members[a]) * len(self.members[b])), 9)
                    first, second = sorted((self.members[a], self.members[b]))
                    if mean >= join and (found is None or (-mean, first, second) < found[:3]):
                        found = (-mean, first, second, a, b)
        return found[3:] if found else None

    def merge(self, a: int, b: int) -> None:
        """Puts the second group into the first."""
        self.members[a] = tuple(sorted(self.members[a] + self.members.pop(b)))
        for other, total in self._sums.pop(b).items():
            del self._sums[other][b]
            if other != a:
                self._add(a, other, total)
        self._apart[a] |= self._apart.pop(b)
        for others in self._apart.values():
            if b in others:
                others.discard(b)
                others.add(a)
        self._apart[a].discard(a)
