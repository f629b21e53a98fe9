"""The table of what can be asked: lists, which are paged and filtered, and single things by their id."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Annotated, Any, Literal

import msgspec

from twosource.api.asking import PAGING, Asked, Parameter
from twosource.closed_sets import FAMILIES, ClaimType
from twosource.corpus_records import BestRule, Event, Grade
from twosource.errors import UsageError
from twosource.records import Issue
from twosource.store import Project
from twosource.views import claims, events, issues, lineage, reading, reports
from twosource.views.claims import ClaimFilter
from twosource.views.events import EventFilter
from twosource.views.project import Counts, counts

__all__ = ["LISTS", "SINGLES", "List", "Single"]


class List(msgspec.Struct, frozen=True, kw_only=True):
    """A list at ``/NAME``: ``find`` gives the items of one page, ``count`` how many there are in all."""

    name: str
    about: str
    item: Any
    find: Callable[[Project, Asked], Sequence[Any]]
    count: Callable[[Project, Asked], int]
    filters: tuple[Parameter, ...] = ()

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """All that may stand in its query."""
        return (*self.filters, *PAGING)


class Single(msgspec.Struct, frozen=True, kw_only=True):
    """One thing at ``/NAME`` or, where it is one of many, at ``/NAME/{id}``; ``find`` gives None for none."""

    name: str
    about: str
    item: Any
    find: Callable[[Project, str, Asked], Any]
    of_many: bool = True
    parameters: tuple[Parameter, ...] = ()


Number = Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]
_WORDS = "held from the beginning of a word on, whatever case, accents and punctuation"
_DAYS = (
    Parameter(name="since", about="The first day (YYYY-MM-DD) that it may be of.", type=datetime.date),
    Parameter(name="until", about="The last day (YYYY-MM-DD) that it may be of.", type=datetime.date),
)
_TYPE = Parameter(name="type", about="A claim type of the codebook.", type=ClaimType)
_FAMILY = Parameter(name="family", about="A family of claim types.", type=Literal[tuple(FAMILIES)])
_ACTOR = Parameter(name="actor", about=f"Words of a name of who does it or to whom, {_WORDS}.")
_PLACE = Parameter(name="place", about=f"Words of a place's name, {_WORDS}.")
_TEXT = Parameter(name="text", about=f"Words of the evidence, {_WORDS}.")


def _claims(project: Project, asked: Asked) -> Sequence[claims.ClaimRow]:
    return claims.find_claims(project, ClaimFilter(**asked.given()), asked["limit"], asked["offset"])


def _events(project: Project, asked: Asked) -> Sequence[Event]:
    return events.find_events(project, EventFilter(**asked.given()), asked["limit"], asked["offset"])


def _event(project: Project, id_: str, asked: Asked) -> events.EventView | None:
    with suppress(UsageError):  # the id is unknown
        return events.event_view(project, id_, best=asked["best"])
    return None


LISTS: tuple[List, ...] = (
    List(
        name="reports",
        about="The reports, the newest first, with how many claims and issues each has.",
        item=reports.ReportRow,
        filters=(Parameter(name="text", about=f"Words of the id, outlet, agency or text, {_WORDS}."),),
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
            *(_TYPE, _FAMILY, _ACTOR, _PLACE, _TEXT, *_DAYS),
            Parameter(name="source", about=f"Words of the name of who says it or passes it on, {_WORDS}."),
            Parameter(name="report", about="A report's id."),
        ),
        find=_claims,
        count=lambda project, asked: claims.count_claims(project, ClaimFilter(**asked.given())),
    ),
    List(
        name="events",
        about="The events with their accounts, those with most independent origins first.",
        item=Event,
        filters=(
            *(_TYPE, _FAMILY, _ACTOR, _PLACE, _TEXT, *_DAYS),
            Parameter(name="grade", about="How well the event is borne out.", type=Grade),
            Parameter(name="min_origins", about="How many independent origins it has at least.", type=Number),
            Parameter(name="key", about="The id of an entity or of a place of the gazetteer."),
            Parameter(name="report", about="A report's id."),
            Parameter(name="claim", about="A claim's id."),
        ),
        find=_events,
        count=lambda project, asked: events.count_events(project, EventFilter(**asked.given())),
    ),
    List(
        name="lineages",
        about="The families of reports that come from one text, the largest first.",
        item=lineage.LineageRow,
        filters=(Parameter(name="report", about="A report's id."),),
        find=lambda project, asked: lineage.list_lineages(
            project, report=asked["report"], limit=asked["limit"], offset=asked["offset"]
        ),
        count=lambda project, asked: len(lineage.list_lineages(project, report=asked["report"])),
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
)
