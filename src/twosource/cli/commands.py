"""The table of commands: their names, their order in the help, and what is said above and below them."""

from __future__ import annotations

from typing import Annotated

import typer

from twosource import __version__
from twosource.cli import (
    actors,
    asking,
    coding,
    deciding,
    digests,
    events,
    figure_questions,
    giving,
    questions,
    reading,
    relating,
    snapshots,
    watching,
)
from twosource.cli.own_types import app as own_types
from twosource.cli.places import app as places
from twosource.score.cli import app as score

__all__ = ["app"]

app = typer.Typer(
    name="twosource",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Begin with: twosource demo. Or with reports of your own: twosource read my-reports/ --into project.db",
)


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"twosource {__version__}")
        raise typer.Exit


@app.callback()
def _about(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and leave.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Read conflict news reports and keep every claim: its exact words, who says it, its figures, places and dates.

    Reports are read into a project, one file that holds everything. All other commands ask that project.
    """


app.command(epilog="Example: twosource read reports/ more.jsonl --into project.db")(reading.read)
app.command(epilog="Example: twosource watch feeds.opml --into project.db --every 30")(watching.watch)
app.command(epilog="Example: twosource claims project.db --type airstrike --place Vale --since 2024-03-01")(
    asking.claims
)
app.command(epilog="Example: twosource show project.db report-12")(asking.show)
app.command(epilog="Example: twosource issues project.db --code dates-disagree")(asking.issues)
app.command(epilog="Example: twosource lineage project.db --report report-12")(relating.lineage)
app.command(epilog="Example: twosource events project.db --type airstrike --grade fair --origins 2")(events.events)
app.command(epilog="Example: twosource event project.db event-3f2a --best majority")(events.event)
app.command(epilog="Example: twosource actors project.db --name hezbollah")(actors.actors)
app.command(epilog="Example: twosource actor project.db Hezbollah")(actors.actor)
app.command(epilog="Example: twosource why report-12 report-40 --in project.db")(events.why)
app.command(
    epilog="Example: twosource decide report-12 report-40 --as different --because 'own reporter' --in project.db"
)(deciding.decide)
app.command(epilog="Example: twosource undo 12 --because 'a slip' --in project.db")(deciding.undo)
app.command(epilog="Example: twosource decisions project.db --about report-12")(deciding.decisions)
app.command(epilog="Example: twosource agreement project.db --task pilot")(coding.agreement)
app.command(epilog="Example: twosource verify project.db")(deciding.verify)
app.command(epilog="Example: twosource digest project.db")(digests.digest)
app.command(epilog="Example: twosource backup project.db --to copies/project-monday.db")(deciding.backup)
app.command(epilog="Example: twosource disagreements project.db --field killed --between reports")(
    figure_questions.disagreements
)
app.command(epilog="Example: twosource figures project.db --kind fighters --actor iran --place syria")(
    figure_questions.figures
)
app.command(epilog="Example: twosource toll project.db --place Nevrin --since 2019-04-10 --until 2019-04-10")(
    figure_questions.toll
)
app.command(epilog="Example: twosource relations project.db --type backs --whom hezbollah")(questions.relations)
app.command("order-of-battle", epilog="Example: twosource order-of-battle project.db --place Idlib --until 2018-12-31")(
    questions.order_of_battle
)
app.command(epilog="Example: twosource held project.db --place Aleppo")(questions.held)
app.command(epilog="Example: twosource killed project.db --place Aleppo")(questions.killed)
app.command(epilog="Example: twosource planned project.db --actor army")(questions.planned)
app.command(epilog="Example: twosource silence project.db --place Idlib --days 14")(questions.silence)
app.command(epilog="Example: twosource words project.db --actor hezbollah --outlets 2")(questions.words)
app.command(epilog="Example: twosource serve project.db --open")(giving.serve)
app.command(epilog="Example: twosource export project.db --format claims --out claims.jsonl")(giving.export)
app.command(epilog="Example: twosource formats")(giving.formats)
app.command("import", epilog="Example: twosource import project.jsonl --into copy.db")(giving.import_project)
app.command(epilog="Example: twosource snapshot project.db --out monday.jsonl --filter place=Aleppo")(
    snapshots.snapshot
)
app.command(epilog="Example: twosource changed monday.jsonl tuesday.jsonl")(snapshots.changed)
app.command(epilog="Example: twosource demo --no-serve --dir /tmp")(reading.demo)
app.add_typer(own_types, name="types")
app.add_typer(places, name="places")
app.add_typer(score, name="score")
