"""Who held a place, and when?"""

from __future__ import annotations

import datetime

import msgspec

from twosource.closed_sets import ClaimType, Status
from twosource.corpus.tellings import Telling
from twosource.store import Project
from twosource.store.claim_filter import Among, ClaimFilter
from twosource.views.tellings import Basis, LeftOut, Names, Saying, basis_of, looked_at, names_in, saying

__all__ = ["Holding", "HoldingHistory", "holdings"]

_KINDS = (ClaimType.HOLDS, ClaimType.TAKES_CONTROL, ClaimType.WITHDRAWS)


class Holding(msgspec.Struct, frozen=True, kw_only=True):
    """That one party held a place, took it or left it, by one claim.

    ``since`` and ``until`` are the claim's own days: of 'takes_control' those on which it can have happened, of the
    others those for which it is told. What is told as going on without a day holds on the day of publication, and
    ``dated`` is False. ``ended_by`` is the id of the next claim by which another took the place: concluded, not told.
    """

    place: str
    holder: str
    kind: ClaimType
    since: datetime.date | None
    until: datetime.date | None
    dated: bool
    lost_by: tuple[str, ...]
    ended_by: str | None
    affirmed: bool
    saying: Saying


class HoldingHistory(msgspec.Struct, frozen=True, kw_only=True):
    """The holdings of a place from the earliest on, and what they rest on."""

    rows: tuple[Holding, ...]
    basis: Basis
    left_out: LeftOut | None = None


def holdings(project: Project, chosen: ClaimFilter | None = None, *, most: int | None = None) -> HoldingHistory:
    """Who held, took or left the places of the claims chosen, by place and then from the earliest day on.

    Plans and demands are left out; denied claims are kept and marked. Of more than ``most`` claims those
    published last are looked at.
    """
    found, left_out = looked_at(project, chosen, Among(types=_KINDS), most)
    names = names_in(project, found)
    told = [one for one in found if one.claim.status in (Status.HAPPENED, Status.ONGOING)]
    words = chosen.place.casefold() if chosen is not None and chosen.place else None
    rows = [row for telling in told for row in _rows(telling, words)]
    rows.sort(key=_when)
    taken: dict[str, list[Holding]] = {}
    for row in rows:
        if row.kind is ClaimType.TAKES_CONTROL and row.affirmed:
            taken.setdefault(row.place.casefold(), []).append(row)
    ended = tuple(_ended(row, taken.get(row.place.casefold(), []), names) for row in rows)
    return HoldingHistory(rows=ended, basis=basis_of(told), left_out=left_out)


def _rows(telling: Telling, words: str | None) -> list[Holding]:
    since, until, dated = _days(telling)
    claim = telling.claim
    return [
        Holding(
            place=place.name,
            holder=actor.name,
            kind=claim.type,
            since=since,
            until=until,
            dated=dated,
            lost_by=tuple(named.name for named in claim.targets),
            ended_by=None,
            affirmed=telling.affirmed,
            saying=saying(telling),
        )
        for place in claim.places
        if words is None or words in place.name.casefold() or len(claim.places) == 1
        for actor in claim.actors
    ]


def _days(telling: Telling) -> tuple[datetime.date | None, datetime.date | None, bool]:
    since, until = telling.days
    if since is not None or until is not None:
        return since, until, True
    published = telling.report.published
    return (published, published, False) if telling.claim.status is Status.ONGOING else (None, published, False)


def _ended(row: Holding, taken: list[Holding], names: Names) -> Holding:
    """The row with the next of the takings of its place that is by another party that no claim makes its kin."""
    if row.kind is ClaimType.WITHDRAWS or not row.affirmed:
        return row
    began = row.since or row.until
    holder = names.key(row.holder, row.saying.report)
    for other in taken:
        took = other.until or other.since
        if began is None or took is None or took <= began or other.saying.claim == row.saying.claim:
            continue
        if names.key(other.holder, other.saying.report) != holder and other.holder.casefold() != row.holder.casefold():
            return msgspec.structs.replace(row, ended_by=other.saying.claim)
    return row


def _when(row: Holding) -> tuple[str, bool, str, str, str, str]:
    """By place, then by the first day known, undated ones last."""
    day = row.since or row.until
    return row.place.casefold(), day is None, str(day), str(row.until), row.saying.report, row.holder
