"""When it happened: the time of the words that the reader points at, and not the day of speaking."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from twosource.reading.colour import innermost
from twosource.reading.nearby import nearby
from twosource.reading.signals import EventSignal, Part
from twosource.reading.tree import Tree
from twosource.reading.when import when_told
from twosource.records import Reading, When
from twosource.spans import Span

SPOKEN = "On Tuesday, a local official said that a hundred fighters had surrendered."
Told = Callable[..., When | None]


@pytest.fixture
def told(read: Callable[[str], Reading]) -> Told:
    """The time of the event of a word, whose parts are words with their scores."""

    def time(text: str, anchor: str, *parts: tuple[str, float], speech: bool = False) -> When | None:
        reading = read(text)
        tree = Tree(reading)

        def at(words: str) -> Span:
            return Span(start := text.index(words), start + len(words))

        event = EventSignal(
            anchor=at(anchor),
            score=0.9,
            types=(),
            status=(),
            certainty=(),
            stance=(),
            negated=0.0,
            sourced=0.5,
            parts={"when": tuple(Part(span=at(words), score=score) for words, score in parts)},
        )
        near = nearby(reading, tree)
        said = innermost(near[tree.sentences_of(event.anchor).start].attributions, event.anchor)
        return when_told(tree, near, event, Span(0, len(text)), said, speech=speech)

    return time


def test_the_surest_part_that_is_a_time_is_taken(told: Told) -> None:
    text = "The army took the town on 3 May 2020 and left it in June 2021."
    when = told(text, "took", ("the town", 0.9), ("3 May", 0.8), ("June", 0.6))
    assert when is not None
    assert (when.phrase, when.start) == ("on 3 May 2020", datetime.date(2020, 5, 3))


def test_the_day_of_speaking_is_no_day_of_what_was_told(told: Told) -> None:
    assert told(SPOKEN, "surrendered", ("On Tuesday", 0.9)) is None
    assert told(SPOKEN, "surrendered") is None


def test_the_day_of_speaking_is_the_day_of_a_speech_act(told: Told) -> None:
    when = told(SPOKEN, "surrendered", ("On Tuesday", 0.9), speech=True)
    assert when is not None
    assert when.phrase == "On Tuesday"


def test_a_day_within_what_was_told_is_its_day(told: Told) -> None:
    when = told("A local official said that a hundred fighters had surrendered on 3 May 2020.", "surrendered")
    assert when is not None
    assert when.start == datetime.date(2020, 5, 3)


@pytest.mark.parametrize(("anchor", "end"), [("overran", datetime.date(2014, 12, 31)), ("persecuted", None)])
def test_what_stands_in_a_since_clause_happened_then(told: Told, anchor: str, end: datetime.date | None) -> None:
    text = "The group has been persecuted since it overran the valley in 2014."
    when = told(text, anchor, ("in 2014", 0.9))
    assert when is not None
    assert (when.start, when.end) == (datetime.date(2014, 1, 1), end)


def test_what_stands_in_a_since_clause_may_be_as_old_as_the_calendar(told: Told) -> None:
    text = "The tribe has been persecuted since it took the valley in the 1st century."
    when = told(text, "took", ("1st century", 0.9))
    assert when is not None
    assert when.start == datetime.date(1, 1, 1)
    assert when.end == datetime.date(100, 12, 31)


def test_nothing_told_is_no_time(told: Told) -> None:
    assert told("The army took the town.", "took", ("the town", 0.9)) is None
