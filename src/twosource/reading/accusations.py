"""The deeds that a report asserts, kept by what a negated claim must share with the one that it answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from twosource.closed_sets import Stance, Status, family_of
from twosource.reading.stems import LETTERS, stem
from twosource.records import Claim, Named

__all__ = ["DEEDS", "Accusations", "is_past_deed", "stems"]

DEEDS = frozenset({"force", "control", "posture", "persons", "harm", "support", "relief"})
"""Families of claims that tell what somebody did."""

_Held = tuple[int, Claim]
"""A claim and its number among all."""


class Accusations:
    """The claims of one report that another source may deny, asked for the first that a negated claim answers."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        by_key = defaultdict[tuple[Status, str, str], defaultdict[frozenset[str], list[_Held]]](
            lambda: defaultdict(list)
        )
        for number, claim in enumerate(claims):
            if claim.stance is not Stance.ASSERTS or claim.negated or not is_past_deed(claim):
                continue
            for root in stems(claim.actors):
                held = by_key[claim.status, _deed_of(claim), root][_names(claim.sources)]
                if not held or claim.trigger < held[-1][1].trigger:  # else an earlier one stands for it
                    held.append((number, claim))
        self._by_key = by_key

    def answered_by(self, claim: Claim) -> Claim | None:
        """The first claim in another's voice that the actor did what this one, which is negated, says was not done.

        One without a source must stand before it, and it have one.
        """
        return min(self._told(claim), key=lambda held: held[0], default=(0, None))[1]

    def _told(self, claim: Claim) -> Iterator[_Held]:
        names = _names(claim.sources)
        for root in stems(claim.actors or claim.sources):
            for others, held in self._by_key.get((claim.status, _deed_of(claim), root), {}).items():
                if others and others.isdisjoint(names):
                    yield held[0]
                    break  # those of other sources begin later
                if not others and names:
                    yield from (one for one in held if one[1].trigger < claim.trigger)


def is_past_deed(claim: Claim) -> bool:
    """Whether the claim tells of a deed that was done or goes on."""
    return family_of(claim.type) in DEEDS and claim.status in (Status.HAPPENED, Status.ONGOING)


def stems(names: Sequence[Named]) -> set[str]:
    """How the words of the names begin, those of a few letters left out."""
    return {stem(word) for named in names for word in named.name.split() if len(word) >= LETTERS}


def _names(sources: Sequence[Named]) -> frozenset[str]:
    return frozenset(source.name for source in sources)


def _deed_of(claim: Claim) -> str:
    """Its family for force, which reports call by many names, else its type."""
    return "force" if family_of(claim.type) == "force" else f"type {claim.type}"
