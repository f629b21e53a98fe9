"""What becomes of a report that can't be read to the end: an Issue that says why, and a reading that is marked."""

from __future__ import annotations

from twosource.closed_sets import Severity
from twosource.records import Issue, Reading, Report
from twosource.stage import unfinished

__all__ = ["CRASHED", "TOO_LARGE", "TOO_LONG", "crashed", "given_up", "stage_failed", "too_large", "too_long"]

CRASHED = "reading-crashed"
TOO_LARGE = "reading-too-large"
TOO_LONG = "reading-too-long"
_STAGE = "reading"


def stage_failed(report: Report, stage: str, fault: Exception) -> Issue:
    """A stage raised: the layers before it are kept."""
    reason = (
        f"the stage {stage} failed on this report ({type(fault).__name__}: {fault}); what stages after it would "
        "find is missing. This is a fault of twosource: please tell its makers, with the report"
    )
    return _issue(report, "stage-failed", stage, reason)


def too_long(report: Report, seconds: float) -> Issue:
    """Reading it took more than its limit of time."""
    limit = f"{seconds:,.0f}" if seconds >= 1 else f"{seconds:g}"
    reason = (
        f"reading this report took more than {limit} seconds and was stopped; nothing of it is read. "
        "Give it more with --time-limit, or split it"
    )
    return _issue(report, TOO_LONG, _STAGE, reason)


def too_large(report: Report, memory: int) -> Issue:
    """Reading it took more than its limit of memory (bytes)."""
    reason = f"reading this report took more than {memory / 2**30:.0f} GiB of memory; nothing of it is read. Split it"
    return _issue(report, TOO_LARGE, _STAGE, reason)


def crashed(report: Report, how: str) -> Issue:
    """The process that read it ended, and ended again when it read this report alone; ``how`` says how it ended."""
    reason = (
        f"the process that read this report ended twice ({how}); nothing of it is read. Perhaps there was too little "
        "memory; else it is a fault of twosource: please tell its makers, with the report"
    )
    return _issue(report, CRASHED, _STAGE, reason)


def given_up(report: Report, issue: Issue, fingerprint: str) -> Reading:
    """A reading that holds the issue alone, marked as none that an engine of this fingerprint finished."""
    return Reading(report=report, issues=(issue,), fingerprint=unfinished(fingerprint))


def _issue(report: Report, code: str, stage: str, reason: str) -> Issue:
    origin = report.origin
    return Issue(
        code=code,
        stage=stage,
        reason=reason,
        severity=Severity.ERROR,
        report=report.id,
        path=origin.path if origin else None,
        line=origin.line if origin else None,
    )
