"""Ties ids together, the strongest bond first, and never two that a person has parted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from twosource.corpus_records import Judgement

__all__ = ["Bond", "Bonds", "Parting"]


class Bond(NamedTuple):
    """What two ids have in common, which rule told it, and the sentence."""

    first: str
    second: str
    judgement: Judgement
    rule: str
    reason: str


class Parting(NamedTuple):
    """A person's word on two ids: the same, or different."""

    first: str
    second: str
    same: bool
    reason: str


class Bonds:
    """Groups of ids that grow together. People's words come first; of those, different beats same."""

    def __init__(self, ids: Iterable[str], partings: Iterable[Parting]) -> None:
        words = list(partings)
        named = {id_ for word in words for id_ in (word.first, word.second)}
        self._parent = {id_: id_ for id_ in {*ids, *named}}
        self._apart: dict[str, set[str]] = defaultdict(set)
        self.tied: list[Bond] = []
        for word in words:
            if not word.same:
                self._apart[word.first].add(word.second)
                self._apart[word.second].add(word.first)
        for word in words:
            if word.same:
                self.tie(Bond(word.first, word.second, Judgement.SAME, "decision", word.reason))

    def has(self, id_: str) -> bool:
        """Whether the id is one of those that may be tied."""
        return id_ in self._parent

    def root(self, id_: str) -> str:
        """The id that its group is known by while it grows."""
        while self._parent[id_] != id_:
            self._parent[id_] = self._parent[self._parent[id_]]
            id_ = self._parent[id_]
        return id_

    def parted(self, first: str, second: str) -> bool:
        """Whether a person has parted the groups of these two roots."""
        return second in {self.root(id_) for id_ in self._apart.get(first, ())}

    def tie(self, bond: Bond) -> bool:
        """Joins the groups of both ids, unless a person has parted them; returns whether they are one now."""
        first, second = sorted((self.root(bond.first), self.root(bond.second)))
        if first == second:
            return True
        if self.parted(first, second):
            return False
        self._parent[second] = first
        self._apart[first] |= self._apart.pop(second, set())
        for other in self._apart[first]:
            self._apart[self.root(other)].add(first)
        self.tied.append(bond)
        return True

    def groups(self) -> dict[str, list[str]]:
        """All ids by the root of their group, sorted."""
        found: dict[str, list[str]] = defaultdict(list)
        for id_ in sorted(self._parent):
            found[self.root(id_)].append(id_)
        return found
