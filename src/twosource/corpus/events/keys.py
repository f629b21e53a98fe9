"""Blocking: keys of which two claims must share one to be compared: a day with a place, a name or a toll."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator

from twosource.closed_sets import FigureKind, Status
from twosource.corpus.events.traits import Spot, Traits

__all__ = ["MOST_HOLDERS", "blocking_keys"]

MOST_HOLDERS = 120
"""Claims that share a key; a key of more leads to nobody, so that a day of heavy news costs no square of its claims."""

_NAMES = 4  # of a claim's names the longest: they are the rarest
_LEAST_TOLL = 3  # 'one killed' brings everything together
_IMPLIED = 2  # days before publication that a claim without a day may tell of
_AHEAD = 14  # days after publication in which an announced deed is looked for
_DAYS = 10  # keys are made for so many days of a claim's time
_BYTES = 8


def blocking_keys(one: Traits) -> frozenset[int]:
    """The keys of a claim, as signed 64-bit numbers; claims at most a day apart that name one thing share one."""
    parts = frozenset(_parts(one))
    return frozenset(_number(f"{day} {part}") for day in _buckets(one) for part in parts)


def _number(key: str) -> int:
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=_BYTES).digest(), "big", signed=True)


def _buckets(one: Traits) -> frozenset[str]:
    """Pairs of days, in two ways that overlap, so that neighbours share one; 'undated' where nothing gives a day."""
    span = _span(one)
    if span is None:
        return frozenset(["undated"])
    first, last = span[0].toordinal(), span[1].toordinal()
    days = range(first, min(last, first + max(_DAYS, _AHEAD)) + 1)
    return frozenset([*(f"even {day // 2}" for day in days), *(f"odd {(day + 1) // 2}" for day in days)])


def _span(one: Traits) -> tuple[datetime.date, datetime.date] | None:
    if one.claim.start is not None and one.claim.end is not None:
        return one.claim.start, one.claim.end
    published = one.report.published
    if published is None:
        return None
    if one.claim.status is Status.PLANNED:
        return published, published + datetime.timedelta(days=_AHEAD)
    return published - datetime.timedelta(days=_IMPLIED), published


def _parts(one: Traits) -> Iterator[str]:
    claim = one.claim
    for spot in claim.places:
        yield from _place_parts(spot)
    if claim.lead:
        for spot in one.report.places:
            yield from _place_parts(spot)
    killed = [toll.low or toll.high or 0 for toll in claim.tolls if toll.kind is FigureKind.KILLED]
    if killed and max(killed) >= _LEAST_TOLL:
        yield f"killed {max(killed)}"
    for name in sorted(claim.names, key=lambda name: (-len(name), name))[:_NAMES]:
        yield f"name {name}"
    for party in claim.actors:
        if party.key is not None:
            yield f"actor {party.key}"


def _place_parts(spot: Spot) -> Iterator[str]:
    if spot.precision in ("country", "region") and spot.place is not None:
        return
    yield f"place {spot.sound}"
    if len(spot.sounds) > 1:
        yield f"place {spot.sounds[-1]}"
    if spot.admin1 is not None:
        yield f"province {spot.country} {spot.admin1}"
