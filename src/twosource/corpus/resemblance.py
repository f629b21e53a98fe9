"""How two reports resemble each other: a dozen and a half measures, each between 0 and 1 or nearly so."""

from __future__ import annotations

import math
from collections.abc import Callable, Container, Iterator, Mapping

import msgspec
import numpy as np

from twosource.corpus.alignment import Aligned, align, longest_climb, longest_run, passages
from twosource.corpus.profile import Profile
from twosource.corpus_records import Passage
from twosource.spans import Span

__all__ = ["Comparison", "Resemblance", "compare", "quick_measures", "quick_measures_in_turn"]

_FEWEST_PRINTS = 20  # a text of fewer is measured as if it had so many, so that a line in common is not all of it
_CLOSE, _ALIKE, _AKIN = 0.5, 0.4, 0.3  # likeness of two aligned sentences
_MOSTLY = 0.5
_LONG_GAP = 7  # days: who is further apart is as far as can be
_SAME_QUOTATION = 0.6  # of the runs of four words in the shorter one


class Resemblance(msgspec.Struct, frozen=True, kw_only=True):
    """The measures of a pair; none depends on which of the two comes first.

    ``containment``: share of the 5-grams of the report that has fewer, quotations masked; ``containment_root`` its
    root. ``coverage``: share of one's words outside quotations in runs of three that the other has, the larger of both.
    ``run``: the longest shared run of words, as a logarithm. ``close``: share of the shorter's sentences with a near
    equal in the longer. ``order``: share that are akin and stand in the same order. ``vocabulary``: shared words.
    ``lead_told``: how much of each lead the other tells anywhere, the smaller. ``lead_copied``: 5-grams of a lead in
    the other, the larger. ``names``, ``numbers``: share of the fewer. ``quotation``: share of the fewer quotations.
    ``toll_swapped``: share of the sentences alike that tell a toll whose tolls differ. ``toll_moved``: the leads'
    largest tolls differ. ``toll_conflict``: the leads share no toll. ``copied_but_toll``: the coverage where tolls
    conflict or were swapped. ``other_weekday``: the leads name different weekdays. ``days_apart``: days between
    publications, 1 for a week and more, 0 where unknown. ``other_agency``: both credit agencies, none in common.
    """

    containment: float
    containment_root: float
    coverage: float
    run: float
    close: float
    order: float
    vocabulary: float
    lead_told: float
    lead_copied: float
    names: float
    numbers: float
    quotation: float
    toll_swapped: float
    toll_moved: float
    toll_conflict: float
    copied_but_toll: float
    other_weekday: float
    days_apart: float
    other_agency: float


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """A pair's resemblance and what a person is shown of it; ``first`` and ``second`` are as they were given.

    ``run`` holds the longest shared run, as words of the first and the second. ``quoted`` counts shared quotations.
    """

    resemblance: Resemblance
    passages: tuple[Passage, ...]
    run: tuple[Span, Span] | None
    quoted: int


def compare(first: Profile, second: Profile) -> Comparison:
    """The comparison of two reports; their order changes nothing but the order of what is shown."""
    shorter, longer = _in_order(first, second)
    turned = shorter is second
    aligned = align(shorter, longer)
    shown = passages(shorter, longer, aligned)
    run = longest_run(shorter, longer)
    quick = quick_measures(shorter, longer)
    if turned:
        shown = tuple(sorted((Passage(p.second, p.first) for p in shown), key=lambda p: p.first))
    return Comparison(
        resemblance=_resemblance(shorter, longer, aligned, run, quick),
        passages=shown,
        run=(run[1], run[0]) if run and turned else run,
        quoted=_shared_quotations(shorter, longer),
    )


def _in_order(first: Profile, second: Profile) -> tuple[Profile, Profile]:
    """The shorter one and the longer one."""
    turned = (len(first.sentences), len(first.keys), first.report) > (
        len(second.sentences),
        len(second.keys),
        second.report,
    )
    return (second, first) if turned else (first, second)


def quick_measures(first: Profile, second: Profile) -> dict[str, float]:
    """Those measures of a resemblance that need no sentence of one report laid beside one of the other."""
    a, b = _in_order(first, second)
    return {name: measure(a, b) for name, measure in _QUICK.items()}


def quick_measures_in_turn(first: Profile, second: Profile, asked: Container[str]) -> Iterator[tuple[str, float]]:
    """Those of the quick measures that are asked for, each worked out when it is taken: what takes long comes last."""
    a, b = _in_order(first, second)
    return ((name, measure(a, b)) for name, measure in _QUICK.items() if name in asked)


def _contained(a: Profile, b: Profile) -> float:
    return len(a.free & b.free) / max(_FEWEST_PRINTS, min(len(a.free), len(b.free)))


def _names(a: Profile, b: Profile) -> float:
    return len(a.names & b.names) / max(5, min(len(a.names), len(b.names)))


def _numbers(a: Profile, b: Profile) -> float:
    return len(a.numbers & b.numbers) / max(3, min(len(a.numbers), len(b.numbers)))


def _resemblance(
    a: Profile,
    b: Profile,
    aligned: tuple[Aligned, ...],
    run: tuple[Span, Span] | None,
    quick: Mapping[str, float],
) -> Resemblance:
    covered, swapped = max(_covered(a, b), _covered(b, a)), _swapped(a, b, aligned)
    conflict = bool(a.tolls and b.tolls) and not a.tolls & b.tolls
    return Resemblance(
        **quick,
        coverage=covered,
        run=math.log1p(len(run[0])) / 5 if run else 0.0,
        close=_share(sum(one.likeness > _CLOSE for one in aligned), len(aligned)),
        order=_share(longest_climb(one.longer for one in aligned if one.likeness > _AKIN), len(aligned)),
        toll_swapped=swapped,
        toll_moved=float(a.top_toll is not None and b.top_toll is not None and a.top_toll != b.top_toll),
        toll_conflict=float(conflict),
        copied_but_toll=covered if conflict or swapped >= _MOSTLY else 0.0,
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _told(one: Profile, other: Profile) -> float:
    return len(one.lead & other.said) / max(10, len(one.lead))


def _copied(one: Profile, other: Profile) -> float:
    return len(one.lead_prints & other.prints) / max(10, len(one.lead_prints))


def _covered(one: Profile, other: Profile) -> float:
    covered = np.zeros(len(one.keys), dtype=bool)
    for at, number in enumerate(one.all_trigrams):
        if number in other.trigrams:
            covered[at : at + 3] = True
    counted = ~(one.quoted | one.stock)
    return float(covered[counted].mean()) if counted.any() else 0.0


def _vocabulary(a: Profile, b: Profile) -> float:
    return (a.counts & b.counts).total() / max(20, min(a.counts.total(), b.counts.total()))


def _swapped(a: Profile, b: Profile, aligned: tuple[Aligned, ...]) -> float:
    """The share of sentences alike that tell a toll whose tolls differ."""
    told = swapped = 0
    for one in aligned:
        if one.likeness > _ALIKE:
            here, there = a.toll_in(a.sentences[one.shorter]), b.toll_in(b.sentences[one.longer])
            told += here is not None and there is not None
            swapped += here is not None and there is not None and here != there
    return _share(swapped, told)


def _days_apart(a: Profile, b: Profile) -> float:
    if a.day is None or b.day is None:
        return 0.0
    return min(max(abs((a.day - b.day).days) - 1, 0), _LONG_GAP - 1) / (_LONG_GAP - 1)


def _shared_quotations(a: Profile, b: Profile) -> int:
    """How many of the first's quotations the second has too, or enough of them."""
    if not a.quotations or not b.quotations:
        return 0
    return sum(any(_same(mine, theirs) for theirs in b.quoted_grams) for mine in a.quoted_grams)


def _same(one: frozenset[int], other: frozenset[int]) -> bool:
    return len(one & other) >= _SAME_QUOTATION * min(len(one), len(other))


def _quotation(a: Profile, b: Profile) -> float:
    return _shared_quotations(a, b) / max(1, min(len(a.quotations), len(b.quotations)))


def _other(one: frozenset[str], two: frozenset[str]) -> float:
    return float(bool(one and two) and not one & two)


_QUICK: Mapping[str, Callable[[Profile, Profile], float]] = {
    "quotation": _quotation,
    "days_apart": _days_apart,
    "containment_root": lambda a, b: math.sqrt(_contained(a, b)),
    "containment": _contained,
    "lead_told": lambda a, b: min(_told(a, b), _told(b, a)),
    "numbers": _numbers,
    "names": _names,
    "lead_copied": lambda a, b: max(_copied(a, b), _copied(b, a)),
    "other_weekday": lambda a, b: _other(a.days, b.days),
    "vocabulary": _vocabulary,
    "other_agency": lambda a, b: _other(a.agencies, b.agencies),
}
"""The quick measures of the shorter report and the longer one, in the order in which they are worth working out.

The first may be above 1, where several quotations are in one; no other is."""
