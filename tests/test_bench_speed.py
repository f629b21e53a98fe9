"""The stages' costs add up to the whole, and what is watched answers as what it watches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pytest
from bench.speed import Taken, Watch, WatchedParser, WatchedReader, _by_stage, _figures, parted

from twosource.errors import UsageError
from twosource.reading.parse import Word
from twosource.reading.signals import Signals
from twosource.records import Reading, Report


def one_word(reports: Iterable[Sequence[str]]) -> Iterator[list[list[Word]]]:
    for texts in reports:
        yield [[Word(0, len(text), text, text, "NOUN", "NN", "dep", 0, True)] for text in texts]


class Silent:
    def read(self, text: str, kept: object = None) -> Signals:
        return Signals(tells_events=True)


def test_what_is_watched_answers_alike_and_its_time_is_told() -> None:
    watch = Watch()
    assert list(WatchedParser(one_word, watch)([["here", "there"], ["all"]])) == list(
        one_word([["here", "there"], ["all"]])
    )
    assert WatchedReader(Silent(), watch).read("here") == Signals(tells_events=True)
    assert set(watch.seconds) == {"parser", "trained reader"}


def test_a_stage_costs_what_others_do_inside_it_no_more() -> None:
    seconds = {"parse": 3.0, "parser": 2.5, "surface": 0.5, "claims": 6.0, "trained reader": 4.0, "storage": 1.0}
    told = _by_stage(seconds)
    assert sum(told.values()) == 3.0 + 0.5 + 6.0 + 1.0
    assert told["names, places, claims"] == 2.0
    assert told["scan, words"] == 0.5


def report(number: int) -> Report:
    return Report(id=str(number), digest=str(number), text="Two were killed.")


def test_no_report_is_timed_twice_and_each_round_is_spread_alike() -> None:
    first, *rounds = parted([report(number) for number in range(9)], 3, 2)
    assert [one.id for one in first] == ["0", "3", "6"]
    assert [[one.id for one in group] for group in rounds] == [["1", "4", "7"], ["2", "5", "8"]]
    with pytest.raises(UsageError, match="there are 4 reports, of which 3 are read before any is timed: too few"):
        list(parted([report(number) for number in range(4)], 3, 2))


def test_rounds_count_by_what_their_reports_take() -> None:
    reading = Reading(report=report(1), fingerprint="")
    long = Taken(bare=3.0, seconds={"whole": 9.0, "parser": 1.5}, readings=[reading])
    short = Taken(bare=1.0, seconds={"whole": 1.0, "parser": 0.5}, readings=[reading])
    told = _figures([long, short])
    assert told["reading / bare parse"] == 2.5
    assert (told["the same, lowest round"], told["the same, highest round"]) == (1.0, 3.0)
    assert told["parser"] == 0.5
    assert told["bare parse, ms a report"] == 2000
