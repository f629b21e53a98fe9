"""Figures of an event: every number that an account gives, who says which, and one best number by a rule of choice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import msgspec

from twosource.closed_sets import ClaimType, FigureKind
from twosource.corpus.counting import Reach
from twosource.corpus.events.members import Member, asserts, origins_of
from twosource.corpus_records import BestRule, Correction, Range, Told
from twosource.records import Figure

__all__ = ["Best", "best_of", "ranges_of"]

_Bounds = tuple[int | None, int | None]
_DEATHS = frozenset({ClaimType.KILLS, ClaimType.INJURES})


class Best(msgspec.Struct, frozen=True, kw_only=True):
    """The number that a rule chose (``low`` and ``high`` differ for a range; None is open), and how, in a sentence."""

    low: int | None
    high: int | None
    how: str


def ranges_of(members: Sequence[Member], corrections: Sequence[Correction] = ()) -> tuple[Range, ...]:
    """The figures that the claims give to the event, by kind in the codebook's order.

    Each is of all whom the occurrence struck. Some of them ('five soldiers') count where they are more than any whole
    that is given, and where no claim gives the whole; with neither, numbers beside others ('seven more') do. Left out
    are parts of other figures, totals over many events, and figures that are denied or negated.
    """
    taken_back = {one.earlier for one in corrections}
    asserted = [one for one in members if asserts(one)] or members
    given = [one for member in asserted for one in _given(member, members)]
    kinds = {kind: [one for one in given if one.figure.kind is kind] for kind in FigureKind}
    return tuple(_range(kind, _values(theirs), taken_back) for kind, theirs in kinds.items() if theirs)


class _Given(msgspec.Struct, frozen=True, gc=False):
    """A figure that a claim gives to the event, and how much of it the figure counts."""

    member: Member
    figure: Figure
    reach: Reach


def _given(one: Member, members: Sequence[Member]) -> Iterator[_Given]:
    reaches = one.traits.claim.reaches or tuple(map(_plain_reach, one.claim.figures))
    for figure, reach in zip(one.claim.figures, reaches, strict=True):
        numbered = figure.low is not None or figure.high is not None
        if numbered and reach is not Reach.NONE and (reach is not Reach.TOLL or _is_of_this(one, members)):
            yield _Given(one, figure, Reach.WHOLE if reach is Reach.TOLL else reach)


def _plain_reach(figure: Figure) -> Reach:
    """What the figure alone tells, for claims that an earlier version gathered and that wait to be gathered anew."""
    return Reach.NONE if figure.part_of is not None or figure.scope == "total" else Reach.WHOLE


def _is_of_this(one: Member, members: Sequence[Member]) -> bool:
    """Whether a total so far is of this event alone.

    One that counts since a day must count since a day that another claim gives for the attack, and a claim that tells
    of deaths alone must be of such a day; both may else be of a campaign.
    """
    alone, when = one.claim.type in _DEATHS, one.claim.when
    if not alone and not (when is not None and when.phrase.lower().startswith("since")):
        return True
    others = [other.traits.claim for other in members if other is not one and other.claim.type not in _DEATHS]
    days = {other.start for other in others if other.start is not None and other.start == other.end}
    return one.traits.claim.start in days if days else not alone


def _values(given: Sequence[_Given]) -> dict[_Bounds, set[str]]:
    """The values of one kind that count, with the claims (ids) that give each.

    Those of the whole do, and some who are more than any whole that is given: no such whole can hold them.
    """
    by_reach = {reach: _told_by(one for one in given if one.reach is reach) for reach in Reach}
    wholes, groups = by_reach[Reach.WHOLE], by_reach[Reach.GROUP]
    most = max((number for value in wholes for number in value if number is not None), default=0)
    if wholes:
        return wholes | {value: claims for value, claims in groups.items() if _number(value) > most}
    return groups or by_reach[Reach.BESIDE]


def _told_by(given: Iterable[_Given]) -> dict[_Bounds, set[str]]:
    found: dict[_Bounds, set[str]] = {}
    for one in given:
        found.setdefault((one.figure.low, one.figure.high), set()).add(one.member.id)
    return found


def _range(kind: FigureKind, told: Mapping[_Bounds, set[str]], taken_back: set[str]) -> Range:
    standing = {value: claims - taken_back for value, claims in told.items() if claims - taken_back}
    wrong = {value: claims & taken_back for value, claims in told.items() if claims & taken_back}
    if not standing:
        standing, wrong = dict(told), {}
    numbers = [number for value in standing for number in value if number is not None]
    return Range(kind=kind, low=min(numbers), high=max(numbers), told=_told(standing), corrected=_told(wrong))


def _told(values: Mapping[_Bounds, set[str]]) -> tuple[Told, ...]:
    ordered = sorted(values, key=lambda value: (_number(value), value[1] is None, value[1] or 0))
    return tuple(Told(low=low, high=high, claims=tuple(sorted(values[low, high]))) for low, high in ordered)


def _number(value: _Bounds) -> int:
    """What a value is ordered and weighed by: what is surely meant, its lower end where it has one."""
    low, high = value
    return low if low is not None else high or 0


def best_of(whole: Range, members: Sequence[Member], rule: BestRule, hierarchy: Sequence[str] = ()) -> Best:
    """The best number of a range by the rule, and how it was chosen.

    ``hierarchy`` holds names of sources or outlets, the one most trusted first; where nobody on it gives a number, the
    whole range stands.
    """
    said = {one.id: one for one in members}
    return _RULES[rule](whole, said, hierarchy)


def _whole(whole: Range, said: Mapping[str, Member], hierarchy: Sequence[str]) -> Best:
    count = len(whole.told)
    how = f"From the lowest to the highest of {count} values that accounts give."
    return Best(low=whole.low, high=whole.high, how=how if count > 1 else _alone(whole, said))


def _alone(whole: Range, said: Mapping[str, Member]) -> str:
    """How a value was chosen that is the only one."""
    if len(whole.told[0].claims) == 1:
        return (
            f"The only value that {'stands' if whole.corrected else 'an account gives'}: {_who(whole.told[0], said)}."
        )
    every = "Every account whose value was not taken back" if whole.corrected else "Every account that gives a value"
    return f"{every} gives this one."


def _conservative(whole: Range, said: Mapping[str, Member], hierarchy: Sequence[str]) -> Best:
    lowest = min(whole.told, key=lambda one: _number((one.low, one.high)))
    number = _number((lowest.low, lowest.high))
    return Best(low=number, high=number, how=f"The lowest number that an account gives: {_who(lowest, said)}.")


def _majority(whole: Range, said: Mapping[str, Member], hierarchy: Sequence[str]) -> Best:
    behind = {one: len(origins_of([said[claim] for claim in one.claims])) for one in whole.told}
    most = max(behind.values())
    chosen = next(one for one in whole.told if behind[one] == most)
    tie = sum(count == most for count in behind.values())
    origins = "one independent origin" if most == 1 else f"{most} independent origins"
    how = f"Told by {origins}, {_who(chosen, said)}"
    return Best(
        low=chosen.low, high=chosen.high, how=f"{how}; of {tie} such values the lowest." if tie > 1 else f"{how}."
    )


def _latest(whole: Range, said: Mapping[str, Member], hierarchy: Sequence[str]) -> Best:
    dated = [one for one in whole.told if _last_day(one, said)]
    if not dated:
        return _whole(whole, said, hierarchy)
    last = max(_last_day(one, said) for one in dated)
    chosen = next(one for one in dated if _last_day(one, said) == last)
    return Best(
        low=chosen.low, high=chosen.high, how=f"From the latest report that gives one, of {last}: {_who(chosen, said)}."
    )


def _last_day(told: Told, said: Mapping[str, Member]) -> str:
    return max(str(said[claim].published or "") for claim in told.claims)


def _trusted(whole: Range, said: Mapping[str, Member], hierarchy: Sequence[str]) -> Best:
    for place, name in enumerate(hierarchy, 1):
        given = [one for one in whole.told if any(_speaks(said[claim], name) for claim in one.claims)]
        if given:
            low, high = given[0].low, given[-1].high
            return Best(low=low, high=high, how=f"Given by {name}, number {place} in your order of sources.")
    found = _whole(whole, said, hierarchy)
    return msgspec.structs.replace(found, how=f"Nobody in your order of sources gives a number. {found.how}")


def _speaks(one: Member, name: str) -> bool:
    return name.casefold() in {known.casefold() for known in one.speakers}


def _who(told: Told, said: Mapping[str, Member]) -> str:
    """Who gives a value: the sources named, else the outlets, else the reports; three at most."""
    names: list[str] = []
    for claim in told.claims:
        one = said[claim]
        names += [source.name for source in one.claim.sources] or [one.outlet or one.report]
    distinct = list(dict.fromkeys(names))
    return ", ".join(distinct[:3]) + (f" and {len(distinct) - 3} more" if len(distinct) > 3 else "")


_RULES: dict[BestRule, Callable[[Range, Mapping[str, Member], Sequence[str]], Best]] = {
    BestRule.RANGE: _whole,
    BestRule.CONSERVATIVE: _conservative,
    BestRule.MAJORITY: _majority,
    BestRule.LATEST: _latest,
    BestRule.HIERARCHY: _trusted,
}
