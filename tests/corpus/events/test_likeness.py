"""Whether two claims tell of one occurrence: what speaks for it, what against it, and that the reason says so."""

from __future__ import annotations

import datetime

import pytest

from corpus.events.made_members import DAY, RULES, member
from twosource.closed_sets import ClaimType, Status
from twosource.corpus.events.keys import blocking_keys
from twosource.corpus.events.likeness import likeness
from twosource.corpus.events.members import Member
from twosource.corpus_records import Likeness

FAR_DAY = DAY + datetime.timedelta(days=9)
MILL = member("a", "Shells fell on the mill and 14 workers died.", killed=(14, 14), actor="Norland")
SAME = member("b", "A barrage hit the old mill; 14 dead.", killed=(14, 14), actor="Norland")


def compared(one: Member, other: Member) -> Likeness:
    return likeness(one.traits, other.traits, RULES)


def test_two_reports_of_one_shelling_are_one_occurrence_and_the_reason_names_the_signs() -> None:
    found = compared(MILL, SAME)
    assert found.score >= RULES.join
    assert found.reason.startswith("One occurrence")
    for words in ("both in Vale", "both on 2024-03-05", "both count 14 killed"):
        assert words in found.reason


def test_likeness_is_the_same_from_both_sides() -> None:
    assert compared(MILL, SAME) == compared(SAME, MILL)


@pytest.mark.parametrize(
    "other",
    [
        member("b", "Shells fell on a bridge.", place="Orrin", actor="Sudria", killed=(2, 2)),
        member("b", "Shells fell on the mill.", day=FAR_DAY, published=FAR_DAY),
        member("b", "Aid came to the mill.", type_=ClaimType.AIDS, actor="Norland"),
        member("b", "Norland holds the mill.", type_=ClaimType.HOLDS, actor="Norland"),
    ],
    ids=["another place", "another day", "another kind of deed", "a state"],
)
def test_what_differs_in_place_day_or_kind_is_not_one_occurrence(other: Member) -> None:
    found = compared(MILL, other)
    assert found.score < RULES.join
    assert found.reason.startswith(("Not held", "Two occurrences"))


def test_spellings_of_a_place_are_one_place() -> None:
    one = member("a", "Shells fell.", place="Urum al-Joz")
    other = member("b", "Shells fell.", place="Urom al Joz")
    assert "both in Urum al-Joz" in compared(one, other).reason


def test_a_deed_announced_without_a_day_is_looked_for_in_the_days_that_follow() -> None:
    plan = member("a", "Norland will shell the mill.", actor="Norland", day=None, status=Status.PLANNED)
    deed = member("b", "Norland shelled the mill.", actor="Norland", day=FAR_DAY, published=FAR_DAY)
    assert blocking_keys(plan.traits) & blocking_keys(deed.traits)
    assert "one announces what the other tells" in compared(plan, deed).reason


def test_claims_a_day_apart_share_a_key_and_those_of_another_week_share_none() -> None:
    near = member("b", "Shells fell.", day=DAY + datetime.timedelta(days=1))
    far = member("b", "Shells fell.", day=FAR_DAY, published=FAR_DAY)
    assert blocking_keys(MILL.traits) & blocking_keys(near.traits)
    assert not blocking_keys(MILL.traits) & blocking_keys(far.traits)
