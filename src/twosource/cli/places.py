"""The commands about places: finding them, and adding those that reports name and the packaged gazetteer lacks."""

from __future__ import annotations

import sys
from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from twosource.cli.terminal import output, visible
from twosource.errors import UsageError
from twosource.knowledge.added_places import data_folder, write_added
from twosource.knowledge.gazetteer import Gazetteer
from twosource.knowledge.place_files import read_place_file
from twosource.store import open_project
from twosource.views.place_candidates import Candidate, find_places, place_question

__all__ = ["app"]

app = typer.Typer(
    help="Find places, and add some to those that are known.",
    epilog="Example: twosource places add SY.zip",
    no_args_is_help=True,
)


@app.callback()
def _about() -> None:
    """Find places, and add some to those that are known."""


@app.command("find", epilog="Example: twosource places find 'Kafr Nabl' --report sana-12 --in project.db")
def find(
    name: Annotated[
        str,
        typer.Argument(help="A name, or the beginning of one; with --report the whole name.", show_default=False),
    ],
    report: Annotated[
        str | None,
        typer.Option(metavar="ID", help="A report that names it: what it may mean there.", show_default=False),
    ] = None,
    project: Annotated[
        Path | None, typer.Option("--in", metavar="PROJECT", help="The report's project file.", show_default=False)
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON lines.")] = False,
) -> None:
    """Find places of the gazetteer by name, each with the id by which 'twosource decide --as locate' chooses it.

    With a report, which must name it so, those nearest to its other places come first, and how far they are is told.
    """
    if (report is None) != (project is None):
        raise UsageError("a report is found in its project: give both --report and --in, or neither")
    if report is None or project is None:
        found = find_places(name)
    else:
        with open_project(project) as opened:
            found = place_question(opened, report, name).candidates
    if json:
        sys.stdout.buffer.writelines(msgspec.json.encode(one) + b"\n" for one in found)
        sys.stdout.buffer.flush()
        return
    for one in found:
        output().print(visible(_told(one)), soft_wrap=True)
    if not found:
        output().print(f"The gazetteer has no place {visible(repr(name))}, nor one that is called so or nearly so.")


def _told(one: Candidate) -> str:
    place = one.place
    above = [part for part in (place.admin2, place.admin1, one.country) if part and part != place.name]
    far = f", {one.kilometres:,} km from {one.near}" if one.near and one.kilometres is not None else ""
    return f"{place.id}  {place.name} ({', '.join([place.kind, *above])}{far})"


@app.command("add", epilog="Example: twosource places add SY.zip")
def add(
    file: Annotated[Path, typer.Argument(help="A GeoNames country file (SY.txt or SY.zip), or a CSV with P-codes.")],
    data_dir: Annotated[
        Path | None,
        typer.Option(
            "--data-dir",
            help="The folder to keep them in; without it TWOSOURCE_DATA, or the user's own data folder.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Add the places of a file, for all that is read from now on.

    What is read with them is marked as such: reports that were read before are read anew when they are given again.
    """
    with as_file(files("twosource").joinpath("data", "places.bin")) as packaged:
        found = read_place_file(file, Gazetteer.open(packaged))
    folder = data_dir or data_folder()
    target = write_added(found.places, folder, file.stem)
    typer.echo(f"{len(found.places):,} places added, {found.passed_over:,} rows passed over; kept in {target}")
