"""What was planned, and what came of it?"""

from __future__ import annotations

import datetime

import msgspec

from twosource.closed_sets import ClaimType, Status, family_of
from twosource.corpus.tellings import Telling, in_order
from twosource.store import Project
from twosource.store.claim_query import ClaimFilter
from twosource.views.tellings import Basis, Names, Saying, basis_of, names_in, saying, tellings

__all__ = ["Plan", "plans"]

_SPOKEN = frozenset([ClaimType.PLEDGES, ClaimType.THREATENS])
_PLANNING = frozenset([ClaimType.PREPARES, *_SPOKEN])
_DAYS = 60  # days after a plan in which an act can be what came of it
_COMES_OF = {
    ClaimType.PREPARES: frozenset(["force", "control", "posture"]),
    ClaimType.THREATENS: frozenset(["force", "control", "posture"]),
    ClaimType.PLEDGES: frozenset(["support", "relief", "diplomacy", "force", "posture"]),
}
_REAL = (Status.HAPPENED, Status.ONGOING)


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """Something announced, prepared, pledged or expected, and the later claims of what can have come of it.

    ``came`` holds claims, in order, of a fitting act by one of the same actors at one of the same places (or on one of
    the same targets), within sixty days; ``denied`` those by which it did not come or is denied. With neither, the
    project's reports tell of nothing: that is no proof that nothing came.
    """

    type: ClaimType
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    places: tuple[str, ...]
    since: datetime.date | None
    until: datetime.date | None
    plan: Saying
    came: tuple[Saying, ...]
    denied: tuple[Saying, ...]
    basis: Basis


def plans(project: Project, chosen: ClaimFilter | None = None) -> tuple[Plan, ...]:
    """The plans that the claims chosen tell, the earliest published first; what came of each is sought in all."""
    names = names_in(project)
    every = in_order(tellings(project, ClaimFilter()))
    wanted = {one.claim.id for one in tellings(project, chosen)} if chosen is not None else None
    planned = [one for one in every if _is_plan(one) and (wanted is None or one.claim.id in wanted)]
    return tuple(_plan(one, every, names) for one in planned)


def _is_plan(telling: Telling) -> bool:
    claim = telling.claim
    return telling.affirmed and (claim.status is Status.PLANNED or claim.type in _PLANNING)


def _plan(telling: Telling, every: list[Telling], names: Names) -> Plan:
    later = [one for one in every if _can_come_of(telling, one, names)]
    came = [one for one in later if one.affirmed]
    denied = [one for one in later if not one.affirmed]
    since, until = telling.days
    claim = telling.claim
    return Plan(
        type=claim.type,
        actors=tuple(named.name for named in claim.actors),
        targets=tuple(named.name for named in claim.targets),
        places=tuple(named.name for named in claim.places),
        since=since,
        until=until,
        plan=saying(telling),
        came=tuple(map(saying, came)),
        denied=tuple(map(saying, denied)),
        basis=basis_of([telling, *later]),
    )


def _can_come_of(plan: Telling, act: Telling, names: Names) -> bool:
    if act.claim.id == plan.claim.id or act.claim.status not in _REAL or act.claim.type in _PLANNING:
        return False
    if not _fits(plan, act) or not _follows(plan, act):
        return False
    ours, theirs = plan.keys(plan.claim.actors, names.key), act.keys(act.claim.actors, names.key)
    if not ours & theirs:
        return False
    if plan.places & act.places:
        return True
    return bool(plan.keys(plan.claim.targets, names.key) & act.keys(act.claim.targets, names.key))


def _fits(plan: Telling, act: Telling) -> bool:
    """Whether an act is of the kind that was planned."""
    if plan.claim.type is act.claim.type:
        return True
    families = _COMES_OF.get(plan.claim.type, frozenset([family_of(plan.claim.type)]))
    return family_of(act.claim.type) in families


def _follows(plan: Telling, act: Telling) -> bool:
    """Whether the act's report came no earlier than the plan's, and its day is not before it, within sixty days."""
    said, told = plan.report.published, act.report.published
    if said is None or told is None or told < said or (told == said and act.report.id == plan.report.id):
        return False
    start, end = act.days
    begun = start or end or told
    return said <= begun <= said + datetime.timedelta(days=_DAYS)
