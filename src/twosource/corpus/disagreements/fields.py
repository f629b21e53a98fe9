"""Where two claims of one matter differ: who did it, whether it happened, where, when, and what kind of act it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from twosource.closed_sets import ClaimType, FigureKind, Stance, Status, family_of
from twosource.corpus.disagreements.inside import days_meet
from twosource.corpus.disagreements.making import Ground, between_fields
from twosource.corpus.disagreements.matter import unlike_places
from twosource.corpus.tellings import Telling
from twosource.corpus_records import Disagreement
from twosource.records import Figure

__all__ = ["field_disagreements"]

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
    )
)
_ACTS = frozenset(["force", "control", "posture", "persons", "harm", "relief"])
"""Families of acts; whether somebody spoke is seldom what a denial is about."""
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
    denial = _denial(first, second, by, inside)
    if denial is not None:
        yield between_fields("happened", first, second, _stances(first, second), reason=denial, event=event)
        return
    if not _one_act(first, second, by, inside):
        return
    if _unlike_actors(first, second, by):
        values = _listed(first), _listed(second)
        reason = f"{_who(first)} and {_who(second)} name {values[0]} and {values[1]} as those who did it."
        yield between_fields("actor", first, second, values, reason=reason, event=event)
    types = {first.claim.type, second.claim.type}
    if len(types) == 2 and types <= _SPECIFIC and frozenset(types) not in _MEET:
        values = str(first.claim.type), str(second.claim.type)
        reason = f"{_who(first)} and {_who(second)} tell of {values[0]} and {values[1]}: one act is not both."
        yield between_fields("type", first, second, values, reason=reason, event=event)
    if not inside and _one_toll(first, second):
        yield from _unlike_scenes(first, second, by, event)


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


def _denial(first: Telling, second: Telling, by: Ground, inside: bool) -> str | None:
    """Why one claim says that the other is not so; None where it does not."""
    if first.claim.type is not second.claim.type or first.affirmed == second.affirmed:
        return None
    denier, teller = (second, first) if first.affirmed else (first, second)
    if denier.claim.stance is Stance.ASKS or teller.claim.status not in _REAL or not _can_be_denied(first, second, by):
        return None
    if any(by.words.denial.search(run) for run in teller.evidence) or not _speaks_for_doer(denier, by):
        return None
    if denier.claim.stance is Stance.DENIES and not by.words.denial.search(_sentence(denier)):
        return None
    linked = denier.claim.denies == teller.claim.id
    if denier.own_voice and not (linked and teller.claim.sources):
        return None
    if not linked:
        if inside and not (_one_place_or_target(first, second, by) and days_meet(first, second)):
            return None
        ours, theirs = denier.keys(denier.claim.actors, by.naming), teller.keys(teller.claim.actors, by.naming)
        if ours and not ours & theirs:  # whoever denies having done it does not deny that it was done
            return None
        if denier.claim.stance is not Stance.DENIES and not (ours & theirs and _one_place_or_target(first, second, by)):
            return None
    word = "denies" if denier.claim.stance is Stance.DENIES else "says that it is not so"
    return f"{_who(denier)} {word}; {_who(teller)} holds it."


def _speaks_for_doer(denier: Telling, by: Ground) -> bool:
    """Whether whoever denies may be one of those said to have done it, as far as they are known."""
    deniers, doers = denier.keys(denier.claim.sources, by.naming), denier.keys(denier.claim.actors, by.naming)
    return not deniers or not doers or by.akin(deniers, doers)


def _can_be_denied(first: Telling, second: Telling, by: Ground) -> bool:
    """Whether the claims tell of an act, or of one relation between the same two."""
    family = family_of(first.claim.type)
    if family != "support":
        return family in _ACTS
    actors = first.keys(first.claim.actors, by.naming) & second.keys(second.claim.actors, by.naming)
    return bool(actors and first.keys(first.claim.targets, by.naming) & second.keys(second.claim.targets, by.naming))


def _sentence(telling: Telling) -> str:
    """The report's words from the full stop before the claim to the one after it."""
    text, span = telling.report.text, telling.span
    start = max(text.rfind(mark, 0, span.start) for mark in (". ", "\n")) + 1
    end = text.find(". ", max(span.start, span.end - 1))
    return text[start : end if end >= 0 else len(text)]


def _one_toll(first: Telling, second: Telling) -> bool:
    """Whether both give one and the same number of killed, which makes it one event on two days."""
    ours, theirs = ({figure.low for figure in one.claim.figures if _exact(figure)} for one in (first, second))
    return bool(ours & theirs)


def _exact(figure: Figure) -> bool:
    return figure.kind is FigureKind.KILLED and figure.low == figure.high and (figure.low or 0) > _FEW


def _one_act(first: Telling, second: Telling, by: Ground, inside: bool) -> bool:
    """Whether both are affirmed acts of force, and inside a report at one place (or on one target) and day."""
    for telling in (first, second):
        if not telling.affirmed or telling.claim.status not in _REAL or family_of(telling.claim.type) != "force":
            return False
    if not inside:
        return True
    return _one_day(first, second) and _one_place_or_target(first, second, by)


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


def _stances(first: Telling, second: Telling) -> tuple[str, str]:
    return _stance(first), _stance(second)


def _stance(telling: Telling) -> str:
    if telling.claim.negated and telling.claim.stance is not Stance.DENIES:
        return "says not"
    return str(telling.claim.stance)


def _listed(telling: Telling) -> str:
    return ", ".join(named.name for named in telling.claim.actors)


def _who(telling: Telling) -> str:
    return ", ".join(telling.speakers)


def _days(telling: Telling) -> str:
    start, end = telling.days
    return str(start) if start == end else f"{start or ''}..{end or ''}"
