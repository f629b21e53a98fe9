"""Lays over a report's claims what people found to have come of plans: what the report says of them stays as it is.

An outcome finds the claim of its plan by its id, else by its type and its words, where they stand just once. One whose
claim is read no more, was rejected, or tells of no plan any more, is told with the reason, and never dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any

import msgspec

from twosource.closed_sets import ClaimType, Stance, Status
from twosource.corpus.decided_claims import DecidedClaim, Lapsed, Mark, subjects_of
from twosource.corpus.given_claims import as_given
from twosource.corpus_records import Decision
from twosource.records import Claim, Report

__all__ = ["PLANNING", "OutcomeWord", "Outcomes", "is_plan", "lay_outcomes", "plan_told"]

PLANNING = frozenset([ClaimType.PREPARES, ClaimType.PLEDGES, ClaimType.THREATENS])
"""Types of claims that tell of a plan whatever their status."""


class OutcomeWord(StrEnum):
    """What came of a plan."""

    HAPPENED = "happened"
    NOT_HAPPENED = "not-happened"
    NOT_KNOWN = "not-known"


class Outcomes(msgspec.Struct, frozen=True):
    """What came of the plans of a report, by the claim's id as it stands, and the entries that no longer apply."""

    on: Mapping[str, Decision]
    lapsed: tuple[Lapsed, ...] = ()


def is_plan(claim: Claim) -> bool:
    """Whether the claim holds that something is planned, prepared, pledged or threatened."""
    told = claim.status is Status.PLANNED or claim.type in PLANNING
    return told and claim.stance in (Stance.ASSERTS, Stance.CONFIRMS) and not claim.negated


def plan_told(claim: Claim, report: Report) -> dict[str, Any]:
    """What an entry keeps of the plan as it was told, by which its claim is found when the report is read anew."""
    told = as_given(claim, report.text)
    return {"claim": {"id": claim.id, **told}, "digest": report.digest}


def lay_outcomes(claims: Sequence[DecidedClaim], decisions: Iterable[Decision]) -> Outcomes:
    """The outcomes in force laid over their report's claims as they stand; of two on one claim the later counts."""
    on: dict[str, Decision] = {}
    lapsed: list[Lapsed] = []
    for one in sorted(decisions, key=lambda decision: decision.number):
        plan = _plan_of(one, claims)
        if plan is None:
            lapsed.append(Lapsed(one, _why_none(one)))
        elif plan.mark is Mark.REJECTED:
            by = f" by entry {plan.decision.number}" if plan.decision else ""
            lapsed.append(Lapsed(one, f"the claim of the plan was rejected{by}"))
        elif not is_plan(plan.claim):
            lapsed.append(Lapsed(one, "the claim tells of no plan any more"))
        else:
            if plan.claim.id in on:
                lapsed.append(Lapsed(on[plan.claim.id], f"entry {one.number} is a later word on the same plan"))
            on[plan.claim.id] = one
    return Outcomes(on, tuple(lapsed))


def _plan_of(decision: Decision, claims: Sequence[DecidedClaim]) -> DecidedClaim | None:
    """The claim that tells of the plan; None where none does, or several may."""
    told = decision.before["claim"]
    ids = {decision.subjects[1], told["id"]}
    for one in claims:
        if ids & {one.claim.id, subjects_of(one)[1], one.as_read.id if one.as_read else ""}:
            return one
    words = [run["words"] for run in told["evidence"]]
    same = [one for one in claims if one.claim.type == told["type"] and list(one.evidence) == words]
    if len(same) > 1:
        same = [one for one in same if _names(one.claim) == (told["sources"], told["actors"])]
    return same[0] if len(same) == 1 else None


def _names(claim: Claim) -> tuple[list[str], list[str]]:
    return [one.name for one in claim.sources], [one.name for one in claim.actors]


def _why_none(decision: Decision) -> str:
    told = decision.before["claim"]
    words = " … ".join(run["words"] for run in told["evidence"])
    return f"no single {told['type']} is read in {words!r} any more"
