"""The commands that follow figures: how one changed, what each report adds to a toll, and where accounts disagree."""

from __future__ import annotations

from typing import Annotated

import typer

from twosource.cli import question_tables as tables
from twosource.cli.question_options import (
    Actor,
    EventId,
    Json,
    Limit,
    Newest,
    Place,
    ReportId,
    Since,
    Source,
    Until,
    claims_by,
    most_looked_at,
)
from twosource.cli.terminal import ProjectArgument, errors, plural
from twosource.closed_sets import FigureKind
from twosource.errors import UsageError
from twosource.store import open_project
from twosource.views import bounds
from twosource.views import disagreements as disagreement_views
from twosource.views import figures as figure_views

__all__ = ["disagreements", "figures", "toll"]


def figures(
    project: ProjectArgument,
    kind: Annotated[str | None, typer.Option(help="What is counted, such as killed or fighters.")] = None,
    actor: Actor = None,
    place: Place = None,
    source: Source = None,
    report: ReportId = None,
    event: EventId = None,
    since: Since = None,
    until: Until = None,
    json: Json = False,
    limit: Limit = None,
    newest: Newest = None,
) -> None:
    """How a figure changed over time, and by whom.

    Each figure stands at the day that it holds for, beside the last one of the same speaker. Figures of unlike scope
    (a part, an addition, a running total) are marked, and none are ever to be summed.
    """
    chosen = claims_by(actor, place, source, report, since, until)
    most = most_looked_at(newest, json=json)
    with open_project(project) as opened:
        found = figure_views.figure_history(opened, chosen, kind=_kind(kind), event=event, most=most)
    tables.left_out_note(found.left_out)
    if json:
        tables.print_json(found.steps, limit)
        return
    rows = [
        (
            tables.days(one.since, one.until),
            one.value,
            str(one.kind),
            " ".join([*one.whom, "" if one.extent == "event" else one.extent]).strip(),
            ", ".join(one.actors or one.targets),
            ", ".join(one.places),
            str(one.change),
            one.saying.report,
            tables.said_by(one.saying),
            tables.words_of(one.saying),
        )
        for one in found.steps
    ]
    columns = ("day", "figure", "of", "scope", "who", "where", "change", "report", "says", "words")
    tables.print_answer(columns, rows, limit, "figure")
    tables.note(found.basis)


def toll(
    project: ProjectArgument,
    kind: Annotated[str, typer.Option(help="What is counted.")] = "killed",
    event: EventId = None,
    place: Place = None,
    report: ReportId = None,
    since: Since = None,
    until: Until = None,
    json: Json = False,
    limit: Limit = None,
    newest: Newest = None,
) -> None:
    """What each new report adds to the toll of one event: these three of which twelve?

    Choose one event by its id, or its claims by place and days. Whatever may be the same dead is never added twice.
    """
    chosen = claims_by(None, place, None, report, since, until)
    most = most_looked_at(newest, json=json, plain=bounds.ADDED)
    with open_project(project) as opened:
        counted = _kind(kind) or FigureKind.KILLED
        found = figure_views.toll_history(opened, chosen, kind=counted, event=event, most=most)
    tables.left_out_note(found.left_out)
    if json:
        tables.print_json(found.steps, limit)
        return
    rows = [
        (
            str(one.step.saying.published or ""),
            one.step.value,
            " ".join([*one.step.whom, "" if one.step.extent == "event" else one.step.extent]).strip(),
            one.of or "",
            "" if one.before is None else f"{one.before:,}",
            "" if one.adds is None else f"{one.adds:,}",
            one.note,
            one.step.saying.report,
            tables.said_by(one.step.saying),
            tables.words_of(one.step.saying),
        )
        for one in found.steps
    ]
    columns = ("published", kind, "scope", "of which", "before", "adds", "note", "report", "says", "words")
    tables.print_answer(columns, rows, limit, "figure")
    tables.note(found.basis)


def disagreements(
    project: ProjectArgument,
    field: Annotated[
        str | None, typer.Option(help="A kind of figure (killed), or happened, actor, type, place or when.")
    ] = None,
    where: Annotated[
        str, typer.Option("--between", metavar="reports|inside|all", help="Between reports, inside one, or both.")
    ] = "all",
    actor: Actor = None,
    place: Place = None,
    report: ReportId = None,
    since: Since = None,
    until: Until = None,
    json: Json = False,
    limit: Limit = None,
    newest: Newest = None,
) -> None:
    """List where accounts can't both be right, the largest first, with both sides' words.

    A figure that rose is no disagreement but a change: see 'twosource figures'.
    """
    inside = {"all": None, "inside": True, "reports": False}
    if where not in inside:
        raise UsageError(f"--between {where!r} is none of {', '.join(inside)}")
    chosen = claims_by(actor, place, None, report, since, until)
    most = most_looked_at(newest, json=json, plain=bounds.WEIGHED)
    with open_project(project) as opened:
        found = disagreement_views.disagreements(opened, chosen, field=field, inside=inside[where], most=most)
    tables.left_out_note(found.left_out)
    if json:
        tables.print_json(found, limit)
        return
    rows = [
        (
            one.disagreement.field,
            " ↔ ".join(one.disagreement.values),
            " ↔ ".join(dict.fromkeys(one.disagreement.reports)),
            tables.said_by(one.sides[0]),
            tables.words_of(one.sides[0]),
            tables.said_by(one.sides[1]),
            tables.words_of(one.sides[1]),
            one.disagreement.reason,
        )
        for one in found
    ]
    columns = ("field", "values", "reports", "one says", "words", "other says", "words", "why")
    tables.print_answer(columns, rows, limit, "disagreement")
    errors().print(f"{plural(len(found), 'disagreement')}, each resting on two claims.")


def _kind(word: str | None) -> FigureKind | None:
    """The kind of figure of this name. Raises UsageError for none."""
    if word is None:
        return None
    try:
        return FigureKind(word.strip().casefold())
    except ValueError:
        raise UsageError(f"there is no kind of figure {word!r}: it is one of {', '.join(FigureKind)}") from None
