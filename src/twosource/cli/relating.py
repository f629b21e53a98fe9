"""The commands on lineage: which reports come from one text, and why two are related."""

from __future__ import annotations

import sys
from typing import Annotated

import msgspec
import typer

from twosource.cli.terminal import ProjectArgument, errors, output, plural, visible
from twosource.store import open_project
from twosource.views.lineage import LineageRow, Why, count_reports_alone, list_lineages
from twosource.views.lineage import why as ask_why
from twosource.views.reports import ReportRow

__all__ = ["lineage", "print_why", "why"]

_SHOWN = 50
_PASSAGES = 3
Json = Annotated[bool, typer.Option("--json", help="Print JSON lines, all of them unless --limit is given.")]
In = Annotated[str, typer.Option("--in", metavar="PROJECT", help="The project file that holds both.")]
First = Annotated[str, typer.Argument(metavar="REPORT", help="The id of a report.", show_default=False)]
Second = Annotated[str, typer.Argument(metavar="REPORT", help="The id of another.", show_default=False)]


def lineage(
    project: ProjectArgument,
    report: Annotated[str | None, typer.Option(metavar="ID", help="Only the families of one report.")] = None,
    json: Json = False,
    limit: Annotated[
        int | None, typer.Option(min=0, help=f"How many families at most; 0 prints all. Plain: {_SHOWN}.")
    ] = None,
) -> None:
    """List the families of reports that come from one text, the largest first, with their common origin.

    A report that mixes two texts is in both families. Reports in no family show no sign of dependence, which proves
    no independence.
    """
    with open_project(project) as opened:
        most = (limit or None) if json or limit is not None else _SHOWN
        rows = list_lineages(opened, report=report, limit=most)
        alone = count_reports_alone(opened)
    if json:
        sys.stdout.buffer.writelines(msgspec.json.encode(row) + b"\n" for row in rows)
        sys.stdout.buffer.flush()
        return
    for row in rows:
        _print_family(row)
    if report is None:
        errors().print(f"{plural(len(rows), 'family').replace('familys', 'families')}; {alone:,} reports in none.")
    elif not rows:
        errors().print(f"{visible(report)} is in no family.")


def why(first: First, second: Second, project: In, json: Json = False) -> None:
    """Say why two reports are held to come from one text, or why not, and show passages that tell the same."""
    with open_project(project) as opened:
        found = ask_why(opened, first, second)
    if json:
        sys.stdout.buffer.write(msgspec.json.encode(found) + b"\n")
        return
    print_why(found)


def _print_family(row: LineageRow) -> None:
    console = output()
    origin = f", from {row.lineage.origin}" if row.lineage.origin else ""
    console.print(f"{row.lineage.id}  {plural(len(row.reports), 'report')}{visible(origin)}", style="bold")
    console.print(f"  {visible(row.lineage.reason)}", soft_wrap=True)
    for report in row.reports:
        console.print(f"  {visible(_report_line(report, mixed=report.id in row.mixed))}", soft_wrap=True)
    console.print()


def _report_line(report: ReportRow, *, mixed: bool) -> str:
    day = str(report.published) if report.published else "no date   "
    told = " · ".join(words for words in (report.id, report.outlet, report.agency, report.title) if words)
    return f"{day}  {told}{'  (in other families too)' if mixed else ''}"


def print_why(found: Why) -> None:
    """Prints how two reports stand to each other, with the first passages of both."""
    console, told = output(), found.dependence
    console.print(visible(told.reason), style="bold", soft_wrap=True)
    for one, other in found.passages[:_PASSAGES]:
        console.print()
        console.print(f"{visible(told.earlier)}: {visible(one)}", soft_wrap=True)
        console.print(f"{visible(told.later)}: {visible(other)}", soft_wrap=True)
    if len(found.passages) > _PASSAGES:
        console.print(f"... and {plural(len(found.passages) - _PASSAGES, 'passage')} more")
    if found.by_way_of:
        console.print(f"They are in one family all the same, by way of {visible(', '.join(found.by_way_of))}.")
