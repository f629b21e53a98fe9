"""Blocks: the parts of a project within which events form, of so many claims at most that a new report costs little.

Claims hang together by links of the likeness at which two are one event. Where more than ``MOST_TOGETHER`` do, as news
of one town does day after day, only likelier links count, a step at a time, until the part is small enough. A claim's
block is a function of the links held, and so the same whatever came first.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Connection

from twosource.store import event_links

__all__ = ["MOST_TOGETHER", "Blocks"]

MOST_TOGETHER = 200
"""Claims in one block; on real reports the largest holds some 230, and 150 would change nothing of what is found."""

_STEP = 0.05
_LAST = 0.95  # likeness of what says the same in the same words: from here on a block may be of any size


class Blocks:
    """The blocks as the links stand at this moment, each looked up once; whoever changes links makes another one."""

    def __init__(self, connection: Connection, join: float, most: int) -> None:
        self._connection, self._join, self._most = connection, join, most
        self._near: dict[str, dict[str, float]] = {}
        self._left_out: frozenset[str] = frozenset()
        self._block: dict[str, frozenset[str]] = {}
        self._too_many: dict[float, set[str]] = {}

    def without(self, claims: Collection[str]) -> Blocks:
        """The blocks as they would be if these claims were not there."""
        found = Blocks(self._connection, self._join, self._most)
        found._near, found._left_out = self._near, frozenset(claims)
        return found

    def around(self, claims: Iterable[str]) -> set[str]:
        """All claims of the blocks of these claims, themselves too."""
        asked = sorted(set(claims) - self._left_out)
        self._load_around(asked)
        return {other for claim in asked for other in self.of(claim)}

    def of(self, claim: str) -> frozenset[str]:
        """The block of a claim."""
        if claim not in self._block:
            found = self._find(claim)
            self._block.update(dict.fromkeys(found, found))
        return self._block[claim]

    def parts(self, claims: Iterable[str]) -> list[list[str]]:
        """The claims by their blocks, each sorted, and sorted by their first; their blocks must hold no other claim."""
        return sorted(sorted(block) for block in {self.of(claim) for claim in sorted(claims)})

    def neighbours(self, claims: Collection[str]) -> set[str]:
        """The claims that hang on any of these by one link, without these."""
        self._load(claims)
        return {other for claim in claims for other in self._near[claim]} - set(claims)

    def _find(self, claim: str) -> frozenset[str]:
        *steps, last = _levels(self._join)
        for level in steps:
            many = self._too_many.setdefault(level, set())
            if claim in many:
                continue
            found = self._within(claim, level)
            if len(found) <= self._most:
                return found
            many |= found  # they hang together, so that each of them hangs on as many
        return self._within(claim, last, whole=True)

    def _within(self, claim: str, level: float, *, whole: bool = False) -> frozenset[str]:
        """What hangs together with a claim by links of a level; only a part of it where it is larger than a block."""
        found, edge = {claim}, [claim]
        while edge:
            self._load(edge)
            near = {other for one in edge for other, score in self._near[one].items() if score >= level}
            edge = list(near - found - self._left_out)
            found.update(edge)
            if len(found) > self._most and not whole:
                break
        return frozenset(found)

    def _load_around(self, claims: Sequence[str]) -> None:
        """Looks up at once what the blocks of these claims will most likely ask for, step by step outwards."""
        edge, most = set(claims), len(self._near) + len(claims) + 2 * self._most
        while edge and len(self._near) <= most:
            self._load(edge)
            edge = {other for claim in edge for other in self._near[claim]} - self._near.keys()

    def _load(self, claims: Iterable[str]) -> None:
        missing = sorted(set(claims) - self._near.keys())
        if missing:
            near = event_links.joined_to(self._connection, missing, self._join)
            self._near.update((claim, near.get(claim, {})) for claim in missing)


@functools.cache
def _levels(join: float) -> tuple[float, ...]:
    steps = max(0, round((_LAST - join) / _STEP))
    return tuple(round(join + step * _STEP, 4) for step in range(steps + 1))
