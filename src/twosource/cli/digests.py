"""The command that prints one number for all readings of a project."""

from __future__ import annotations

from twosource.cli.terminal import ProjectArgument, output, plural
from twosource.store import open_project
from twosource.store.reading_digest import reading_digest

__all__ = ["digest"]


def digest(project: ProjectArgument) -> None:
    """Print one number for all that was read: projects in which it is the same hold the same readings.

    It does not depend on the order of the reports, on the number of workers or on the engine that read them. What
    people decided is not in it.
    """
    with open_project(project) as opened, opened.looking() as connection:
        found = reading_digest(connection)
    output().print(f"{found.sha256}  {plural(found.readings, 'reading')}", soft_wrap=True)
