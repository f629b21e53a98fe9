"""The commands on decisions: to make one, to take one back, to list them; and to check and copy a project."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from twosource import deciding
from twosource.cli.claim_words import claim_lines
from twosource.cli.deciding_places import decide_on_actor, decide_on_place
from twosource.cli.deciding_plans import decide_on_plan
from twosource.cli.relating import print_why
from twosource.cli.terminal import ProjectArgument, errors, output, plural, visible
from twosource.corpus_records import VERDICTS, Decision, DecisionKind, Judgement
from twosource.errors import UsageError
from twosource.gathering import decide_event, gather
from twosource.identifying import identify, keep_name_decision
from twosource.relating import keep_decision
from twosource.store import Project, open_project
from twosource.views.decisions import DecisionRow, DecisionState, count_decisions, list_decisions
from twosource.views.lineage import why as ask_why

__all__ = ["Because", "In", "Who", "backup", "decide", "decisions", "name_given", "reason_given", "undo", "verify"]

_SHOWN = 50
In = Annotated[str, typer.Option("--in", metavar="PROJECT", help="The project file.")]
Who = Annotated[
    str | None, typer.Option(metavar="NAME", help="Who decides; without it your user name.", show_default=False)
]
Because = Annotated[str, typer.Option(metavar="WORDS", help="Why, in your words; kept and shown.")]
Seen = Annotated[
    int | None,
    typer.Option(
        metavar="NUMBER",
        min=0,
        help="The last entry on these things that you have seen (0: none). Refused if there is a later one.",
        show_default=False,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def decide(
    subjects: Annotated[
        list[str],
        typer.Argument(
            metavar="ID...",
            help="Two reports or names, a claim, a report to add one to, events to merge, claims to split off, "
            "a report and a name of a place in it, an actor, the number of another person's decision.",
            show_default=False,
        ),
    ],
    verdict: Annotated[
        str,
        typer.Option(
            "--as",
            metavar="VERDICT",
            help="Reports, names: same, different, unsure. A claim: accept, reject, fix, add. Events: merge or split. "
            "A place: locate, unplaced. An actor: classify. "
            "A plan: happened, not-happened, not-known. Another's decision: agree, disagree, undecided.",
        ),
    ],
    project: In,
    because: Because,
    about: Annotated[
        DecisionKind | None,
        typer.Option(help="What the ids are; by the verdict: reports for same, claims for accept.", show_default=False),
    ] = None,
    fields: Annotated[
        str | None,
        typer.Option(
            metavar="JSON",
            help='What is right, as in the codebook: {"actors": ["Norland"]}; {"place": ID}, {"kind": KIND}; of a plan '
            'the claim or event that tells what came of it: {"told_by": ID}.',
        ),
    ] = None,
    who: Who = None,
    seen: Seen = None,
) -> None:
    """Say what you hold of two reports or names, of a claim, a place, an actor, or of events.

    Your word beats the engine's.

    It is kept with your name and reason, and stays when reports are read again. The last word on the same things
    counts; earlier ones are kept in the log.
    """
    kind, reason, name = about or _kind_of(verdict), reason_given(because), name_given(who)
    with open_project(project) as opened:
        if kind is DecisionKind.LINEAGE:
            _decide_on_reports(opened, subjects, verdict, reason=reason, who=name, expected=seen)
        elif kind is DecisionKind.CLAIM:
            given = _fields(fields)
            _decide_on_claim(opened, subjects, verdict, given, reason=reason, who=name, expected=seen)
            gather(opened)
        elif kind is DecisionKind.ENTITY and verdict in tuple(Judgement):
            word = Judgement(verdict)
            kept = keep_name_decision(opened, subjects, word, reason=reason, who=name, expected=seen)
            output().print(f"Kept as entry {kept.number}.")
        elif kind is DecisionKind.PLACE:
            given = _fields(fields)
            decide_on_place(opened, subjects, verdict, given, reason=reason, who=name, expected=seen)
        elif kind is DecisionKind.ACTOR:
            given = _fields(fields)
            decide_on_actor(opened, subjects, verdict, given, reason=reason, who=name, expected=seen)
        elif kind is DecisionKind.SECOND:
            kept = deciding.second(opened, _number(subjects), verdict, reason=reason, who=name, expected=seen)
            output().print(f"Kept as entry {kept.number}.")
        elif kind is DecisionKind.OUTCOME:
            decide_on_plan(opened, subjects, verdict, _fields(fields), reason=reason, who=name, expected=seen)
        elif kind is DecisionKind.EVENT:
            kept = decide_event(opened, verdict, subjects, reason=reason, who=name, expected=seen)
            output().print(f"Kept as entry {kept.number}.")
        else:
            kept = deciding.keep(
                opened, kind, subjects, verdict, value=_fields(fields), reason=reason, who=name, expected=seen
            )
            output().print(f"Kept as entry {kept.number}.")


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

    Prints what is wrong and where, and ends with code 1 if anything is. Note the hash it prints: with --head it shows
    later whether the end of the log was cut off.
    """
    with open_project(project) as opened:
        found = deciding.verify(opened, head=head)
    if json:
        sys.stdout.buffer.write(msgspec.json.encode(found) + b"\n")
    else:
        _print_verified(found)
    if found.faults:
        raise typer.Exit(1)


def backup(
    project: ProjectArgument,
    to: Annotated[Path, typer.Option(metavar="FILE", help="The copy, a file that is not there yet.")],
) -> None:
    """Copy a project to a file, whole, even while others read and write it. The copy is a project of its own."""
    with open_project(project) as opened:
        size = deciding.backup(opened, to)
    output().print(f"{to}: {size:,} bytes. Check it with: twosource verify {to}", soft_wrap=True)


def _decide_on_reports(
    project: Project, subjects: list[str], verdict: str, *, reason: str, who: str, expected: int | None
) -> None:
    if len(subjects) != 2:
        raise UsageError(f"name two reports, not {len(subjects)}")
    if verdict not in VERDICTS[DecisionKind.LINEAGE]:
        raise UsageError(f"{verdict!r} can't be said of two reports: it is one of {', '.join(Judgement)}")
    first, second = subjects
    keep_decision(project, (first, second), Judgement(verdict), reason=reason, who=who, expected=expected)
    print_why(ask_why(project, first, second))


def _decide_on_claim(
    project: Project,
    subjects: list[str],
    verdict: str,
    fields: dict[str, Any],
    *,
    reason: str,
    who: str,
    expected: int | None,
) -> None:
    if len(subjects) != 1:
        raise UsageError(f"name one claim, or for --as add its report, not {len(subjects)} ids")
    if fields and verdict not in ("fix", "add"):
        raise UsageError(f"--fields says what is right: it goes with --as fix or add, not with {verdict}")
    [id_] = subjects
    if verdict == "add":
        kept = deciding.add(project, id_, fields, who=who, reason=reason, expected=expected)
    else:
        report = deciding.report_of(project, id_)
        if verdict == "fix":
            kept = deciding.fix(project, report, id_, fields, who=who, reason=reason, expected=expected)
        elif verdict == "reject":
            kept = deciding.reject(project, report, id_, who=who, reason=reason, expected=expected)
        else:
            kept = deciding.accept(project, report, id_, who=who, reason=reason, expected=expected)
    _print_claim(project, kept)


def _number(subjects: list[str]) -> int:
    """The number of the one entry that is named."""
    if len(subjects) != 1 or not subjects[0].isdecimal():
        raise UsageError(f"name one decision by its number, not {' '.join(subjects)}: see 'twosource decisions'")
    return int(subjects[0])


def _kind_of(verdict: str) -> DecisionKind:
    for kind, verdicts in VERDICTS.items():
        if verdict in verdicts:
            return kind
    known = ", ".join(dict.fromkeys(word for verdicts in VERDICTS.values() for word in verdicts))
    raise UsageError(f"--as {verdict!r} is no verdict: it is one of {known}")


def _fields(words: str | None) -> dict[str, Any]:
    if words is None:
        return {}
    try:
        return msgspec.json.decode(words, type=dict[str, Any])
    except msgspec.MsgspecError as fault:
        raise UsageError(f'--fields is no JSON object ({fault}): write it as \'{{"actors": ["Norland"]}}\'') from None


def reason_given(because: str) -> str:
    """Why something is decided, which must be said."""
    if not because.strip():
        raise UsageError("--because is empty: say why, so that others can follow")
    return because.strip()


def name_given(who: str | None) -> str:
    """Who decides: as given, or the user's name, which nothing but the commands asks the environment for."""
    if who is not None:
        return who
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        raise UsageError("your user name is not known here: give one with --who") from None


def _print_claim(project: Project, kept: Decision) -> None:
    report, id_ = kept.subjects
    [one] = [
        one for one in deciding.decided_claims(project, report) if one.decision and one.decision.number == kept.number
    ]
    console = output()
    first, *others = claim_lines(one.claim, one.evidence)
    console.print(
        f"{one.mark} in {visible(report)}, entry {kept.number}: {visible(first)}", style="bold", soft_wrap=True
    )
    for line in [*others, id_]:
        console.print(f"  {visible(line)}", soft_wrap=True)


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


def _print_verified(found: deciding.Verified) -> None:
    console = output()
    for fault in found.faults:
        console.print(f"{visible(fault.where)}: {visible(fault.reason)}", style="red", soft_wrap=True)
    checked = f"{plural(found.entries, 'decision')} and {plural(found.originals, 'original')} checked"
    end = f"{plural(len(found.faults), 'fault')} found" if found.faults else "nothing was changed"
    console.print(f"{checked}: {end}.", soft_wrap=True)
    console.print(f"head {found.head}", soft_wrap=True)
