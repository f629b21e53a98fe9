"""Finds the disagreements among the claims of one event, and among those of one report.

Of one figure the two values that are furthest apart make the record; who gives the values between is told by the
figure's history. Precision is put before number: where it is not clear that two claims tell of one matter, nothing is
told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations, groupby
from typing import NamedTuple

from twosource.corpus.counting import Count, gap, said_number
from twosource.corpus.disagreements.between import one_figure
from twosource.corpus.disagreements.denials import denied
from twosource.corpus.disagreements.fields import field_disagreements, is_act
from twosource.corpus.disagreements.inside import one_matter
from twosource.corpus.disagreements.making import Ground, between_figures
from twosource.corpus.disagreements.verdicts import Verdict, comparable, may_be_compared, verdict
from twosource.corpus.tellings import Naming, Telling, in_order, independent_of
from twosource.corpus_records import Disagreement

__all__ = ["disagreements_inside", "disagreements_of", "largest"]

_FIELDS = ("happened", "actor", "type", "place", "when")


class _Unlike(NamedTuple):
    """Two figures that would disagree, were they of one thing: whether they exclude each other, how far apart."""

    strict: bool
    size: float
    first: Count
    second: Count


def disagreements_of(
    tellings: Sequence[Telling],
    by: Ground,
    *,
    event: str | None = None,
) -> tuple[Disagreement, ...]:
    """The disagreements among claims of one event from unlike reports, those of figures first, the largest first.

    Claims of one report are left to ``disagreements_inside``. A figure that only changed is none.
    """
    ordered = in_order(tellings)
    counts = _counts(ordered, by)
    figures = _furthest(_comparable(counts), lambda one, other: one_figure(one, other, by), by.naming, event)
    fields = [pair for pair in combinations(_acts(ordered), 2) if independent_of(*pair)]
    denials = denied(ordered, by, event, inside=False)
    found = [*figures, *denials, *field_disagreements(fields, by, event)]
    return largest(found)


def disagreements_inside(
    tellings: Sequence[Telling],
    by: Ground,
) -> tuple[Disagreement, ...]:
    """The disagreements inside one report: its headline and body, or two of its sources, on one matter."""
    ordered = in_order(tellings)
    counts = _counts(ordered, by)
    figures = _furthest(_comparable(counts), lambda one, other: one_matter(one, other, counts, by), by.naming, None)
    fields = [pair for pair in combinations(_acts(ordered), 2) if _two_voices(*pair, by.naming)]
    denials = denied(ordered, by, None, inside=True)
    found = [*figures, *denials, *field_disagreements(fields, by, None, inside=True)]
    return largest(found)


def _counts(ordered: Sequence[Telling], by: Ground) -> list[Count]:
    """The counts of the claims, but for those whose number their report tells as a running total elsewhere."""
    every = [count for telling in ordered for count in by.counts_in(telling)]
    totals = {_number_of(count) for count in every if count.counted.extent == "total"}
    return [count for count in every if count.counted.extent == "total" or _number_of(count) not in totals]


def _comparable(counts: Iterable[Count]) -> list[Count]:
    """Those that can be weighed against others at all: of the many pairs of the rest none has to be looked at."""
    return [count for count in counts if may_be_compared(count)]


def _acts(ordered: Iterable[Telling]) -> list[Telling]:
    """Those of which two can be unlike tellings of one act."""
    return [telling for telling in ordered if is_act(telling)]


def _number_of(count: Count) -> tuple[str, str, int | None]:
    return count.telling.report.id, count.counted.kind, said_number(count.figure)


def largest(found: Iterable[Disagreement]) -> tuple[Disagreement, ...]:
    """Disagreements by size: figures that exclude each other first, then other fields, then figures that leave room.

    Of one size the one whose claims are the surer reading comes first. Whether something happened weighs more than who
    did it, and that more than the kind of act, the place and the day.
    """
    return tuple(sorted(found, key=_rank))


def _rank(one: Disagreement) -> tuple[bool, int, float, float, str]:
    weight = _FIELDS.index(one.field) + 1 if one.field in _FIELDS else 0
    return not one.strict, weight, -one.size, -(one.confidence or 0.0), one.id


def _furthest(
    counts: Iterable[Count], is_one: Callable[[Count, Count], bool], naming: Naming, event: str | None
) -> Iterable[Disagreement]:
    """For each thing counted the pair that is furthest apart, of those that are values of one figure.

    Whether a pair is that costs most, and so is asked of the pairs furthest apart first, until one is.
    """
    unlike: dict[object, list[_Unlike]] = defaultdict(list)
    for first, second in combinations(counts, 2):
        found = verdict(first, second, naming) if comparable(first, second) else Verdict.AGREE
        if found in (Verdict.CLASH, Verdict.ROOM):
            inside = first.telling.report.id == second.telling.report.id
            size = round(gap(first.figure, second.figure), 3)
            key = (first.counted, inside and first.telling.claim.type)
            unlike[key].append(_Unlike(found is Verdict.CLASH, size, first, second))
    made = [one for pairs in unlike.values() for one in _first_of_one(pairs, is_one, event)]
    return {(one.reports, one.spans): one for one in sorted(made, key=lambda one: one.id)}.values()


def _first_of_one(
    pairs: Iterable[_Unlike], is_one: Callable[[Count, Count], bool], event: str | None
) -> Iterator[Disagreement]:
    """The disagreement of the pair furthest apart that is of one figure, if any is; of several the last by id."""
    ordered = sorted(pairs, key=lambda pair: (pair.strict, pair.size), reverse=True)
    for _, alike in groupby(ordered, key=lambda pair: (pair.strict, pair.size)):
        held = [pair for pair in alike if is_one(pair.first, pair.second)]
        if held:
            made = (between_figures(pair.first, pair.second, strict=pair.strict, event=event) for pair in held)
            yield max(made, key=lambda one: one.id)
            return


def _two_voices(first: Telling, second: Telling, naming: Naming) -> bool:
    """Whether two claims of a report are by unlike speakers, of which one at least is named."""
    ours, theirs = first.keys(first.claim.sources, naming), second.keys(second.claim.sources, naming)
    return bool(ours | theirs) and not ours & theirs
