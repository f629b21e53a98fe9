"""What came of a plan, said by command."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from twosource import deciding
from twosource.cli.terminal import output
from twosource.errors import UsageError
from twosource.store import Project

__all__ = ["decide_on_plan"]


def decide_on_plan(
    project: Project,
    subjects: Sequence[str],
    word: str,
    fields: Mapping[str, Any],
    *,
    reason: str,
    who: str,
    expected: int | None,
) -> None:
    """Keeps what came of the plan that the one claim tells; ``fields`` may name by 'told_by' what tells so.

    Raises UsageError for several claims and for other fields.
    """
    if len(subjects) != 1:
        raise UsageError(f"name the one claim that tells of the plan, not {len(subjects)} ids")
    told_by = fields.get("told_by", "")
    if set(fields) - {"told_by"} or not isinstance(told_by, str):
        raise UsageError('--fields of a plan names what tells so: {"told_by": "the id of a claim or event"}')
    [claim] = subjects
    report = deciding.report_of(project, claim)
    kept = deciding.record_outcome(
        project, report, claim, word, who=who, reason=reason, told_by=told_by, expected=expected
    )
    output().print(f"Kept as entry {kept.number}.")
