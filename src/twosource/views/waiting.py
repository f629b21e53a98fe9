"""What a review queue holds: what waits for a person, why, and what was looked at to find it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

import msgspec

from twosource.corpus_records import DecisionKind
from twosource.store.decided_query import LeftOut

__all__ = ["ReviewItem", "ReviewKind", "Side", "Waiting"]

_NOTHING: Mapping[ReviewKind, LeftOut] = MappingProxyType({})


class ReviewKind(StrEnum):
    """Why something waits for a person."""

    DISAGREEMENT = "disagreement"
    EVENTS = "events"
    NAMES = "names"
    REPORTS = "reports"
    DUE = "due"
    DOUBT = "doubt"
    PLACE = "place"


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One of the things that are to be looked at: whose it is, the words, and where they stand."""

    label: str
    words: tuple[str, ...] = ()
    report: str | None = None
    claim: str | None = None
    published: datetime.date | None = None
    seen: int = 0


class ReviewItem(msgspec.Struct, frozen=True, kw_only=True):
    """Something that waits for a person: why, what is to be looked at, and what a decision on it is about.

    ``subjects`` are the decision's, ``about`` its kind (None where none is taken here), ``seen`` the last entry of the
    log on them. ``name`` is that of a place that was not found. ``weight`` orders the queue: what changes most of what
    the project tells comes first.
    """

    kind: ReviewKind
    reason: str
    sides: tuple[Side, ...]
    about: DecisionKind | None
    subjects: tuple[str, ...]
    seen: int
    weight: float
    name: str | None = None

    @property
    def id(self) -> str:
        """The same for the same thing, whatever else is in the queue."""
        return f"{self.kind.value}-{'-'.join(self.subjects)}"


class Waiting(tuple[ReviewItem, ...]):
    """What waits for a person, and for each kind of which not everything was looked at, what was.

    Of claims, plans and reports those published last were looked at, of names (``since`` is None) those that most
    reports use.
    """

    left_out: Mapping[ReviewKind, LeftOut] = _NOTHING

    @classmethod
    def made(cls, items: Iterable[ReviewItem], left_out: Mapping[ReviewKind, LeftOut]) -> Waiting:
        """The items, with what was looked at where something was left out."""
        found = cls(items)
        found.left_out = MappingProxyType(dict(left_out))
        return found
