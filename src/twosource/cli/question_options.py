"""The options that the questions share."""

from __future__ import annotations

from typing import Annotated

import typer

from twosource.cli.question_tables import SHOWN
from twosource.cli.terminal import day
from twosource.views import bounds
from twosource.views.claims import ClaimFilter

__all__ = [
    "Actor",
    "EventId",
    "Json",
    "Limit",
    "Newest",
    "Place",
    "ReportId",
    "Since",
    "Source",
    "Until",
    "claims_by",
    "most_looked_at",
]

Json = Annotated[bool, typer.Option("--json", help="Print JSON lines, all of them unless --limit is given.")]
Limit = Annotated[
    int | None,
    typer.Option(min=0, help=f"How many to print; 0 prints all. A table has {SHOWN}.", show_default=False),
]
Newest = Annotated[
    int | None,
    typer.Option(
        min=0,
        metavar="N",
        help="Look at the N claims published last of those that are asked about; 0 looks at all, which takes long in "
        f"a large project. A table looks at {bounds.ASKED:,} (disagreements {bounds.WEIGHED:,}, toll "
        f"{bounds.ADDED:,}) and says what it left out; JSON looks at all.",
        show_default=False,
    ),
]
Actor = Annotated[str | None, typer.Option(help="Words in the name of who does it, or to whom.")]
Place = Annotated[str | None, typer.Option(help="Words in the name of a place.")]
Source = Annotated[str | None, typer.Option(help="Words in the name of who says it, or passes it on.")]
ReportId = Annotated[str | None, typer.Option("--report", metavar="ID", help="One report.")]
Since = Annotated[str | None, typer.Option(metavar="DAY", help="Not over before this day (2024-12-31).")]
Until = Annotated[str | None, typer.Option(metavar="DAY", help="Begun by this day (2024-12-31).")]
EventId = Annotated[str | None, typer.Option("--event", metavar="ID", help="One event.")]


def claims_by(
    actor: str | None, place: str | None, source: str | None, report: str | None, since: str | None, until: str | None
) -> ClaimFilter:
    """The filter of these options. Raises UsageError for a day that is none."""
    return ClaimFilter(
        actor=actor,
        place=place,
        source=source,
        report=report,
        since=day("--since", since),
        until=day("--until", until),
    )


def most_looked_at(newest: int | None, *, json: bool, plain: int = bounds.ASKED) -> int | None:
    """How many claims an answer is made of at most: ``--newest``; without it ``plain`` for a table, all for JSON."""
    if newest is None:
        return None if json else plain
    return newest or None
