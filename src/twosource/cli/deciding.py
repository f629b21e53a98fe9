"""The commands on decisions: to make one, to take one back, to list them; and to check and copy a project."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from twosource import deciding
from twosource.cli.deciding_claims import decide_on_claim, decide_on_reports
from twosource.cli.deciding_options import (
    About,
    Because,
    Fields,
    In,
    Seen,
    Subjects,
    Verdict,
    Who,
    name_given,
    reason_given,
)
from twosource.cli.deciding_places import decide_on_actor, decide_on_place
from twosource.cli.deciding_plans import decide_on_plan
from twosource.cli.said import Said, Signed, tell
from twosource.cli.terminal import ProjectArgument, errors, output, plural, visible
from twosource.corpus_records import VERDICTS, DecisionKind, Judgement
from twosource.errors import UsageError
from twosource.gathering import decide_event, gather
from twosource.identifying import identify, keep_name_decision
from twosource.store import Project, open_project
from twosource.store.following import following
from twosource.views.decisions import DecisionRow, DecisionState, count_decisions, list_decisions

__all__ = ["backup", "decide", "decisions", "undo", "verify"]

_SHOWN = 50
_MADE_ANEW = (
    "What was read and decided is whole; what is wrong was worked out from it. Go back to a copy that 'twosource "
    "backup' made, or have it worked out anew: 'twosource export {project} --format project --out saved.jsonl', then "
    "'twosource import saved.jsonl --into' a new file"
)
_GONE_BACK = (
    "Go back to a copy that 'twosource backup' made. Without one, 'twosource export {project} --format project' and "
    "'twosource import' save what can still be read"
)
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def decide(
    subjects: Subjects,
    verdict: Verdict,
    project: In,
    because: Because,
    about: About = None,
    fields: Fields = None,
    who: Who = None,
    seen: Seen = None,
) -> None:
    """Say what you hold of two reports or names, of a claim, a place, an actor, or of events.

    Your word beats the engine's.

    It is kept with your name and reason, and stays when reports are read again. The last word on the same things
    counts; earlier ones are kept in the log.
    """
    kind = about or _kind_of(verdict)
    signed = Signed(reason=reason_given(because), who=name_given(who), expected=seen)
    said = Said(kind=kind, subjects=subjects, verdict=verdict, fields=fields, signed=signed)
    with open_project(project) as opened:
        _KEPT_BY.get(kind, _keep_as_given)(opened, said)


def undo(
    number: Annotated[int, typer.Argument(min=1, help="The entry's number in the log.", show_default=False)],
    project: In,
    because: Because,
    who: Who = None,
    seen: Seen = None,
) -> None:
    """Take an entry of the log back, by a new entry. What was decided before on the same things counts again.

    To take back an undo brings the decision back.
    """
    with open_project(project) as opened:
        kept = deciding.undo(opened, number, who=name_given(who), reason=reason_given(because), expected=seen)
        with following(kept):
            if kept.kind is DecisionKind.ENTITY:
                identify(opened)
            if kept.kind in (DecisionKind.EVENT, DecisionKind.CLAIM, DecisionKind.PLACE):
                gather(opened)
    output().print(f"Entry {number} is taken back by entry {kept.number}.")


def decisions(
    project: ProjectArgument,
    kind: Annotated[DecisionKind | None, typer.Option(help="Decisions of one kind.", show_default=False)] = None,
    about: Annotated[
        str | None, typer.Option(metavar="ID", help="Those on one report, claim or name.", show_default=False)
    ] = None,
    json: Json = False,
    limit: Annotated[
        int | None, typer.Option(min=0, help=f"How many at most; 0 prints all. Plain: {_SHOWN}.", show_default=False)
    ] = None,
) -> None:
    """List the log of decisions, the newest first: who decided what, when and why, and what still counts."""
    most = (limit or None) if json or limit is not None else _SHOWN
    with open_project(project) as opened:
        rows = list_decisions(opened, kind=kind, about=about, limit=most)
        total = count_decisions(opened, kind=kind, about=about)
    if json:
        sys.stdout.buffer.writelines(msgspec.json.encode(row) + b"\n" for row in rows)
        sys.stdout.buffer.flush()
        return
    for row in rows:
        _print_decision(row)
    if len(rows) < total:
        errors().print(f"{len(rows):,} of {plural(total, 'decision')}; --limit 0 prints all.")
    elif not rows:
        errors().print("No decisions.")


def verify(
    project: ProjectArgument,
    head: Annotated[
        str | None,
        typer.Option(metavar="HASH", help="A hash that 'verify' gave before: the log must still hold it."),
    ] = None,
    json: Json = False,
) -> None:
    """Check that nothing was changed behind your back: the log's chain, every original's SHA-256, the file itself.

    Reports and claims are compared with the columns that they are found by. All is read, which takes half a minute or
    more for each GB. Prints what is wrong and where, and ends with code 1 if anything is. Note the hash it prints:
    with --head it shows later whether the end of the log was cut off.
    """
    with open_project(project) as opened, _checking() as progress:
        found = deciding.verify(opened, head=head, progress=progress)
    if json:
        sys.stdout.buffer.write(msgspec.json.encode(found) + b"\n")
    else:
        _print_verified(found, project)
    if found.faults:
        raise typer.Exit(1)


@contextmanager
def _checking() -> Iterator[Callable[[str], None]]:
    """A line on stderr where that is a terminal; what is yielded writes into it what is checked now."""
    console = errors()
    columns = (SpinnerColumn(), TextColumn("Checking {task.description}", markup=False), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as line:
        task = line.add_task("", total=None)
        yield lambda part: line.update(task, description=part)


def backup(
    project: ProjectArgument,
    to: Annotated[Path, typer.Option(metavar="FILE", help="The copy, a file that is not there yet.")],
) -> None:
    """Copy a project to a file, whole, even while others read and write it. The copy is a project of its own."""
    with open_project(project) as opened:
        size = deciding.backup(opened, to)
    output().print(f"{to}: {size:,} bytes. Check it with: twosource verify {to}", soft_wrap=True)


def _decide_on_names(project: Project, said: Said) -> None:
    if said.verdict in tuple(Judgement):
        tell(keep_name_decision(project, said.subjects, Judgement(said.verdict), **said.signed))
    else:
        _keep_as_given(project, said)


def _decide_on_events(project: Project, said: Said) -> None:
    tell(decide_event(project, said.verdict, said.subjects, **said.signed))


def _decide_on_a_decision(project: Project, said: Said) -> None:
    """Keeps what is held of the one entry that is named by its number."""
    if len(said.subjects) != 1 or not said.subjects[0].isdecimal():
        raise UsageError(f"name one decision by its number, not {' '.join(said.subjects)}: see 'twosource decisions'")
    tell(deciding.second(project, int(said.subjects[0]), said.verdict, **said.signed))


def _keep_as_given(project: Project, said: Said) -> None:
    tell(deciding.keep(project, said.kind, said.subjects, said.verdict, value=said.given, **said.signed))


_KEPT_BY: Mapping[DecisionKind, Callable[[Project, Said], None]] = {
    DecisionKind.LINEAGE: decide_on_reports,
    DecisionKind.CLAIM: decide_on_claim,
    DecisionKind.ENTITY: _decide_on_names,
    DecisionKind.EVENT: _decide_on_events,
    DecisionKind.PLACE: decide_on_place,
    DecisionKind.ACTOR: decide_on_actor,
    DecisionKind.SECOND: _decide_on_a_decision,
    DecisionKind.OUTCOME: decide_on_plan,
}


def _kind_of(verdict: str) -> DecisionKind:
    for kind, verdicts in VERDICTS.items():
        if verdict in verdicts:
            return kind
    known = ", ".join(dict.fromkeys(word for verdicts in VERDICTS.values() for word in verdicts))
    raise UsageError(f"--as {verdict!r} is no verdict: it is one of {known}")


def _print_decision(row: DecisionRow) -> None:
    console, one = output(), row.decision
    undone = f" of entry {one.undoes}" if one.undoes is not None else ""
    told = f"{one.number:>4}  {one.made}  {one.who}: {one.kind} {one.verdict}{undone}  {', '.join(one.subjects)}"
    console.print(visible(told), style="bold" if row.state is DecisionState.IN_FORCE else "dim", soft_wrap=True)
    console.print(f"      {visible(one.reason)}", soft_wrap=True)
    if one.value:
        console.print(f"      {visible(msgspec.json.encode(one.value).decode())}", soft_wrap=True)
    if row.why:
        console.print(f"      {row.state}: {visible(row.why)}", style="yellow", soft_wrap=True)


def _print_verified(found: deciding.Verified, project: str) -> None:
    console = output()
    for fault in found.faults[:_SHOWN]:
        console.print(f"{visible(fault.where)}: {visible(fault.reason)}", style="red", soft_wrap=True)
    if len(found.faults) > _SHOWN:
        console.print(f"and {len(found.faults) - _SHOWN:,} more; --json prints all", style="red", soft_wrap=True)
    checked = f"{plural(found.entries, 'decision')} and {plural(found.originals, 'original')} checked"
    end = f"{plural(len(found.faults), 'fault')} found" if found.faults else "nothing was changed"
    console.print(f"{checked}: {end}.", soft_wrap=True)
    console.print(f"head {found.head}", soft_wrap=True)
    if found.faults:
        console.print(visible((_MADE_ANEW if found.made_anew else _GONE_BACK).format(project=project)), soft_wrap=True)
