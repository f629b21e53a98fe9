"""Forms the events of a part of the project anew; those whose claims stayed together unchanged are left as they are."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import msgspec
from sqlalchemy import Connection

from twosource.corpus.events.building import build_event
from twosource.corpus.events.deciding import Word
from twosource.corpus.events.grouping import Pair, groups
from twosource.corpus.events.likeness import likeness
from twosource.corpus.events.members import Member
from twosource.corpus_records import Correction, Event, Likeness
from twosource.gathering.blocks import Blocks
from twosource.gathering.gatherer import Gatherer
from twosource.gathering.versions import changes_in
from twosource.knowledge.event_rules import EventRules
from twosource.store import event_links
from twosource.store import events as stored

__all__ = ["regroup"]


class _Group(msgspec.Struct, frozen=True):
    """Claims that are one event, with the likenesses among them and people's words on them."""

    claims: tuple[str, ...]
    scores: Mapping[Pair, float]
    words: Sequence[Word]


def regroup(
    connection: Connection, blocks: Blocks, region: Collection[str], touched: Collection[str], by: Gatherer
) -> None:
    """Forms the events of these claims, and of all that are in their blocks.

    ``touched`` are those that are new, or bound otherwise than before: the event of any of them is built anew even
    where it holds the same claims.
    """
    claims, new = sorted(blocks.around(region)), frozenset(touched)
    held = stored.memberships(connection, claims)
    kept = {members for members in held.values() if not members & new}
    found = [one for one in _groups_of(connection, blocks.parts(claims), by) if frozenset(one.claims) not in kept]
    members = stored.members_of(connection, [claim for one in found for claim in one.claims])
    changes = changes_in(connection, {one.report for one in members.values()}, by)
    events = [_event_of(one, members, changes, by) for one in found]
    gone = sorted(event for event, of in held.items() if not of.isdisjoint(members) or of not in kept)
    stored.keep_events(connection, gone, events, {id_: one.report for id_, one in members.items()})


def _groups_of(connection: Connection, parts: Sequence[Sequence[str]], by: Gatherer) -> Iterator[_Group]:
    part_of = {claim: number for number, part in enumerate(parts) for claim in part}
    words = event_links.words_among(connection, part_of)
    inside: list[dict[Pair, float]] = [{} for _ in parts]
    for pair, score in event_links.links_among(connection, part_of).items():
        if part_of[pair[0]] == part_of[pair[1]]:
            inside[part_of[pair[0]]][pair] = score
    for part, scores in zip(parts, inside, strict=True):
        yield from _groups_in(part, scores, words, by.rules)


def _groups_in(
    part: Sequence[str], scores: Mapping[Pair, float], words: Sequence[Word], rules: EventRules
) -> Iterator[_Group]:
    inside = set(part)
    theirs = [one for one in words if one.first in inside and one.second in inside]
    together = {(one.first, one.second) for one in theirs if one.together}
    apart = {(one.first, one.second) for one in theirs if not one.together}
    for group in groups(part, scores, rules.join, together, apart):
        yield _Group(group, scores, theirs)


def _event_of(
    group: _Group, members: Mapping[str, Member], changes: Mapping[str, Sequence[Correction]], by: Gatherer
) -> Event:
    bonds = tuple(_bonds_among(group, members, by.rules))
    theirs = [one for claim in group.claims for one in changes.get(claim, ())]
    ordered = [members[id_] for id_ in group.claims]
    return build_event(ordered, by.rules, by.speaks_for, by.one_side, bonds=bonds, changes=theirs)


def _bonds_among(group: _Group, members: Mapping[str, Member], rules: EventRules, most: int = 2) -> Iterator[Likeness]:
    """What binds the claims of a group: a person's words first, then the strongest likenesses, ``most`` of them."""
    yield from _words_among(group.claims, group.words)
    strongest = sorted(
        (pair for pair in itertools.combinations(sorted(group.claims), 2) if pair in group.scores),
        key=lambda pair: (-group.scores[pair], pair),
    )
    for first, second in strongest[:most]:
        yield likeness(members[first].traits, members[second].traits, rules)


def _words_among(claims: Iterable[str], words: Iterable[Word]) -> Iterator[Likeness]:
    inside = set(claims)
    for one in words:
        if one.together and one.first in inside and one.second in inside:
            reason = f"A person joined them: {one.reason}."
            yield Likeness(first=one.first, second=one.second, score=1.0, reason=reason, decided=True)
