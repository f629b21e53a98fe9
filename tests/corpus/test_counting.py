"""What a figure counts: whom, as a whole, a part, an addition or a running total, and how far two are apart."""

from __future__ import annotations

import msgspec
import pytest

from corpus.claims_by_hand import figure, report, telling
from twosource.corpus.counting import count_of, counts_in, gap, said_number
from twosource.corpus.given_claims import SCOPED
from twosource.knowledge.counted import load_counted

WORDS = load_counted()


def counted(
    text: str, phrase: str, low: int | None, high: int | None, kind: str = "killed", **fields: object
) -> object:
    of = report("r", text)
    told = telling(of, "airstrike", text, figures=[(phrase, kind, low, high)], **fields)
    return count_of(told, told.claim.figures[0], WORDS).counted


@pytest.mark.parametrize(
    ("text", "phrase", "whom", "extent"),
    [
        ("The raid killed 12 people.", "12 people", set(), "event"),
        ("The raid killed 12 people, including three children.", "three children", {"children"}, "part"),
        ("The raid killed six teachers.", "six teachers", {"teachers"}, "event"),
        ("Seven more people died of wounds.", "Seven more people", set(), "addition"),
        ("More than 40 people died in the raid.", "More than 40 people", set(), "event"),
        ("Nine of those killed were from Vale.", "Nine", set(), "part"),
        ("The raid killed 15 people among them 11 children.", "15 people", set(), "event"),
        ("Medics said three more died of wounds.", "three", set(), "addition"),
        ("Raids on Wednesday alone killed 21 people.", "21 people", set(), "part"),
        ("Separate raids on Vale and Orm killed 25 people.", "25 people", set(), "total"),
        ("The dead include five children, up from three.", "three", set(), "part"),
        ("Some 400 people have been killed since March.", "Some 400 people", set(), "total"),
    ],
)
def test_a_toll_is_told_apart_by_whom_it_counts_and_how_far_it_reaches(
    text: str, phrase: str, whom: set[str], extent: str
) -> None:
    found = counted(text, phrase, 12, 12)
    assert (set(found.whom), found.extent) == (whom, extent)  # type: ignore[attr-defined]


@pytest.mark.parametrize(("scope", "part_of"), [("event", None), ("total", None), ("part", -1)])
def test_how_far_a_figure_reaches_is_what_a_person_says_where_one_did(scope: str, part_of: int | None) -> None:
    text = "Some 400 people have been killed since March, including five children."
    of = report("r", text)
    for phrase in ("Some 400 people", "five children"):
        told = telling(of, "airstrike", text, figures=[(phrase, "killed", 12, 12)])
        given = None if scope == "part" else scope
        said = msgspec.structs.replace(told.claim.figures[0], rule=SCOPED, scope=given, part_of=part_of)
        assert count_of(told, said, WORDS).counted.extent == scope


def test_a_number_of_fighters_never_runs_over_time() -> None:
    found = counted("Ardan has had 3,000 fighters in Vale for years.", "3,000 fighters", 3000, 3000, kind="fighters")
    assert found.extent == "event"  # type: ignore[attr-defined]


def test_a_toll_over_many_days_is_a_running_one() -> None:
    found = counted(
        "Raids from May to June killed 90.", "90", 90, 90, when=("from May to June", "2031-05-01", "2031-06-30")
    )
    assert found.extent == "total"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("low", "high", "said"), [(12, 12, 12), (12, None, 12), (None, 50, 50), (24, 99, None), (None, None, None)]
)
def test_a_vague_figure_says_no_one_number(low: int | None, high: int | None, said: int | None) -> None:
    of = report("r", "dozens")
    assert said_number(figure(of, "dozens", "killed", low, high)) == said


def test_the_gap_is_the_logarithm_of_the_ratio_and_none_where_ranges_meet() -> None:
    of = report("r", "some")
    ten, twenty = figure(of, "some", "killed", 9, 9), figure(of, "some", "killed", 19, 19)
    vague = figure(of, "some", "killed", 10, 30)
    assert gap(ten, twenty) == gap(twenty, ten) == 1.0
    assert gap(twenty, vague) == 0.0


def test_others_who_are_of_another_kind_add_to_nothing() -> None:
    of = report("r", "The raid killed 12 people and hurt 40 others. Another 3 people died later.")
    told = telling(
        of,
        "airstrike",
        "The raid killed 12 people and hurt 40 others",
        figures=[("12 people", "killed", 12, 12), ("40 others", "injured", 40, 40), ("Another 3", "killed", 3, 3)],
    )
    assert [one.counted.extent for one in counts_in(told, WORDS)] == ["event", "event", "addition"]
