"""Where two claims of one matter differ: who did it, whether it happened, where, when, and what kind of act it was."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from twosource.closed_sets import ClaimType, FigureKind, Status, family_of
from twosource.corpus.disagreements.inside import days_meet
from twosource.corpus.disagreements.making import Ground, between_fields, plausible_name
from twosource.corpus.disagreements.matter import one_event, unlike_places
from twosource.corpus.disagreements.passages import sentence_of
from twosource.corpus.tellings import Telling
from twosource.corpus_records import Disagreement
from twosource.records import Figure

__all__ = ["field_disagreements", "is_act"]

_SPECIFIC = frozenset(
    {
        ClaimType.AIRSTRIKE, ClaimType.DRONE_STRIKE, ClaimType.SHELLING, ClaimType.BOMBING, ClaimType.SUICIDE_BOMBING,
        ClaimType.CHEMICAL_ATTACK, ClaimType.SHOOTING,
    }
)  # fmt: skip
"""Kinds of act of which one excludes the others, but for those in ``_MEET``."""
_MEET = frozenset(
    frozenset(pair)
    for pair in (
        (ClaimType.BOMBING, ClaimType.SUICIDE_BOMBING),
        (ClaimType.CHEMICAL_ATTACK, ClaimType.AIRSTRIKE),
        (ClaimType.CHEMICAL_ATTACK, ClaimType.SHELLING),
        (ClaimType.CHEMICAL_ATTACK, ClaimType.BOMBING),
        (ClaimType.AIRSTRIKE, ClaimType.SHELLING),  # 'bombardment' is said of both
        (ClaimType.AIRSTRIKE, ClaimType.BOMBING),  # 'bombed' is
        (ClaimType.AIRSTRIKE, ClaimType.DRONE_STRIKE),  # a drone is an aircraft
        (ClaimType.SHOOTING, ClaimType.SUICIDE_BOMBING),  # one attack may be both
        (ClaimType.SHOOTING, ClaimType.BOMBING),
    )
)
_BLAME = re.compile(
    r"\b(?:blam\w+|accus\w+|responsib\w+|behind|carried out by|perpetrat\w+|claimed|held|pointed the finger)\b", re.I
)
_FEW = 3  # killed, up to which one number in two reports may be chance
_REAL = (Status.HAPPENED, Status.ONGOING)


def field_disagreements(
    pairs: Iterable[tuple[Telling, Telling]], by: Ground, event: str | None, *, inside: bool = False
) -> list[Disagreement]:
    """The disagreements of claims pair by pair, of one field and the same two values only the first.

    Between reports the claims are of one event already; inside one report they must share a place or a target as well.
    """
    found: dict[tuple[str, frozenset[str]], Disagreement] = {}
    for first, second in pairs:
        for one in _of_pair(first, second, by, event, inside):
            found.setdefault((one.field, frozenset(map(str.casefold, one.values))), one)
    return list(found.values())


def _of_pair(first: Telling, second: Telling, by: Ground, event: str | None, inside: bool) -> Iterator[Disagreement]:
    if not _one_act(first, second, by, inside):
        return
    if not inside and not one_event(first, second, by):
        return
    if _unlike_actors(first, second, by) and _laid_on(first) and _laid_on(second) and _two_sources(first, second, by):
        values = _listed(first), _listed(second)
        reason = f"{_who(first)} and {_who(second)} name {values[0]} and {values[1]} as those who did it."
        yield between_fields("actor", first, second, values, reason=reason, event=event)
    types = {first.claim.type, second.claim.type}
    excluded = len(types) == 2 and types <= _SPECIFIC and frozenset(types) not in _MEET
    if excluded and _one_toll(first, second) and _two_sources(first, second, by):
        values = str(first.claim.type), str(second.claim.type)
        reason = f"{_who(first)} and {_who(second)} tell of {values[0]} and {values[1]}: one act is not both."
        yield between_fields("type", first, second, values, reason=reason, event=event)
    if not inside and _one_toll(first, second):
        yield from _unlike_scenes(first, second, by, event)


def _laid_on(telling: Telling) -> bool:
    """Whether the claim's own sentence names who did it, and lays it on him rather than telling it in passing."""
    sentence = sentence_of(telling)
    named = any(sentence.start <= actor.said_at.start < sentence.end for actor in telling.claim.actors)
    return named and bool(_BLAME.search(sentence.of(telling.report.text)))


def _two_sources(first: Telling, second: Telling, by: Ground) -> bool:
    """Whether two named sources say it, each under a name that can be one."""
    ours, theirs = first.keys(first.claim.sources, by.naming), second.keys(second.claim.sources, by.naming)
    names = [named.name for one in (first, second) for named in one.claim.sources]
    return bool(ours and theirs) and not ours & theirs and all(map(plausible_name, names))


def _unlike_scenes(first: Telling, second: Telling, by: Ground, event: str | None) -> Iterator[Disagreement]:
    """Where one toll makes it one event: that it has two days, or two places."""
    if not days_meet(first, second):
        values = _days(first), _days(second)
        reason = f"{_who(first)} and {_who(second)} put it on {values[0]} and {values[1]}."
        yield between_fields("when", first, second, values, reason=reason, event=event)
    elif unlike_places(first, second, by.words):
        values = _places(first), _places(second)
        reason = f"{_who(first)} and {_who(second)} put it at {values[0]} and {values[1]}, and neither names the other."
        yield between_fields("place", first, second, values, reason=reason, event=event)


def _places(telling: Telling) -> str:
    return ", ".join(named.name for named in telling.claim.places)


def _one_toll(first: Telling, second: Telling) -> bool:
    """Whether both give one and the same number of killed, which makes it one event on two days."""
    ours, theirs = ({figure.low for figure in one.claim.figures if _exact(figure)} for one in (first, second))
    return bool(ours & theirs)


def _exact(figure: Figure) -> bool:
    return figure.kind is FigureKind.KILLED and figure.low == figure.high and (figure.low or 0) > _FEW


def _one_act(first: Telling, second: Telling, by: Ground, inside: bool) -> bool:
    """Whether both are affirmed acts of force, and inside a report at one place (or on one target) and day."""
    if not is_act(first) or not is_act(second):
        return False
    if not inside:
        return True
    return _one_day(first, second) and _one_place_or_target(first, second, by)


def is_act(telling: Telling) -> bool:
    """Whether a claim affirms an act of force that happened or goes on."""
    return telling.affirmed and telling.claim.status in _REAL and family_of(telling.claim.type) == "force"


def _one_day(first: Telling, second: Telling) -> bool:
    """Whether both are dated to a day or two, and the days meet."""
    for start, end in (first.days, second.days):
        if start is None or end is None or (end - start).days > 1:
            return False
    return days_meet(first, second)


def _one_place_or_target(first: Telling, second: Telling, by: Ground) -> bool:
    return bool(
        first.places & second.places
        or first.keys(first.claim.targets, by.naming) & second.keys(second.claim.targets, by.naming)
    )


def _unlike_actors(first: Telling, second: Telling, by: Ground) -> bool:
    """Whether both name actors, none of one can be any of the other, and neither side names more than two."""
    if ClaimType.ARMED_CLASH in (first.claim.type, second.claim.type):
        return False
    ours, theirs = first.keys(first.claim.actors, by.naming), second.keys(second.claim.actors, by.naming)
    if not ours or not theirs or len(ours) > 2 or len(theirs) > 2:
        return False
    return not by.akin(ours, theirs)


def _listed(telling: Telling) -> str:
    return ", ".join(named.name for named in telling.claim.actors)


def _who(telling: Telling) -> str:
    return ", ".join(telling.speakers)


def _days(telling: Telling) -> str:
    start, end = telling.days
    return str(start) if start == end else f"{start or ''}..{end or ''}"
