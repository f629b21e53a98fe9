"""Which claims are there, by what they say, who says it, where and when?"""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Collection, Iterator, Sequence

import msgspec
from sqlalchemy import Connection, RowMapping

from twosource.closed_sets import ClaimType
from twosource.corpus.decided_claims import DecidedClaim, Mark
from twosource.corpus_records import Decision
from twosource.errors import UsageError
from twosource.records import Claim
from twosource.store import Project, decided_query, query
from twosource.store.claim_narrowing import MOST_COUNTED
from twosource.store.claim_query import ClaimFilter
from twosource.store.decided_query import LeftOut
from twosource.views.reports import ReportRow, report_row

__all__ = [
    "MOST_COUNTED",
    "ClaimFilter",
    "ClaimRow",
    "claim_rows_of",
    "claim_type",
    "claims_with",
    "count_claims",
    "every_claim",
    "find_claims",
    "newest_claims",
]

_AT_ONCE = 500  # claims held in memory at a time while all of them are walked


class ClaimRow(msgspec.Struct, frozen=True, kw_only=True):
    """One claim as it stands, the report that holds it, and the words of each of its evidence runs.

    ``mark`` tells whether a person accepted, fixed, rejected or added it, ``decision`` who and why. ``seen`` is what
    whoever decides on it hands on (``DecidedClaim.seen``).
    """

    claim: Claim
    report: ReportRow
    evidence: tuple[str, ...]
    mark: Mark = Mark.READ
    decision: Decision | None = None
    seen: int = 0


def find_claims(
    project: Project, chosen: ClaimFilter | None = None, limit: int | None = 200, offset: int = 0
) -> tuple[ClaimRow, ...]:
    """The claims of the current readings that the filter chooses, by report id, then by place in the text.

    They stand as people left them: fixed ones as fixed, added ones among them, rejected ones only if asked for.
    """
    with project.looking() as connection:
        found = decided_query.find_decided(connection, chosen or ClaimFilter(), limit, offset)
        return tuple(_with_reports(connection, found))


def every_claim(project: Project, chosen: ClaimFilter | None = None) -> Iterator[ClaimRow]:
    """The same claims in the same order as ``find_claims`` with no limit, a few at a time, all of one state."""
    with project.looking() as connection:
        found = decided_query.every_decided(connection, chosen or ClaimFilter())
        while some := list(itertools.islice(found, _AT_ONCE)):
            yield from _with_reports(connection, some)


def newest_claims(project: Project, chosen: ClaimFilter, most: int) -> tuple[tuple[ClaimRow, ...], LeftOut | None]:
    """The claims chosen that were published last, so many at most, by report id, then by place in the text.

    With them what was left out.
    """
    with project.looking() as connection:
        found, left_out = decided_query.newest_decided(connection, chosen, None, most)
        return tuple(_with_reports(connection, found)), left_out


def claims_with(project: Project, ids: Collection[str]) -> tuple[ClaimRow, ...]:
    """The claims with these ids as they stand, but for those rejected."""
    with project.looking() as connection:
        found = _with_reports(connection, decided_query.decided_with(connection, ids))
        return tuple(row for row in found if row.mark is not Mark.REJECTED)


def count_claims(project: Project, chosen: ClaimFilter | None = None, most: int | None = None) -> int:
    """How many claims the filter chooses; of more than ``most`` one more, but without a filter always all."""
    with project.looking() as connection:
        return decided_query.count_decided(connection, chosen or ClaimFilter(), most)


def claim_rows_of(connection: Connection, rows: Sequence[RowMapping]) -> tuple[ClaimRow, ...]:
    """The claims of rows (columns record, evidence, report) as they stand, in their order; rejected ones too."""
    return tuple(_with_reports(connection, decided_query.standing_of(connection, rows)))


def claim_type(word: str) -> ClaimType:
    """The claim type of this name. Raises UsageError for none, and says which ones are near."""
    try:
        return ClaimType(word.strip().casefold().replace("-", "_").replace(" ", "_"))
    except ValueError:
        near = difflib.get_close_matches(word, list(ClaimType), n=3)
        hint = f"did you mean {' or '.join(near)}?" if near else f"it is one of {', '.join(ClaimType)}"
        raise UsageError(f"there is no claim type {word!r}: {hint}") from None


def _with_reports(connection: Connection, found: Sequence[DecidedClaim]) -> Iterator[ClaimRow]:
    ids = sorted({one.claim.report for one in found})
    reports = {row["id"]: report_row(row) for row in query.report_rows(connection, ids=ids)}
    for one in found:
        yield ClaimRow(
            claim=one.claim,
            report=reports[one.claim.report],
            evidence=one.evidence,
            mark=one.mark,
            decision=one.decision,
            seen=one.seen,
        )
