"""How a filter of claims is put to the database: it begins with whatever leaves few claims, and tries the rest on them.

A name, a day or a type that few claims have is looked up in its index; what many claims have is tried on each claim in
the order of the list, of which a page is then full before long. Which of the two it is, is counted up to a limit.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, Connection, Select, and_, false, func, select, tuple_, union_all

from twosource.closed_sets import FAMILIES
from twosource.store import tables
from twosource.store.claim_filter import ClaimFilter
from twosource.store.counting import counted_up_to
from twosource.store.own_types import of_type
from twosource.store.query import contains_words
from twosource.store.spans_of_time import meeting, quickly_meeting
from twosource.store.terms import asked_for

__all__ = ["MOST_COUNTED", "Narrowed", "narrowed", "published_conditions"]

MOST_COUNTED = 10_000
"""Claims up to which is counted how many there are; of more a list says 'more than'."""
_MOST_WORDED = 2_000  # claims with a word up to which the list begins with it: of more the list's own order is quicker
_WALKED = (
    20  # claims in all for each that meets a condition, up to which those of a page are met soonest in their order
)
_MOST_DATED = (
    30_000  # claims of some days up to which the list begins with them: the rest of a large project may be far
)
_MANY = 1_000  # claims from which on it is asked whether they are so large a share
_TIMES = 3  # as many keys are looked at to see that there are more claims: a claim can have a name twice


class _Narrowing(NamedTuple):
    """One condition of a filter: the keys of the claims that meet it, from an index, and itself, tried on one claim.

    Where it is not ``exact``, some of the keys are of claims that don't meet it. Of more than ``most`` claims a list
    does not begin with the keys. Where it is ``once``, the keys are each current claim that meets it, once.
    """

    keys: Select[Any]
    plain: ColumnElement[bool]
    exact: bool = True
    most: int = MOST_COUNTED
    once: bool = False


class Narrowed(NamedTuple):
    """The conditions of a filter on table claim.

    ``narrow`` tells whether the database can begin with one that few claims meet; where it can't, ``some`` has instead
    of one of them that the claim is among so many that meet it: enough to see that there are many. ``every`` begins
    with all of those: to count them no order is wanted. ``number`` is how many current claims are chosen, where
    that was found on the way. ``in_order`` are the conditions for a page of the newest, where a large share of all
    claims meets the first: with them the database goes through the claims in their order until the page is full.
    ``keys`` are those of all claims that are chosen, where an index tells them: those of claims that are no longer
    current are among them, and some are there twice.
    """

    conditions: list[ColumnElement[bool]]
    narrow: bool
    some: list[ColumnElement[bool]] | None = None
    every: list[ColumnElement[bool]] | None = None
    number: int | None = None
    in_order: list[ColumnElement[bool]] | None = None
    keys: Select[Any] | None = None


_known: WeakKeyDictionary[Connection, dict[ClaimFilter, Narrowed]] = WeakKeyDictionary()


def narrowed(connection: Connection, chosen: ClaimFilter) -> Narrowed:
    """The conditions of the filter, found once for a connection: while it is open it sees one state of the project."""
    known = _known.setdefault(connection, {})
    if chosen not in known:
        known[chosen] = _narrowed(connection, chosen)
    return known[chosen]


def _narrowed(connection: Connection, chosen: ClaimFilter) -> Narrowed:
    claim = tables.claim.c
    rest = [of_type(chosen.own)] if chosen.own is not None else []
    rest += published_conditions(chosen)
    narrowings = _narrowings(chosen)
    if chosen.text is not None and asked_for(chosen.text) is None:
        rest.append(false())
    if chosen.report is not None:
        return Narrowed([claim.report == chosen.report, *_plain(narrowings), *rest], narrow=True)
    if not narrowings:
        return Narrowed(rest, narrow=False)
    sizes = [counted_up_to(connection, one.keys, one.most) for one in narrowings]
    fitting = [at for at, one in enumerate(narrowings) if sizes[at] <= one.most]
    first = narrowings[min(fitting or range(len(sizes)), key=sizes.__getitem__)]
    others = [one for one in _plain(narrowings) if one is not first.plain or not first.exact]
    keys = None if others or rest else first.keys
    if fitting:
        conditions = [tuple_(claim.reading, claim.rank).in_(first.keys), *others, *rest]
        number = min(sizes) if first.once and len(conditions) == 1 else None
        in_order = None
        if not others and not rest and min(sizes[at] for at in fitting) > _MANY:
            in_order = _in_order(connection, first.keys, min(sizes[at] for at in fitting))
        return Narrowed(conditions, narrow=True, number=number, in_order=in_order, keys=keys)
    key = tuple_(claim.reading, claim.rank)
    some = [key.in_(first.keys.limit(_TIMES * MOST_COUNTED)), *others, *rest]
    every = [key.in_(first.keys), *others, *rest]
    return Narrowed([*_plain(narrowings), *rest], narrow=False, some=some, every=every, keys=keys)


def _in_order(connection: Connection, keys: Select[Any], size: int) -> list[ColumnElement[bool]] | None:
    """The condition by which claims are taken in their order and held against the keys; None where those are few."""
    claim = tables.claim.c
    few = _WALKED * size
    if counted_up_to(connection, select(claim.rank).where(claim.current), few) > few:
        return None
    # Within coalesce no index is used: each claim of the keys would be read before they are put in order.
    return [tuple_(func.coalesce(claim.reading, 0), claim.rank).in_(keys)]


def published_conditions(chosen: ClaimFilter) -> list[ColumnElement[bool]]:
    """What the filter asks of the day on which a claim's report was published."""
    return [] if chosen.published_until is None else [tables.claim.c.published <= chosen.published_until]


def _plain(narrowings: Sequence[_Narrowing]) -> list[ColumnElement[bool]]:
    """The conditions, each once: several words of one text share one."""
    return list({id(one.plain): one.plain for one in narrowings}.values())


def _narrowings(chosen: ClaimFilter) -> list[_Narrowing]:
    named = ((chosen.actor, ("actor", "target")), (chosen.place, ("place",)), (chosen.source, ("source", "via")))
    found = [_by_name(words, fields) for words, fields in named if words is not None]
    found += _by_words(chosen.text) if chosen.text is not None else []
    if chosen.since is not None or chosen.until is not None:
        found.append(_by_time(chosen.since, chosen.until))
    if chosen.type is not None:
        found.append(_by_types([chosen.type.value]))
    if chosen.family is not None:
        found.append(_by_types([one.value for one in FAMILIES[chosen.family]]))
    return found


def _by_name(words: str, fields: tuple[str, ...]) -> _Narrowing:
    claim, value, name = tables.claim.c, tables.claim_value.c, tables.claim_name.c
    names = select(name.folded).where(name.field.in_(fields), contains_words(name.folded, words))
    keys = select(value.reading, value.rank).where(value.field.in_(fields), value.folded.in_(names))
    same = and_(value.reading == claim.reading, value.rank == claim.rank)
    # Within coalesce no index is used: that of names would be gone through once for every claim.
    of_field = func.coalesce(value.field, "").in_(fields)
    plain = select(value.rank).where(same, of_field, contains_words(value.folded, words)).exists()
    return _Narrowing(keys, plain)


def _by_words(words: str) -> list[_Narrowing]:
    """A narrowing for each word of a text: the claims that have it, among which are all that have the text."""
    claim, held, asked = tables.claim.c, tables.claim_term.c, asked_for(words)
    if asked is None:
        return []
    plain = contains_words(claim.folded, words)
    return [
        _Narrowing(select(held.reading, held.rank).where(condition), plain, exact=asked.plain, most=_MOST_WORDED)
        for condition in asked.conditions(held.term)
    ]


def _by_types(types: Sequence[str]) -> _Narrowing:
    claim = tables.claim.c
    keys = select(claim.reading, claim.rank).where(claim.type.in_(types), claim.current)
    # Within coalesce no index is used: it would gather the claims of a common type before it gave the first of them.
    return _Narrowing(keys, func.coalesce(claim.type, "").in_(types), once=True)


def _by_time(since: datetime.date | None, until: datetime.date | None) -> _Narrowing:
    """The keys come from the index of days alone: a list begins with more of them than of others."""
    claim = tables.claim.c
    short, long = quickly_meeting(claim.lasting, claim.start, claim.end, since, until)
    every = (select(claim.reading, claim.rank).where(each, claim.current) for each in (short, long))
    both = union_all(*every).subquery().c  # SQLite begins with keys of one SELECT, never with those of a UNION
    return _Narrowing(
        select(both.reading, both.rank), meeting(claim.start, claim.end, since, until), most=_MOST_DATED, once=True
    )
