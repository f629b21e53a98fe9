"""The commands on events: the list of them, one with its accounts, and why claims were put together or were not."""

from __future__ import annotations

import sys
from typing import Annotated

import msgspec
import typer

from twosource.cli import relating
from twosource.cli.actors import print_name_judgement
from twosource.cli.claim_words import claim_lines
from twosource.cli.event_words import event_lines, print_event
from twosource.cli.terminal import ProjectArgument, day, errors, output, plural, visible
from twosource.corpus_records import BestRule, Grade
from twosource.errors import UsageError
from twosource.store import Project, open_project
from twosource.views.actors import are_names, why_names
from twosource.views.claims import claim_type
from twosource.views.events import (
    EventFilter,
    WhyClaims,
    count_events,
    event_of_claim,
    event_view,
    find_events,
    why_claims,
)

__all__ = ["event", "events", "why"]

_SHOWN = 50
_BONDS = 5
Json = Annotated[bool, typer.Option("--json", help="Print JSON; lists as JSON lines, all unless --limit is given.")]
In = Annotated[str, typer.Option("--in", metavar="PROJECT", help="The project file that holds both.")]


def events(
    project: ProjectArgument,
    type_: Annotated[
        str | None, typer.Option("--type", metavar="TYPE", help="One type of claim, such as airstrike.")
    ] = None,
    family: Annotated[str | None, typer.Option(help="One family of types, such as force.")] = None,
    actor: Annotated[str | None, typer.Option(metavar="WORDS", help="Who did it, or to whom.")] = None,
    place: Annotated[str | None, typer.Option(metavar="WORDS", help="Where.")] = None,
    since: Annotated[str | None, typer.Option(metavar="DAY", help="From this day on (year-month-day).")] = None,
    until: Annotated[str | None, typer.Option(metavar="DAY", help="Up to this day, included.")] = None,
    grade: Annotated[Grade | None, typer.Option(help="How well it is borne out.", show_default=False)] = None,
    origins: Annotated[
        int | None, typer.Option(min=1, metavar="NUMBER", help="At least so many independent origins.")
    ] = None,
    text: Annotated[str | None, typer.Option(metavar="WORDS", help="Words of a claim's evidence.")] = None,
    report: Annotated[str | None, typer.Option(metavar="ID", help="Events that one report tells of.")] = None,
    json: Json = False,
    limit: Annotated[
        int | None, typer.Option(min=0, help=f"How many at most; 0 prints all. Plain: {_SHOWN}.", show_default=False)
    ] = None,
) -> None:
    """List events, those with most independent origins first: what, where, when, figures, grade, accounts."""
    chosen = EventFilter(
        type=claim_type(type_) if type_ else None,
        family=family,
        actor=actor,
        place=place,
        since=day("--since", since),
        until=day("--until", until),
        grade=grade,
        min_origins=origins,
        text=text,
        report=report,
    )
    most = (limit or None) if json or limit is not None else _SHOWN
    with open_project(project) as opened:
        rows, total = find_events(opened, chosen, limit=most), count_events(opened, chosen)
    if json:
        sys.stdout.buffer.writelines(msgspec.json.encode(row) + b"\n" for row in rows)
        sys.stdout.buffer.flush()
        return
    for row in rows:
        output().print("\n".join(event_lines(row)), soft_wrap=True)
    shown = f"{len(rows):,} of {plural(total, 'event')}; --limit 0 prints all." if len(rows) < total else ""
    errors().print(shown or f"{plural(total, 'event')}.")


def event(
    project: ProjectArgument,
    id_: Annotated[str, typer.Argument(metavar="EVENT", help="The event's id, or that of a claim of it.")],
    best: Annotated[BestRule, typer.Option(help="How one figure is chosen from those given.")] = BestRule.RANGE,
    source: Annotated[
        list[str] | None,
        typer.Option("--source", metavar="NAME", help="For --best hierarchy: whom you trust, the most trusted first."),
    ] = None,
    json: Json = False,
) -> None:
    """Show one event: its accounts, its figures and who gives them, denials, its grade, and why it is one."""
    with open_project(project) as opened:
        found = event_view(opened, _event_id(opened, id_), best=best, hierarchy=tuple(source or ()))
    if json:
        sys.stdout.buffer.write(msgspec.json.encode(found) + b"\n")
        return
    print_event(found)


def why(
    first: Annotated[
        str,
        typer.Argument(metavar="ID", help="The id of a report, a claim or an event, or a name.", show_default=False),
    ],
    project: In,
    second: Annotated[
        str | None,
        typer.Argument(metavar="ID", help="The id of another report or claim, or another name.", show_default=False),
    ] = None,
    json: Json = False,
) -> None:
    """Say why two reports come from one text, why two claims tell of one event, or why an event's claims are one.

    With two names of actors: why they mean one actor, or two, or why that can't be told. Of what is not so it says
    what speaks against it.
    """
    with open_project(project) as opened:
        if second is None:
            _why_event(opened, first, json=json)
            return
        claims = first.startswith("claim-") and second.startswith("claim-")
        found = why_claims(opened, first, second) if claims else None
        if not claims and are_names(opened, first, second):
            print_name_judgement(why_names(opened, first, second), json=json)
            return
    if found is None:
        relating.why(first, second, project, json)
    elif json:
        sys.stdout.buffer.write(msgspec.json.encode(found) + b"\n")
    else:
        _print_why(found)


def _event_id(project: Project, id_: str) -> str:
    return (event_of_claim(project, id_) or id_) if id_.startswith("claim-") else id_


def _why_event(project: Project, id_: str, *, json: bool) -> None:
    if not id_.startswith(("event-", "claim-")):
        raise UsageError(f"{id_!r} is no event: name two reports, two claims, or one event")
    found = event_view(project, _event_id(project, id_))
    if json:
        sys.stdout.buffer.write(msgspec.json.encode(found.together) + b"\n")
        return
    console = output()
    console.print(visible(found.event.reason), style="bold", soft_wrap=True)
    console.print(f"{found.event.grade}: {visible(found.event.grade_reason)}", soft_wrap=True)
    for bond in found.together[:_BONDS]:
        console.print(f"\n{bond.first} and {bond.second}\n  {visible(bond.reason)}", soft_wrap=True)


def _print_why(found: WhyClaims) -> None:
    console = output()
    console.print(visible(found.likeness.reason), style="bold", soft_wrap=True)
    for row, event_id in zip((found.first, found.second), found.events, strict=True):
        lines = claim_lines(row.claim, row.evidence)
        console.print(f"\n{row.claim.id} of {visible(row.report.id)}, in {event_id}", soft_wrap=True)
        console.print("\n".join(f"  {visible(line)}" for line in lines), soft_wrap=True)
    same = found.events[0] == found.events[1]
    console.print(f"\nThey are {'in one event' if same else 'in two events'}.")
