"""Which reports come from one text, and why are two of them related, or not?"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence

import msgspec
from sqlalchemy import Connection

from twosource.corpus.families import with_decisions
from twosource.corpus.origins import Resting, independent_origins
from twosource.corpus_records import DecisionKind, Dependence, Lineage, Relation
from twosource.errors import UsageError
from twosource.relating import judge_pair
from twosource.store import Project, query
from twosource.store import lineage as stored
from twosource.store.decisions import decisions_in_force
from twosource.store.some import some
from twosource.views.loaded import lineage_judge
from twosource.views.reports import ReportRow, report_row

__all__ = [
    "LineageRow",
    "Why",
    "count_dependences",
    "count_lineages",
    "count_reports_alone",
    "dependences_of",
    "list_dependences",
    "list_lineages",
    "origins_behind",
    "why",
]


class LineageRow(msgspec.Struct, frozen=True, kw_only=True):
    """One family: its reports, the first published first, and the reports of it that are in other families too."""

    lineage: Lineage
    reports: tuple[ReportRow, ...]
    mixed: tuple[str, ...]


class Why(msgspec.Struct, frozen=True, kw_only=True):
    """How two reports stand to each other, with the words of both in each passage, and the families that hold both.

    ``by_way_of`` holds the reports between them where they are in one family without being alike themselves.
    """

    dependence: Dependence
    passages: tuple[tuple[str, str], ...]
    lineages: tuple[Lineage, ...]
    by_way_of: tuple[str, ...]


def list_lineages(
    project: Project, *, report: str | None = None, limit: int | None = None, offset: int = 0
) -> tuple[LineageRow, ...]:
    """The families of two reports and more, the largest first; of one report or of all."""
    with project.looking() as connection:
        shown = stored.all_lineages(connection, report, limit, offset)
        mixed = stored.in_several(connection, {name for one in shown for name in one.reports})
        rows = _reports_of(connection, shown)
        return tuple(_row(rows, one, [name for name in one.reports if name in mixed]) for one in shown)


def count_lineages(project: Project, *, report: str | None = None) -> int:
    """How many families ``list_lineages`` lists without a limit."""
    with project.looking() as connection:
        return stored.count_lineages(connection, report)


def count_reports_alone(project: Project) -> int:
    """How many compared reports are in no family."""
    with project.looking() as connection:
        return stored.indexed(connection) - stored.count_in_lineages(connection)


def dependences_of(project: Project, report: str) -> tuple[Dependence, ...]:
    """The reports that one depends on, or that depend on it, people's decisions laid over what the engine found."""
    with project.looking() as connection:
        found = with_decisions(
            stored.dependences(connection, report), decisions_in_force(connection, DecisionKind.LINEAGE, about=report)
        )
    return tuple(one for one in found if report in one.pair and one.relation is not Relation.NONE)


def list_dependences(
    project: Project, *, report: str | None = None, limit: int | None = None, offset: int = 0
) -> tuple[Dependence, ...]:
    """The dependences, of one report or of all, in order of their pairs, people's decisions laid over them."""
    end = None if limit is None else offset + limit
    if report is not None:
        return dependences_of(project, report)[offset:end]
    with project.looking() as connection:
        decided = decisions_in_force(connection, DecisionKind.LINEAGE)
        if not decided:  # then no more of them are read than are asked for
            return tuple(stored.dependences(connection, limit=limit, offset=offset))
        found = with_decisions(stored.dependences(connection), decided)
    return tuple(one for one in found if one.relation is not Relation.NONE)[offset:end]


def count_dependences(project: Project, *, report: str | None = None) -> int:
    """How many dependences ``list_dependences`` lists without a limit."""
    if report is not None:
        return len(dependences_of(project, report))
    with project.looking() as connection:
        decided = decisions_in_force(connection, DecisionKind.LINEAGE)
        pairs = {tuple(sorted(one.subjects)) for one in decided}
        around = stored.dependences_around(connection, {report for pair in pairs for report in pair})
        found = [one for one in around if one.pair in pairs]
        standing = [one for one in with_decisions(found, decided) if one.relation is not Relation.NONE]
        return stored.count_dependences(connection) - len(found) + len(standing)


def why(project: Project, first: str, second: str) -> Why:
    """Why two reports are related, or are not. Raises UsageError where one is unknown or both are the same."""
    if first == second:
        raise UsageError(f"{first} was named twice: name two reports")
    with project.looking() as connection:
        found = judge_pair(connection, first, second, lineage_judge())
        if found is None:
            missing = [name for name in (first, second) if not query.version_rows(connection, name)]
            raise UsageError(f"the project has no report {' and no report '.join(map(repr, missing))}")
        theirs = decisions_in_force(connection, DecisionKind.LINEAGE, (first, second))
        [decided] = with_decisions([found], theirs)
        both = tuple(one for one in stored.all_lineages(connection, first) if second in one.reports)
        direct = decided.relation is not Relation.NONE
        return Why(
            dependence=decided,
            passages=_words(connection, decided),
            lineages=both,
            by_way_of=_between(connection, first, second, both[0]) if both and not direct else (),
        )


def origins_behind(project: Project, accounts: Sequence[Resting]) -> int:
    """How many independent origins stand behind accounts: lineages and named sources, not mastheads."""
    with project.looking() as connection:
        lineages = {
            one.report: frozenset(lineage.id for lineage in stored.all_lineages(connection, one.report))
            for one in accounts
        }
    return len(independent_origins(accounts, lineages))


def _reports_of(connection: Connection, lineages: Sequence[Lineage]) -> dict[str, ReportRow]:
    """The current reports of these families, by id."""
    ids = sorted({name for one in lineages for name in one.reports})
    return {row["id"]: report_row(row) for few in some(ids) for row in query.report_rows(connection, ids=few)}


def _row(reports: Mapping[str, ReportRow], lineage: Lineage, mixed: Sequence[str]) -> LineageRow:
    rows = [reports[name] for name in lineage.reports if name in reports]
    rows.sort(key=lambda row: (row.published is None, str(row.published), row.id))
    return LineageRow(lineage=lineage, reports=tuple(rows), mixed=tuple(mixed))


def _words(connection: Connection, found: Dependence) -> tuple[tuple[str, str], ...]:
    texts = {name: report.text for name, report in stored.reports_with(connection, found.pair).items()}
    return tuple((one.first.of(texts[found.earlier]), one.second.of(texts[found.later])) for one in found.passages)


def _between(connection: Connection, first: str, second: str, lineage: Lineage) -> tuple[str, ...]:
    """The reports on the shortest way of bonds from one to the other within a family; of several the first by ids."""
    members = set(lineage.reports)
    bonds = with_decisions(stored.dependences(connection), decisions_in_force(connection, DecisionKind.LINEAGE))
    next_to: dict[str, list[str]] = {name: [] for name in lineage.reports}
    for one in bonds:
        if one.relation is not Relation.NONE and members.issuperset(one.pair):
            next_to[one.pair[0]].append(one.pair[1])
            next_to[one.pair[1]].append(one.pair[0])
    way_to: dict[str, tuple[str, ...]] = {first: (first,)}
    waiting = deque([first])
    while waiting:
        here = waiting.popleft()
        for name in sorted(next_to[here]):
            if name not in way_to:
                way_to[name] = (*way_to[here], name)
                waiting.append(name)
    return way_to.get(second, ())[1:-1]
