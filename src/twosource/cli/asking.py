"""The commands that ask a project: which claims there are, what one report says, what could not be read."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from itertools import islice
from typing import Annotated

import msgspec
import typer
from rich.box import SIMPLE_HEAD
from rich.table import Table

from twosource.cli.claim_words import claim_lines, table_cells
from twosource.cli.highlights import highlighted
from twosource.cli.terminal import ProjectArgument, day, errors, output, plural, visible
from twosource.closed_sets import Severity
from twosource.errors import UsageError
from twosource.export.claims import codebook_form
from twosource.records import Issue, Report
from twosource.store import open_project
from twosource.views import claims as claim_views
from twosource.views import issues as issue_views
from twosource.views.claims import ClaimFilter, claim_type
from twosource.views.own_types import names_of, own_type_named, own_types
from twosource.views.reading import ReportView, report_view

__all__ = ["claims", "issues", "show"]

_SHOWN = 50
Json = Annotated[bool, typer.Option("--json", help="Print JSON lines, all of them unless --limit is given.")]
Limit = Annotated[
    int | None,
    typer.Option(min=0, help=f"How many to print at most; 0 prints all. A table has {_SHOWN}.", show_default=False),
]
_COLUMNS = ("report", "claim", "who", "where", "when", "figures", "source", "words")


def claims(
    project: ProjectArgument,
    type_: Annotated[str | None, typer.Option("--type", help="One type, such as airstrike or kills.")] = None,
    family: Annotated[str | None, typer.Option(help="One family of types, such as force or diplomacy.")] = None,
    actor: Annotated[str | None, typer.Option(help="Words in the name of who does it, or to whom.")] = None,
    place: Annotated[str | None, typer.Option(help="Words in the name of a place.")] = None,
    source: Annotated[str | None, typer.Option(help="Words in the name of who says it, or passes it on.")] = None,
    report: Annotated[str | None, typer.Option(metavar="ID", help="One report.")] = None,
    since: Annotated[str | None, typer.Option(metavar="DAY", help="Not over before this day (2024-12-31).")] = None,
    until: Annotated[str | None, typer.Option(metavar="DAY", help="Begun by this day (2024-12-31).")] = None,
    text: Annotated[str | None, typer.Option(help="Words in the evidence.")] = None,
    own: Annotated[str | None, typer.Option(metavar="NAME", help="One of the project's own types.")] = None,
    rejected: Annotated[bool, typer.Option("--rejected", help="Also claims that a person rejected.")] = False,
    json: Json = False,
    limit: Limit = None,
) -> None:
    """List the claims that meet all the filters given, by report and place in the text.

    Names and words are found from the beginning of a word on, whatever their case, accents and punctuation: with
    --actor al-q comes 'Al Qaeda'. Days are those of the claim itself; --since and --until leave out claims without one.
    """
    chosen = ClaimFilter(
        type=claim_type(type_) if type_ is not None else None,
        family=family,
        actor=actor,
        place=place,
        source=source,
        report=report,
        since=day("--since", since),
        until=day("--until", until),
        text=text,
        rejected=rejected,
    )
    with open_project(project) as opened:
        if own is not None:
            chosen = msgspec.structs.replace(chosen, own=own_type_named(opened, own))
        if json:
            known = own_types(opened)
            rows = islice(claim_views.every_claim(opened, chosen), limit or None)
            names = ((row, names_of(known, row.claim, row.evidence) if known else None) for row in rows)
            _print_json(codebook_form(row, own_names) for row, own_names in names)
            return
        found = claim_views.find_claims(opened, chosen, _table_limit(limit))
        total = claim_views.count_claims(opened, chosen)
    table = _table(*_COLUMNS)
    for row in found:
        table.add_row(*table_cells(row))
    _print_table(table, len(found), total, "claim")


def show(
    project: ProjectArgument,
    report: Annotated[str, typer.Argument(help="The report's id.", show_default=False)],
    version: Annotated[
        int | None, typer.Option(min=1, help="An older version, by its number from 1.", show_default=False)
    ] = None,
) -> None:
    """Print a report's text with its claims marked in it, and a numbered list of them.

    Colours are left out where the output is no terminal.
    """
    with open_project(project) as opened:
        view = report_view(opened, report)
        if view is not None and version is not None:
            view = report_view(opened, report, version=_digest(view, version))
    if view is None:
        raise UsageError(f"{project} holds no report {report!r}: the desk lists them ('twosource serve {project}')")
    _print_report(view)


def issues(
    project: ProjectArgument,
    code: Annotated[str | None, typer.Option(help="One kind of issue, such as dates-disagree.")] = None,
    json: Json = False,
    limit: Limit = None,
) -> None:
    """List what could not be read or resolved, and why."""
    with open_project(project) as opened:
        if json:
            _print_json(issue_views.list_issues(opened, code=code, limit=limit or None))
            return
        found = issue_views.list_issues(opened, code=code, limit=_table_limit(limit))
        total = issue_views.count_issues(opened, code=code)
    table = _table("severity", "code", "where", "reason")
    for issue in found:
        table.add_row(issue.severity, issue.code, visible(_where(issue)), visible(issue.reason))
    _print_table(table, len(found), total, "issue")


def _table_limit(limit: int | None) -> int | None:
    return _SHOWN if limit is None else limit or None


def _print_json(records: Iterable[object]) -> None:
    for record in records:
        sys.stdout.buffer.write(msgspec.json.encode(record) + b"\n")
    sys.stdout.buffer.flush()


def _table(*columns: str) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _print_table(table: Table, shown: int, total: int, word: str) -> None:
    if shown:
        output().print(table)
    if shown < total:
        errors().print(f"{shown:,} of {plural(total, word)}; --limit 0 prints all.")
    elif not shown:
        errors().print(f"No {word}s.")


def _digest(view: ReportView, number: int) -> str:
    for version in view.versions:
        if version.number == number:
            return version.digest
    raise UsageError(f"the report has no version {number}: it has {plural(len(view.versions), 'version')}")


def _print_report(view: ReportView) -> None:
    console, reading = output(), view.reading
    for line in _head(view):
        console.print(visible(line), style="dim", soft_wrap=True)
    console.print()
    console.print(highlighted(reading, marks=console.is_terminal), soft_wrap=not console.is_terminal)
    console.print()
    console.print(plural(len(view.claims), "claim"), style="bold")
    for number, one in enumerate(view.claims, 1):
        first, *others = claim_lines(one.claim, one.evidence)
        told = f"  [{one.mark} by {one.who}: {one.why}]" if one.decision else ""
        console.print(f"{number:>3}  {visible(first + told)}", style="bold", soft_wrap=True)
        for line in others:
            console.print(f"     {visible(line)}", soft_wrap=True)
    for lapsed in view.lapsed:
        told = f"entry {lapsed.decision.number} no longer applies: {lapsed.reason}"
        console.print(visible(told), style="yellow", soft_wrap=True)
    for issue in view.issues:
        style = "red" if issue.severity is Severity.ERROR else "yellow"
        console.print(f"{issue.severity}: {issue.code}: {visible(issue.reason)}", style=style, soft_wrap=True)


def _head(view: ReportView) -> list[str]:
    report, shown = view.reading.report, view.version
    lines = [" · ".join(words for words in (report.id, report.outlet, report.agency, _published(report)) if words)]
    if len(view.versions) > 1:
        lines.append(f"version {shown.number} of {len(view.versions)}{', the current one' if shown.current else ''}")
    return lines


def _published(report: Report) -> str | None:
    return f"published {report.published}" if report.published else None


def _where(issue: Issue) -> str:
    """The file and line that an issue is about, or the report where no file is known."""
    if issue.path:
        return f"{issue.path}:{issue.line}" if issue.line else issue.path
    return issue.report or ""
