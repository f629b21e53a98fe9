"""What does a project hold in full? The whole records behind the answers, for exports and for copies of a project."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import msgspec
from sqlalchemy import Connection, select

from twosource.corpus.families import with_decisions
from twosource.corpus_records import Decision, DecisionKind, Dependence, Lineage
from twosource.records import Issue, Place, Reading, Report
from twosource.store import Project, event_query, query, tables
from twosource.store import lineage as stored
from twosource.store.decided_places import laid_places, place_decisions
from twosource.store.decisions import decisions_in_force, every_decision

__all__ = [
    "ReportInFull",
    "Version",
    "all_decisions",
    "all_dependences",
    "all_lineages",
    "all_reports",
    "entity_of",
    "events_of_claims",
    "every_reading",
    "every_version",
    "issues_of_input",
]

_report_decoder = msgspec.json.Decoder(Report)
_issue_decoder = msgspec.json.Decoder(Issue)


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """One version of a report (``number`` from 1) and its current reading, without tokens; None where there is none."""

    report: Report
    number: int
    current: bool
    reading: Reading | None


class ReportInFull(msgspec.Struct, frozen=True, kw_only=True):
    """A report in its current version, with the places of its current reading as people left them."""

    report: Report
    places: tuple[Place, ...]


def all_reports(project: Project, ids: Collection[str] | None = None) -> Iterator[ReportInFull]:
    """The current reports, by id; those with one of ``ids``, or all."""
    with project.looking() as connection:
        decided = place_decisions(connection, ids)
    for reading in every_reading(project, ids):
        places = reading.places
        words = decided.get(reading.report.id)
        if words:
            with project.looking() as connection:
                places = laid_places(connection, reading.report, places, reading.claims, words)
        yield ReportInFull(report=reading.report, places=places)


def every_reading(project: Project, ids: Collection[str] | None = None) -> Iterator[Reading]:
    """The current readings of the current reports, by report id, without tokens; of these reports or of all."""
    with project.looking() as connection:
        for digest in _digests(connection, ids):
            reading = query.reading_of(connection, digest)
            if reading is not None:
                yield reading


def every_version(project: Project, ids: Collection[str] | None = None) -> Iterator[Version]:
    """Every version of the reports, by id and number; of these reports or of all."""
    columns = tables.report.c
    with project.looking() as connection:
        chosen = select(columns.id, columns.digest, columns.number, columns.current).order_by(
            columns.id, columns.number
        )
        for row in connection.execute(chosen).all():
            if ids is None or row.id in ids:
                record = connection.execute(select(columns.record).where(columns.digest == row.digest)).scalar_one()
                yield Version(
                    report=_report_decoder.decode(record),
                    number=row.number,
                    current=row.current,
                    reading=query.reading_of(connection, row.digest),
                )


def issues_of_input(project: Project) -> tuple[Issue, ...]:
    """The standing issues that were met on the way in, in an order that only they decide."""
    columns = tables.issue.c
    with project.looking() as connection:
        found = connection.execute(
            select(columns.record).where(columns.reading.is_(None), columns.current).order_by(columns.key)
        ).scalars()
        return tuple(_issue_decoder.decode(record) for record in found)


def all_lineages(project: Project) -> tuple[Lineage, ...]:
    """The families of reports, the largest first."""
    with project.looking() as connection:
        return tuple(stored.all_lineages(connection))


def all_dependences(project: Project) -> tuple[Dependence, ...]:
    """Every dependence between two reports, people's decisions laid over what the engine found; by the pair's ids."""
    with project.looking() as connection:
        decided = decisions_in_force(connection, DecisionKind.LINEAGE)
        return tuple(sorted(with_decisions(stored.dependences(connection), decided), key=lambda one: one.pair))


def all_decisions(project: Project) -> tuple[Decision, ...]:
    """Every entry of the log of decisions, the oldest first."""
    with project.looking() as connection:
        return tuple(every_decision(connection))


def events_of_claims(project: Project) -> dict[str, str]:
    """The id of the event that each claim (id) is of; claims of no event are left out."""
    with project.looking() as connection:
        return event_query.every_event_of_claims(connection)


def entity_of(project: Project) -> dict[tuple[str, str], str]:
    """The id of the entity that each name means, by report (id) and name as its claims write it."""
    columns = tables.entity_name.c
    with project.looking() as connection:
        found = connection.execute(select(columns.report, columns.name, columns.entity))
        return {(row.report, row.name): row.entity for row in found}


def _digests(connection: Connection, ids: Collection[str] | None) -> list[str]:
    columns = tables.report.c
    found = connection.execute(select(columns.id, columns.digest).where(columns.current).order_by(columns.id))
    return [row.digest for row in found if ids is None or row.id in ids]
