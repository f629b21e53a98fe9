"""Which events are there, who tells of each, what do the accounts give, and why were they put together?"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection

from twosource.closed_sets import Stance
from twosource.corpus_records import Account, BestRule, Event, Likeness, Lineage, Range
from twosource.errors import UsageError
from twosource.store import Project, event_query, query
from twosource.store import lineage as stored_lineage
from twosource.store.event_query import EventFilter
from twosource.views.claims import ClaimRow, claim_rows_of
from twosource.views.reports import ReportRow, report_row

__all__ = [
    "AccountRow",
    "EventFilter",
    "EventView",
    "RangeRow",
    "count_events",
    "event_of_claim",
    "event_view",
    "find_events",
]


class RangeRow(msgspec.Struct, frozen=True, kw_only=True):
    """A figure of an event, the best one by the rule chosen (None: open), and a sentence on how it was formed."""

    range: Range
    low: int | None
    high: int | None
    how: str


class AccountRow(msgspec.Struct, frozen=True, kw_only=True):
    """One account as a row of an event's matrix.

    ``reports`` are those of its lineage, the first published first; the rest are reprints folded in. ``origin`` is the
    agency or outlet that they go back to, where a credit names it. ``figures`` are the values of this account alone.
    """

    account: Account
    origin: str | None
    reports: tuple[ReportRow, ...]
    days: tuple[tuple[datetime.date | None, datetime.date | None], ...]
    places: tuple[str, ...]
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    figures: tuple[Range, ...]
    stances: tuple[Stance, ...]
    claims: tuple[ClaimRow, ...]


class EventView(msgspec.Struct, frozen=True, kw_only=True):
    """One event: its matrix of accounts, its denials, its ranges with the best of each, and why it is one event.

    ``together`` holds the likenesses that bind its claims, the strongest first.
    """

    event: Event
    matrix: tuple[AccountRow, ...]
    denials: tuple[ClaimRow, ...]
    ranges: tuple[RangeRow, ...]
    together: tuple[Likeness, ...]


def find_events(
    project: Project, chosen: EventFilter | None = None, limit: int | None = 200, offset: int = 0
) -> tuple[Event, ...]:
    """The events that the filter chooses: most independent origins first, then the latest, then by id."""
    with project.looking() as connection:
        return tuple(event_query.events(connection, chosen or EventFilter(), limit, offset))


def count_events(project: Project, chosen: EventFilter | None = None) -> int:
    """How many events the filter chooses."""
    with project.looking() as connection:
        return event_query.count_events(connection, chosen or EventFilter())


def event_of_claim(project: Project, claim: str) -> str | None:
    """The id of the event that a claim (its id) is of, None where it is of none."""
    with project.looking() as connection:
        return event_query.event_of_claim(connection, claim)


def event_view(
    project: Project, id_: str, *, best: BestRule = BestRule.RANGE, hierarchy: Sequence[str] = ()
) -> EventView:
    """One event with everything that its accounts give. Raises UsageError for an unknown id.

    ``hierarchy`` holds names of sources or outlets, the one most trusted first, for ``BestRule.HIERARCHY``.
    """
    with project.looking() as connection:
        event = event_query.event_with(connection, id_)
        if event is None:
            raise UsageError(f"the project has no event {id_!r}: see them with 'twosource events'")
        claims = {row.claim.id: row for row in _claims(connection, event.claims)}
        return EventView(
            event=event,
            matrix=tuple(_account_row(connection, event, one, claims) for one in event.accounts),
            denials=tuple(claims[id_] for id_ in event.denials),
            ranges=tuple(RangeRow(range=one, low=one.low, high=one.high, how="") for one in event.figures),
            together=(),
        )


def _claims(connection: Connection, ids: Sequence[str]) -> tuple[ClaimRow, ...]:
    return claim_rows_of(connection, event_query.claim_records(connection, ids))


def _account_row(connection: Connection, event: Event, account: Account, claims: dict[str, ClaimRow]) -> AccountRow:
    own = set(account.claims)
    rows = {row["id"]: report_row(row) for row in query.report_rows(connection, ids=account.reports)}
    return AccountRow(
        account=account,
        origin=_origin(stored_lineage.all_lineages(connection, account.reports[0]), account.lineage),
        reports=tuple(rows[id_] for id_ in account.reports),
        days=tuple((one.start, one.end) for one in event.days if own & set(one.claims)),
        places=tuple(one.name for one in event.places if own & set(one.claims)),
        actors=tuple(one.name for one in event.actors if own & set(one.claims)),
        targets=tuple(one.name for one in event.targets if own & set(one.claims)),
        figures=tuple(narrowed for one in event.figures if (narrowed := _narrowed(one, own)).told),
        stances=tuple(sorted({claims[id_].claim.stance for id_ in account.claims})),
        claims=tuple(claims[id_] for id_ in claims if id_ in own),
    )


def _origin(lineages: Sequence[Lineage], id_: str) -> str | None:
    return next((one.origin for one in lineages if one.id == id_), None)


def _narrowed(whole: Range, claims: set[str]) -> Range:
    """The values of a range that these claims give."""
    told = tuple(one for one in whole.told if claims & set(one.claims))
    lows, highs = [one.low for one in told if one.low is not None], [one.high for one in told if one.high is not None]
    return Range(kind=whole.kind, low=min(lows, default=None), high=max(highs, default=None), told=told)
