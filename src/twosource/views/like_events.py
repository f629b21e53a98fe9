"""Which events may be one? Those that two claims bind strongly, and that the engine keeps apart all the same."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import combinations

import msgspec
from sqlalchemy import Connection

from twosource.corpus.events.likeness import likeness
from twosource.corpus_records import DecisionKind, Likeness
from twosource.store import Project, event_links, event_query, events
from twosource.store.decisions import decisions_in_force
from twosource.views.claims import ClaimRow, claim_rows_of
from twosource.views.loaded import event_rules

__all__ = ["LikeEvents", "like_events"]

_LEAST = 0.8  # the likelihood of one occurrence from which on a person is asked
_Pair = tuple[str, str]


class LikeEvents(msgspec.Struct, frozen=True, kw_only=True):
    """Two events (ids, in order) that may be one, by their two claims that are most alike, and why those are."""

    events: tuple[str, str]
    claims: tuple[ClaimRow, ClaimRow]
    likeness: Likeness


def like_events(project: Project, claims: Collection[str], most: int) -> tuple[LikeEvents, ...]:
    """The pairs of events, one of them with one of these claims (ids), that may be one: the likest first, so many.

    Left out are those of which a person joined, parted or left open any two claims.
    """
    with project.looking() as connection:
        likest = _likest(connection, claims)
        decided = _decided(connection, {id_ for pair in likest for id_ in pair}) if likest else set()
        waiting = sorted(likest.keys() - decided, key=lambda pair: (-likest[pair][0], pair))[:most]
        ids = sorted({claim for pair in waiting for claim in likest[pair][1]})
        members = events.members_of(connection, ids)
        rows = {row.claim.id: row for row in claim_rows_of(connection, event_query.claim_records(connection, ids))}
    found = []
    for pair in waiting:
        first, second = likest[pair][1]
        if {first, second} <= rows.keys():
            told = likeness(members[first].traits, members[second].traits, event_rules())
            found.append(LikeEvents(events=pair, claims=(rows[first], rows[second]), likeness=told))
    return tuple(found)


def _likest(connection: Connection, claims: Collection[str]) -> dict[_Pair, tuple[float, _Pair]]:
    """The strongest link between each two events that these claims' links bind, with its score."""
    links = event_links.links_of(connection, claims, _LEAST)
    of = event_query.events_of_claims(connection, {claim for pair in links for claim in pair})
    found: dict[_Pair, tuple[float, _Pair]] = {}
    for pair, score in sorted(links.items()):
        if {*pair} <= of.keys() and of[pair[0]] != of[pair[1]]:
            both = _in_order(of[pair[0]], of[pair[1]])
            if both not in found or score > found[both][0]:
                found[both] = (score, pair)
    return found


def _decided(connection: Connection, ids: Collection[str]) -> set[_Pair]:
    """The pairs of these events of which a person decided on any two claims, or on the events themselves."""
    of = {claim: event.id for event in event_query.events_with(connection, ids).values() for claim in event.claims}
    of |= {id_: id_ for id_ in ids}
    words = ((word.first, word.second) for word in event_links.words_among(connection, of))
    subjects = (one.subjects for one in decisions_in_force(connection, DecisionKind.EVENT))
    return {pair for group in (*words, *subjects) for pair in _pairs_of(group, of)}


def _pairs_of(group: Iterable[str], of: Mapping[str, str]) -> set[_Pair]:
    return {_in_order(*pair) for pair in combinations(sorted({of[one] for one in group if one in of}), 2)}


def _in_order(first: str, second: str) -> _Pair:
    return (first, second) if first < second else (second, first)
