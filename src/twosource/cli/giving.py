"""The commands that give a project away: as a page to look at, or as a file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from twosource.cli.terminal import ProjectArgument
from twosource.errors import UsageError
from twosource.export.claims import codebook_lines
from twosource.store import Project, open_project

__all__ = ["Format", "export", "serve"]


class Format(StrEnum):
    """What can be exported."""

    CLAIMS = "claims"


_LINES: dict[Format, Callable[[Project], Iterator[bytes]]] = {Format.CLAIMS: codebook_lines}


def serve(
    project: ProjectArgument,
    port: Annotated[int, typer.Option(help="The port of the page; 0 takes a free one.")] = 8311,
    host: Annotated[
        str, typer.Option(help="The address to listen on. Others than this machine's own need a token.")
    ] = "127.0.0.1",
    token: Annotated[
        str | None,
        typer.Option(
            envvar="TWOSOURCE_TOKEN",
            help="What the page asks for before it shows anything, at least 16 characters.",
            show_default=False,
        ),
    ] = None,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the page in a browser.")] = False,
) -> None:
    """Show a project's reports and claims in the browser, and take decisions on them, until Ctrl-C.

    The desk is served on this machine alone and asks nothing of any other. Beyond this machine what it sends is not
    encrypted: put it behind a server that does that, or forward the port with ssh.
    """
    from twosource.web import server  # only here: the other commands need no web server

    server.serve(project, port=port, host=host, open_browser=open_browser, token=token or None)


def export(
    project: ProjectArgument,
    format_: Annotated[
        Format,
        typer.Option(
            "--format", metavar="claims", help="claims: JSON lines in the form of the codebook, one claim a line."
        ),
    ],
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to write, in place of the terminal.", show_default=False)
    ] = None,
) -> None:
    """Write all of a project's claims in a form that other programs read.

    The same claims give the same bytes, in whatever order the reports were read.
    """
    with open_project(project) as opened:
        lines = _LINES[format_](opened)
        if out is None:
            sys.stdout.buffer.writelines(lines)
            sys.stdout.buffer.flush()
        else:
            _write(out, lines)


def _write(out: Path, lines: Iterator[bytes]) -> None:
    """Writes the file beside its place and then puts it there, so that no cut-off export is taken for a whole one."""
    partial = out.with_name(out.name + ".partial")
    try:
        with partial.open("wb") as file:
            file.writelines(lines)
        partial.replace(out)
    except OSError as fault:
        raise UsageError(f"{out} can't be written: {fault.strerror}; give another --out") from None
