"""The commands on actors: who is named, under which names and by whom, and why two names are one actor or two."""

from __future__ import annotations

import sys
from typing import Annotated

import msgspec
import typer

from twosource.cli.terminal import ProjectArgument, errors, output, plural, visible
from twosource.corpus_records import Entity, NameJudgement, NameUse
from twosource.store import open_project
from twosource.views.actors import ActorListing, ActorPage, Relation, actor_page, count_actors, list_actors

__all__ = ["actor", "actors", "print_name_judgement"]

_SHOWN = 50
_NAMES = 6
_CLAIMS = 2
Json = Annotated[bool, typer.Option("--json", help="Print JSON lines, all of them unless --limit is given.")]


def actors(
    project: ProjectArgument,
    name: Annotated[
        str | None, typer.Option(metavar="WORDS", help="Only actors with these words in a name.", show_default=False)
    ] = None,
    generic: Annotated[
        bool, typer.Option("--generic", help="People without a name of their own too: 'rebels', each report's apart.")
    ] = False,
    json: Json = False,
    limit: Annotated[
        int | None, typer.Option(min=0, help=f"How many at most; 0 prints all. Plain: {_SHOWN}.", show_default=False)
    ] = None,
) -> None:
    """List the actors that reports name, those in most reports first, each with its names and how many use them.

    Names that an outlet uses to take sides are marked, and kept as that outlet's words.
    """
    most = (limit or None) if json or limit is not None else _SHOWN
    with open_project(project) as opened:
        rows = list_actors(opened, name=name, generic=generic, limit=most)
        total = count_actors(opened, name=name, generic=generic)
    if json:
        sys.stdout.buffer.writelines(msgspec.json.encode(row) + b"\n" for row in rows)
        sys.stdout.buffer.flush()
        return
    for row in rows:
        _print_listing(row)
    errors().print(f"{len(rows):,} of {plural(total, 'actor')}.")


def actor(
    project: ProjectArgument,
    which: Annotated[
        str, typer.Argument(metavar="ACTOR", help="An actor's id or one of its names.", show_default=False)
    ],
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show one actor: every name with the reason why it is one of its names, each outlet's words, and its relations."""
    with open_project(project) as opened:
        page = actor_page(opened, which)
    if json:
        sys.stdout.buffer.write(msgspec.json.encode(page) + b"\n")
        return
    _print_page(page)


def print_name_judgement(found: NameJudgement, *, json: bool) -> None:
    """Prints whether two names are one actor, and why; as JSON if asked."""
    if json:
        sys.stdout.buffer.write(msgspec.json.encode(found) + b"\n")
        return
    console = output()
    told = {"same": "one actor", "different": "two actors", "unsure": "it can't be told"}[found.judgement.value]
    console.print(f"{visible(found.first)} and {visible(found.second)}: {told}", style="bold", soft_wrap=True)
    console.print(visible(found.reason), soft_wrap=True)
    console.print(f"{visible(found.entities[0])} · {visible(found.entities[1])} · rule {found.rule}", soft_wrap=True)


def _print_listing(row: ActorListing) -> None:
    console, entity = output(), row.entity
    console.print(f"{visible(entity.name)}  {visible(entity.id)}", style="bold", soft_wrap=True)
    told = f"  {entity.kind} · {plural(row.reports, 'report')} · {plural(row.claims, 'claim')}"
    console.print(told, soft_wrap=True)
    shown = [_name_and_reports(use) for use in entity.uses[:_NAMES]]
    more = f" and {plural(len(entity.uses) - _NAMES, 'name')} more" if len(entity.uses) > _NAMES else ""
    console.print(f"  {visible(', '.join(shown))}{more}", soft_wrap=True)
    if entity.suggestions:
        console.print(f"  may be: {visible(', '.join(one.name for one in entity.suggestions))}", soft_wrap=True)
    console.print()


def _name_and_reports(use: NameUse) -> str:
    return f"{use.name} ({use.reports}{', loaded' if use.loaded else ''})"


def _print_page(page: ActorPage) -> None:
    console, entity = output(), page.listing.entity
    console.print(f"{visible(entity.name)}  {visible(entity.id)}", style="bold", soft_wrap=True)
    counted = f"{plural(page.listing.reports, 'report')} · {plural(page.listing.claims, 'claim')}"
    console.print(f"{entity.kind} · {counted}", soft_wrap=True)
    for label, others in (("grew out of", page.before), ("became, or parts of it", page.after)):
        if others:
            console.print(f"{label}: {visible(', '.join(name for _, name in others))}", soft_wrap=True)
    _print_names(entity)
    for outlet in page.outlets:
        console.print(f"\n{visible(outlet.outlet or 'no outlet')}: {visible(', '.join(outlet.names))}", soft_wrap=True)
    for relation in page.relations:
        _print_relation(entity, relation)


def _print_names(entity: Entity) -> None:
    console = output()
    for use in entity.uses:
        console.print(f"\n{visible(_name_and_reports(use))}  {use.judgement}", soft_wrap=True)
        console.print(f"  {visible(use.reason)}", soft_wrap=True)
    for one in entity.suggestions:
        console.print(f"\nmay be {visible(one.name)}  {visible(one.entity)}", soft_wrap=True)
        console.print(f"  {visible(one.reason)}", soft_wrap=True)


def _print_relation(entity: Entity, relation: Relation) -> None:
    console = output()
    pair = (entity.name, relation.name) if relation.acts else (relation.name, entity.name)
    told = f"{pair[0]} {relation.type} {pair[1]}"
    console.print(f"\n{visible(told)}  {plural(len(relation.claims), 'claim')}", style="bold", soft_wrap=True)
    for row in relation.claims[:_CLAIMS]:
        words = " … ".join(row.evidence)
        console.print(f"  {visible(row.report.outlet or row.report.id)}: {visible(words)}", soft_wrap=True)
