"""When it happened: the time of the words that the reader points at, and not the day of speaking."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from twosource.knowledge.event_types import load_event_types
from twosource.knowledge.word_sets import load_word_sets
from twosource.reading.colour import innermost
from twosource.reading.nearby import nearby
from twosource.reading.signals import EventSignal, Part
from twosource.reading.tree import Tree
from twosource.reading.when import when_told
from twosource.records import Reading, When
from twosource.spans import Span

KINDS = load_event_types().rows
SETS = load_word_sets()
SPOKEN = "On Tuesday, a local official said that a hundred fighters had surrendered."
Told = Callable[..., When | None]


@pytest.fixture
def told(read: Callable[[str], Reading]) -> Told:
    """The time of the event of a word, whose parts are words with their scores."""

    def time(
        text: str,
        anchor: str,
        *parts: tuple[str, float],
        speech: bool = False,
        standing: bool = False,
        within: str = "",
    ) -> When | None:
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
        kind = next(kind for kind in KINDS.values() if (kind.speech, kind.standing) == (speech, standing))
        return when_told(tree, near, event, at(within or text), said, SETS, kind=kind)

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


BESIDE = [
    ("The army shelled an airfield from which a drone was launched in May 2023.", "shelled", "May 2023"),
    ("Moscow is redeploying some of the 2,000 soldiers stationed in Goma in May 2023.", "redeploying", "May 2023"),
    ("The monitors counted breaches of the truce signed on 20 May 2023.", "breaches", "20 May 2023"),
    ("Russia, despite its focus on Kharkiv since 2022, maintains a base in Sudan.", "maintains", "since 2022"),
    ("Rebels attacked the Sudanese army, marking the largest raid since 2020.", "attacked", "since 2020"),
    ("It was the deadliest attack in a decade.", "attack", "a decade"),
    ("Families fled between 4 and 10 May 2023 following renewed fighting.", "fighting", "4 and 10 May 2023"),
    ("The army took Nyala on 3 May 2023 after two weeks of siege.", "siege", "on 3 May 2023"),
    ("On 3 May 2023 the rebels freed ten soldiers whom they had captured.", "captured", "On 3 May 2023"),
    ("A truce was reached in Kachin, ending over 14 months of conflict.", "reached", "over 14 months"),
    ("It was the first raid in the last ten years.", "raid", "the last ten years"),
    ("Militias have entered Sudan in May 2023 and are planning an attack.", "planning", "in May 2023"),
]
OWN = [
    ("The offensive in Kharkiv, which began on 3 May 2023, goes on.", "offensive", "3 May 2023"),
    ("The army captured the largest city in 2020.", "captured", "in 2020"),
    ("The junta sent militias to Kachin for the first time in the beginning of 2014.", "sent", "beginning of 2014"),
    ("The shelling of Nyala ended 14 months of truce on 3 May 2023.", "shelling", "on 3 May 2023"),
    ("The rebels have held most of Darfur since 2020.", "held", "since 2020"),
    ("Two men died on 3 May 2023 when a drone hit their car.", "hit", "on 3 May 2023"),
    ("The army shelled Myawaddy on 3 May 2023, killing two men.", "killing", "on 3 May 2023"),
    ("Ten soldiers were freed on 3 May 2023 and flown to Goma.", "flown", "on 3 May 2023"),
]


@pytest.mark.parametrize(("text", "anchor", "part"), BESIDE)
def test_a_time_that_hangs_on_something_told_beside_it_is_not_its(
    told: Told, text: str, anchor: str, part: str
) -> None:
    assert told(text, anchor, (part, 0.9)) is None


@pytest.mark.parametrize(("text", "anchor", "part"), OWN)
def test_a_time_of_its_own_clause_or_of_the_one_around_it_is_its(told: Told, text: str, anchor: str, part: str) -> None:
    when = told(text, anchor, (part, 0.9))
    assert when is not None
    assert when.phrase.endswith(part)


def test_what_came_then_happened_on_the_day_itself(told: Told) -> None:
    when = told(
        "The rebels held the town from 2012 until 2016, when troops recaptured it.", "recaptured", ("2016", 0.9)
    )
    assert when is not None
    assert (when.phrase, when.start, when.end) == ("2016", datetime.date(2016, 1, 1), datetime.date(2016, 12, 31))


def test_the_day_of_its_verb_is_that_of_a_deed_and_of_no_state(told: Told) -> None:
    text = "On 3 May 2023 the army took the stronghold of the rebels."
    assert told(text, "stronghold", standing=True, within="the stronghold of the rebels") is None
    when = told(text, "stronghold", within="the stronghold of the rebels")
    assert when is not None
    assert when.phrase == "On 3 May 2023"
