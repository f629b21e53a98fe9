"""Which claims are there, by what they say, who says it, where and when?"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence

import msgspec
from sqlalchemy import Connection, RowMapping

from twosource.closed_sets import ClaimType
from twosource.errors import UsageError
from twosource.records import Claim
from twosource.store import Project, claim_query, query
from twosource.store.claim_query import ClaimFilter
from twosource.views.reports import ReportRow, report_row

__all__ = ["ClaimFilter", "ClaimRow", "claim_rows_of", "claim_type", "count_claims", "every_claim", "find_claims"]

_claim_decoder = msgspec.json.Decoder(Claim)
_evidence_decoder = msgspec.json.Decoder(tuple[str, ...])


class ClaimRow(msgspec.Struct, frozen=True, kw_only=True):
    """One claim, the report that holds it, and the words of each of its evidence runs."""

    claim: Claim
    report: ReportRow
    evidence: tuple[str, ...]


def find_claims(
    project: Project, chosen: ClaimFilter | None = None, limit: int | None = 200, offset: int = 0
) -> tuple[ClaimRow, ...]:
    """The claims of the current readings that the filter chooses, by report id, then by place in the text."""
    with project.looking() as connection:
        rows = claim_query.claim_rows(connection, chosen or ClaimFilter(), limit, offset)
        return tuple(_with_reports(connection, rows))


def every_claim(project: Project, chosen: ClaimFilter | None = None) -> Iterator[ClaimRow]:
    """The same claims in the same order as ``find_claims`` with no limit, a few at a time, all of one state."""
    with project.looking() as connection:
        for rows in claim_query.every_claim_row(connection, chosen or ClaimFilter()):
            yield from _with_reports(connection, rows)


def count_claims(project: Project, chosen: ClaimFilter | None = None) -> int:
    """How many claims the filter chooses."""
    with project.looking() as connection:
        return claim_query.count_claims(connection, chosen or ClaimFilter())


def claim_rows_of(connection: Connection, rows: Sequence[RowMapping]) -> tuple[ClaimRow, ...]:
    """The records of rows with the columns record, evidence and report, in their order."""
    return tuple(_with_reports(connection, rows))


def claim_type(word: str) -> ClaimType:
    """The claim type of this name. Raises UsageError for none, and says which ones are near."""
    try:
        return ClaimType(word.strip().casefold().replace("-", "_").replace(" ", "_"))
    except ValueError:
        near = difflib.get_close_matches(word, list(ClaimType), n=3)
        hint = f"did you mean {' or '.join(near)}?" if near else f"it is one of {', '.join(ClaimType)}"
        raise UsageError(f"there is no claim type {word!r}: {hint}") from None


def _with_reports(connection: Connection, rows: Sequence[RowMapping]) -> Iterator[ClaimRow]:
    ids = sorted({row["report"] for row in rows})
    reports = {row["id"]: report_row(row) for row in query.report_rows(connection, ids=ids)}
    for row in rows:
        yield ClaimRow(
            claim=_claim_decoder.decode(row["record"]),
            report=reports[row["report"]],
            evidence=_evidence_decoder.decode(row["evidence"]),
        )
