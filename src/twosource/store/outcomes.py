"""What people found to have come of plans, as it applies to the claims that the project holds now."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection

from twosource.corpus.decided_claims import Lapsed
from twosource.corpus.outcomes import Outcomes, lay_outcomes
from twosource.corpus_records import Decision, DecisionKind
from twosource.store.decided_claims import overlays_among
from twosource.store.decisions import decisions_in_force
from twosource.store.lineage import reports_with

__all__ = ["lapsed_outcomes", "outcomes_among", "outcomes_of"]


def outcomes_of(connection: Connection, report: str) -> Outcomes:
    """What came of the plans of one report."""
    decisions = decisions_in_force(connection, DecisionKind.OUTCOME, about=report)
    return _laid(connection, [one for one in decisions if one.subjects[0] == report]).get(report, Outcomes({}))


def outcomes_among(connection: Connection, reports: Collection[str]) -> dict[str, Decision]:
    """What came of the plans that these reports (ids) tell, by the claim's id as it stands."""
    decisions = decisions_in_force(connection, DecisionKind.OUTCOME)
    laid = _laid(connection, [one for one in decisions if one.subjects[0] in reports])
    return {claim: decision for found in laid.values() for claim, decision in found.on.items()}


def lapsed_outcomes(connection: Connection, decisions: Collection[Decision]) -> list[Lapsed]:
    """Those of some outcomes in force that no longer apply."""
    laid = _laid(connection, decisions)
    held = reports_with(connection, sorted(laid))
    gone = [one for one in decisions if one.subjects[0] not in held]
    return [
        *(one for id_, found in laid.items() if id_ in held for one in found.lapsed),
        *(Lapsed(one, "the project holds no such report any more") for one in gone),
    ]


def _laid(connection: Connection, decisions: Collection[Decision]) -> dict[str, Outcomes]:
    by_report: dict[str, list[Decision]] = {}
    for one in decisions:
        by_report.setdefault(one.subjects[0], []).append(one)
    if not by_report:
        return {}
    overlays = overlays_among(connection, sorted(by_report))
    return {id_: lay_outcomes(overlays[id_].claims, theirs) for id_, theirs in by_report.items()}
