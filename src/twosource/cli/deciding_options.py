"""The options of the commands on decisions, and what must be given for any of them."""

from __future__ import annotations

import getpass
from typing import Annotated

import typer

from twosource.corpus_records import DecisionKind
from twosource.errors import UsageError

__all__ = ["About", "Because", "Fields", "In", "Seen", "Subjects", "Verdict", "Who", "name_given", "reason_given"]

Subjects = Annotated[
    list[str],
    typer.Argument(
        metavar="ID...",
        help="Two reports or names, a claim, a report to add one to, events to merge, claims to split off, "
        "a report and a name of a place in it, an actor, the number of another person's decision.",
        show_default=False,
    ),
]
Verdict = Annotated[
    str,
    typer.Option(
        "--as",
        metavar="VERDICT",
        help="Reports, names: same, different, unsure. A claim: accept, reject, fix, add. Events: merge or split. "
        "A place: locate, unplaced. An actor: classify. "
        "A plan: happened, not-happened, not-known. Another's decision: agree, disagree, undecided.",
    ),
]
About = Annotated[
    DecisionKind | None,
    typer.Option(help="What the ids are; by the verdict: reports for same, claims for accept.", show_default=False),
]
Fields = Annotated[
    str | None,
    typer.Option(
        metavar="JSON",
        help='What is right, as in the codebook: {"actors": ["Norland"]}; {"place": ID}, {"kind": KIND}; of a plan '
        'the claim or event that tells what came of it: {"told_by": ID}.',
    ),
]
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
