"""The records of what crosses reports: entities, lineages, events with their accounts, disagreements.

They hold ids and ranges, never a number written over another. A person's decision is laid over them and kept apart.
"""

from __future__ import annotations

import datetime
from enum import StrEnum

import msgspec

from twosource.closed_sets import ActorKind, ClaimType, FigureKind

__all__ = ["Account", "Dependence", "Disagreement", "Entity", "Event", "Judgement", "Lineage", "Range", "Relation"]


class Judgement(StrEnum):
    """What a person or a comparer holds of two things."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


class Relation(StrEnum):
    """How one report depends on another. 'none' means no sign of dependence: never proof of independence."""

    REPRINT = "reprint"
    REWRITE = "rewrite"
    UPDATE = "update"
    NONE = "none"


class Dependence(msgspec.Struct, frozen=True, kw_only=True):
    """That report ``later`` depends on report ``earlier`` (ids), and the sentence that explains it.

    ``directed`` is False where nothing shows which of the two came first.
    """

    earlier: str
    later: str
    relation: Relation
    reason: str
    directed: bool = True


class Lineage(msgspec.Struct, frozen=True, kw_only=True):
    """Reports (ids, sorted) that come from one original text, with the common origin where a credit names it."""

    id: str
    reports: tuple[str, ...]
    origin: str | None = None


class Entity(msgspec.Struct, frozen=True, kw_only=True):
    """One actor under its names. ``canonical`` is another entity's id where the two are held to be the same."""

    id: str
    name: str
    kind: ActorKind
    names: tuple[str, ...]
    canonical: str | None = None


class Range(msgspec.Struct, frozen=True, kw_only=True):
    """A figure's kind and the lowest and highest value that accounts give it; None is open on that side."""

    kind: FigureKind
    low: int | None
    high: int | None


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """All the claims (ids, sorted) about one event from one lineage."""

    lineage: str
    claims: tuple[str, ...]


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One occurrence in the world, as told by its accounts; every value that an account gives is kept in its range."""

    id: str
    type: ClaimType
    accounts: tuple[Account, ...]
    start: datetime.date | None = None
    end: datetime.date | None = None
    figures: tuple[Range, ...] = ()


class Disagreement(msgspec.Struct, frozen=True, kw_only=True):
    """Two claims (ids) on one event, or on one figure, that can't both be right, the field they differ in and why."""

    id: str
    field: str
    claims: tuple[str, str]
    reason: str
