"""Blocking: keys of which two claims must share one to be compared: a day with a place, toll, province or name."""

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
_BITS = 41  # of a key's digest; its day stands before them: 22 bits hold the last day of the year 9999
_NO_DAY = 0
_UNDATED = frozenset([(_NO_DAY, "undated")])

_Bucket = tuple[int, str]
"""A day, as an ordinal, and the words for it and those next to it."""


def blocking_keys(one: Traits) -> frozenset[int]:
    """The keys of a claim, as 63-bit numbers in order of their days: a table of them keeps a day's claims together.

    Claims at most a day apart that name one place or toll share one, and claims of one day with a name or a province in
    common.
    """
    days = _days(one)
    narrow = (_number(bucket, part) for bucket in _pairs_of(days) for part in frozenset(_narrow_parts(one)))
    wide = (_number(bucket, part) for bucket in _each_of(days) for part in frozenset(_wide_parts(one)))
    return frozenset((*narrow, *wide))


def _number(bucket: _Bucket, part: str) -> int:
    day, words = bucket
    digest = hashlib.blake2b(f"{words} {part}".encode(), digest_size=_BYTES).digest()
    return day << _BITS | int.from_bytes(digest, "big") >> (8 * _BYTES - _BITS)


def _days(one: Traits) -> range | None:
    """The days of a claim, as ordinals; None where nothing gives one."""
    span = _span(one)
    if span is None:
        return None
    first, last = span[0].toordinal(), span[1].toordinal()
    return range(first, min(last, first + max(_DAYS, _AHEAD)) + 1)


def _pairs_of(days: range | None) -> frozenset[_Bucket]:
    """Pairs of days, in two ways that overlap, so that neighbours share one."""
    if days is None:
        return _UNDATED
    even, odd = {day // 2 for day in days}, {(day + 1) // 2 for day in days}
    return frozenset([*((2 * pair, f"even {pair}") for pair in even), *((2 * pair, f"odd {pair}") for pair in odd)])


def _each_of(days: range | None) -> frozenset[_Bucket]:
    return _UNDATED if days is None else frozenset((day, f"day {day}") for day in days)


def _span(one: Traits) -> tuple[datetime.date, datetime.date] | None:
    if one.claim.start is not None and one.claim.end is not None:
        return one.claim.start, one.claim.end
    published = one.report.published
    if published is None:
        return None
    if one.claim.status is Status.PLANNED:
        return published, published + datetime.timedelta(days=_AHEAD)
    return published - datetime.timedelta(days=_IMPLIED), published


def _spots(one: Traits) -> Iterator[Spot]:
    """Places of the claim, and those of its report's lead where it stands there, but for countries."""
    spots = (*one.claim.places, *(one.report.places if one.claim.lead else ()))
    return (spot for spot in spots if not spot.wide)


def _narrow_parts(one: Traits) -> Iterator[str]:
    for spot in _spots(one):
        yield f"place {spot.sound}"
        if len(spot.sounds) > 1:
            yield f"place {spot.sounds[-1]}"
    killed = [toll.low or toll.high or 0 for toll in one.claim.tolls if toll.kind is FigureKind.KILLED]
    if killed and max(killed) >= _LEAST_TOLL:
        yield f"killed {max(killed)}"


def _wide_parts(one: Traits) -> Iterator[str]:
    for spot in _spots(one):
        if spot.admin1 is not None:
            yield f"province {spot.country} {spot.admin1}"
    for name in sorted(one.claim.names, key=lambda name: (-len(name), name))[:_NAMES]:
        yield f"name {name}"
