"""The codes of what intake can't read or settle, and the one way to make such an Issue."""

from __future__ import annotations

from twosource.closed_sets import Severity
from twosource.records import Issue
from twosource.spans import Span

__all__ = ["SEVERITIES", "STAGE", "make_issue"]

STAGE = "intake"

SEVERITIES: dict[str, Severity] = {
    "ambiguous-date": Severity.WARNING,
    "attachment-left-out": Severity.NOTE,
    "bad-date": Severity.WARNING,
    "binary-file": Severity.ERROR,
    "broken-document": Severity.ERROR,
    "broken-line": Severity.ERROR,
    "cut-short": Severity.WARNING,
    "dates-disagree": Severity.WARNING,
    "duplicate-id": Severity.WARNING,
    "empty-file": Severity.ERROR,
    "encoding-broken": Severity.WARNING,
    "encoding-guessed": Severity.NOTE,
    "encrypted": Severity.ERROR,
    "feed-list": Severity.WARNING,
    "header-key-twice": Severity.WARNING,
    "header-unclosed": Severity.NOTE,
    "missing-extra": Severity.ERROR,
    "nested-too-deep": Severity.WARNING,
    "no-article": Severity.ERROR,
    "no-body": Severity.ERROR,
    "no-feed": Severity.WARNING,
    "no-reports": Severity.ERROR,
    "no-such-column": Severity.WARNING,
    "no-text-column": Severity.ERROR,
    "no-text-layer": Severity.ERROR,
    "not-fetched": Severity.ERROR,
    "not-read": Severity.WARNING,
    "records-left-out": Severity.NOTE,
    "row-without-text": Severity.ERROR,
    "too-large": Severity.ERROR,
    "took-too-long": Severity.ERROR,
    "unknown-header-key": Severity.NOTE,
    "unpacks-too-large": Severity.ERROR,
    "unread-ending": Severity.WARNING,
    "unreadable-file": Severity.ERROR,
}
"""Every code that intake gives, with its severity; docs/reference/input.md says what to do about each."""


def make_issue(
    code: str,
    reason: str,
    *,
    report: str | None = None,
    path: str | None = None,
    line: int | None = None,
    span: Span | None = None,
) -> Issue:
    """An Issue of the stage 'intake' with its code's severity. Raises KeyError for a code without one."""
    return Issue(
        code=code,
        stage=STAGE,
        reason=reason,
        severity=SEVERITIES[code],
        report=report,
        path=path,
        line=line,
        span=span,
    )
