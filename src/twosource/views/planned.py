"""What was planned, and what came of it?"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

import msgspec

from twosource.closed_sets import ClaimType, Status, family_of
from twosource.corpus.outcomes import PLANNING, is_plan
from twosource.corpus.tellings import Telling, in_order
from twosource.store import Project
from twosource.store.claim_filter import Among, ClaimFilter
from twosource.views.outcomes import Outcome, outcomes_on
from twosource.views.tellings import Basis, Names, Rows, Saying, basis_of, looked_at, names_in, saying

__all__ = ["PLANNED", "PLANS_OF", "Plan", "plans"]

PLANS_OF = 4  # of so many claims that are looked at one is a plan, and the others what can have come of it
_DAYS = 60  # days after a plan in which an act can be what came of it
_WHILE = datetime.timedelta(days=_DAYS)
_COMES_OF = {
    ClaimType.PREPARES: frozenset(["force", "control", "posture"]),
    ClaimType.THREATENS: frozenset(["force", "control", "posture"]),
    ClaimType.PLEDGES: frozenset(["support", "relief", "diplomacy", "force", "posture"]),
}
_REAL = (Status.HAPPENED, Status.ONGOING)
PLANNED = Among(types=(ClaimType.PREPARES, ClaimType.PLEDGES, ClaimType.THREATENS), statuses=(Status.PLANNED,))


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """Something announced, prepared, pledged or expected, and the later claims of what can have come of it.

    ``came`` holds claims, in order, of a fitting act by one of the same actors at one of the same places (or on one of
    the same targets), within sixty days; ``denied`` those by which it did not come or is denied. With neither, the
    project's reports tell of nothing: that is no proof that nothing came. ``outcome`` is what somebody found to have
    come of it, None where nobody said.
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
    outcome: Outcome | None = None


def plans(project: Project, chosen: ClaimFilter | None = None, *, most: int | None = None) -> Rows[Plan]:
    """The plans that the claims chosen tell, the earliest published first; what came of each is sought in all.

    Of more than ``most`` claims those published last are looked at, of plans a fourth as many.
    """
    share = None if most is None else most // PLANS_OF
    planned, left_out = looked_at(project, chosen, PLANNED, share)
    acts, acts_left_out = looked_at(project, None if most is None else _acts_after(chosen), Among(statuses=_REAL), most)
    names = names_in(project, (*planned, *acts))
    by_actor = _by_actor(in_order(acts), names)
    told = [one for one in in_order(planned) if is_plan(one.claim)]
    outcomes = outcomes_on(project, {one.report.id for one in told}) if told else {}
    found = [_plan(one, by_actor, names, outcomes.get(one.claim.id)) for one in told]
    return Rows.made(found, left_out or acts_left_out)


def _acts_after(chosen: ClaimFilter | None) -> ClaimFilter:
    """The claims of what can have come of plans: of plans published until a day those until sixty days later."""
    until = chosen.published_until if chosen else None
    if until is None or datetime.date.max - until < _WHILE:
        return ClaimFilter()
    return ClaimFilter(published_until=until + _WHILE)


def _by_actor(acts: Sequence[Telling], names: Names) -> dict[str, dict[str, tuple[int, Telling]]]:
    """The acts of each actor (its key), by the claim's id, each with its place in the order."""
    found: dict[str, dict[str, tuple[int, Telling]]] = {}
    for at, act in enumerate(acts):
        for key in act.keys(act.claim.actors, names.key):
            found.setdefault(key, {})[act.claim.id] = (at, act)
    return found


def _plan(
    telling: Telling, by_actor: Mapping[str, Mapping[str, tuple[int, Telling]]], names: Names, outcome: Outcome | None
) -> Plan:
    ours = telling.keys(telling.claim.actors, names.key)
    acts = {id_: act for key in ours for id_, act in by_actor.get(key, {}).items()}
    ordered = [act for _, act in sorted(acts.values(), key=lambda one: one[0])]
    later = [one for one in ordered if _can_come_of(telling, one, names)]
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
        outcome=outcome,
    )


def _can_come_of(plan: Telling, act: Telling, names: Names) -> bool:
    """Whether an act of one of the plan's actors can be what came of it."""
    if act.claim.id == plan.claim.id or act.claim.status not in _REAL or act.claim.type in PLANNING:
        return False
    if not _fits(plan, act) or not _follows(plan, act):
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
