"""Gathers the claims of a project into events: those of new and changed reports alone, and whatever they touch.

What is kept afterwards depends on the readings, lineages and decisions that the project holds and on nothing else:
neither on the order in which reports came, nor on how many came at once.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import msgspec
from sqlalchemy import Connection

from twosource.closed_sets import ActorKind, Status
from twosource.corpus.entities.scene import Naming, Sort
from twosource.corpus.events.building import build_event
from twosource.corpus.events.deciding import MERGE, Word, claim_name, decision_value, names_in, words_of
from twosource.corpus.events.grading import OneSide
from twosource.corpus.events.grouping import components, groups
from twosource.corpus.events.keys import MOST_HOLDERS, blocking_keys
from twosource.corpus.events.likeness import likeness, score_between
from twosource.corpus.events.members import Member, SpeaksFor
from twosource.corpus.events.traits import (
    ClaimTraits,
    EntityOf,
    Equipment,
    ReportTraits,
    Traits,
    claim_traits,
    report_traits,
)
from twosource.corpus_records import Decision, DecisionKind, Event, Likeness
from twosource.errors import UsageError
from twosource.ids import digest_of
from twosource.knowledge.actors import ActorTable, AgencyTable, load_actor_table, load_agencies
from twosource.knowledge.corrections import CorrectionWords, load_correction_words
from twosource.knowledge.event_rules import EventRules, load_event_rules
from twosource.store import Project, event_links
from twosource.store import events as stored
from twosource.store.decisions import append, decisions_in_force

__all__ = ["Gatherer", "decide_event", "default_gatherer", "gather"]

_VERSION = 1  # goes up when the same rules give other answers
_AT_ONCE = 100  # reports that are gathered in one transaction
_KEPT = 0.05  # links below this likeness are not kept: in the mean of a group they count as none

_OF_STATES = frozenset({ActorKind.STATE, ActorKind.STATE_FORCE, ActorKind.OFFICIAL})

Pair = tuple[str, str]


class Gatherer(msgspec.Struct, frozen=True, kw_only=True):
    """What gathers: the rules and words, who a name means, and the fingerprint of all that.

    ``entity_of`` is asked where names of a report were not identified.
    """

    rules: EventRules
    corrections: CorrectionWords
    entity_of: EntityOf
    speaks_for: SpeaksFor
    one_side: OneSide
    fingerprint: str


@functools.cache
def default_gatherer() -> Gatherer:
    """The gatherer that twosource comes with."""
    rules, corrections = load_event_rules(), load_correction_words()
    actors, agencies = load_actor_table(), load_agencies()
    return Gatherer(
        rules=rules,
        corrections=corrections,
        entity_of=lambda name, _report: _known_actor(name, actors),
        speaks_for=_organs(actors, agencies),
        one_side=_sides(actors),
        fingerprint=digest_of(_VERSION, rules.digest, corrections.digest, actors.digest, agencies.digest),
    )


def gather(project: Project, gatherer: Gatherer | None = None, *, progress: Callable[[int], None] | None = None) -> int:
    """Gathers the claims of every report that is new, changed, or of other lineages than before; returns how many.

    ``progress`` is told how many more reports are done, after they are on the disk. A run that is cut off is gone on
    with by the next one. People's decisions on events are laid over in the end.
    """
    by = gatherer or default_gatherer()
    with project.writing() as connection:
        stored.start_anew(connection, by.fingerprint)
        reports = stored.outdated(connection, by.fingerprint)
    for at in range(0, len(reports), _AT_ONCE):
        some = reports[at : at + _AT_ONCE]
        with project.writing() as connection:
            _gather_some(connection, some, by)
        if progress is not None:
            progress(len(some))
    with project.writing() as connection:
        _apply_decisions(connection, by)
    return len(reports)


def decide_event(
    project: Project, verdict: str, ids: Sequence[str], *, who: str, reason: str, expected: int | None = None
) -> Decision:
    """Keeps a person's word on events, and lays it over them at once. ``ids`` are of events and of claims.

    'merge' makes one event of all of them. 'split' takes the claims named out of the event that holds them. The word
    names claims by report and words, so that it stays when reports are read again. Raises UsageError for an unknown id,
    or for a split that leaves nothing behind.
    """
    by = default_gatherer()
    with project.writing() as connection:
        parts = _parts(connection, verdict, ids)
        members = stored.members_of(connection, [claim for part in parts for claim in part])
        value = decision_value([[claim_name(members[claim]) for claim in part] for part in parts])
        before = {"events": stored.events_of_claims(connection, members)}
        asked = Decision(
            kind=DecisionKind.EVENT,
            subjects=tuple(ids),
            verdict=verdict,
            reason=reason,
            who=who,
            value=value,
            before=before,
        )
        kept = append(connection, asked, expected=expected)
        _apply_decisions(connection, by)
    return kept


def _parts(connection: Connection, verdict: str, ids: Sequence[str]) -> list[list[str]]:
    """The claims that a word is about: all in one part to merge, those named and the rest of their event to split."""
    events = [id_ for id_ in ids if stored.claims_of_events(connection, [id_])]
    claims = [id_ for id_ in ids if stored.events_of_claims(connection, [id_])]
    for id_ in ids:
        if id_ not in events and id_ not in claims:
            raise UsageError(f"there is no event and no claim of one with the id {id_!r}: see 'twosource events'")
    if verdict == MERGE:
        return [sorted({*claims, *stored.claims_of_events(connection, events)})]
    held = stored.events_of_claims(connection, claims)
    rest = sorted(set(stored.claims_of_events(connection, held)) - set(claims))
    if not claims or not rest:
        raise UsageError("to split an event name some of its claims, not all and not the event: see 'twosource event'")
    return [sorted(claims), rest]


def _gather_some(connection: Connection, reports: Sequence[str], by: Gatherer) -> None:
    old = stored.claims_of_reports(connection, reports)
    old_keys = _all_keys(stored.keys_of(connection, old))
    around = event_links.region_of(connection, old, by.rules.join)
    fresh = _fresh_traits(connection, reports, by)
    new_keys = {key for _, _, claims in fresh for _, keys in claims.values() for key in keys}
    touched_keys = old_keys | new_keys
    crowded = stored.crowded(connection, touched_keys, MOST_HOLDERS)
    stored.forget_reports(connection, reports, old)
    for one, traits, claims in fresh:
        stored.keep_report(connection, one.reading, by.fingerprint, traits, claims)
    flipped = crowded ^ stored.crowded(connection, touched_keys, MOST_HOLDERS)
    shifted = {claim for held in stored.holders_of(connection, flipped).values() for claim in held}
    around |= event_links.region_of(connection, shifted, by.rules.join)
    touched = {claim for _, _, claims in fresh for claim in claims} | shifted
    _link(connection, sorted(touched), by.rules)
    _regroup(connection, event_links.region_of(connection, (around - set(old)) | touched, by.rules.join), by)


def _fresh_traits(
    connection: Connection, reports: Sequence[str], by: Gatherer
) -> list[tuple[stored.Fresh, ReportTraits, dict[str, tuple[ClaimTraits, frozenset[int]]]]]:
    """The reports with what they and their claims are compared by, and the claims' blocking keys."""
    lineages, namings = stored.lineages_of(connection, reports), stored.namings_in(connection, reports)
    equipment = Equipment(_in_reports(namings, by.entity_of), by.rules, by.corrections)
    found = []
    for one in stored.unread(connection, reports):
        of_report = report_traits(one.report, one.places, lineages.get(one.report.id, frozenset()), equipment)
        claims = {}
        for rank, claim in enumerate(one.claims):
            if by.rules.is_occurrence(claim.type) and claim.status is not Status.HYPOTHETICAL:
                traits = claim_traits(claim, rank, one.report, one.places, equipment)
                claims[claim.id] = (traits, blocking_keys(Traits(traits, of_report)))
        found.append((one, of_report, claims))
    return found


def _all_keys(held: Mapping[str, set[int]]) -> set[int]:
    return {key for keys in held.values() for key in keys}


def _link(connection: Connection, claims: Sequence[str], rules: EventRules) -> None:
    """Compares these claims with all that share a key with them; puts the links in the place of those they had."""
    event_links.drop_links(connection, claims)
    keys = stored.keys_of(connection, claims)
    every = _all_keys(keys)
    holders = stored.holders_of(connection, every - stored.crowded(connection, every, MOST_HOLDERS))
    pairs = {
        (min(claim, other), max(claim, other))
        for claim in claims
        for key in keys.get(claim, ())
        for other in holders.get(key, ())
        if other != claim
    }
    traits = stored.traits_of(connection, {claim for pair in pairs for claim in pair})
    scores = {pair: score_between(traits[pair[0]], traits[pair[1]], rules) for pair in sorted(pairs)}
    event_links.keep_links(connection, {pair: score for pair, score in scores.items() if score >= _KEPT})


def _regroup(connection: Connection, region: set[str], by: Gatherer) -> None:
    """Forms the events of these claims anew. No other claim may hang together with any of them."""
    claims = sorted(region)
    members = stored.members_of(connection, claims)
    links = event_links.links_among(connection, claims)
    words = event_links.words_among(connection, claims)
    joined = [pair for pair, score in links.items() if score >= by.rules.join]
    parts = components(claims, [*joined, *((one.first, one.second) for one in words if one.together)])
    part_of = {claim: number for number, part in enumerate(parts) for claim in part}
    inside: list[dict[Pair, float]] = [{} for _ in parts]
    for pair, score in links.items():
        if part_of[pair[0]] == part_of[pair[1]]:
            inside[part_of[pair[0]]][pair] = score
    found = [
        event
        for part, scores in zip(parts, inside, strict=True)
        for event in _events_of(part, members, scores, words, by)
    ]
    stored.keep_events(connection, claims, found, {id_: one.report for id_, one in members.items()})


def _events_of(
    part: Sequence[str],
    members: Mapping[str, Member],
    scores: Mapping[Pair, float],
    words: Sequence[Word],
    by: Gatherer,
) -> Iterator[Event]:
    inside = set(part)
    theirs = [one for one in words if one.first in inside and one.second in inside]
    together = {(one.first, one.second) for one in theirs if one.together}
    apart = {(one.first, one.second) for one in theirs if not one.together}
    for group in groups(part, scores, by.rules.join, together, apart):
        bonds = tuple(_bonds_among(group, members, scores, theirs, by.rules))
        yield build_event([members[id_] for id_ in group], by.rules, by.speaks_for, by.one_side, bonds=bonds)


def _bonds_among(
    group: Sequence[str],
    members: Mapping[str, Member],
    scores: Mapping[Pair, float],
    words: Iterable[Word],
    rules: EventRules,
    most: int = 2,
) -> Iterator[Likeness]:
    """What binds the claims of a group: a person's words first, then the strongest likenesses, ``most`` of them."""
    inside = set(group)
    for one in words:
        if one.together and one.first in inside and one.second in inside:
            yield Likeness(
                first=one.first,
                second=one.second,
                score=1.0,
                reason=f"A person joined them: {one.reason}.",
                decided=True,
            )
    strongest = sorted(
        (pair for pair in itertools.combinations(sorted(group), 2) if pair in scores),
        key=lambda pair: (-scores[pair], pair),
    )
    for first, second in strongest[:most]:
        yield likeness(members[first].traits, members[second].traits, rules)


def _apply_decisions(connection: Connection, by: Gatherer) -> None:
    """Lays people's decisions over the events, where they are not as they were laid before."""
    decisions = decisions_in_force(connection, DecisionKind.EVENT)
    before = event_links.words_among(connection)
    if not decisions and not before:
        return
    named = sorted({name.report for decision in decisions for name in names_in(decision)})
    held = stored.members_of(connection, stored.claims_of_reports(connection, named))
    now = words_of(decisions, list(held.values()))
    if now == before:
        return
    changed = {id_ for one in set(before) ^ set(now) for id_ in (one.first, one.second)}
    region = event_links.region_of(connection, changed, by.rules.join)
    event_links.keep_words(connection, now)
    _regroup(connection, event_links.region_of(connection, region, by.rules.join), by)


def _in_reports(namings: Mapping[tuple[str, str], Naming], otherwise: EntityOf) -> EntityOf:
    """Who names mean, by what each report tells of them; who nobody asked about yet, ``otherwise`` knows."""

    def entity_of(name: str, report: str) -> str | None:
        naming = namings.get((report, name))
        if naming is None:
            return otherwise(name, report)
        return naming.owner if naming.sort is Sort.GENERIC else naming.entity

    return entity_of


@functools.lru_cache(65_536)
def _known_actor(name: str, table: ActorTable) -> str | None:
    """The entity of a name that the table has, or of a state whose people it names ('Syrian army')."""
    rows = table.find(name)
    if len(rows) == 1:
        return f"actor:{rows[0].id}"
    states = {row.id for word in name.split() for row in table.by_adjective(word)}
    return f"actor:{states.pop()}" if len(states) == 1 else None


def _organs(actors: ActorTable, agencies: AgencyTable) -> SpeaksFor:
    """Leads from the name of a state's organ to that state."""
    states = {country: row.id for row in actors.rows if row.kind is ActorKind.STATE for country in row.country}

    def speaks_for(name: str) -> str | None:
        rows = [row for row in agencies.find(name) if row.side == "state" and row.country in states]
        return f"actor:{states[rows[0].country or '']}" if len(rows) == 1 else None

    return speaks_for


def _sides(actors: ActorTable) -> OneSide:
    """Two actors of the table are of one side where one is the other's parent, or both are forces of one state."""

    def of(key: str) -> set[str]:
        row = actors.get(key.partition(":")[2])
        if row is None:
            return {key}
        states = {f"state {row.country[0]}"} if row.kind in _OF_STATES and len(row.country) == 1 else set()
        return {row.id, *([row.parent] if row.parent else []), *states}

    return lambda a, b: bool(of(a) & of(b))
