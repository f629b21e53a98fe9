"""Which events are there, who tells of each, what do the accounts give, and why were they put together?"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence

import msgspec
from sqlalchemy import Connection

from twosource.closed_sets import Stance
from twosource.corpus.events.deciding import Word
from twosource.corpus.events.likeness import likeness
from twosource.corpus.events.members import Member
from twosource.corpus.events.ranges import best_of
from twosource.corpus_records import Account, BestRule, Decision, DecisionKind, Event, Likeness, Lineage, Range
from twosource.errors import UsageError
from twosource.store import Project, event_links, event_query, events, query
from twosource.store import lineage as stored_lineage
from twosource.store.decisions import decisions_in_force
from twosource.store.event_query import EventFilter, EventInShort
from twosource.views.claims import ClaimRow, claim_rows_of
from twosource.views.loaded import event_rules
from twosource.views.reports import ReportRow, report_row

__all__ = [
    "AccountRow",
    "EventFilter",
    "EventInShort",
    "EventView",
    "NearEvent",
    "RangeRow",
    "WhyClaims",
    "count_events",
    "event_of_claim",
    "event_title",
    "event_view",
    "events_in_short",
    "events_of_claims",
    "find_events",
    "near_events",
    "why_claims",
]

_TRUSTED = "trust"


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

    ``together`` holds the likenesses that bind its claims, the strongest first; ``trust`` what people noted on those
    who tell of it, outlets and sources, the oldest note first.
    """

    event: Event
    matrix: tuple[AccountRow, ...]
    denials: tuple[ClaimRow, ...]
    ranges: tuple[RangeRow, ...]
    together: tuple[Likeness, ...]
    trust: tuple[Decision, ...] = ()


class NearEvent(msgspec.Struct, frozen=True, kw_only=True):
    """Another event that may be the same one, and how like the two likest of their claims are (0 to 1)."""

    event: Event
    score: float


class WhyClaims(msgspec.Struct, frozen=True, kw_only=True):
    """How two claims stand to each other, and the events (ids) that they are in: the same one, or two."""

    first: ClaimRow
    second: ClaimRow
    likeness: Likeness
    events: tuple[str, str]


def find_events(
    project: Project, chosen: EventFilter | None = None, limit: int | None = 200, offset: int = 0
) -> tuple[Event, ...]:
    """The events that the filter chooses: most independent origins first, then the latest, then by id."""
    with project.looking() as connection:
        return tuple(event_query.events(connection, chosen or EventFilter(), limit, offset))


def largest_events(project: Project, limit: int) -> tuple[Event, ...]:
    """The events of which most claims tell, the largest first."""
    with project.looking() as connection:
        return tuple(event_query.largest_events(connection, limit))


def events_in_short(
    project: Project, chosen: EventFilter | None = None, limit: int | None = None
) -> tuple[EventInShort, ...]:
    """All events that the filter chooses, in the same order, with what a map or a timeline shows of each."""
    with project.looking() as connection:
        return tuple(event_query.events_in_short(connection, chosen or EventFilter(), limit))


def events_of_claims(project: Project, claims: Collection[str]) -> dict[str, EventInShort]:
    """The event of each of these claims (ids) that is of one, by the claim."""
    with project.looking() as connection:
        return event_query.short_events_of(connection, claims)


def count_events(project: Project, chosen: EventFilter | None = None, most: int | None = None) -> int:
    """How many events the filter chooses; of more than ``most`` one more, but without a filter always all."""
    with project.looking() as connection:
        return event_query.count_events(connection, chosen or EventFilter(), most)


def event_title(event: Event) -> str:
    """The event in a few words: its type, its first place and its days, such as 'shelling in Vale, 2024-03-01'."""
    place = f" in {event.places[0].name}" if event.places else ""
    days = str(event.start or event.end or "")
    if event.start and event.end and event.start != event.end:
        days = f"{event.start} to {event.end}"
    return f"{event.type.replace('_', ' ')}{place}{', ' if days else ''}{days}"


def event_of_claim(project: Project, claim: str) -> str | None:
    """The id of the event that a claim (its id) is of, None where it is of none."""
    with project.looking() as connection:
        return event_query.event_of_claim(connection, claim)


def event_view(
    project: Project,
    id_: str,
    *,
    best: BestRule = BestRule.RANGE,
    hierarchy: Sequence[str] = (),
    bonds: int | None = None,
) -> EventView:
    """One event with everything that its accounts give. Raises UsageError for an unknown id.

    ``hierarchy`` holds names of sources or outlets, the one most trusted first, for ``BestRule.HIERARCHY``; with none
    given it is those that people noted to be trusted, in the order in which they did. ``bonds`` is how many likenesses
    of two of its claims are told at most; without it, as many as it has claims.
    """
    with project.looking() as connection:
        event = event_query.event_with(connection, id_)
        if event is None:
            raise UsageError(f"the project has no event {id_!r}: see them with 'twosource events'")
        claims = {row.claim.id: row for row in _claims(connection, event.claims)}
        members = events.members_of(connection, event.claims)
        notes = decisions_in_force(connection, DecisionKind.TRUST)
        order = hierarchy or [name for one in notes if one.verdict == _TRUSTED for name in one.subjects]
        reports = query.report_rows(connection, ids=event.reports)
        rows = {row["id"]: report_row(row) for row in reports}
        families = stored_lineage.lineages_with(connection, (one.lineage for one in event.accounts))
        return EventView(
            event=event,
            matrix=tuple(_account_row(event, one, claims, rows, families) for one in event.accounts),
            denials=tuple(claims[id_] for id_ in event.denials),
            ranges=tuple(_range_row(one, members, best, order) for one in event.figures),
            together=_together(connection, event, members, max(len(event.claims), 1) if bonds is None else bonds),
            trust=tuple(one for one in notes if _is_about(one, members)),
        )


def _is_about(note: Decision, members: Mapping[str, Member]) -> bool:
    """Whether a note is on somebody who tells of the event: an outlet, a named source, or the entity of one."""
    names = {name.casefold() for name in note.subjects}
    return any(name.casefold() in names for one in members.values() for name in one.speakers)


def near_events(project: Project, event: Event, limit: int = 8) -> tuple[NearEvent, ...]:
    """The events that claims of this one were compared with and that may be the same, the likest first."""
    with project.looking() as connection:
        scores: dict[str, float] = {}
        linked = event_links.links_out_of(connection, event.claims)
        for claim, other in event_query.events_of_claims(connection, linked).items():
            if other != event.id:
                scores[other] = max(linked[claim], scores.get(other, 0.0))
        likest = sorted(scores, key=lambda id_: (-scores[id_], id_))[:limit]
        found = event_query.events_with(connection, likest)
    return tuple(NearEvent(event=found[id_], score=scores[id_]) for id_ in likest if id_ in found)


def why_claims(project: Project, first: str, second: str) -> WhyClaims:
    """Why two claims (ids) are held to tell of one event, or are not. Raises UsageError for a claim of no event."""
    if first == second:
        raise UsageError(f"{first} was named twice: name two claims")
    with project.looking() as connection:
        members = events.members_of(connection, [first, second])
        for id_ in (first, second):
            if id_ not in members:
                raise UsageError(
                    f"no event has a claim {id_!r}: it is not there, or tells of a state or of what might be"
                )
        [word, *_] = [*event_links.words_among(connection, [first, second]), None]
        found = likeness(members[first].traits, members[second].traits, event_rules())
        rows = {row.claim.id: row for row in _claims(connection, [first, second])}
        return WhyClaims(
            first=rows[found.first],
            second=rows[found.second],
            likeness=found if word is None else _by_word(word, found),
            events=(
                event_query.event_of_claim(connection, found.first) or "",
                event_query.event_of_claim(connection, found.second) or "",
            ),
        )


def _by_word(word: Word, found: Likeness) -> Likeness:
    """A person's word, with what the engine said kept in the reason."""
    said = "joined them" if word.together else "parted them"
    reason = f"A person {said}: {word.reason}. The engine said: {found.reason}"
    return Likeness(first=word.first, second=word.second, score=float(word.together), reason=reason, decided=True)


def _together(connection: Connection, event: Event, members: Mapping[str, Member], most: int) -> tuple[Likeness, ...]:
    """The likenesses of two claims of the event, the strongest first: so many at most."""
    rules, words = event_rules(), event_links.words_among(connection, event.claims)
    likest = event_links.strongest_among(connection, event.id, most)
    found = [likeness(members[first].traits, members[second].traits, rules) for first, second in likest]
    by_pair = {one.pair: one for one in found} | {
        (one.first, one.second): _by_word(one, likeness(members[one.first].traits, members[one.second].traits, rules))
        for one in words
        if one.together
    }
    ordered = sorted(by_pair.values(), key=lambda one: (not one.decided, -one.score, one.pair))
    return tuple(ordered[:most])


def _range_row(whole: Range, members: Mapping[str, Member], rule: BestRule, hierarchy: Sequence[str]) -> RangeRow:
    best = best_of(whole, list(members.values()), rule, hierarchy)
    return RangeRow(range=whole, low=best.low, high=best.high, how=best.how)


def _claims(connection: Connection, ids: Sequence[str]) -> tuple[ClaimRow, ...]:
    return claim_rows_of(connection, event_query.claim_records(connection, ids))


def _account_row(
    event: Event,
    account: Account,
    claims: Mapping[str, ClaimRow],
    reports: Mapping[str, ReportRow],
    families: Mapping[str, Lineage],
) -> AccountRow:
    own = set(account.claims)
    return AccountRow(
        account=account,
        origin=families[account.lineage].origin if account.lineage in families else None,
        reports=tuple(reports[id_] for id_ in account.reports),
        days=tuple((one.start, one.end) for one in event.days if own & set(one.claims)),
        places=tuple(one.name for one in event.places if own & set(one.claims)),
        actors=tuple(one.name for one in event.actors if own & set(one.claims)),
        targets=tuple(one.name for one in event.targets if own & set(one.claims)),
        figures=tuple(narrowed for one in event.figures if (narrowed := _narrowed(one, own)).told),
        stances=tuple(sorted({claims[id_].claim.stance for id_ in account.claims})),
        claims=tuple(claims[id_] for id_ in claims if id_ in own),
    )


def _narrowed(whole: Range, claims: set[str]) -> Range:
    """The values of a range that these claims give."""
    told = tuple(one for one in whole.told if claims & set(one.claims))
    numbers = [number for one in told for number in (one.low, one.high) if number is not None]
    corrected = tuple(one for one in whole.corrected if claims & set(one.claims))
    low, high = min(numbers, default=None), max(numbers, default=None)
    return Range(kind=whole.kind, low=low, high=high, told=told, corrected=corrected)
