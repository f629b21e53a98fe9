"""How much is in a project?"""

from __future__ import annotations

import msgspec

from twosource.store import Project, query

__all__ = ["Counts", "counts"]


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """How many reports, claims and issues stand: current versions and readings alone."""

    reports: int
    claims: int
    issues: int


def counts(project: Project) -> Counts:
    """The counts of one state of the project."""
    with project.looking() as connection:
        return Counts(
            reports=query.count_reports(connection),
            claims=query.count_claims(connection),
            issues=query.count_issues(connection),
        )
