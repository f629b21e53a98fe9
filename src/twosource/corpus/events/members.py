"""What an event is built of: a claim with its traits, its report's outlet, and who stands behind its sources."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from twosource.closed_sets import Stance, Status
from twosource.corpus.events.traits import Traits
from twosource.corpus.origins import Resting, independent_origins
from twosource.records import Claim

__all__ = ["Member", "SpeaksFor", "accounts_of", "asserts", "in_order", "origins_of", "restings"]

SpeaksFor = Callable[[str], str | None]
"""The id of the entity that an outlet or a source (its name) is an organ of, None for one that is nobody's."""


class Member(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A claim of an event, as it was read and as it is compared, with the words of each run of its evidence."""

    claim: Claim
    traits: Traits
    evidence: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The claim's id."""
        return self.claim.id

    @property
    def report(self) -> str:
        """The report's id."""
        return self.claim.report

    @property
    def outlet(self) -> str | None:
        """The report's outlet."""
        return self.traits.report.outlet

    @property
    def sources(self) -> frozenset[str]:
        """The entities of its named sources; sources without a name of their own are not among them."""
        return frozenset(party.key for party in self.traits.claim.sources if party.key is not None)

    @property
    def speakers(self) -> frozenset[str]:
        """Who tells it, by name or by entity: the outlet and the named sources."""
        names = {self.outlet} if self.outlet else set()
        return frozenset(names | {source.name for source in self.claim.sources} | self.sources)

    @property
    def published(self) -> datetime.date | None:
        """The report's day of publication."""
        return self.traits.report.published


def in_order(members: Iterable[Member]) -> list[Member]:
    """The members, the first published first, undated ones last; then by report and place in it."""
    return sorted(members, key=_order)


def _order(one: Member) -> tuple[bool, str, str, int, str]:
    return one.published is None, str(one.published), one.report, one.traits.claim.offset, one.id


def asserts(one: Member) -> bool:
    """Whether the claim says that it happened: neither denied nor negated, asked or announced."""
    said = one.claim.stance in (Stance.ASSERTS, Stance.CONFIRMS) and not one.claim.negated
    return said and one.claim.status in (Status.HAPPENED, Status.ONGOING)


def accounts_of(members: Sequence[Member]) -> dict[str, list[Member]]:
    """The members by lineage, each in order; a report in none is its own. One that mixes two is in both."""
    found: dict[str, list[Member]] = {}
    for one in in_order(members):
        for lineage in sorted(one.traits.report.lineages) or [one.report]:
            found.setdefault(lineage, []).append(one)
    return found


def restings(members: Sequence[Member]) -> tuple[Resting, ...]:
    """What each report rests on here: all the sources that its claims name, for nobody knows which of them it used."""
    sources: dict[str, set[str]] = {}
    for one in members:
        sources.setdefault(one.report, set()).update(one.sources)
    return tuple(Resting(report=report, sources=frozenset(named)) for report, named in sorted(sources.items()))


def origins_of(members: Sequence[Member]) -> tuple[Resting, ...]:
    """The independent origins among the members: no two share a report, a lineage or a named source."""
    return independent_origins(restings(members), _lineages(members))


def _lineages(members: Sequence[Member]) -> Mapping[str, frozenset[str]]:
    return {one.report: one.traits.report.lineages for one in members}
