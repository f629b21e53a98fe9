"""The commands on a project's own types of events: to import them from a file, to list them, to take one out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from twosource.cli import question_tables as tables
from twosource.cli.deciding_options import Because, In, Who, name_given, reason_given
from twosource.cli.terminal import ProjectArgument, output, plural, visible
from twosource.deciding.own_types import define_types, forget_type, read_own_types
from twosource.errors import InputError
from twosource.store import open_project
from twosource.views.own_types import list_own_types

__all__ = ["app"]

app = typer.Typer(
    help="A project's own types of events, mapped to the codebook's.",
    epilog="Example: twosource types import mytypes.toml project.db",
    no_args_is_help=True,
)


@app.callback()
def _about() -> None:
    """A project's own types of events, mapped to the codebook's."""


@app.command("import", epilog="Example: twosource types import mytypes.toml project.db --who Ana")
def import_types(
    file: Annotated[Path, typer.Argument(help="A TOML or CSV file that defines them.", show_default=False)],
    project: ProjectArgument,
    because: Because = "own types of this project",
    who: Who = None,
) -> None:
    """Define own types from a file. A type of a name that is there already is defined anew; others stay."""
    try:
        found = read_own_types(file.read_bytes(), str(file))
    except OSError as fault:
        raise InputError(f"{file} can't be read: {fault.strerror}") from None
    with open_project(project) as opened:
        kept = define_types(opened, found, who=name_given(who), reason=reason_given(because))
    output().print(f"{plural(len(kept), 'type')} defined, {len(found) - len(kept):,} as before.")


@app.command("list", epilog="Example: twosource types list project.db")
def list_types(
    project: ProjectArgument,
    json: Annotated[bool, typer.Option("--json", help="Print JSON lines.")] = False,
) -> None:
    """List the own types with how many claims are of each."""
    with open_project(project) as opened:
        rows = list_own_types(opened)
    if json:
        tables.print_json(rows, None)
        return
    told = [(row.type.name, f"{row.claims:,}", row.type.definition) for row in rows]
    tables.print_answer(("type", "claims", "definition"), told, 0, "own type")


@app.command("forget", epilog="Example: twosource types forget 'Barrel bomb' --in project.db --because 'too rare'")
def forget(
    name: Annotated[str, typer.Argument(help="The type's name.", show_default=False)],
    project: In,
    because: Because,
    who: Who = None,
) -> None:
    """Take an own type out. The log keeps what it was; 'twosource undo' brings it back."""
    with open_project(project) as opened:
        kept = forget_type(opened, name, who=name_given(who), reason=reason_given(because))
    output().print(visible(f"{name} is taken out by entry {kept.number}."))
