"""A claim as it was published, with its report and lineages, and what the questions over many claims ask of it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from functools import lru_cache

import msgspec

from twosource.closed_sets import Stance
from twosource.knowledge.name_index import fold_actor
from twosource.records import Claim, Named, Report
from twosource.spans import Span, cover

__all__ = ["Naming", "Telling", "as_named", "in_order", "independent_of"]

Naming = Callable[[str, str], str]
"""Leads from a name and the id of the report that uses it to a key: names with one key mean one actor."""

_BEFORE_TITLE = 60  # code points of a date or dateline before a title that the body repeats


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    """One claim, the report that makes it, and the ids of the lineages that the report is in."""

    claim: Claim
    report: Report
    lineages: frozenset[str] = frozenset()

    @property
    def evidence(self) -> tuple[str, ...]:
        """The words of each run of the evidence."""
        return tuple(span.of(self.report.text) for span in self.claim.evidence)

    @property
    def span(self) -> Span:
        """The smallest run of the report that holds all of the evidence."""
        return cover(self.claim.evidence)

    def headlined(self, span: Span) -> bool:
        """Whether words stand in the title, or in its repetition at the very beginning of the body."""
        if span.end <= self.report.body:
            return True
        title = self.report.title or ""
        again = self.report.text.find(title, self.report.body, self.report.body + len(title) + _BEFORE_TITLE)
        return bool(title) and again >= 0 and again <= span.start and span.end <= again + len(title)

    @property
    def speakers(self) -> tuple[str, ...]:
        """Who says it, as named; the outlet (or the report's id) where the report says it in its own voice."""
        return tuple(named.name for named in self.claim.sources) or (self.report.outlet or self.report.id,)

    @property
    def own_voice(self) -> bool:
        """Whether the report says it in its own voice."""
        return not self.claim.sources

    @property
    def affirmed(self) -> bool:
        """Whether the source holds that it is so: neither denied nor negated nor asked."""
        return self.claim.stance in (Stance.ASSERTS, Stance.CONFIRMS) and not self.claim.negated

    @property
    def days(self) -> tuple[datetime.date | None, datetime.date | None]:
        """The first and last day of the claim; both None where it tells none."""
        when = self.claim.when
        return (when.start, when.end) if when else (None, None)

    @property
    def places(self) -> frozenset[str]:
        """The keys of the places, which are never those of actors: 'Damascus' is a city here and a government there."""
        return _folded(tuple([named.name for named in self.claim.places]))

    def keys(self, values: Iterable[Named], naming: Naming) -> frozenset[str]:
        """The keys of names in this report."""
        return frozenset(naming(named.name, self.report.id) for named in values)


@lru_cache(16_384)
def _folded(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(fold_actor, names))


def as_named(name: str, _report: str) -> str:
    """The plainest naming: names mean the same where they are spelt alike, however they are written."""
    return fold_actor(name)


def in_order(tellings: Iterable[Telling]) -> list[Telling]:
    """By day of publication (undated ones last), report and place in the text."""
    return sorted(tellings, key=_place)


def independent_of(first: Telling, second: Telling) -> bool:
    """Whether two reports show no sign of one text: neither one report nor in one lineage."""
    return first.report.id != second.report.id and not first.lineages & second.lineages


def _place(telling: Telling) -> tuple[bool, str, str, Span, str]:
    published = telling.report.published
    return (published is None, str(published), telling.report.id, telling.span, telling.claim.id)
