"""What a report tells of the names in its claims: the input of identification, and what comes of it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import msgspec

from twosource.closed_sets import FAMILIES, ActorKind, ClaimType
from twosource.corpus_records import Judgement

__all__ = ["HOSTILE", "Naming", "Parties", "Scene", "Sort", "Tally", "Used", "bare", "tallied"]

_HARM = (ClaimType.FIGHTS_AGAINST, ClaimType.KILLS, ClaimType.INJURES, ClaimType.ABDUCTS, ClaimType.EXECUTES)
HOSTILE = frozenset([*FAMILIES["force"], *_HARM, ClaimType.TAKES_CONTROL]) - {ClaimType.ARMED_CLASH}
"""Types of claims whose actors harm their targets; in a clash all parties are actors."""


class Parties(msgspec.Struct, frozen=True, array_like=True, gc=False):
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


class Naming(msgspec.Struct, frozen=True, kw_only=True, gc=False):
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


class Used(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A naming with the report that it is of, and that report's outlet."""

    report: str
    outlet: str | None
    naming: Naming


class Tally(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What some reports tell of a name in the same words, and how many they are.

    ``naming`` is without the claims that use the name and the names that stand with it. ``outlets`` are those of all
    reports that use the name for its entity. ``report`` is one of the reports.
    """

    naming: Naming
    reports: int
    outlets: tuple[str, ...]
    report: str


def bare(naming: Naming) -> Naming:
    """The naming without what differs from report to report: its claims, and the names that stand with it."""
    return msgspec.structs.replace(naming, claims=0, beside=(), against=())


def tallied(used: Iterable[Used]) -> list[Tally]:
    """The uses counted, by entity and name; neither the order of the reports nor that of the names matters."""
    counts: dict[bytes, list[Used]] = {}
    outlets: dict[tuple[str, str], set[str]] = {}
    for one in used:
        counts.setdefault(msgspec.json.encode(bare(one.naming)), []).append(one)
        theirs = outlets.setdefault((one.naming.entity, one.naming.name), set())
        if one.outlet:
            theirs.add(one.outlet)
    return [
        Tally(
            naming=bare(theirs[0].naming),
            reports=len(theirs),
            outlets=tuple(sorted(outlets[theirs[0].naming.entity, theirs[0].naming.name])),
            report=min(one.report for one in theirs),
        )
        for _, theirs in sorted(counts.items())
    ]
