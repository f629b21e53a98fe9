"""`twosource score`: how well the engine does, against gold data coded by people. One subcommand a task."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from twosource.pipeline import ReaderKind, default_reader
from twosource.score.attribution import read_marked, score_attributions
from twosource.score.breakdown import break_down, outlets_of
from twosource.score.breakdown_tables import By as BreakdownBy
from twosource.score.breakdown_tables import as_json as breakdown_as_json
from twosource.score.breakdown_tables import tables as breakdown_tables
from twosource.score.calibration import calibration
from twosource.score.claims import score_claims
from twosource.score.coded import read_coded, read_texts
from twosource.score.event_type import read_snippets, score_event_types, type_chances
from twosource.score.events import score_events
from twosource.score.figures import score_figures
from twosource.score.hedges import read_hedges, score_hedges
from twosource.score.lineage import score_lineage
from twosource.score.places import score_places
from twosource.score.quiet import read_articles, score_quiet
from twosource.score.reading import read_one, read_reports, readings_of
from twosource.score.relations import read_related, score_relations
from twosource.score.sources import score_sources
from twosource.score.time import score_time

__all__ = ["app"]

app = typer.Typer(
    help="Measure the engine against gold data coded by people, one command a task.", no_args_is_help=True
)

By = Annotated[ReaderKind, typer.Option("--reader", help="What finds claims and who says them: trained or rules.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one flat JSON object instead of a table.")]


@app.callback()
def _tasks() -> None:
    """Measure the engine against gold data coded by people, one command a task."""


@app.command("claims")
def claims(
    gold: Annotated[
        Path, typer.Argument(help="Coded claims, one a line, in the codebook's form, or a CSV table of them.")
    ],
    texts: Annotated[Path, typer.Option("--texts", help="The folder that holds REPORT.txt for every coded report.")],
    predicted: Annotated[
        Path | None,
        typer.Option("--predicted", help="Claims to score, as `export --format claims` or `claims-csv` writes them."),
    ] = None,
    by: Annotated[
        list[BreakdownBy] | None, typer.Option("--by", help="Break the score down; may be given several times.")
    ] = None,
    reader: By = ReaderKind.TRAINED,
    as_json: AsJson = False,
) -> None:
    """Score claims: how many of the gold ones are found, of the right type, and with the right fields.

    Without --predicted the reports of the gold are read here and now. With --by the figures of every type, family,
    outlet or field follow, or the confusion table.

    Example: twosource score claims coded.jsonl --texts reports --json
    """
    coded = read_coded(gold)
    raw = read_texts(texts, {claim.report for claim in coded})
    found = read_coded(predicted) if predicted else read_reports(texts, sorted(raw), reader)
    figures = score_claims(coded, found, raw) | calibration(coded, found, raw)
    if not by:
        show(figures, as_json=as_json)
        return
    whole = break_down(coded, found, raw, outlets_of([texts / f"{name}.txt" for name in sorted(raw)]).__getitem__)
    if as_json:
        typer.echo(json.dumps(figures | breakdown_as_json(whole, by)))
        return
    show(figures, as_json=False)
    for table in breakdown_tables(whole, by):
        Console().print(table)


@app.command("time")
def time(
    gold: Annotated[list[Path], typer.Argument(help="Files of reports whose time expressions are marked (TIMEX3).")],
    as_json: AsJson = False,
) -> None:
    """Score time expressions: found at all, with the same span, and with the same value.

    Example: twosource score time timebank.jsonl aquaint.jsonl
    """
    show(score_time(gold), as_json=as_json)


@app.command("places")
def places(
    gold: Annotated[list[Path], typer.Argument(help="Files of reports whose place names are marked and located.")],
    as_json: AsJson = False,
) -> None:
    """Score places: names given and put within 161 km, and places found and put there.

    Example: twosource score places lgl.jsonl geowebnews.jsonl
    """
    show(score_places(gold), as_json=as_json)


@app.command("figures")
def figures(
    gold: Annotated[Path, typer.Argument(help="Coded claims, one a line, in the codebook's form.")],
    texts: Annotated[Path, typer.Option("--texts", help="The folder that holds REPORT.txt for every coded report.")],
    as_json: AsJson = False,
) -> None:
    """Score figures: those of matched claims, and whether each coded toll is found with its kind and range.

    Example: twosource score figures coded.jsonl --texts reports
    """
    show(score_figures(gold, texts), as_json=as_json)


@app.command("attribution")
def attribution(
    gold: Annotated[Path, typer.Argument(help="Articles whose attributions are marked, one a line (PolNeAR's form).")],
    by: By = ReaderKind.TRAINED,
    as_json: AsJson = False,
) -> None:
    """Score who says what: contents found at two strengths of overlap, and the right source of those found.

    Example: twosource score attribution polnear_dev.jsonl
    """
    show(score_attributions(read_marked(gold), lambda report: read_one(report, by).attributions), as_json=as_json)


@app.command("sources")
def sources(
    gold: Annotated[Path, typer.Argument(help="Coded claims, one a line, in the codebook's form.")],
    texts: Annotated[Path, typer.Option("--texts", help="The folder that holds REPORT.txt for every coded report.")],
    by: By = ReaderKind.TRAINED,
    as_json: AsJson = False,
) -> None:
    """Score the sources of coded claims: named where one is coded, and none where the report speaks itself.

    Example: twosource score sources coded.jsonl --texts reports
    """
    coded = read_coded(gold)
    names = sorted({claim.report for claim in coded})
    readings = {name: next(readings_of([texts / f"{name}.txt"], by)) for name in names}
    show(score_sources(coded, readings), as_json=as_json)


@app.command("lineage")
def lineage(
    gold: Annotated[Path, typer.Argument(help="Labelled pairs of reports, one a line: a, b, label, corpus, note.")],
    reports: Annotated[
        list[Path],
        typer.Option("--reports", help="A file or folder that holds reports of the pairs; may be given several times."),
    ],
    as_json: AsJson = False,
) -> None:
    """Score which reports come from one text: reprint, rewrite, update or none, with intervals, by corpus.

    Example: twosource score lineage pairs.jsonl --reports reports.jsonl --reports more/
    """
    show(score_lineage(gold, reports), as_json=as_json)


@app.command("events")
def events(
    gold: Annotated[Path, typer.Argument(help="Reports that tell of one event, a group a line: event, reports (ids).")],
    reports: Annotated[
        list[Path],
        typer.Option("--reports", help="A file or folder that holds the reports; may be given several times."),
    ],
    by: By = ReaderKind.TRAINED,
    as_json: AsJson = False,
) -> None:
    """Score events: which reports are put together by the event of their lead claim (B-cubed, listed reports only).

    Example: twosource score events clusters.jsonl --reports reports.jsonl --json
    """
    show(score_events(gold, reports, default_reader(by)), as_json=as_json)


@app.command("hedges")
def hedges(
    gold: Annotated[Path, typer.Argument(help="Sentences whose words of doubt are marked, one a line.")],
    as_json: AsJson = False,
) -> None:
    """Score words of doubt by the sentence, on the third of the documents that training never sees.

    Example: twosource score hedges wiki.jsonl
    """
    show(score_hedges(read_hedges(gold), lambda report: read_one(report, ReaderKind.TRAINED)), as_json=as_json)


@app.command("event_type")
def event_type(
    gold: Annotated[Path, typer.Argument(help="Snippets labelled with sub-events of ACLED, one a line (CASE 2021).")],
    as_json: AsJson = False,
) -> None:
    """Score the sub-event of a snippet: weighted F1 over ACLED's, fitted on four folds of the gold, asked on the fifth.

    Example: twosource score event_type case2021.jsonl --json
    """
    show(score_event_types(read_snippets(gold), type_chances), as_json=as_json)


@app.command("relations")
def relations(
    gold: Annotated[Path, typer.Argument(help="Texts whose entities and relations are marked, one a line (re3d).")],
    reader: By = ReaderKind.RULES,
    as_json: AsJson = False,
) -> None:
    """Score relations between given entities: who fights whom, is allied, is in charge, belongs to whom.

    Example: twosource score relations re3d.jsonl --json
    """
    show(score_relations(read_related(gold), lambda report: read_one(report, reader)), as_json=as_json)


@app.command("quiet")
def quiet(
    gold: Annotated[list[Path], typer.Argument(help="Articles, one a line: doc_id and text (PolNeAR's form will do).")],
    by: By = ReaderKind.TRAINED,
    as_json: AsJson = False,
) -> None:
    """Count claims of force, control, posture and persons in articles without a word of war: few is good.

    Example: twosource score quiet polnear_dev.jsonl polnear_train.jsonl
    """
    found = score_quiet(read_articles(gold), lambda report: [claim.type for claim in read_one(report, by).claims])
    show(found, as_json=as_json)


def show(figures: Mapping[str, float], *, as_json: bool) -> None:
    """Prints the figures, as one flat JSON object or as a table of two columns."""
    if as_json:
        typer.echo(json.dumps(figures))
        return
    table = Table(show_header=False, box=None)
    table.add_column(style="bold")
    table.add_column(justify="right")
    for name, value in figures.items():
        table.add_row(name, str(value) if isinstance(value, int) else f"{value:.3f}")
    Console().print(table)
