"""The commands that answer a field's questions over all reports: relations, forces, places, persons, plans, words."""

from __future__ import annotations

from typing import Annotated

import typer

from twosource.cli import question_tables as tables
from twosource.cli.question_options import (
    Actor,
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
from twosource.cli.terminal import ProjectArgument, day
from twosource.store import open_project
from twosource.views import killed as killed_views
from twosource.views.claims import claim_type
from twosource.views.holdings import holdings
from twosource.views.order_of_battle import order_of_battle as ask_order_of_battle
from twosource.views.planned import plans
from twosource.views.relations import relationships
from twosource.views.silence import silences
from twosource.views.wording import wordings

__all__ = ["held", "killed", "order_of_battle", "planned", "relations", "silence", "words"]


def relations(
    project: ProjectArgument,
    type_: Annotated[str | None, typer.Option("--type", help="One relation, such as backs or part_of.")] = None,
    actor: Actor = None,
    whom: Annotated[str | None, typer.Option(help="Words in the name of the other side.")] = None,
    source: Source = None,
    report: ReportId = None,
    json: Json = False,
    limit: Limit = None,
    newest: Newest = None,
) -> None:
    """Who backs, arms, funds, trains, fights, leads or belongs to whom, according to whom, and since when."""
    relation = claim_type(type_) if type_ is not None else None
    chosen = claims_by(actor, None, source, report, None, None)
    most = most_looked_at(newest, json=json)
    with open_project(project) as opened:
        found = relationships(opened, chosen, relation=relation, whom=whom, most=most)
    tables.left_out_note(found.left_out)
    if json:
        tables.print_json(found, limit)
        return
    rows = [
        (
            one.first,
            str(one.type),
            one.second,
            str(one.since or ""),
            str(one.first_told or ""),
            _marks(denied=one.denied, past=one.ended),
            str(one.basis.claims),
            *tables.told(one.sayings),
        )
        for one in found
    ]
    columns = ("who", "relation", "whom", "since", "first told", "marks", "claims", "reports", "says", "words")
    tables.print_answer(columns, rows, limit, "relation")


def order_of_battle(
    project: ProjectArgument,
    place: Place = None,
    actor: Actor = None,
    source: Source = None,
    report: ReportId = None,
    since: Since = None,
    until: Until = None,
    json: Json = False,
    limit: Limit = None,
    newest: Newest = None,
) -> None:
    """Which forces were at a place at a time, how many they were, and who says so.

    A strength that one claim gives for several forces together is marked as shared. Strengths are never to be summed.
    """
    chosen = claims_by(actor, place, source, report, since, until)
    most = most_looked_at(newest, json=json)
    with open_project(project) as opened:
        found = ask_order_of_battle(opened, chosen, most=most)
    tables.left_out_note(found.left_out)
    if json:
        tables.print_json(found, limit)
        return
    rows = [
        (
            one.name,
            ", ".join(one.acts),
            ", ".join(one.places),
            "; ".join(f"{each.value} {each.kind}{' (shared)' if each.shared else ''}" for each in one.strengths),
            tables.days(one.since, one.until),
            _marks(denied=one.denied, left=one.left),
            str(one.basis.claims),
            *tables.told(one.sayings),
        )
        for one in found
    ]
    columns = ("force", "does", "where", "strength", "days", "marks", "claims", "reports", "says", "words")
    tables.print_answer(columns, rows, limit, "force")


def held(
    project: ProjectArgument,
    place: Place = None,
    actor: Actor = None,
    source: Source = None,
    report: ReportId = None,
    since: Since = None,
    until: Until = None,
    json: Json = False,
    limit: Limit = None,
    newest: Newest = None,
) -> None:
    """Who held a place, took it or left it, and when, by place and then from the earliest day on."""
    chosen = claims_by(actor, place, source, report, since, until)
    most = most_looked_at(newest, json=json)
    with open_project(project) as opened:
        found = holdings(opened, chosen, most=most)
    tables.left_out_note(found.left_out)
    if json:
        tables.print_json(found.rows, limit)
        return
    rows = [
        (
            one.place,
            tables.days(one.since, one.until) + ("" if one.dated else " (day of publication)"),
            str(one.kind),
            one.holder,
            ", ".join(one.lost_by),
            one.saying.report,
            tables.said_by(one.saying),
            tables.words_of(one.saying),
        )
        for one in found.rows
    ]
    columns = ("place", "days", "what", "who", "from", "report", "says", "words")
    tables.print_answer(columns, rows, limit, "claim")
    tables.note(found.basis)


def killed(
    project: ProjectArgument,
    place: Place = None,
    source: Source = None,
    report: ReportId = None,
    since: Since = None,
    until: Until = None,
    names: Annotated[bool, typer.Option("--names", help="Print the names of private persons too.")] = False,
    json: Json = False,
    limit: Limit = None,
    newest: Newest = None,
) -> None:
    """Who was killed, among those whom reports name: each once, with age, role and status where told.

    The names of private persons (no officials, commanders or others named in a public role) are withheld, also in
    JSON and in the words, unless --names is given.
    """
    chosen = claims_by(None, place, source, report, since, until)
    most = most_looked_at(newest, json=json)
    with open_project(project) as opened:
        found = killed_views.killed_persons(opened, chosen, withhold=not names, most=most)
    tables.left_out_note(found.left_out)
    if json:
        tables.print_json(found, limit)
        return
    rows = [
        (
            one.name,
            ", ".join(map(str, one.ages)),
            "; ".join(one.roles),
            one.status or "",
            ", ".join(one.places),
            tables.days(one.since, one.until),
            _marks(denied=one.denied),
            str(one.basis.claims),
            *tables.told(one.sayings),
        )
        for one in found
    ]
    columns = ("name", "age", "role", "status", "where", "days", "marks", "claims", "reports", "says", "words")
    tables.print_answer(columns, rows, limit, "person")


def planned(
    project: ProjectArgument,
    actor: Actor = None,
    place: Place = None,
    source: Source = None,
    report: ReportId = None,
    since: Since = None,
    until: Until = None,
    json: Json = False,
    limit: Limit = None,
    newest: Newest = None,
) -> None:
    """What was planned, announced, pledged or threatened, and what reports tell of what came of it.

    Where nothing is told, nothing is known: that is no proof that nothing came.
    """
    chosen = claims_by(actor, place, source, report, since, until)
    most = most_looked_at(newest, json=json)
    with open_project(project) as opened:
        found = plans(opened, chosen, most=most)
    tables.left_out_note(found.left_out)
    if json:
        tables.print_json(found, limit)
        return
    rows = [
        (
            str(one.plan.published or ""),
            str(one.type),
            ", ".join(one.actors),
            ", ".join([*one.targets, *one.places]),
            one.plan.report,
            tables.said_by(one.plan),
            tables.words_of(one.plan),
            "; ".join(f"{each.report}: {tables.words_of(each)}" for each in one.came[:3]),
            f"{len(one.came)} came, {len(one.denied)} denied" if one.came or one.denied else "nothing told",
            f"{one.outcome.word}, by {one.outcome.who}: {one.outcome.reason}" if one.outcome else "",
        )
        for one in found
    ]
    columns = ("told", "plan", "who", "whom, where", "report", "says", "words", "what came of it", "claims", "recorded")
    tables.print_answer(columns, rows, limit, "plan")


def silence(
    project: ProjectArgument,
    place: Annotated[str, typer.Option(help="Words in the name of the place.")],
    since: Since = None,
    until: Until = None,
    days: Annotated[int, typer.Option(min=1, help="The shortest stretch without a claim, in days.")] = 7,
    json: Json = False,
    limit: Limit = None,
    newest: Newest = None,
) -> None:
    """Where and when an outlet reported nothing, so that silence is not read as peace.

    'reports' counts the outlet's reports in the project over the stretch: with 0, nobody can know whether it was
    silent. 'others' counts what other outlets tell of the place for the same days.
    """
    most = most_looked_at(newest, json=json)
    with open_project(project) as opened:
        found = silences(opened, place, since=day("--since", since), until=day("--until", until), days=days, most=most)
    tables.left_out_note(found.left_out)
    if json:
        tables.print_json(found, limit)
        return
    rows = [
        (one.outlet, str(one.since), str(one.until), str(one.days), str(one.reports), str(one.others)) for one in found
    ]
    tables.print_answer(("outlet", "from", "to", "days", "reports", "others"), rows, limit, "stretch")


def words(
    project: ProjectArgument,
    actor: Annotated[str | None, typer.Option(help="Words in the name of the actor.")] = None,
    outlets: Annotated[int, typer.Option(min=1, help="Only actors whom so many outlets name.")] = 1,
    json: Json = False,
    limit: Limit = None,
    newest: Newest = None,
) -> None:
    """Which words each outlet uses for the same actor, in its own voice and in those of its sources."""
    most = most_looked_at(newest, json=json)
    with open_project(project) as opened:
        found = wordings(opened, actor=actor, least_outlets=outlets, most=most)
    tables.left_out_note(found.left_out)
    if json:
        tables.print_json(found, limit)
        return
    rows = [
        (one.actor, each.outlet, each.words, str(each.own_voice), str(each.in_sources), ", ".join(each.reports[:5]))
        for one in found
        for each in one.words
    ]
    tables.print_answer(("actor", "outlet", "words", "own voice", "in sources", "reports"), rows, limit, "word")


def _marks(*, denied: int = 0, past: int = 0, left: int = 0) -> str:
    counts = (("denied", denied), ("past", past), ("left", left))
    return ", ".join(f"{number} {word}" for word, number in counts if number)
