"""What of an event's figures counts for all whom it struck: no part, no addition, no toll of many attacks."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import msgspec
import pytest

from corpus.events.made_members import DAY, Toll, event_of, member, with_figures
from twosource.closed_sets import ClaimType, FigureKind
from twosource.corpus.events.members import Member
from twosource.corpus.given_claims import SCOPED

LATER = DAY + datetime.timedelta(days=2)
FIRST = member("first", "Shells killed 12 people at the mill.", tolls=[("12 people", 12, 12, "event")])


def rising(*, day: datetime.date = DAY, type_: ClaimType = ClaimType.SHELLING) -> Member:
    """A later report in which the toll since a day rises to 19."""
    words = "Seven more died, raising the toll to 19 since then."
    tolls: list[Toll] = [("Seven more", 7, 7, "total"), ("19", 19, 19, "total")]
    return member("later", words, type_=type_, tolls=tolls, day=day, published=LATER, since=True)


def told(*members: Member, kind: FigureKind = FigureKind.KILLED) -> list[int | None]:
    """The values that the event of these claims keeps of a kind, each by its lower bound or else its upper."""
    ranges = [one for one in event_of(*members).figures if one.kind is kind]
    return [value.high if value.low is None else value.low for one in ranges for value in one.told]


@pytest.mark.parametrize(
    ("words", "phrase", "number", "scope"),
    [
        ("The dead of the mill include five children, up from three.", "five children", 5, "event"),
        ("Five children were killed at the mill.", "Five children", 5, "event"),
        ("Seven more people have died at the mill.", "Seven more people", 7, "event"),
        ("Another shell at the mill left four dead.", "four dead", 4, "event"),
        ("Two soldiers died at the mill.", "Two soldiers", 2, "event"),
        ("Shells on Tuesday alone killed 4 at the mill.", "4", 4, "event"),
        ("Shells have killed 400 people since March.", "400 people", 400, "total"),
        ("Separate attacks on Vale and Orm killed 25.", "25", 25, "event"),
    ],
)
def test_what_counts_some_or_more_is_no_bound_of_the_whole_toll(
    words: str, phrase: str, number: int, scope: str
) -> None:
    other = member("other", words, tolls=[(phrase, number, number, scope)])  # type: ignore[list-item]
    assert told(FIRST, other) == [12]


def test_the_toll_to_which_an_attack_has_risen_counts_and_what_it_rose_by_does_not() -> None:
    assert told(FIRST, rising()) == [12, 19]


def test_a_toll_since_a_day_that_is_not_the_attack_s_is_of_many_attacks() -> None:
    assert told(FIRST, rising(day=DAY - datetime.timedelta(days=4))) == [12]


def test_a_toll_of_deaths_alone_counts_beside_the_attack_of_its_day_only() -> None:
    deaths = rising(type_=ClaimType.KILLS)
    assert told(FIRST, deaths) == [12, 19]
    assert told(deaths) == []


def test_a_headline_s_rising_toll_counts_without_a_day_of_its_own() -> None:
    headline = member("title", "Mill toll rises to 19", tolls=[("19", 19, 19, "total")], day=None)
    assert told(FIRST, headline) == [12, 19]


@pytest.mark.parametrize(
    "words",
    [
        "The shells raised to 88 the number killed this year.",
        "The shells brought the toll of the war to 88.",
        "88 people are held to have died in the conflict so far.",
        "The Watch raised its earlier toll of 88 at the mill.",
        "The highest toll was in Orm, where shells killed 88.",
    ],
)
def test_a_total_of_other_times_or_places_or_one_no_longer_held_stays_out(words: str) -> None:
    assert told(FIRST, member("other", words, tolls=[("88", 88, 88, "total")])) == [12]


@pytest.mark.parametrize(
    ("words", "tolls", "kept"),
    [
        ("Nine soldiers and 50 rebels died.", [("Nine soldiers", 9), ("50 rebels", 50)], [9, 50]),
        ("Shells killed nine civilians and 50 rebels.", [("nine civilians", 9), ("50 rebels", 50)], [9, 50]),
        ("Shells killed nine civilians.", [("nine civilians", 9)], [9]),
        ("Another 12 died at the mill.", [("Another 12", 12)], [12]),
        ("Six of them died.", [("Six of them", 6)], [6]),
        ("The dead include five children.", [("five children", 5)], []),
    ],
)
def test_what_counts_some_stands_for_the_event_where_nobody_tells_the_whole(
    words: str, tolls: Sequence[tuple[str, int]], kept: list[int]
) -> None:
    assert told(member("only", words, tolls=[(phrase, low, low, "event") for phrase, low in tolls])) == kept


def test_some_who_are_more_than_any_whole_that_is_given_count_too() -> None:
    soldiers = member("other", "Shells killed 30 soldiers.", tolls=[("30 soldiers", 30, 30, "event")])
    assert told(FIRST, soldiers) == [12, 30]


def test_civilians_are_the_whole_toll_unless_the_claim_counts_others_too() -> None:
    alone = member("a", "Shells killed nine civilians.", tolls=[("nine civilians", 9, 9, "event")])
    beside = member(
        "b",
        "Shells killed 14 people and hurt nine civilians.",
        tolls=[("14 people", 14, 14, "event"), ("nine civilians", 9, 9, "event")],
    )
    assert told(FIRST, alone) == [9, 12]
    assert told(FIRST, beside) == [12, 14]


def test_others_who_were_hurt_beside_the_dead_are_all_the_hurt() -> None:
    words = "Shells killed 12 people. More than 40 others were hurt. Another 3 were hurt later."
    tolls: list[Toll] = [
        ("12 people", 12, 12, "event"),
        ("More than 40 others", 40, None, "event", "injured"),
        ("Another 3", 3, 3, "event", "injured"),
    ]
    assert told(member("only", words, tolls=tolls), kind=FigureKind.INJURED) == [40]


def test_what_a_person_says_of_a_toll_s_reach_stands_over_the_words() -> None:
    def said(scope: str, part_of: int | None = None) -> Member:
        one = rising()
        changed = [
            msgspec.structs.replace(figure, scope=scope, part_of=part_of, rule=SCOPED) for figure in one.claim.figures
        ]
        return with_figures(one, changed)

    assert told(FIRST, said("total")) == [12]
    assert told(FIRST, said("event")) == [7, 12, 19]
    assert told(FIRST, said("event", part_of=-1)) == [12]
