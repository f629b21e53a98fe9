"""`python -m bench.pages PROJECT`: the processor time of every page, operation of the JSON interface, and view.

Each is asked twice through the application, in one process: the first visit works out what is kept for the second.
The time is that of the processor, since a machine is seldom idle.
"""

from __future__ import annotations

import argparse
import functools
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import msgspec
from rich.console import Console
from rich.table import Table
from starlette.testclient import TestClient

from bench.made import fill_project
from twosource.api.openapi import BASE
from twosource.api.resources import LISTS, SINGLES
from twosource.gathering import gather
from twosource.identifying import identify
from twosource.relating import relate
from twosource.store import Project, open_project
from twosource.views import (
    actors,
    claims,
    decisions,
    disagreements,
    events,
    figures,
    holdings,
    issues,
    killed,
    lineage,
    order_of_battle,
    planned,
    relations,
    reports,
    review,
    silence,
    sources,
    wording,
)
from twosource.views.claims import ClaimFilter
from twosource.views.events import EventFilter
from twosource.views.project import counts
from twosource.web.app import make_app
from twosource.web.desk import Desk
from twosource.web.routing import Ask
from twosource.web.screens import WAYS
from twosource.web.warming import warm

__all__ = ["Cost", "main", "pages_of", "sample_of", "time_pages", "time_views", "views_of"]

_MANY = 1_000_000  # claims from which on a project is a large one
_TARGETS = {False: 100.0, True: 300.0}  # milliseconds of a page, in a project and in a large one
_VIEW_TARGET = 2000.0
_FILES = ("/events/export", "/dossier/file")  # which hold all that is chosen, and are no pages
_AT_ONCE = 500  # reports that are made at a time


class Sample(msgspec.Struct, frozen=True, kw_only=True):
    """Things of one project to ask for: ids, words of names, and days."""

    report: str
    other_report: str
    digest: str
    claim: str
    event: str
    actor: str
    actor_name: str
    place: str
    source: str
    since: str
    until: str


class Cost(msgspec.Struct, frozen=True, kw_only=True):
    """What one question cost, in milliseconds of the processor, on the first visit and on the second."""

    name: str
    first: float
    second: float
    target: float
    status: int = 200
    size: int = 0


def sample_of(project: Project) -> Sample:
    """The event with most origins, its first report and claim, and the names that most reports use."""
    [event, *_] = events.find_events(project, limit=1)
    ids = [id_ for account in event.accounts for id_ in account.reports]
    [listed, *_] = actors.list_actors(project, limit=1)
    view = reports.reports_named(project, ids[:1])
    found = claims.find_claims(project, ClaimFilter(report=ids[0]), limit=50)
    last = reports.list_reports(project, limit=1)[0].published
    source = next((one.name for row in found for one in row.claim.sources), "police")
    return Sample(
        report=view[0].id,
        other_report=ids[1] if len(ids) > 1 else reports.list_reports(project, limit=1)[0].id,
        digest="0" * 64,
        claim=event.claims[0],
        event=event.id,
        actor=listed.entity.id,
        actor_name=listed.entity.name,
        place=event.places[0].name if event.places else "Aleppo",
        source=source,
        since=str(last.replace(day=1)) if last else "2015-01-01",
        until=str(last) if last else "2015-01-31",
    )


def pages_of(one: Sample) -> Iterator[str]:
    """Every address of the desk that shows something, and every operation of the JSON interface; filtered ones too."""
    yield from _desk_pages(one)
    yield from _operations(one)


def _desk_pages(one: Sample) -> Iterator[str]:
    values = {"report_id": one.report, "digest": one.digest, "id": one.actor, "number": "1"}
    needs = {
        "/compare": {"first": one.report, "second": one.other_report},
        "/questions/silence": {"place": one.place},
        "/events/export": {"format": "geojson", "key": "none"},
        "/dossier": {"place": one.place, "since": one.since, "until": one.until},
        "/dossier/file": {"report": one.report},
        "/reports/claim": {"report": one.report, "claim": one.claim},
    }
    for way in WAYS:
        if isinstance(way, Ask) and way.path not in _FILES:
            path = way.path.replace(":path", "").replace("/events/{id}", f"/events/{one.event}")
            for name, value in values.items():
                path = path.replace(f"{{{name}}}", quote(value, safe="~"))
            yield _at(path, needs.get(way.path, {}))
    yield from _filtered(one)


def _filtered(one: Sample) -> Iterator[str]:
    over_claims = (
        "/figures", "/disagreements", "/actors/order-of-battle", "/actors/holdings", "/questions/killed",
        "/questions/plans", "/dossier",
    )  # fmt: skip
    for path in over_claims:
        yield _at(path, {"place": one.place})
        yield _at(path, {"actor": one.actor_name})
        yield _at(path, {"since": one.since, "until": one.until})
    for path in ("/claims", "/events", "/events/map", "/events/timeline"):
        yield _at(path, {"actor": one.actor_name, "place": one.place})
        yield _at(path, {"text": "killed"})
        yield _at(path, {"source": one.source})
        yield _at(path, {"since": one.since, "until": one.until})
    yield from ("/claims?page=500", "/events?page=500", "/reports?page=100", "/reports?q=killed", "/figures?page=3")
    yield from ("/actors/network?relation=backs", "/actors?name=army", "/actors?generic=1", "/review?kind=names")
    yield _at("/figures", {"event": one.event})
    yield _at("/dossier", {})
    yield _at("/dossier", {"event": one.event})


def _operations(one: Sample) -> Iterator[str]:
    given = {"place": one.place, "report": one.report}
    yield f"{BASE}/openapi.json"
    for row in LISTS:
        needed = {each.name: given[each.name] for each in row.filters if each.required}
        yield _at(f"{BASE}/{row.name}", needed)
        if any(each.name == "place" and not each.required for each in row.filters):
            yield _at(f"{BASE}/{row.name}", {"place": one.place})
    ids = {"reports": one.report, "events": one.event, "actors": one.actor}
    for single in SINGLES:
        yield f"{BASE}/{single.name}" + (f"/{quote(ids[single.name], safe='')}" if single.of_many else "")


def _at(path: str, query: Mapping[str, str]) -> str:
    return f"{path}?{urlencode(query)}" if query else path


def time_pages(project: Project, addresses: Iterator[str], target: float) -> list[Cost]:
    """What each address costs: the whole of its answer, by a client that follows no redirect."""
    app = make_app(project, hosts=["testserver"])
    found = []
    with TestClient(app, follow_redirects=False, raise_server_exceptions=False) as client:
        _make_ready(app.state.desk)
        for path in ("/reports", "/figures", "/questions/killed"):
            client.get(f"{path}?q=nothing&place=nothing+at+all")
        for address in addresses:
            ask = functools.partial(client.get, address)
            first, answer = _timed(ask)
            second, answer = _timed(ask)
            size, status = len(answer.content), answer.status_code
            bound = _VIEW_TARGET if address.startswith(BASE) else target
            found.append(Cost(name=address, first=first, second=second, target=bound, status=status, size=size))
    app.state.desk.imports.close()
    return found


def _make_ready(desk: Desk) -> None:
    """What a server does before it is asked, and after each change: what the queue costs stands among the views."""
    warm(desk.templates)
    desk.refresh()


def views_of(project: Project, one: Sample) -> Mapping[str, Callable[[], Any]]:
    """Every view, as the desk, the terminal and the interface ask it without a filter."""
    today = reports.list_reports(project, limit=1)[0].published
    assert today is not None
    kinds = {
        f"review_queue {kind}": (lambda kind=kind: review.review_queue(project, today, kind))
        for kind in review.ReviewKind
    }
    return {
        "counts": lambda: counts(project),
        "list_reports": lambda: reports.list_reports(project),
        "find_claims": lambda: claims.find_claims(project),
        "count_claims of an actor": lambda: claims.count_claims(project, ClaimFilter(actor=one.actor_name)),
        "find_events": lambda: events.find_events(project),
        "count_events of an actor": lambda: events.count_events(project, EventFilter(actor=one.actor_name)),
        "event_view": lambda: events.event_view(project, one.event),
        "figure_history": lambda: figures.figure_history(project),
        "figure_history of an event": lambda: figures.figure_history(project, event=one.event),
        "toll_history of an event": lambda: figures.toll_history(project, event=one.event),
        "disagreements": lambda: disagreements.disagreements(project),
        "relationships": lambda: relations.relationships(project),
        "order_of_battle": lambda: order_of_battle.order_of_battle(project),
        "holdings": lambda: holdings.holdings(project),
        "killed_persons": lambda: killed.killed_persons(project),
        "plans": lambda: planned.plans(project),
        "silences": lambda: silence.silences(project, one.place),
        "wordings": lambda: wording.wordings(project),
        "wordings of an actor": lambda: wording.wordings(project, actor=one.actor_name),
        "actor_page": lambda: actors.actor_page(project, one.actor),
        "list_actors": lambda: actors.list_actors(project, limit=200),
        "list_outlets": lambda: sources.list_outlets(project),
        "list_agencies": lambda: sources.list_agencies(project),
        "list_lineages": lambda: lineage.list_lineages(project, limit=200),
        "list_decisions": lambda: decisions.list_decisions(project),
        "list_issues": lambda: issues.list_issues(project),
        **kinds,
    }


def time_views(project: Project, one: Sample) -> list[Cost]:
    """What each view costs, asked twice."""
    found = []
    for name, ask in views_of(project, one).items():
        first, _ = _timed(ask)
        second, _ = _timed(ask)
        found.append(Cost(name=name, first=first, second=second, target=_VIEW_TARGET))
    return found


def _timed(ask: Callable[[], Any]) -> tuple[float, Any]:
    begun = time.process_time()
    answer = ask()
    return (time.process_time() - begun) * 1000, answer


def _printed(title: str, found: list[Cost]) -> Table:
    table = Table("", "first ms", "second ms", "target ms", "status", "KB", title=title)
    for one in sorted(found, key=lambda one: -one.first):
        mark = "" if one.first <= one.target else "!"
        table.add_row(
            f"{one.name}", f"{one.first:.0f}{mark}", f"{one.second:.0f}", f"{one.target:.0f}", str(one.status),
            str(one.size // 1024),
        )  # fmt: skip
    return table


def _opened(path: Path | None, folder: Path, claims: int) -> Project:
    """The project in the file, or a made one that holds so many claims at least."""
    if path is not None:
        return open_project(path)
    project = open_project(folder / "made.db", create=True)
    reports = 0
    while counts(project).claims < claims:
        fill_project(project, _AT_ONCE, first=reports)
        reports += _AT_ONCE
    relate(project)
    identify(project)
    gather(project)
    return project


def main() -> None:
    """Prints the tables of the project named, or of one that is made up to hold so many claims."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("project", type=Path, nargs="?", help="a project file; without one a project is made up")
    parser.add_argument("--claims", type=int, default=100_000, help="how many claims the made project holds at least")
    parser.add_argument("--only", default="", help="only pages and views whose name holds these words")
    parser.add_argument("--views", action="store_true", help="time the views, not the pages")
    asked = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(_opened(asked.project, Path(folder), asked.claims)) as project,
    ):
        size, one = counts(project), sample_of(project)
        target = _TARGETS[size.claims >= _MANY]
        if asked.views:
            found = [cost for cost in time_views(project, one) if asked.only in cost.name]
        else:
            found = time_pages(project, (each for each in pages_of(one) if asked.only in each), target)
    console = Console(width=150)
    console.print(_printed(f"{size.reports:,} reports, {size.claims:,} claims", found))
    late = [cost for cost in found if cost.first > cost.target]
    console.print(f"{len(found)} asked, {len(late)} above their target on the first visit")


if __name__ == "__main__":
    main()
