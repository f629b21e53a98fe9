"""What came of a plan, said by command."""

from __future__ import annotations

from twosource import deciding
from twosource.cli.said import Said, tell
from twosource.errors import UsageError
from twosource.store import Project

__all__ = ["decide_on_plan"]


def decide_on_plan(project: Project, said: Said) -> None:
    """Keeps what came of the plan that the one claim tells; the fields may name by 'told_by' what tells so.

    Raises UsageError for several claims and for other fields.
    """
    fields = said.given
    if len(said.subjects) != 1:
        raise UsageError(f"name the one claim that tells of the plan, not {len(said.subjects)} ids")
    told_by = fields.get("told_by", "")
    if set(fields) - {"told_by"} or not isinstance(told_by, str):
        raise UsageError('--fields of a plan names what tells so: {"told_by": "the id of a claim or event"}')
    [claim] = said.subjects
    report = deciding.report_of(project, claim)
    tell(deciding.record_outcome(project, report, claim, said.verdict, told_by=told_by, **said.signed))
