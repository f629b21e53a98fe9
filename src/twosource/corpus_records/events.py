"""Occurrences in the world, as told by their accounts: every value that is told, and who tells it."""

from __future__ import annotations

import datetime
from enum import StrEnum

import msgspec

from twosource.closed_sets import ClaimType, FigureKind

__all__ = [
    "Account",
    "BestRule",
    "Correction",
    "Days",
    "Event",
    "Grade",
    "Interest",
    "Likeness",
    "Outcome",
    "Range",
    "Stake",
    "Told",
    "Value",
]


class Grade(StrEnum):
    """How well an event is borne out, in the manner of casualty recorders; the first that fits, from the top.

    ``planned``: all accounts announce it, none tells that it happened. ``denied``: every account that asserts it is
    one, and as many deny it. ``contested``: independent origins lay it on different parties. ``confirmed``: a party
    to it admits it. ``fair``: two independent origins and more. ``weak``: one.
    """

    PLANNED = "planned"
    DENIED = "denied"
    CONTESTED = "contested"
    CONFIRMED = "confirmed"
    FAIR = "fair"
    WEAK = "weak"


class Outcome(StrEnum):
    """What became of what was planned."""

    CARRIED_OUT = "carried_out"
    NOT_REPORTED = "not_reported"
    CONTRADICTED = "contradicted"


class BestRule(StrEnum):
    """How one figure is chosen from those that accounts give."""

    RANGE = "range"
    CONSERVATIVE = "conservative"
    MAJORITY = "majority"
    LATEST = "latest"
    HIERARCHY = "hierarchy"


class Value(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A place, an actor or a target of an event under its commonest name, with the claims (ids, sorted) that give it.

    ``key`` is a place's id in the gazetteer or an entity's id, None where the name leads to none.
    """

    name: str
    claims: tuple[str, ...]
    key: str | None = None


class Days(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The first and last day that claims (ids, sorted) give; None is open. ``told`` is False where only the report's
    day of publication stands for them.
    """

    start: datetime.date | None
    end: datetime.date | None
    claims: tuple[str, ...]
    told: bool = True


class Told(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One value of a figure and the claims (ids, sorted) that give it; None is open on that side."""

    low: int | None
    high: int | None
    claims: tuple[str, ...]


class Range(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A figure's kind, the lowest and highest number that accounts give it, and who says which.

    ``told`` goes from the lowest value up. ``corrected`` holds values that their own origin has taken back: they are
    kept, and count for neither bound.
    """

    kind: FigureKind
    low: int | None
    high: int | None
    told: tuple[Told, ...] = ()
    corrected: tuple[Told, ...] = ()


class Account(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """All the claims (ids, sorted) about one event from one lineage, and the reports (ids, the first published first).

    ``lineage`` is the report's own id where it is in none. A report that mixes two lineages is in the accounts of both.
    """

    lineage: str
    claims: tuple[str, ...]
    reports: tuple[str, ...] = ()


class Correction(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Claim ``later`` takes back what claim ``earlier`` (ids) says; both are kept. ``rule`` names the sign of it."""

    earlier: str
    later: str
    rule: str
    reason: str


class Likeness(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """How likely two claims (ids, in order) tell of one occurrence, and the sentence that says why or why not.

    ``decided`` marks a person's word.
    """

    first: str
    second: str
    score: float
    reason: str
    decided: bool = False

    @property
    def pair(self) -> tuple[str, str]:
        """Both ids, in order."""
        return self.first, self.second


class Stake(StrEnum):
    """What a party's word on its own affair is to it: against its interest, to its credit, or against its opponent."""

    ADMITS = "admits"
    BOASTS = "boasts"
    ACCUSES = "accuses"


class Interest(msgspec.Struct, frozen=True, kw_only=True):
    """Who has an interest in a claim (its id): a source, or an outlet, that is a party to it or speaks for one."""

    claim: str
    source: str
    stake: Stake
    reason: str


class Event(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One occurrence in the world, as told by its accounts; every value that an account gives is kept.

    ``type`` is the most specific one that most accounts give, ``types`` all of them. ``start`` and ``end`` are the days
    that the best-borne of ``days`` give. ``places`` go from the one that most accounts give down, and so do the others.
    ``origins`` counts independent origins: lineages and named sources, not mastheads. ``denials`` are
    ids of claims. ``outcome`` is None for what nobody planned. ``reason`` says why its claims were put together,
    ``grade_reason`` why it has its grade.
    """

    id: str
    type: ClaimType
    accounts: tuple[Account, ...]
    types: tuple[ClaimType, ...] = ()
    places: tuple[Value, ...] = ()
    days: tuple[Days, ...] = ()
    actors: tuple[Value, ...] = ()
    targets: tuple[Value, ...] = ()
    start: datetime.date | None = None
    end: datetime.date | None = None
    figures: tuple[Range, ...] = ()
    origins: int = 1
    grade: Grade = Grade.WEAK
    grade_reason: str = ""
    denials: tuple[str, ...] = ()
    interests: tuple[Interest, ...] = ()
    corrections: tuple[Correction, ...] = ()
    outcome: Outcome | None = None
    reason: str = ""

    @property
    def claims(self) -> tuple[str, ...]:
        """The ids of all its claims, sorted."""
        return tuple(sorted({claim for account in self.accounts for claim in account.claims}))

    @property
    def admissions(self) -> tuple[str, ...]:
        """The ids of claims by which a party admits its part, or its losses."""
        return tuple(one.claim for one in self.interests if one.stake is Stake.ADMITS)

    @property
    def reports(self) -> tuple[str, ...]:
        """The ids of all its reports, sorted."""
        return tuple(sorted({report for account in self.accounts for report in account.reports}))
