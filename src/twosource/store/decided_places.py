"""What people said of the names of places: which words count for each report, and its places with them laid over."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Connection, func, select

from twosource.corpus.decided_places import lay_places, name_of, place_key
from twosource.corpus_records import Decision, DecisionKind
from twosource.records import Claim, Place, Report
from twosource.store import tables
from twosource.store.decided_claims import overlay_on
from twosource.store.decisions import decisions_in_force
from twosource.store.fold import padded

__all__ = ["any_place_decisions", "laid_places", "place_decisions", "reports_naming"]


def any_place_decisions(connection: Connection) -> bool:
    """Whether anybody ever decided on a place; a look at the index, so that projects without pay nothing."""
    column = tables.decision.c.kind
    return connection.execute(select(column).where(column == DecisionKind.PLACE.value).limit(1)).first() is not None


def place_decisions(connection: Connection, reports: Collection[str] | None = None) -> dict[str, list[Decision]]:
    """The decisions in force on names of places, by the reports (ids) in which they count; of some reports, or of all.

    One on a name in all reports counts in those whose claims name the place so.
    """
    found: dict[str, list[Decision]] = {}
    if not any_place_decisions(connection):
        return found
    for one in decisions_in_force(connection, DecisionKind.PLACE):
        where: Iterable[str] = one.subjects[:1] if len(one.subjects) > 1 else reports_naming(connection, name_of(one))
        for report in where:
            if reports is None or report in reports:
                found.setdefault(report, []).append(one)
    return found


def reports_naming(connection: Connection, name: str) -> list[str]:
    """The reports (ids, sorted) with a claim at a place of this name, as it was read or as a person fixed it."""
    claim, value = tables.claim.c, tables.claim_value.c
    joined = tables.claim.join(
        tables.claim_value, (value.reading == claim.reading) & (value.rank == claim.rank) & claim.current
    )
    query = select(claim.report, value.name).select_from(joined)
    query = query.where(value.field == "place", value.folded == padded(name)).distinct()
    key = place_key(name)
    read = {row.report for row in connection.execute(query) if place_key(row.name) == key}
    return sorted(read | _fixed_to(connection, key))


def _fixed_to(connection: Connection, key: str) -> set[str]:
    fixed = tables.decision.c
    known = select(func.count()).where(fixed.kind == DecisionKind.CLAIM.value, fixed.value.contains('"places"'))
    if not connection.execute(known).scalar_one():
        return set()
    decisions = decisions_in_force(connection, DecisionKind.CLAIM)
    return {
        one.subjects[0] for one in decisions if any(place_key(name) == key for name in one.value.get("places") or ())
    }


def laid_places(
    connection: Connection, report: Report, places: Sequence[Place], claims: Sequence[Claim]
) -> tuple[Place, ...]:
    """The places of a report's current reading as people left them; ``claims`` are those of the reading."""
    decisions = place_decisions(connection, {report.id}).get(report.id, ())
    if not decisions:
        return tuple(places)
    standing = (one.claim for one in overlay_on(connection, report, claims).claims)
    return lay_places(places, standing, decisions)
