"""What could not be read or resolved?"""

from __future__ import annotations

import msgspec

from twosource.closed_sets import Severity
from twosource.records import Issue
from twosource.store import Project, query

__all__ = ["IssueCount", "count_issues", "issue_counts", "list_issues"]


class IssueCount(msgspec.Struct, frozen=True, kw_only=True):
    """How many issues stand of one code and severity."""

    code: str
    severity: Severity
    count: int


def list_issues(
    project: Project, *, code: str | None = None, limit: int | None = 200, offset: int = 0
) -> tuple[Issue, ...]:
    """The issues that stand, of one code or of all; those of no report first, then by report and code."""
    with project.looking() as connection:
        return tuple(query.issues(connection, code, limit, offset))


def count_issues(project: Project, *, code: str | None = None) -> int:
    """How many issues stand, of one code or of all."""
    with project.looking() as connection:
        return query.count_issues(connection, code)


def issue_counts(project: Project) -> tuple[IssueCount, ...]:
    """How many issues stand for each code and severity, the most frequent first."""
    with project.looking() as connection:
        rows = query.issue_codes(connection)
    return tuple(IssueCount(code=row["code"], severity=Severity(row["severity"]), count=row["count"]) for row in rows)
