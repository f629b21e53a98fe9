"""What a report tells of the names in its claims: the input of identification, and what comes of it."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from twosource.closed_sets import FAMILIES, ActorKind, ClaimType
from twosource.corpus_records import Judgement

__all__ = ["HOSTILE", "Naming", "Parties", "Scene", "Sort", "Used"]

_HARM = (ClaimType.FIGHTS_AGAINST, ClaimType.KILLS, ClaimType.INJURES, ClaimType.ABDUCTS, ClaimType.EXECUTES)
HOSTILE = frozenset([*FAMILIES["force"], *_HARM, ClaimType.TAKES_CONTROL]) - {ClaimType.ARMED_CLASH}
"""Types of claims whose actors harm their targets; in a clash all parties are actors."""


class Parties(msgspec.Struct, frozen=True, array_like=True):
    """The names of one claim, by what they are in it; ``hostile`` tells that the actors harm the targets."""

    actors: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    hostile: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """All the names, each once, in order."""
        return tuple(dict.fromkeys((*self.actors, *self.targets, *self.sources, *self.via)))


class Scene(msgspec.Struct, frozen=True, kw_only=True):
    """One report: its outlet, its year, its text, the countries of its places (ISO codes, counted), its claims."""

    report: str
    outlet: str | None = None
    year: int | None = None
    text: str = ""
    countries: dict[str, int] = {}
    claims: tuple[Parties, ...] = ()


class Sort(StrEnum):
    """What a name turned out to be: a row of a table, people or things without a name of their own, or a name."""

    KNOWN = "known"
    GENERIC = "generic"
    NAMED = "named"


class Naming(msgspec.Struct, frozen=True, kw_only=True):
    """What one name means in one report, as far as the report and the tables tell.

    ``entity`` is the id of the entity; of a name that no table has it is made of ``full``, the fullest form that the
    report gives, and the names of other reports may yet join it. ``claims`` counts the claims that use the name,
    ``beside`` holds names that stand with it in one claim as one party, ``against`` the names it fights in one.
    ``maybe`` are ids that it may mean where that is unsure. ``defines`` is the acronym that the report explains by it.
    """

    name: str
    full: str
    sort: Sort
    entity: str
    kind: ActorKind
    judgement: Judgement
    rule: str
    reason: str
    claims: int = 1
    owner: str | None = None
    loaded: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()
    defines: str | None = None


class Used(msgspec.Struct, frozen=True, kw_only=True):
    """A naming with the report that it is of, and that report's outlet."""

    report: str
    outlet: str | None
    naming: Naming
