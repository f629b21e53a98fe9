"""The stages' costs add up to the whole, and what is watched answers as what it watches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bench.speed import Watch, WatchedParser, WatchedReader, _by_stage

from twosource.reading.parse import Word
from twosource.reading.signals import Signals


def one_word(texts: Iterable[str]) -> Iterator[list[Word]]:
    for text in texts:
        yield [Word(0, len(text), text, text, "NOUN", "NN", "dep", 0, True)]


class Silent:
    def read(self, text: str, kept: object = None) -> Signals:
        return Signals(tells_events=True)


def test_what_is_watched_answers_alike_and_its_time_is_told() -> None:
    watch = Watch()
    assert list(WatchedParser(one_word, watch)(["here", "there"])) == list(one_word(["here", "there"]))
    assert WatchedReader(Silent(), watch).read("here") == Signals(tells_events=True)
    assert set(watch.seconds) == {"parser", "trained reader"}


def test_a_stage_costs_what_others_do_inside_it_no_more() -> None:
    seconds = {"parse": 3.0, "parser": 2.5, "surface": 0.5, "claims": 6.0, "trained reader": 4.0, "storage": 1.0}
    told = _by_stage(seconds)
    assert sum(told.values()) == 3.0 + 0.5 + 6.0 + 1.0
    assert told["names, places, claims"] == 2.0
    assert told["scan, words"] == 0.5
