"""The banner over a report: which reports it comes from, and which come from it."""

from __future__ import annotations

import msgspec

from twosource.corpus_records import Dependence, Relation
from twosource.store import Project
from twosource.views.lineage import dependences_of
from twosource.views.reports import ReportRow, reports_named

__all__ = ["Relative", "relatives_of"]

_TO_EARLIER = {Relation.REPRINT: "Reprint of", Relation.REWRITE: "Rewrite of", Relation.UPDATE: "Update of"}
_TO_LATER = {Relation.REPRINT: "Reprinted by", Relation.REWRITE: "Rewritten by", Relation.UPDATE: "Updated by"}
_UNDIRECTED = {
    Relation.REPRINT: "Same text as",
    Relation.REWRITE: "Same story as",
    Relation.UPDATE: "Another state of",
}


class Relative(msgspec.Struct, frozen=True):
    """One report that another depends on or the other way round: in words, the report, and what tells of it."""

    words: str
    report: ReportRow
    dependence: Dependence
    is_source: bool


def relatives_of(project: Project, report: str) -> tuple[Relative, ...]:
    """What the report comes from, then what comes from it, the likelier first."""
    found = dependences_of(project, report)
    rows = {row.id: row for row in reports_named(project, [name for one in found for name in one.pair])}
    relatives = [_relative(report, one, rows) for one in found if set(one.pair) <= rows.keys()]
    return tuple(sorted(relatives, key=lambda one: (not one.is_source, -one.dependence.likelihood, one.report.id)))


def _relative(report: str, one: Dependence, rows: dict[str, ReportRow]) -> Relative:
    is_later = one.later == report
    other = rows[one.earlier if is_later else one.later]
    if not one.directed:
        return Relative(_UNDIRECTED[one.relation], other, one, is_later)
    return Relative((_TO_EARLIER if is_later else _TO_LATER)[one.relation], other, one, is_later)
