"""The records of what crosses reports: entities, lineages, events with their accounts, disagreements.

They hold ids and ranges, never a number written over another. A person's decision is laid over them and kept apart.
"""

from __future__ import annotations

import datetime
from enum import StrEnum

import msgspec

from twosource.closed_sets import ActorKind, ClaimType, FigureKind
from twosource.spans import Span

__all__ = [
    "Account",
    "Decision",
    "Dependence",
    "Disagreement",
    "Entity",
    "Event",
    "Judgement",
    "Lineage",
    "Passage",
    "Range",
    "Relation",
]


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


class Passage(msgspec.Struct, frozen=True, array_like=True):
    """Words of two reports that tell the same, as code points of the text of each."""

    first: Span
    second: Span


class Dependence(msgspec.Struct, frozen=True, kw_only=True):
    """How report ``later`` (ids) depends on report ``earlier``, and the sentence that explains it.

    ``directed`` is False where nothing shows which of the two came first: then they stand in the order of their ids.
    ``likelihood`` is that of any dependence. ``origin`` names the agency or outlet that both go back to, where a
    credit tells. ``passages`` are in order of ``earlier``, their ``first`` span being of it. ``decided`` marks a
    person's word.
    """

    earlier: str
    later: str
    relation: Relation
    reason: str
    directed: bool = True
    likelihood: float = 0.0
    origin: str | None = None
    passages: tuple[Passage, ...] = ()
    decided: bool = False

    @property
    def pair(self) -> tuple[str, str]:
        """Both ids in their own order, which no date changes."""
        return (self.earlier, self.later) if self.earlier < self.later else (self.later, self.earlier)


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """What a person holds of two reports (ids, in order), and why; of several on one pair the last counts."""

    first: str
    second: str
    judgement: Judgement
    reason: str


class Lineage(msgspec.Struct, frozen=True, kw_only=True):
    """Reports (ids, sorted) that come from one original text, with the common origin where a credit names it.

    A report that mixes two agencies is in both lineages. ``reason`` is a sentence about what holds them together.
    """

    id: str
    reports: tuple[str, ...]
    origin: str | None = None
    reason: str = ""


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
