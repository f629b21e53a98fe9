"""Corrections by a changed text: what a report says now beside what its version before said."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Connection

from twosource.corpus.events.corrections import changed_text
from twosource.corpus.events.members import Member
from twosource.corpus.events.traits import Equipment, Traits, claim_traits, report_traits
from twosource.corpus_records import Correction
from twosource.gathering.gatherer import Gatherer
from twosource.store import event_reports
from twosource.store import events as stored
from twosource.store.event_reports import Fresh

__all__ = ["changes_in"]


def changes_in(connection: Connection, reports: Collection[str], by: Gatherer) -> Mapping[str, list[Correction]]:
    """For each claim of these reports that gives another figure than the report's version before, the corrections."""
    found: dict[str, list[Correction]] = {}
    equipment = Equipment(by.entity_of, by.rules, by.corrections, by.counted)
    for before in event_reports.versions_before(connection, sorted(reports)):
        now = stored.members_of(connection, stored.claims_of_reports(connection, [before.report.id]))
        for one in changed_text(_members(before, equipment), list(now.values())):
            found.setdefault(one.later, []).append(one)
    return found


def _members(version: Fresh, equipment: Equipment) -> list[Member]:
    report = report_traits(version.report, version.places, frozenset(), equipment)
    return [
        Member(
            claim=one.claim,
            traits=Traits(claim_traits(one.claim, one.rank, version.report, version.places, equipment), report),
        )
        for one in version.claims
    ]
