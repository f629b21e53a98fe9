"""Who codes which reports, how far are they, how far do they agree, and where do they differ?"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from twosource.coding.compared import Comparison, compare, compare_all
from twosource.coding.entries import finished
from twosource.coding.tasks import Start, Task, list_tasks, task_named
from twosource.corpus.coding.agreement import Agreement, agreement_on
from twosource.corpus.coding.matching import Unit
from twosource.errors import UsageError
from twosource.store import Project

__all__ = [
    "Agreement",
    "Comparison",
    "Start",
    "Task",
    "TaskAgreement",
    "TaskProgress",
    "agreements",
    "comparison",
    "list_tasks",
    "task_progress",
]


class TaskProgress(msgspec.Struct, frozen=True, kw_only=True):
    """How far a task is: who has finished which report, and how many reports all coders have finished."""

    task: Task
    finished: dict[str, tuple[str, ...]]
    compared: int

    def done_by(self, coder: str) -> int:
        """How many reports the coder has finished."""
        return len(self.finished.get(coder, ()))


class TaskAgreement(msgspec.Struct, frozen=True, kw_only=True):
    """How far the coders of a task agree, on the ``reports`` (ids) that all of them have finished.

    ``agreement`` is None while there is none. ``apart`` names reports of which they coded different versions: these
    are left out.
    """

    task: str
    coders: tuple[str, ...]
    reports: tuple[str, ...]
    of: int
    apart: tuple[str, ...]
    agreement: Agreement | None


def task_progress(project: Project, name: str) -> TaskProgress:
    """How far a task is. Raises UsageError for an unknown one."""
    with project.looking() as connection:
        task = task_named(connection, name)
        done = finished(connection, task)
    by_coder = {coder: tuple(one for one in task.reports if (coder, one) in done) for coder in task.coders}
    both = sum(all((coder, report) in done for coder in task.coders) for report in task.reports)
    return TaskProgress(task=task, finished=by_coder, compared=both)


def agreements(project: Project, name: str | None = None) -> tuple[TaskAgreement, ...]:
    """The agreement on each task, the newest first, or on the one named. Raises UsageError for an unknown one."""
    with project.looking() as connection:
        tasks: Sequence[Task] = [task_named(connection, name)] if name is not None else list_tasks(project)
        return tuple(_agreement(task, compare_all(connection, task)) for task in tasks)


def comparison(project: Project, name: str, report: str) -> Comparison | None:
    """What the coders of a task made of a report, and what was settled; None while one has not finished it.

    Raises UsageError for an unknown task, and for a report of another.
    """
    with project.looking() as connection:
        task = task_named(connection, name)
        if report not in task.reports:
            raise UsageError(f"{report!r} is no report of the task {task.name!r}")
        return compare(connection, task, report)


def _agreement(task: Task, compared: Sequence[Comparison]) -> TaskAgreement:
    matched = [one for one in compared if one.versions == 1]
    units: list[Unit] = [unit for one in matched for unit in one.units]
    return TaskAgreement(
        task=task.name,
        coders=task.coders,
        reports=tuple(one.report for one in matched),
        of=len(task.reports),
        apart=tuple(one.report for one in compared if one.versions > 1),
        agreement=agreement_on(task.coders, units) if matched else None,
    )
