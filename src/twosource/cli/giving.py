"""The commands that give a project away: as a page to look at, or as a file."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, BinaryIO

import msgspec
import typer

from twosource.cli.choosing import (
    Filters,
    ForPublication,
    Grades,
    Masked,
    MaskFile,
    Quotation,
    Since,
    Until,
    WithPrivate,
    choice,
)
from twosource.cli.terminal import ProjectArgument, day, output, plural
from twosource.errors import InputError, ProjectError, UsageError
from twosource.export.material import Material, with_private_names_withheld
from twosource.store import Project, open_project
from twosource.store.faults import without_advice
from twosource.store.whole_file import whole_file

__all__ = ["export", "formats", "import_project", "serve", "write_out"]


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
        str,
        typer.Option("--format", metavar="NAME", help="The format, one of those that 'twosource formats' lists."),
    ],
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to write, in place of the terminal.", show_default=False)
    ] = None,
    filters: Filters = None,
    since: Since = None,
    until: Until = None,
    grades: Grades = None,
    publication: ForPublication = False,
    quotation: Quotation = None,
    mask: Masked = None,
    masks: MaskFile = None,
    with_private_names: WithPrivate = False,
    title: Annotated[str | None, typer.Option(help="The title of a dossier.", show_default=False)] = None,
    date: Annotated[
        str | None, typer.Option(metavar="DAY", help="The day printed in a dossier.", show_default=False)
    ] = None,
) -> None:
    """Write a project, or a part of it, in a form that other programs read.

    The same records and the same choice give the same bytes, in whatever order the reports were read. What a format
    can't hold is in the reference of exports.
    """
    from twosource.export.formats import format_named  # only here: the other commands need none of the formats

    chosen = choice(filters, since, until, grades, publish=publication, quotation=quotation, mask=mask, masks=masks)
    chosen = msgspec.structs.replace(chosen, title=title, day=day("--date", date))
    made = format_named(format_)
    if made.binary and out is None and sys.stdout.isatty():
        raise UsageError(f"{made.name} is no text for a terminal: give --out FILE{made.suffix}")
    with open_project(project) as opened:
        if not with_private_names:
            chosen = with_private_names_withheld(opened, chosen)
        write_out(made.write(Material(opened, chosen)), out)


def formats() -> None:
    """List the formats of exports, and what each holds."""
    from twosource.export.formats import FORMATS

    for one in FORMATS.values():
        output().print(f"{one.name:<22}{one.suffix:<10} {one.holds}", soft_wrap=True)


def import_project(
    file: Annotated[Path, typer.Argument(help="What 'twosource export --format project' wrote.", show_default=False)],
    into: Annotated[str, typer.Option("--into", metavar="PROJECT", help="The new project file.")],
) -> None:
    """Read a project back that was exported whole: its reports, what was read in them, and what was decided.

    Nothing is read anew. Lineages, actors and events are worked out again from what comes back.
    """
    from twosource.export.project_lines import read_project_lines

    try:
        lines = file.open("rb")
    except OSError as fault:
        raise InputError(f"{file} can't be read: {fault.strerror}") from None
    with lines, _new_project(into) as opened:
        back = read_project_lines(_lines_of(lines, file), opened)
    output().print(f"{plural(back.versions, 'version')} of reports, {plural(back.decisions, 'decision')} into {into}")


@contextmanager
def _new_project(into: str) -> Iterator[Project]:
    """A project to fill. A file that is not there yet gets its name once it's whole: half a project looks like one."""
    if "://" in into or Path(into).exists():
        with open_project(into, create=True) as opened:
            yield opened
        return
    try:
        with (
            whole_file(Path(into)) as unfinished,
            _told_of(unfinished, into),
            open_project(unfinished, create=True) as new,
        ):
            yield new
    except OSError as fault:
        raise ProjectError(f"{into} can't be written: {fault.strerror or fault}; give another --into") from None


@contextmanager
def _told_of(unfinished: Path, into: str) -> Iterator[None]:
    """What hinders is told of the file that was asked for: the unfinished one is gone by then, with all in it."""
    try:
        yield
    except ProjectError as fault:
        words = without_advice(fault)
        again = "" if words == str(fault) else ". Nothing was read back; mend that, then run this again"
        raise ProjectError(words.replace(str(unfinished), into) + again) from fault


def _lines_of(lines: BinaryIO, file: Path) -> Iterator[bytes]:
    try:
        yield from lines
    except OSError as fault:
        raise InputError(f"{file} can't be read to its end: {fault.strerror or fault}") from None


def write_out(lines: Iterator[bytes], out: Path | None) -> None:
    """Writes to the terminal, or to a file that is whole or not there, so that no cut-off export is taken for one.

    Raises UsageError where the file can't be written.
    """
    if out is None:
        sys.stdout.buffer.writelines(lines)
        sys.stdout.buffer.flush()
        return
    try:
        with whole_file(out) as unfinished, unfinished.open("wb") as file:
            file.writelines(lines)
    except OSError as fault:
        raise UsageError(f"{out} can't be written: {fault.strerror}; give another --out") from None
