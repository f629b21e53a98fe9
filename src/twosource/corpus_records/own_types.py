"""A project's own types of event."""

from __future__ import annotations

import msgspec

from twosource.closed_sets import Certainty, ClaimType, Stance, Status

__all__ = ["OwnRule", "OwnType"]


class OwnRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Which claims are of an own type: all that is given must hold, and one value of each list is enough.

    ``words`` stand in the evidence; ``actors``, ``targets`` and ``places`` are words of a name; each is found from the
    beginning of a word on, whatever its case, accents and punctuation.
    """

    types: tuple[ClaimType, ...] = ()
    status: tuple[Status, ...] = ()
    stance: tuple[Stance, ...] = ()
    certainty: tuple[Certainty, ...] = ()
    negated: bool | None = None
    words: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


class OwnType(msgspec.Struct, frozen=True, kw_only=True):
    """A project's own type of event: its name, what is meant by it, and rules of which a claim must meet one."""

    name: str
    definition: str
    rules: tuple[OwnRule, ...]
