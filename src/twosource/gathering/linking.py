"""Links: which claims are compared, and how likely two of them tell of one occurrence.

What is kept is a function of the claims held: every two that share an open key (one that is not crowded) and are likely
enough have a link. Only claims that came, and pairs for which a key opened or closed, are looked at.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import Connection

from twosource.corpus.events.likeness import score_between
from twosource.gathering.gatherer import Gatherer
from twosource.store import event_links
from twosource.store import events as stored

__all__ = ["Pair", "compare", "joined_by", "link_fresh", "parted_by"]

_KEPT = 0.05  # links below this likeness are not kept: in the mean of a group they count as none

Pair = tuple[str, str]


def link_fresh(connection: Connection, claims: Collection[str], by: Gatherer) -> None:
    """Compares these claims, which have no link yet, with all that share an open key with them."""
    keys = stored.keys_of(connection, sorted(claims))
    every = _all(keys.values())
    holders = stored.holders_of(connection, every - stored.crowded(connection, every, by.most_holders))
    pairs = {
        (min(claim, other), max(claim, other))
        for claim, held in keys.items()
        for key in held
        for other in holders.get(key, ())
        if other != claim
    }
    compare(connection, pairs, by)


def parted_by(connection: Connection, closed: Collection[int], fresh: Collection[str], by: Gatherer) -> set[Pair]:
    """Linked claims that shared none but keys that are now crowded. ``fresh`` are claims that have no link yet."""
    stay = _members(stored.holders_of(connection, closed)) - set(fresh)
    links = event_links.links_among(connection, stay)
    keys = stored.keys_of(connection, sorted({claim for pair in links for claim in pair}))
    shared = {pair: keys[pair[0]] & keys[pair[1]] for pair in links}
    asked = {pair: both for pair, both in shared.items() if both & set(closed)}
    crowded = stored.crowded(connection, _all(asked.values()), by.most_holders)
    return {pair for pair, both in asked.items() if both <= crowded}


def joined_by(connection: Connection, opened: Collection[int], fresh: Collection[str]) -> set[Pair]:
    """Claims without a link that share a key that was crowded and is no more."""
    holders = stored.holders_of(connection, opened)
    stay = _members(holders) - set(fresh)
    pairs = {pair for held in holders.values() for pair in itertools.combinations(sorted(stay.intersection(held)), 2)}
    return pairs - event_links.links_among(connection, stay).keys()


def compare(connection: Connection, pairs: Collection[Pair], by: Gatherer) -> None:
    """Keeps a link between every two of these, which have none yet, that are likely enough one occurrence."""
    traits = stored.traits_of(connection, {claim for pair in pairs for claim in pair})
    scores = {pair: score_between(traits[pair[0]], traits[pair[1]], by.rules) for pair in sorted(pairs)}
    event_links.keep_links(connection, {pair: score for pair, score in scores.items() if score >= _KEPT})


def _members(holders: Mapping[int, Iterable[str]]) -> set[str]:
    return {claim for held in holders.values() for claim in held}


def _all(held: Iterable[set[int]]) -> set[int]:
    return {key for keys in held for key in keys}
