"""The commands about places: adding those that reports of a country name and the packaged gazetteer lacks."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated

import typer

from twosource.knowledge.added_places import data_folder, write_added
from twosource.knowledge.gazetteer import Gazetteer
from twosource.knowledge.place_files import read_place_file

__all__ = ["app"]

app = typer.Typer(
    help="Add places to those that are known.", epilog="Example: twosource places add SY.zip", no_args_is_help=True
)


@app.callback()
def _about() -> None:
    """Add places to those that are known."""


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
