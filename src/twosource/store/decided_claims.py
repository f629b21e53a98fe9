"""The claims of a project as people left them: what was read, with the decisions in force laid over it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec
from sqlalchemy import Connection, select

from twosource.corpus.decided_claims import Lapsed, Overlay, lay_over
from twosource.corpus_records import Decision, DecisionKind
from twosource.records import Claim, Report
from twosource.store import tables
from twosource.store.decisions import decisions_in_force, last_numbers
from twosource.store.lineage import reports_with

__all__ = ["any_decisions", "overlay_of", "overlay_on", "overlays"]

_AT_ONCE = 400  # values in one IN (...): every database takes so many
_claim_decoder = msgspec.json.Decoder(Claim)


def any_decisions(connection: Connection) -> bool:
    """Whether anybody ever decided on a claim; a look at the index, so that projects without pay nothing."""
    column = tables.decision.c.kind
    return connection.execute(select(column).where(column == DecisionKind.CLAIM.value).limit(1)).first() is not None


def overlay_of(connection: Connection, report: str) -> Overlay:
    """The claims of a report as they stand, decided or not; empty for one that the project doesn't hold."""
    seen = last_numbers(connection, DecisionKind.CLAIM, report)
    decisions = decisions_in_force(connection, DecisionKind.CLAIM, about=report)
    return _laid_over(connection, [report], decisions, seen)[report]


def overlay_on(connection: Connection, report: Report, claims: Sequence[Claim]) -> Overlay:
    """The claims of a report's current reading as they stand."""
    seen = last_numbers(connection, DecisionKind.CLAIM, report.id)
    decisions = decisions_in_force(connection, DecisionKind.CLAIM, about=report.id) if seen else []
    return _overlay(report, claims, [one for one in decisions if one.subjects[0] == report.id], seen)


def overlays(connection: Connection) -> dict[str, Overlay]:
    """The claims of every report that anybody decided on, by the report's id."""
    seen = last_numbers(connection, DecisionKind.CLAIM)
    decisions = decisions_in_force(connection, DecisionKind.CLAIM)
    return _laid_over(connection, {report for report, _ in seen}, decisions, seen)


def _laid_over(
    connection: Connection, ids: Iterable[str], decisions: Sequence[Decision], seen: Mapping[tuple[str, ...], int]
) -> dict[str, Overlay]:
    by_report: dict[str, list[Decision]] = {id_: [] for id_ in sorted(ids)}
    for one in decisions:
        if one.subjects[0] in by_report:
            by_report[one.subjects[0]].append(one)
    reports = reports_with(connection, by_report)
    claims = _claims_of(connection, sorted(reports))
    return {id_: _overlay(reports.get(id_), claims[id_], theirs, seen) for id_, theirs in by_report.items()}


def _overlay(
    report: Report | None, claims: Sequence[Claim], decisions: Sequence[Decision], seen: Mapping[tuple[str, ...], int]
) -> Overlay:
    if report is None:
        return Overlay((), tuple(Lapsed(one, "the project holds no such report any more") for one in decisions))
    return lay_over(report, claims, decisions, seen)


def _claims_of(connection: Connection, reports: Sequence[str]) -> defaultdict[str, list[Claim]]:
    """The claims of the current readings of these reports, in the order of each reading."""
    claim, reading, report = tables.claim.c, tables.reading.c, tables.report.c
    joined = tables.report.join(tables.reading, reading.report == report.digest).join(
        tables.claim, claim.reading == reading.number
    )
    query = select(report.id, claim.record).select_from(joined).where(report.current, reading.current)
    found: defaultdict[str, list[Claim]] = defaultdict(list)
    for at in range(0, len(reports), _AT_ONCE):
        some = query.where(report.id.in_(reports[at : at + _AT_ONCE])).order_by(report.id, claim.rank)
        for id_, record in connection.execute(some):
            found[id_].append(_claim_decoder.decode(record))
    return found
