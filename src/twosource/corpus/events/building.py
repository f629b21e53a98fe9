"""An event of the claims that were put together: all that accounts give, its origins, its grade, and why it is one."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from twosource.closed_sets import ClaimType
from twosource.corpus.events.corrections import corrections_among
from twosource.corpus.events.grading import OneSide, denials_among, grade_of, outcome_of
from twosource.corpus.events.interests import interests_in
from twosource.corpus.events.members import Member, SpeaksFor, accounts_of, asserts, in_order, origins_of
from twosource.corpus.events.ranges import ranges_of
from twosource.corpus_records import Account, Correction, Days, Event, Likeness, Value
from twosource.ids import make_id
from twosource.knowledge.event_rules import EventRules

__all__ = ["build_event"]

_SHOWN = 2  # likenesses that the reason tells


def build_event(
    members: Sequence[Member],
    rules: EventRules,
    speaks_for: SpeaksFor,
    one_side: OneSide,
    *,
    bonds: Iterable[Likeness] = (),
    changes: Sequence[Correction] = (),
) -> Event:
    """The event of these claims, whatever order they come in.

    ``bonds`` are likenesses among them, ``changes`` corrections by a changed text, of claims that are gone. Its id is
    made of the claim that was published first, so that a later report leaves it as it was.
    """
    ordered = in_order(members)
    corrections = corrections_among(ordered)
    interests = interests_in(ordered, rules, speaks_for)
    grade, why = grade_of(ordered, interests, one_side)
    days = _days(ordered)
    start, end = _best_days(days)
    types = _types(ordered, rules)
    return Event(
        id=make_id("event", ordered[0].id),
        type=types[0],
        types=types,
        accounts=_accounts(ordered),
        places=_values(ordered, _places),
        days=days,
        actors=_values(ordered, lambda one: [(party.name, party.key) for party in one.traits.claim.actors]),
        targets=_values(ordered, lambda one: [(party.name, party.key) for party in one.traits.claim.targets]),
        start=start,
        end=end,
        figures=ranges_of(ordered, corrections),
        origins=len(origins_of([one for one in ordered if asserts(one)] or ordered)),
        grade=grade,
        grade_reason=why,
        denials=tuple(sorted(one.id for one in denials_among(ordered))),
        interests=interests,
        corrections=(*changes, *corrections),
        outcome=outcome_of(ordered),
        reason=_reason(ordered, bonds),
    )


def _accounts(ordered: Sequence[Member]) -> tuple[Account, ...]:
    """One account a lineage, the first published first."""
    return tuple(
        Account(
            lineage=lineage,
            claims=tuple(sorted(one.id for one in members)),
            reports=tuple(dict.fromkeys(one.report for one in members)),
        )
        for lineage, members in accounts_of(ordered).items()
    )


def _types(ordered: Sequence[Member], rules: EventRules) -> tuple[ClaimType, ...]:
    """All types, those that tell most first; of those the ones that most reports give, then by name."""
    reports = {type_: {one.report for one in ordered if one.claim.type is type_} for type_ in ClaimType}
    given = [type_ for type_ in ClaimType if reports[type_]]
    return tuple(sorted(given, key=lambda type_: (type_ in rules.general, -len(reports[type_]), type_)))


def _places(one: Member) -> list[tuple[str, str | None]]:
    return [(spot.name, spot.place) for spot in one.traits.claim.places]


def _values(ordered: Sequence[Member], of: Callable[[Member], Sequence[tuple[str, str | None]]]) -> tuple[Value, ...]:
    """Names with the claims that give them, one value for each key or spelling; what most reports give comes first."""
    names: dict[str, Counter[str]] = {}
    claims: dict[str, set[str]] = {}
    reports: dict[str, set[str]] = {}
    keys: dict[str, str | None] = {}
    for one in ordered:
        for name, key in of(one):
            same = key or name.casefold()
            names.setdefault(same, Counter())[name] += 1
            claims.setdefault(same, set()).add(one.id)
            reports.setdefault(same, set()).add(one.report)
            keys[same] = key
    first = sorted(names, key=lambda same: (-len(reports[same]), same))
    return tuple(
        Value(name=_commonest(names[same]), claims=tuple(sorted(claims[same])), key=keys[same]) for same in first
    )


def _commonest(names: Mapping[str, int]) -> str:
    return min(names, key=lambda name: (-names[name], name))


_Span = tuple[datetime.date | None, datetime.date | None]


def _days(ordered: Sequence[Member]) -> tuple[Days, ...]:
    """The days that claims tell, what most reports give first; then days of publication that stand for them."""
    told: dict[_Span, set[str]] = {}
    implied: dict[_Span, set[str]] = {}
    reports: dict[_Span, set[str]] = {}
    for one in ordered:
        when = one.claim.when
        if when is not None and (when.start or when.end):
            span, held = (when.start, when.end), told
        elif one.published is not None:
            span, held = (None, one.published), implied
        else:
            continue
        held.setdefault(span, set()).add(one.id)
        reports.setdefault(span, set()).add(one.report)
    order = sorted(told, key=lambda span: (-len(reports[span]), str(span)))
    return (
        *(Days(start=span[0], end=span[1], claims=tuple(sorted(told[span]))) for span in order),
        *(
            Days(start=span[0], end=span[1], claims=tuple(sorted(implied[span])), told=False)
            for span in sorted(implied, key=str)
        ),
    )


def _best_days(days: Sequence[Days]) -> _Span:
    """The days that most reports tell, the shortest where as many tell them; else the first day of publication."""
    if not days:
        return None, None
    told = [one for one in days if one.told]
    if not told:
        return days[0].end, days[0].end
    return told[0].start, told[0].end


def _reason(ordered: Sequence[Member], bonds: Iterable[Likeness]) -> str:
    if len(ordered) == 1:
        return "One claim, which is like no other."
    strongest = sorted(bonds, key=lambda one: (not one.decided, -one.score, one.pair))[:_SHOWN]
    reports = len({one.report for one in ordered})
    head = f"{len(ordered)} claims of {reports} report{'s' if reports > 1 else ''} were put together."
    return " ".join([head, *(one.reason for one in strongest)])
