"""What does one report say, and what was read in it?"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import msgspec
from sqlalchemy import RowMapping

from twosource.corpus.decided_claims import DecidedClaim, Lapsed, lay_over
from twosource.records import Issue, Reading
from twosource.store import Project, query
from twosource.store.decided_claims import overlay_on
from twosource.store.decided_places import laid_places

__all__ = ["ReportView", "Version", "reading_as_read", "report_view"]


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """One version of a report: ``number`` counts from 1, the first one stored; ``digest`` names it."""

    digest: str
    number: int
    current: bool
    title: str | None
    published: datetime.date | None


class ReportView(msgspec.Struct, frozen=True, kw_only=True):
    """One version of a report with its current reading (tokens empty), all versions, the oldest first, and issues.

    The places of the reading of the current version are as people left them.

    ``issues`` holds those met on the way in (of the current version) and those of the reading. ``claims`` are those of
    the reading by their place in the text, with people's decisions laid over them, rejected ones too; decisions that no
    longer apply are ``lapsed``. An older version's stand as they were read.
    """

    reading: Reading
    versions: tuple[Version, ...]
    issues: tuple[Issue, ...]
    claims: tuple[DecidedClaim, ...] = ()
    lapsed: tuple[Lapsed, ...] = ()

    @property
    def version(self) -> Version:
        """The version that is shown."""
        return next(v for v in self.versions if v.digest == self.reading.report.digest)


def reading_as_read(project: Project, report_id: str) -> Reading | None:
    """The reading of a report's current version without anybody's decisions; None where no report has the id."""
    with project.looking() as connection:
        shown = _shown(tuple(_version(row) for row in query.version_rows(connection, report_id)), None)
        return query.reading_of(connection, shown.digest) if shown else None


def report_view(project: Project, report_id: str, *, version: str | None = None) -> ReportView | None:
    """The report with its reading; None where no report has the id or no version of it the digest ``version``."""
    with project.looking() as connection:
        versions = tuple(_version(row) for row in query.version_rows(connection, report_id))
        shown = _shown(versions, version)
        reading = query.reading_of(connection, shown.digest) if shown else None
        if shown is None or reading is None:
            return None
        of_input = query.issues_of_input(connection, report_id) if shown.current else ()
        overlay = overlay_on(connection, reading.report, reading.claims) if shown.current else None
        if shown.current:
            places = laid_places(connection, reading.report, reading.places, reading.claims)
            reading = msgspec.structs.replace(reading, places=places)
    laid = overlay or lay_over(reading.report, reading.claims, (), {})
    return ReportView(
        reading=reading,
        versions=versions,
        issues=of_input + reading.issues,
        claims=laid.claims,
        lapsed=laid.lapsed,
    )


def _shown(versions: Sequence[Version], digest: str | None) -> Version | None:
    return next((v for v in versions if (v.current if digest is None else v.digest == digest)), None)


def _version(row: RowMapping) -> Version:
    return Version(**row)
