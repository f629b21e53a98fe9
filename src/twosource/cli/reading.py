"""The commands that read reports into a project: read, and demo, which reads the examples that come with twosource."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

from twosource import pipeline
from twosource.cli import giving
from twosource.cli.reading_options import (
    ColumnMap,
    EngineOption,
    Into,
    Kind,
    MinConfidence,
    Paths,
    Quiet,
    Ray,
    Strict,
    TimeLimit,
    Workers,
)
from twosource.cli.terminal import errors, output, plural
from twosource.engines import Engine
from twosource.engines.bounded import has_clock
from twosource.engines.limits import Limits
from twosource.errors import UsageError
from twosource.intake import count_inputs, parse_column_map
from twosource.pipeline import EngineKind, ReaderKind, RunSummary
from twosource.reading.confident import LEFT_OUT
from twosource.store import open_project
from twosource.views.issues import issue_counts
from twosource.views.project import Counts, counts

__all__ = ["demo", "read", "tell"]


def read(
    paths: Paths,
    into: Into,
    column_map: ColumnMap = None,
    kind: Kind = ReaderKind.TRAINED,
    min_confidence: MinConfidence = 0,
    workers: Workers = None,
    engine: EngineOption = EngineKind.POOL,
    ray: Ray = None,
    time_limit: TimeLimit = None,
    strict: Strict = False,
    quiet: Quiet = False,
) -> None:
    """Read reports and keep every claim in a project.

    What the project holds already is passed over; a report that has changed is read again, and both versions are kept.
    What can't be read is told, kept as an issue, and the rest is read. A run that is interrupted goes on where it
    ended when the same command is given again.
    """
    columns = parse_column_map(column_map) if column_map else None
    how = _How(kind=kind, least=min_confidence, workers=workers, time_limit=time_limit, engine_kind=engine, ray=ray)
    summary = _read(paths, into, columns, how, quiet=quiet)
    if strict and summary.errors:
        raise typer.Exit(1)


def demo(
    port: Annotated[int, typer.Option(help="The port of the page; 0 takes a free one.")] = 8311,
    serve: Annotated[bool, typer.Option("--serve/--no-serve", help="Show the page after reading.")] = True,
    folder: Annotated[
        Path, typer.Option("--dir", help="The folder in which demo.db is made; one that is there is kept.")
    ] = Path(),
    open_browser: Annotated[bool, typer.Option("--open", help="Open the page in a browser.")] = False,
    quiet: Quiet = False,
) -> None:
    """Read the example reports that come with twosource, and show them.

    They are short reports of invented events in an invented country, as several outlets would tell of them.
    """
    project = str(folder / "demo.db")
    with as_file(files("twosource").joinpath("examples", "reports")) as examples:
        _read([examples], project, None, _How(), quiet=quiet)
    if serve:
        giving.serve(project, port=port, open_browser=open_browser)


class _How(msgspec.Struct, frozen=True, kw_only=True):
    """How to read: by what, from which confidence on, where, in how many processes, with how many seconds a report."""

    kind: ReaderKind = ReaderKind.TRAINED
    least: float = 0
    workers: int | None = None
    time_limit: float | None = None
    engine_kind: EngineKind = EngineKind.POOL
    ray: str | None = None

    def engine(self) -> AbstractContextManager[Engine]:
        """What reads so. Raises UsageError for options that don't go together."""
        if self.ray is not None and self.engine_kind is not EngineKind.DAFT:
            raise UsageError("--ray names a cluster for Daft: give --engine daft too")
        if self.workers == 0 and self.engine_kind is EngineKind.DAFT:
            raise UsageError("Daft reads in processes of its own: give --workers 1 or more")
        if self.workers == 0 and self.time_limit is not None and not has_clock():
            raise UsageError("--time-limit needs a process to stop: give --workers 1 or more")
        limits = Limits() if self.time_limit is None else Limits.same_for_all(self.time_limit)
        load = partial(pipeline.make_reader, self.kind, self.least)
        return pipeline.engine(load, kind=self.engine_kind, workers=self.workers, limits=limits, ray=self.ray)


def _read(paths: Sequence[Path], into: str, columns: Mapping[str, str] | None, how: _How, *, quiet: bool) -> RunSummary:
    total, reading = count_inputs(paths), how.engine()
    again = how.time_limit is not None
    with open_project(into, create=True) as project:
        try:
            with _progress(total, quiet=quiet) as advance, reading as engine:
                summary = pipeline.read_into(
                    paths, project, column_map=columns, progress=advance, reader=engine, again=again
                )
        except KeyboardInterrupt:
            errors().print(f"Stopped. What was read is kept in {into}; the same command goes on from there.")
            raise typer.Exit(130) from None
        if not quiet:
            tell(summary)
            codes = issue_counts(project)
            if how.least:
                left_out = plural(sum(one.count for one in codes if one.code == LEFT_OUT), "claim")
                output().print(f"{left_out} below a confidence of {how.least:g} left out.", soft_wrap=True)
            _tell_project(into, [f"{one.count:,} {one.code}" for one in codes], counts(project))
    return summary


@contextmanager
def _progress(total: int | None, *, quiet: bool) -> Iterator[Callable[[int], None]]:
    """A bar on stderr where that is a terminal; what is yielded moves it on."""
    console = errors()
    columns = (SpinnerColumn(), TextColumn("Reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=quiet or not console.is_terminal) as bar:
        task = bar.add_task("Reading", total=total)
        yield lambda done: bar.advance(task, done)


def tell(summary: RunSummary) -> None:
    """Prints how many reports a run met, and how many inputs could not be read."""
    kinds = [
        f"{summary.reports_new:,} new",
        f"{summary.reports_unchanged:,} unchanged",
        f"{summary.reports_changed:,} changed",
    ]
    if summary.reports_reread:
        kinds.append(f"{summary.reports_reread:,} read again by a newer engine")
    lines = f"Read {plural(summary.reports, 'report')} ({', '.join(kinds)})."
    if summary.errors:
        lines += f" {plural(summary.errors, 'input')} could not be read."
    output().print(lines, soft_wrap=True)


def _tell_project(into: str, codes: Sequence[str], held: Counts) -> None:
    console = output()
    reports, claims, found = plural(held.reports, "report"), plural(held.claims, "claim"), plural(held.issues, "issue")
    console.print(f"{into} holds {reports}, {claims} and {found}.", soft_wrap=True)
    if codes:
        console.print(f"Issues: {', '.join(codes)}. See them with: twosource issues {into}", soft_wrap=True)
    console.print(f"Look at the reports with: twosource serve {into}", soft_wrap=True)
