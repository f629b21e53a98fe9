"""The table of what can be asked: lists, which are paged and filtered, and single things by their id."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

import msgspec

from twosource.api.asking import Asked, Parameter
from twosource.api.questions import QUESTIONS
from twosource.api.table import (
    ACTOR,
    DAYS,
    FAMILY,
    PLACE,
    PUBLISHED,
    REPORT,
    SOURCE,
    TEXT,
    TYPE,
    WORDS,
    List,
    Number,
    Single,
    claims_by,
)
from twosource.corpus_records import BestRule, DecisionKind, Dependence, Event, Grade
from twosource.errors import UsageError
from twosource.records import Issue
from twosource.store import Project
from twosource.views import actors, claims, decisions, events, issues, lineage, reading, reports, sources
from twosource.views.coding import TaskAgreement, agreements
from twosource.views.events import EventFilter
from twosource.views.own_types import OwnTypeRow, list_own_types, own_type_named
from twosource.views.project import Counts, counts

__all__ = ["LISTS", "SINGLES"]


def _claims(project: Project, asked: Asked) -> Sequence[claims.ClaimRow]:
    chosen = _claims_asked(project, asked)
    return claims.find_claims(project, chosen, asked["limit"], asked["offset"]) if chosen else ()


def _count_claims(project: Project, asked: Asked) -> int:
    chosen = _claims_asked(project, asked)
    return claims.count_claims(project, chosen) if chosen else 0


def _claims_asked(project: Project, asked: Asked) -> claims.ClaimFilter | None:
    """The filter; None for an own type that isn't there, of which no claim is."""
    chosen = claims_by(asked)
    if asked["own"] is None:
        return chosen
    with suppress(UsageError):
        return msgspec.structs.replace(chosen, own=own_type_named(project, asked["own"]))
    return None


def _events(project: Project, asked: Asked) -> Sequence[Event]:
    return events.find_events(project, EventFilter(**asked.given()), asked["limit"], asked["offset"])


def _event(project: Project, id_: str, asked: Asked) -> events.EventView | None:
    with suppress(UsageError):  # the id is unknown
        return events.event_view(project, id_, best=asked["best"])
    return None


def _actor(project: Project, id_: str, asked: Asked) -> actors.ActorPage | None:
    with suppress(UsageError):  # the id is unknown
        return actors.actor_page(project, id_)
    return None


def _dependences(project: Project, asked: Asked) -> Sequence[Dependence]:
    return lineage.list_dependences(project, report=asked["report"], limit=asked["limit"], offset=asked["offset"])


LISTS: tuple[List, ...] = (
    List(
        name="reports",
        about="The reports, the newest first, with how many claims and issues each has.",
        item=reports.ReportRow,
        filters=(Parameter(name="text", about=f"Words of the id, outlet, agency or text, {WORDS}."),),
        find=lambda project, asked: reports.list_reports(
            project, text=asked["text"], limit=asked["limit"], offset=asked["offset"]
        ),
        count=lambda project, asked: reports.count_reports(project, text=asked["text"]),
    ),
    List(
        name="claims",
        about="The claims with the words that carry them, by report, then by place in the text.",
        item=claims.ClaimRow,
        filters=(
            *(TYPE, FAMILY, ACTOR, PLACE, TEXT, *DAYS),
            SOURCE,
            REPORT,
            PUBLISHED,
            Parameter(name="own", about="The name of one of the project's own types."),
        ),
        find=_claims,
        count=_count_claims,
    ),
    List(
        name="events",
        about="The events with their accounts, those with most independent origins first.",
        item=Event,
        filters=(
            *(TYPE, FAMILY, ACTOR, PLACE, TEXT, *DAYS),
            Parameter(name="grade", about="How well the event is borne out.", type=Grade),
            Parameter(name="min_origins", about="How many independent origins it has at least.", type=Number),
            Parameter(name="key", about="The id of an entity or of a place of the gazetteer."),
            REPORT,
            Parameter(name="claim", about="A claim's id."),
        ),
        find=_events,
        count=lambda project, asked: events.count_events(project, EventFilter(**asked.given())),
    ),
    List(
        name="lineages",
        about="The families of reports that come from one text, the largest first.",
        item=lineage.LineageRow,
        filters=(REPORT,),
        find=lambda project, asked: lineage.list_lineages(
            project, report=asked["report"], limit=asked["limit"], offset=asked["offset"]
        ),
        count=lambda project, asked: lineage.count_lineages(project, report=asked["report"]),
    ),
    List(
        name="dependences",
        about="Which report depends on which, and why, with the passages that they share; of one report or of all.",
        item=Dependence,
        filters=(REPORT,),
        find=_dependences,
        count=lambda project, asked: lineage.count_dependences(project, report=asked["report"]),
    ),
    List(
        name="actors",
        about="The actors under all their names, those that most reports name first.",
        item=actors.ActorListing,
        filters=(
            Parameter(name="name", about=f"Words of one of its names, {WORDS}."),
            Parameter(name="generic", about="People without a name of their own too.", type=bool, default=False),
        ),
        find=lambda project, asked: actors.list_actors(
            project, name=asked["name"], generic=asked["generic"], limit=asked["limit"], offset=asked["offset"]
        ),
        count=lambda project, asked: actors.count_actors(project, name=asked["name"], generic=asked["generic"]),
    ),
    List(
        name="outlets",
        about="The outlets, with the agencies that they credit and whose words they take; most reports first.",
        item=sources.OutletRow,
        find=lambda project, asked: sources.list_outlets(project),
    ),
    List(
        name="agencies",
        about="The agencies that reports credit, and the outlets of those reports; most reports first.",
        item=sources.AgencyRow,
        find=lambda project, asked: sources.list_agencies(project),
    ),
    List(
        name="decisions",
        about="The log of decisions, the newest first: who decided what, when and why, and what still counts.",
        item=decisions.DecisionRow,
        filters=(
            Parameter(name="kind", about="What is decided about.", type=DecisionKind),
            Parameter(name="about", about="The id of one of the things decided on."),
        ),
        find=lambda project, asked: decisions.list_decisions(
            project, kind=asked["kind"], about=asked["about"], limit=asked["limit"], offset=asked["offset"]
        ),
        count=lambda project, asked: decisions.count_decisions(project, kind=asked["kind"], about=asked["about"]),
    ),
    List(
        name="own-types",
        about="The project's own types of events, with how many claims are of each.",
        item=OwnTypeRow,
        find=lambda project, asked: list_own_types(project),
    ),
    List(
        name="agreement",
        about="How far people who coded the same reports blind agree, task by task, the newest first.",
        item=TaskAgreement,
        find=lambda project, asked: agreements(project),
    ),
    List(
        name="issues",
        about="What could not be read or resolved.",
        item=Issue,
        filters=(Parameter(name="code", about="The code of the issues."),),
        find=lambda project, asked: issues.list_issues(
            project, code=asked["code"], limit=asked["limit"], offset=asked["offset"]
        ),
        count=lambda project, asked: issues.count_issues(project, code=asked["code"]),
    ),
    *QUESTIONS,
)

SINGLES: tuple[Single, ...] = (
    Single(
        name="counts",
        about="How many reports, claims and issues stand.",
        item=Counts,
        find=lambda project, id_, asked: counts(project),
        of_many=False,
    ),
    Single(
        name="reports",
        about="One report: its text, all that was read in it, its versions and its issues.",
        item=reading.ReportView,
        find=lambda project, id_, asked: reading.report_view(project, id_, version=asked["version"]),
        parameters=(Parameter(name="version", about="The digest of an older version."),),
    ),
    Single(
        name="events",
        about="One event: its matrix of accounts, its denials and ranges, and why its claims were put together.",
        item=events.EventView,
        find=_event,
        parameters=(Parameter(name="best", about="How one figure is chosen.", type=BestRule, default=BestRule.RANGE),),
    ),
    Single(
        name="actors",
        about="One actor: its names, each outlet's words for it, and what claims tell of it and others.",
        item=actors.ActorPage,
        find=_actor,
    ),
)
