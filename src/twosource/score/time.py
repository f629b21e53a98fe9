"""Measures times against TIMEX3 gold: JSON lines with text, dct (the publication) and timex3 (start, end, value)."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from twosource.knowledge.time_rules import load_time_rules
from twosource.model.spacy_parser import SpacyParser
from twosource.reading.parse import parse_batch
from twosource.reading.times import read_times
from twosource.records import Reading, Report, Time
from twosource.score.gold import read_gold
from twosource.spans import Span

__all__ = ["GoldTime", "GoldTimeReport", "TimeCounts", "compare_times", "load_time_gold", "score_time"]


class GoldTime(msgspec.Struct, frozen=True):
    """One gold expression; its offsets are code points of the report's text."""

    start: int
    end: int
    value: str


class GoldTimeReport(msgspec.Struct, frozen=True):
    """One gold report. ``dct`` is an ISO day that a time may follow; empty or absent where none is known."""

    text: str
    timex3: list[GoldTime]
    dct: str | None = None
    doc_id: str = ""

    def report(self) -> Report:
        """The report as the reading takes it."""
        published = datetime.date.fromisoformat(self.dct[:10]) if self.dct else None
        return Report(id=self.doc_id, text=self.text, published=published)


class TimeCounts(msgspec.Struct):
    """What was compared: gold and read expressions, and of these the pairs that agree."""

    gold: int = 0
    read: int = 0
    strict: int = 0
    relaxed: int = 0
    value: int = 0

    def add(self, other: TimeCounts) -> None:
        """Takes another report's counts in."""
        self.gold += other.gold
        self.read += other.read
        self.strict += other.strict
        self.relaxed += other.relaxed
        self.value += other.value

    def measures(self) -> dict[str, float]:
        """strict_f1 (same span), relaxed_f1 (overlapping), value_f1 (overlapping and the same value), and counts."""
        total = self.gold + self.read
        share = (lambda hits: 2 * hits / total) if total else (lambda hits: 0.0)
        return {
            "gold": self.gold,
            "read": self.read,
            "relaxed_p": self.relaxed / self.read if self.read else 0.0,
            "relaxed_r": self.relaxed / self.gold if self.gold else 0.0,
            "strict_f1": share(self.strict),
            "relaxed_f1": share(self.relaxed),
            "value_f1": share(self.value),
        }


def load_time_gold(path: Path) -> list[GoldTimeReport]:
    """The reports of one gold file. Raises InputError, with the line, where one can't be read."""
    return read_gold(path, GoldTimeReport)


def compare_times(gold: Sequence[GoldTime], read: Sequence[Time]) -> TimeCounts:
    """The counts of one report. Each gold expression pairs with at most one read one: same spans first, then those
    that share most.
    """
    counts = TimeCounts(gold=len(gold), read=len(read))
    pairs = [
        (span == time.span, span.shared(time.span), -place, -other)
        for place, one in enumerate(gold)
        for other, time in enumerate(read)
        if (span := Span(one.start, one.end)).meets(time.span)
    ]
    taken_gold: set[int] = set()
    taken_read: set[int] = set()
    for same, _, place, other in sorted(pairs, reverse=True):
        if -place in taken_gold or -other in taken_read:
            continue
        taken_gold.add(-place)
        taken_read.add(-other)
        counts.relaxed += 1
        counts.strict += same
        counts.value += gold[-place].value == read[-other].value
    return counts


def score_time(
    paths: Iterable[Path], read: Callable[[Sequence[Report]], Iterable[Reading]] | None = None
) -> dict[str, float]:
    """The measures over all the files, micro-averaged.

    ``read`` reads the reports of a file, in order; without it they are parsed and their times read, and nothing else.
    """
    reader = read or _times_reader()
    counts = TimeCounts()
    for path in paths:
        gold = load_time_gold(path)
        for one, reading in zip(gold, reader([report.report() for report in gold]), strict=True):
            counts.add(compare_times(one.timex3, reading.times))
    return counts.measures()


def _times_reader() -> Callable[[Sequence[Report]], Iterable[Reading]]:
    parser, rules = SpacyParser(), load_time_rules()

    def read(reports: Sequence[Report]) -> Iterator[Reading]:
        for reading in parse_batch([Reading(report=report) for report in reports], parser):
            yield msgspec.structs.replace(reading, times=read_times(reading, rules))

    return read
