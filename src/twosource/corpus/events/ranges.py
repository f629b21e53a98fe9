"""Figures of an event: every number that an account gives, who says which, and one best number by a rule of choice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import msgspec

from twosource.closed_sets import FigureKind
from twosource.corpus.events.members import Member, asserts, origins_of
from twosource.corpus_records import BestRule, Correction, Range, Told
from twosource.records import Figure

__all__ = ["Best", "best_of", "ranges_of"]


class Best(msgspec.Struct, frozen=True, kw_only=True):
    """The number that a rule chose (``low`` and ``high`` differ for a range; None is open), and how, in a sentence."""

    low: int | None
    high: int | None
    how: str


def ranges_of(members: Sequence[Member], corrections: Sequence[Correction] = ()) -> tuple[Range, ...]:
    """The figures that the claims give to the event, by kind in the codebook's order.

    Left out are parts of other figures, totals that run over many events, and figures that are denied or negated.
    """
    taken_back = {one.earlier for one in corrections}
    by_kind: dict[FigureKind, dict[tuple[int | None, int | None], set[str]]] = {}
    for one in members:
        if asserts(one) or not any(asserts(other) for other in members):
            for figure in filter(_counts, one.claim.figures):
                by_kind.setdefault(figure.kind, {}).setdefault((figure.low, figure.high), set()).add(one.id)
    return tuple(_range(kind, by_kind[kind], taken_back) for kind in FigureKind if kind in by_kind)


def _counts(figure: Figure) -> bool:
    told = figure.low is not None or figure.high is not None
    return told and figure.part_of is None and figure.scope != "total"


def _range(kind: FigureKind, told: Mapping[tuple[int | None, int | None], set[str]], taken_back: set[str]) -> Range:
    standing = {value: claims - taken_back for value, claims in told.items() if claims - taken_back}
    wrong = {value: claims & taken_back for value, claims in told.items() if claims & taken_back}
    if not standing:
        standing, wrong = dict(told), {}
    numbers = [number for value in standing for number in value if number is not None]
    return Range(kind=kind, low=min(numbers), high=max(numbers), told=_told(standing), corrected=_told(wrong))


def _told(values: Mapping[tuple[int | None, int | None], set[str]]) -> tuple[Told, ...]:
    ordered = sorted(values, key=lambda value: (_number(value), value[1] is None, value[1] or 0))
    return tuple(Told(low=low, high=high, claims=tuple(sorted(values[low, high]))) for low, high in ordered)


def _number(value: tuple[int | None, int | None]) -> int:
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
    values = "one value" if count == 1 else f"{count} values"
    return Best(low=whole.low, high=whole.high, how=f"From the lowest to the highest of {values} that accounts give.")


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
