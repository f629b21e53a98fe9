"""What claims are asked for, and whether one claim is."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import msgspec

from twosource.closed_sets import FAMILIES, ClaimType, Status, family_of
from twosource.corpus_records import OwnType
from twosource.errors import UsageError
from twosource.records import Claim
from twosource.store.fold import fold, padded
from twosource.store.own_types import is_of

__all__ = ["Among", "ClaimFilter", "chooses"]


class ClaimFilter(msgspec.Struct, frozen=True, kw_only=True):
    """What claims are asked for; None leaves a field open, and all that is given must hold.

    ``actor`` (who does it or to whom), ``place``, ``source`` (or via) and ``text`` (evidence) are words that a name or
    the evidence holds from the beginning of a word on, whatever their case, accents and punctuation. ``report`` is a
    report's id. ``since`` and ``until`` are days, both included, that the claim's own time must meet; claims without a
    time meet none. ``published_until`` keeps those of reports published on that day or before. ``rejected`` lets in
    what a person rejected, ``own`` keeps those of an own type of the project. Raises UsageError for an unknown family.
    """

    type: ClaimType | None = None
    family: str | None = None
    actor: str | None = None
    place: str | None = None
    source: str | None = None
    report: str | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None
    published_until: datetime.date | None = None
    text: str | None = None
    rejected: bool = False
    own: OwnType | None = None

    def __post_init__(self) -> None:
        if self.family is not None and self.family not in FAMILIES:
            raise UsageError(f"there is no family {self.family!r}: it is one of {', '.join(FAMILIES)}")


class Among(msgspec.Struct, frozen=True, kw_only=True):
    """The claims that a question is about: those of these types, those of these statuses, and those with figures.

    One that is any of these is among them.
    """

    types: tuple[ClaimType, ...] = ()
    statuses: tuple[Status, ...] = ()
    counted: bool = False

    def holds(self, claim: Claim) -> bool:
        """Whether the claim is among them."""
        return claim.type in self.types or claim.status in self.statuses or (self.counted and bool(claim.figures))


def chooses(chosen: ClaimFilter, claim: Claim, evidence: Sequence[str], published: datetime.date | None = None) -> bool:
    """Whether the filter chooses a claim that may be in no table, just as the queries do.

    It goes by what the claim says, and by the day on which its report was ``published``.
    """
    if chosen.published_until is not None and (published is None or published > chosen.published_until):
        return False
    if chosen.type not in (None, claim.type) or chosen.family not in (None, family_of(claim.type)):
        return False
    if chosen.report not in (None, claim.report):
        return False
    if chosen.own is not None and not is_of(chosen.own, claim, evidence):
        return False
    named = (
        (chosen.text, [" … ".join(evidence)]),
        (chosen.actor, [named.name for named in (*claim.actors, *claim.targets)]),
        (chosen.place, [named.name for named in claim.places]),
        (chosen.source, [named.name for named in (*claim.sources, *claim.via)]),
    )
    if not all(any(_holds(name, words) for name in names) for words, names in named if words is not None):
        return False
    return _meets(chosen, claim)


def _holds(name: str, words: str) -> bool:
    folded = fold(words)
    return bool(folded) and f" {folded}" in padded(name)


def _meets(chosen: ClaimFilter, claim: Claim) -> bool:
    if chosen.since is None and chosen.until is None:
        return True
    start, end = (claim.when.start, claim.when.end) if claim.when else (None, None)
    if start is None and end is None:
        return False
    ends_before = chosen.since is not None and end is not None and end < chosen.since
    begins_after = chosen.until is not None and start is not None and start > chosen.until
    return not ends_before and not begins_after
