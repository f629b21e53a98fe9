"""The command that reads feeds and pages of the web: once, or again and again."""

from __future__ import annotations

import time
from typing import Annotated

import typer

from twosource import pipeline, watching
from twosource.cli.reading import tell
from twosource.cli.reading_options import Into, Quiet
from twosource.cli.terminal import errors
from twosource.errors import UsageError
from twosource.intake.addresses import addresses_of
from twosource.store import open_project

__all__ = ["watch"]

_OFTENEST = 5  # minutes: feeds that ask for more are rare, and hosts are to be left in peace


def watch(
    targets: Annotated[
        list[str],
        typer.Argument(
            help="Addresses of feeds or pages, or files that list them: OPML, or one address a line.",
            show_default=False,
        ),
    ],
    into: Into,
    every: Annotated[
        int | None,
        typer.Option(
            metavar="MINUTES", help="Look again after so many minutes, until Ctrl-C; once where it is not given."
        ),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Read what feeds and pages of the web offer, and keep every claim in a project.

    A feed's entries are read as it gives them; no link is followed. What a host says has not changed is not asked for
    again, its robots.txt is kept to, and two requests to one host stand two seconds apart or as long as it asks.
    """
    if every is not None and every < _OFTENEST:
        raise UsageError(f"--every {every} is too often: give {_OFTENEST} minutes or more")
    addresses = addresses_of(targets)
    with open_project(into, create=True) as project:
        reader = pipeline.default_reader()
        try:
            while True:
                summary = watching.watch_once(project, addresses, reader)
                if not quiet:
                    tell(summary)
                if every is None:
                    break
                time.sleep(every * 60)
        except KeyboardInterrupt:
            errors().print(f"Stopped. What was read is kept in {into}.")
            raise typer.Exit(130) from None
