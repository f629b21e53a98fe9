"""Which outlets and agencies are there, what do they take from each other, and what are a report's original bytes?"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from twosource.records import Report
from twosource.store import Project, source_query
from twosource.store.takings import taking_rows

__all__ = ["AgencyRow", "Original", "OutletRow", "Share", "list_agencies", "list_outlets", "original_of"]

_report_decoder = msgspec.json.Decoder(Report)


class Share(msgspec.Struct, frozen=True):
    """A name, and how many reports it stands for; None is the outlet that is not known."""

    name: str | None
    reports: int


class OutletRow(msgspec.Struct, frozen=True, kw_only=True):
    """One outlet (None: not known): its reports, the days of the first and last, and where their words come from.

    ``credits`` are the agencies that its reports name, ``takes`` the outlets and agencies that its reports depend on
    by their words, each with how many of its reports; the most first.
    """

    name: str | None
    reports: int
    claims: int
    first: datetime.date | None
    last: datetime.date | None
    credits: tuple[Share, ...]
    takes: tuple[Share, ...]


class AgencyRow(msgspec.Struct, frozen=True, kw_only=True):
    """One agency, how many reports credit it, and the outlets that these are of, the most first."""

    name: str
    reports: int
    outlets: tuple[Share, ...]


class Original(msgspec.Struct, frozen=True):
    """The bytes that a report was made of, and the name to save them under."""

    name: str
    content: bytes


def list_outlets(project: Project) -> tuple[OutletRow, ...]:
    """The outlets, the one with most reports first, then by name."""
    with project.looking() as connection:
        credits_of: dict[str | None, Counter[str | None]] = {}
        for row in source_query.agency_rows(connection):
            credits_of.setdefault(row["outlet"], Counter())[row["agency"]] += row["reports"]
        takes_of: dict[str | None, Counter[str | None]] = {}
        for outlet, origin, reports in taking_rows(connection):
            takes_of.setdefault(outlet, Counter())[origin] = reports
        return tuple(
            OutletRow(
                name=row["outlet"],
                reports=row["reports"],
                claims=row["claims"],
                first=row["first"],
                last=row["last"],
                credits=_shares(credits_of.get(row["outlet"], Counter())),
                takes=_shares(takes_of.get(row["outlet"], Counter())),
            )
            for row in source_query.outlet_rows(connection)
        )


def list_agencies(project: Project) -> tuple[AgencyRow, ...]:
    """The agencies that reports credit, the one with most reports first, then by name."""
    found: dict[str, Counter[str | None]] = {}
    with project.looking() as connection:
        for row in source_query.agency_rows(connection):
            found.setdefault(row["agency"], Counter())[row["outlet"]] += row["reports"]
    rows = (AgencyRow(name=name, reports=of.total(), outlets=_shares(of)) for name, of in found.items())
    return tuple(sorted(rows, key=lambda row: (-row.reports, row.name)))


def original_of(project: Project, digest: str) -> Original | None:
    """The bytes of one version of a report, by its digest; None where there is none or they were not kept."""
    with project.looking() as connection:
        row = source_query.original_row(connection, digest)
    if row is None:
        return None
    report = _report_decoder.decode(row["record"])
    return Original(_file_name(report), row["content"])


def _shares(of: Mapping[str | None, int]) -> tuple[Share, ...]:
    rows: Iterable[tuple[str | None, int]] = of.items()
    return tuple(
        Share(name, count) for name, count in sorted(rows, key=lambda row: (-row[1], row[0] is None, row[0] or ""))
    )


def _file_name(report: Report) -> str:
    """The last part of the path that the bytes came from, with the line where they are one row of many."""
    origin = report.origin
    name = re.split(r"[/\\]", origin.path)[-1] if origin else ""
    line = f"line-{origin.line}-" if origin and origin.line is not None else ""
    return f"{line}{name}" if name else f"{report.id}.bin"
