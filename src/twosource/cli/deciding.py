"""The commands on decisions: to make one, to take one back, to list them."""

from __future__ import annotations

import getpass
from typing import Annotated

import typer

from twosource.cli.relating import print_why
from twosource.corpus_records import Judgement
from twosource.errors import UsageError
from twosource.relating import keep_decision
from twosource.store import open_project
from twosource.views.lineage import why as ask_why

__all__ = ["decide"]

In = Annotated[str, typer.Option("--in", metavar="PROJECT", help="The project file that holds both.")]
Who = Annotated[
    str | None, typer.Option(metavar="NAME", help="Who decides; without it your user name.", show_default=False)
]
Because = Annotated[str, typer.Option(metavar="WORDS", help="Why, in your words; kept and shown.")]


def decide(
    first: Annotated[str, typer.Argument(metavar="REPORT", help="The id of a report.", show_default=False)],
    second: Annotated[str, typer.Argument(metavar="REPORT", help="The id of another.", show_default=False)],
    judgement: Annotated[
        Judgement,
        typer.Option("--as", metavar="JUDGEMENT", help="same, different, or unsure: then the engine decides again."),
    ],
    project: In,
    because: Because,
    who: Who = None,
) -> None:
    """Say that two reports are of one origin, or of different ones. Your word beats the engine's and is kept.

    It stays when reports are read again. The last word on a pair counts; earlier ones are kept in the project.
    """
    with open_project(project) as opened:
        keep_decision(opened, (first, second), judgement, reason=_reason(because), who=_name(who))
        found = ask_why(opened, first, second)
    print_why(found)


def _reason(because: str) -> str:
    if not because.strip():
        raise UsageError("--because is empty: say why, so that others can follow")
    return because.strip()


def _name(who: str | None) -> str:
    """Who decides: as given, or the user's name, which nothing but the commands asks the environment for."""
    if who is not None:
        return who
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        raise UsageError("your user name is not known here: give one with --who") from None
