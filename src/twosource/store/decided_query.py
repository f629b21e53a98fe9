"""Questions to a project about its claims as people left them: fixed ones as fixed, added ones too, rejected left out.

A project in which nobody decided on a claim is asked as it was read, with one look at the log besides.
"""

from __future__ import annotations

import datetime
import heapq
from collections.abc import Collection, Iterator, Sequence

import msgspec
from sqlalchemy import Connection, RowMapping

from twosource.corpus.decided_claims import DecidedClaim, Mark
from twosource.records import Claim
from twosource.store import claim_query, query
from twosource.store.claim_filter import Among, ClaimFilter, chooses
from twosource.store.decided_claims import any_decisions, overlay_of, overlays

__all__ = [
    "LeftOut",
    "count_decided",
    "decided_with",
    "every_decided",
    "find_decided",
    "newest_decided",
    "standing_of",
    "window_undecided",
]

_claim_decoder = msgspec.json.Decoder(Claim)
_evidence_decoder = msgspec.json.Decoder(tuple[str, ...])


class LeftOut(msgspec.Struct, frozen=True, kw_only=True):
    """That more claims are chosen than were looked at: how many were, those published last, from which day to which.

    ``since`` is None where even undated ones were looked at.
    """

    looked_at: int
    since: datetime.date | None
    until: datetime.date | None = None


class _Decided(msgspec.Struct, frozen=True, kw_only=True):
    """What decisions change in the answer to a question.

    ``instead`` are the claims that the filter chooses as people left them, in order; ``without`` the ids, as they were
    read, of all claims that are no longer as they were read; ``marked`` the others that were decided on, by their ids.
    """

    instead: tuple[DecidedClaim, ...] = ()
    without: frozenset[str] = frozenset()
    marked: dict[str, DecidedClaim] = {}


def find_decided(
    connection: Connection, chosen: ClaimFilter, limit: int | None = None, offset: int = 0
) -> list[DecidedClaim]:
    """The claims chosen as they stand, by report id, then by place in the text."""
    decided = _decided(connection, chosen)
    # A page of the merged list holds no row that stands more places before it than there are claims to be merged in.
    begin = max(0, offset - len(decided.instead))
    most = None if limit is None else offset + limit - begin
    rows = claim_query.claim_rows(connection, chosen, most, begin, without=decided.without)
    merged = list(heapq.merge((_standing(row, decided) for row in rows), decided.instead, key=_place))
    end = None if limit is None else offset - begin + limit
    return merged[offset - begin : end]


def every_decided(connection: Connection, chosen: ClaimFilter, among: Among | None = None) -> Iterator[DecidedClaim]:
    """The same claims with no limit, a few in memory at a time; those ``among`` the claims that a question is about."""
    decided = _decided(connection, chosen, among)
    chunks = claim_query.every_claim_row(connection, chosen, among, without=decided.without)
    read = (_standing(row, decided) for rows in chunks for row in rows)
    yield from heapq.merge(read, decided.instead, key=_place)


def newest_decided(
    connection: Connection, chosen: ClaimFilter, among: Among | None, most: int
) -> tuple[list[DecidedClaim], LeftOut | None]:
    """Of the same claims those published last, so many at most, in the same order, and what was left out.

    All that people fixed or added is there.
    """
    decided = _decided(connection, chosen, among)
    rows, floor = claim_query.newest_claim_rows(connection, chosen, among, most + 1, without=decided.without)
    read = [_standing(row, decided) for row in rows[:most]]
    found = sorted([*read, *decided.instead], key=_place)
    if len(rows) > most:
        return found, LeftOut(looked_at=most, since=rows[most - 1]["published"], until=rows[0]["published"])
    until = rows[0]["published"] if rows else None
    return found, None if floor is None else LeftOut(looked_at=len(rows), since=floor, until=until)


def window_undecided(
    connection: Connection,
    chosen: ClaimFilter,
    among: Among | None,
    *,
    most: int,
    reach: int,
    decided: Collection[str],
) -> tuple[ClaimFilter, int]:
    """The filter and the number of claims published last by which ``most`` are looked at that nobody decided on.

    ``decided`` are the ids of those that somebody did. They are among the number, which is ``reach`` at most: where
    more of them come first, the filter begins with the day of the first that nobody decided on.
    """
    if not decided:
        return chosen, most
    without = _decided(connection, chosen, among).without
    open_ = claim_query.newest_claim_rows(connection, chosen, among, most, without={*without, *decided})[0]
    last = (open_[-1]["reading"], open_[-1]["rank"]) if len(open_) == most else None
    for one in (chosen, _until(chosen, open_[0]["published"] if open_ else None)):
        rows = claim_query.newest_claim_rows(connection, one, among, reach, without=without)[0]
        places = [(row["reading"], row["rank"]) for row in rows]
        if last in places:
            return one, places.index(last) + 1
        if last is None and len(rows) < reach:
            return one, reach
    return one, reach


def _until(chosen: ClaimFilter, day: datetime.date | None) -> ClaimFilter:
    return chosen if day is None else msgspec.structs.replace(chosen, published_until=day)


def decided_with(connection: Connection, ids: Collection[str]) -> list[DecidedClaim]:
    """The claims with these ids, as they stand or as they were read, in the state that people left them in."""
    read = [one for one in standing_of(connection, claim_query.claim_rows_with(connection, ids)) if one.claim.id in ids]
    known = {one.claim.id for one in read}
    changed = _decided(connection, ClaimFilter()).instead
    return [*read, *(one for one in changed if one.claim.id in ids and one.claim.id not in known)]


def count_decided(connection: Connection, chosen: ClaimFilter, most: int | None = None) -> int:
    """How many claims are chosen as they stand; of more than ``most`` one more."""
    decided = _decided(connection, chosen)
    read = claim_query.count_claims(connection, chosen, most, without=decided.without)
    every = read + len(decided.instead)
    return every if most is None or chosen == ClaimFilter() else min(every, most + 1)


def standing_of(connection: Connection, rows: Sequence[RowMapping]) -> list[DecidedClaim]:
    """The claims of rows (columns record, evidence, report) as they stand, in their order; rejected ones too."""
    found = [_as_read(row) for row in rows]
    if not any_decisions(connection):
        return found
    changed = {
        (one.as_read or one.claim).id: one
        for report in sorted({one.claim.report for one in found})
        for one in overlay_of(connection, report).claims
    }
    return [changed.get(one.claim.id, one) for one in found]


def _decided(connection: Connection, chosen: ClaimFilter, among: Among | None = None) -> _Decided:
    if not any_decisions(connection):
        return _Decided()
    if chosen.report is not None:
        claims = list(overlay_of(connection, chosen.report).claims)
    else:
        claims = [one for overlay in overlays(connection).values() for one in overlay.claims]
    changed = [one for one in claims if one.mark is Mark.REJECTED or one.claim != one.as_read]
    instead = [one for one in changed if chosen.rejected or one.mark is not Mark.REJECTED]
    reports = {one.claim.report for one in instead} if chosen.published_until is not None else ()
    days = query.published_days(connection, reports)
    return _Decided(
        instead=tuple(
            sorted(
                (
                    one
                    for one in instead
                    if chooses(chosen, one.claim, one.evidence, days.get(one.claim.report))
                    and (among is None or among.holds(one.claim))
                ),
                key=_place,
            )
        ),
        without=frozenset(one.as_read.id for one in changed if one.as_read is not None),
        marked={one.as_read.id: one for one in claims if one.as_read is not None and (one.decision or one.seen)},
    )


def _standing(row: RowMapping, decided: _Decided) -> DecidedClaim:
    one = _as_read(row)
    return decided.marked.get(one.claim.id, one)


def _as_read(row: RowMapping) -> DecidedClaim:
    claim = _claim_decoder.decode(row["record"])
    evidence = _evidence_decoder.decode(row["evidence"])
    return DecidedClaim(claim=claim, evidence=evidence, as_read=claim, rank=row.get("rank", 0))


def _place(one: DecidedClaim) -> tuple[str, int, int]:
    claim = one.claim
    return claim.report, claim.evidence[0].start if claim.evidence else claim.trigger.start, one.rank
