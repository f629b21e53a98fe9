"""twosource reads conflict news reports and keeps every claim: its words, its source, its figures, places and dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime
    import os
    from typing import Any

    from pandas import DataFrame

    from twosource.records import Reading
    from twosource.store import Project

__all__ = ["__version__", "frame", "read_text"]

__version__ = "0.1.0"


def read_text(
    text: str, *, published: datetime.date | str | None = None, title: str | None = None, outlet: str | None = None
) -> Reading:
    """Everything read in one report: ``.claims``, ``.attributions``, ``.times``, ``.places``, ``.figures`` and more.

    Spans are half-open, in code points of ``.report.text``. ``published`` (a date, or '2024-12-31') is what 'on Monday'
    counts from. What reads is loaded at the first call (about a second) and kept. Raises UsageError for an empty text
    or a date that is none.
    """
    from twosource import pipeline

    return pipeline.read_text(text, published=published, title=title, outlet=outlet)


def frame(project: Project | str | os.PathLike[str], table: str = "claims", **filters: Any) -> DataFrame:
    """A table of a project as a pandas DataFrame: claims, events, reports, lineages, disagreements or entities.

    ``project`` is an open project, a file's path, or a database's URL. ``filters`` choose claims, and of the other
    tables what belongs to them: type, family, actor, place, source, report, since, until, text. Columns are those of
    the exports, of the types 'string', 'Int64', 'Float64', 'boolean' and 'datetime64[s]'; what is not said is NA.
    Raises ProjectError where there is no project, UsageError for an unknown table or filter, and UsageError where
    pandas is not installed (pip install 'twosource[frames]').
    """
    from twosource.export.frames import frame_of
    from twosource.store import Project, open_project

    if isinstance(project, Project):
        return frame_of(project, table, **filters)
    with open_project(project) as opened:
        return frame_of(opened, table, **filters)
