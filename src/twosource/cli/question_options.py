"""The options that the questions share."""

from __future__ import annotations

from typing import Annotated

import typer

from twosource.cli.question_tables import SHOWN
from twosource.cli.terminal import day
from twosource.views.claims import ClaimFilter

__all__ = ["Actor", "EventId", "Json", "Limit", "Place", "ReportId", "Since", "Source", "Until", "claims_by"]

Json = Annotated[bool, typer.Option("--json", help="Print JSON lines, all of them unless --limit is given.")]
Limit = Annotated[
    int | None,
    typer.Option(min=0, help=f"How many to print; 0 prints all. A table has {SHOWN}.", show_default=False),
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
