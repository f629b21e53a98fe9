"""What an event holds: accounts, ranges with who says which, origins, grade, interests, corrections, outcomes."""

from __future__ import annotations

import datetime
import itertools

import pytest

from corpus.events.made_members import DAY, event_of, member
from twosource.closed_sets import ClaimType, FigureKind, Stance, Status
from twosource.corpus.events.corrections import changed_text
from twosource.corpus.events.members import Member
from twosource.corpus.events.ranges import best_of
from twosource.corpus_records import BestRule, Grade, Outcome, Stake

LATER = DAY + datetime.timedelta(days=1)
ALERT = member("a", "Shells fell on the mill, killing 9.", killed=(9, 9), source="Watch", outlet="Herald")
STORY = member("b", "Norland's guns hit the mill, and 14 died.", actor="Norland", killed=(14, 14), outlet="Courier")
LATEST = member("c", "At least 12 died at the mill.", killed=(12, None), published=LATER, outlet="Gazette")
DENIAL = member("d", "Norland's guns did not fire.", actor="Norland", source="Norland", stance=Stance.DENIES)


def test_the_order_of_claims_changes_nothing() -> None:
    every = [ALERT, STORY, LATEST, DENIAL]
    assert {event_of(*order) for order in itertools.permutations(every)} == {event_of(*every)}


def test_an_event_keeps_every_figure_with_who_gives_it() -> None:
    [killed] = event_of(ALERT, STORY, LATEST).figures
    assert (killed.kind, killed.low, killed.high) == (FigureKind.KILLED, 9, 14)
    assert [(one.low, one.high, one.claims) for one in killed.told] == [
        (9, 9, (ALERT.id,)),
        (12, None, (LATEST.id,)),
        (14, 14, (STORY.id,)),
    ]


@pytest.mark.parametrize(
    ("rule", "hierarchy", "chosen"),
    [
        (BestRule.RANGE, (), (9, 14)),
        (BestRule.CONSERVATIVE, (), (9, 9)),
        (BestRule.LATEST, (), (12, None)),
        (BestRule.HIERARCHY, ("Nobody", "Courier", "Watch"), (14, 14)),
        (BestRule.HIERARCHY, ("watch",), (9, 9)),
        (BestRule.HIERARCHY, ("Nobody",), (9, 14)),
    ],
)
def test_the_best_figure_follows_the_rule_chosen(
    rule: BestRule, hierarchy: tuple[str, ...], chosen: tuple[int | None, int | None]
) -> None:
    [killed] = event_of(ALERT, STORY, LATEST).figures
    best = best_of(killed, [ALERT, STORY, LATEST], rule, hierarchy)
    assert (best.low, best.high) == chosen
    assert best.how.endswith(".")


@pytest.mark.parametrize(
    ("values", "how"),
    [
        ((9, 14), "From the lowest to the highest of 2 values that accounts give."),
        ((9, 9, 9), "Every account that gives a value gives this one."),
        ((9,), "The only value that an account gives: o0."),
    ],
)
def test_how_a_range_comes_about_is_told_plainly(values: tuple[int, ...], how: str) -> None:
    every = [member(f"o{n}", f"Shells killed {value}.", killed=(value, value)) for n, value in enumerate(values)]
    [killed] = event_of(*every).figures
    assert best_of(killed, every, BestRule.RANGE).how == how


def test_the_majority_is_of_origins_and_not_of_reprints() -> None:
    reprints = [member(f"r{n}", "Shells killed 9.", killed=(9, 9), lineages=["wire"]) for n in range(4)]
    others = [member(f"o{n}", "Shells killed 14.", killed=(14, 14)) for n in range(2)]
    every = [*reprints, *others]
    [killed] = event_of(*every).figures
    assert (best := best_of(killed, every, BestRule.MAJORITY)).low == 14
    assert "2 independent origins" in best.how


def test_a_reprint_adds_no_origin_and_no_grade() -> None:
    first = member("a", "Shells fell on the mill.", lineages=["wire"])
    reprint = member("b", "Shells fell on the mill.", lineages=["wire"])
    alone, both = event_of(first), event_of(first, reprint)
    assert (alone.id, alone.origins, alone.grade) == (both.id, both.origins, both.grade)
    [account] = both.accounts
    assert account.reports == ("a", "b")


def test_two_reports_that_name_one_source_are_one_origin() -> None:
    other = member("x", "Shells hit a mill.", source="Watch")
    assert event_of(ALERT, other).origins == 1
    assert event_of(ALERT, member("x", "Shells hit a mill.")).origins == 2


def test_two_origins_are_fair_and_one_is_weak() -> None:
    assert event_of(ALERT).grade is Grade.WEAK
    assert event_of(ALERT, LATEST).grade is Grade.FAIR


def test_a_party_that_admits_confirms_and_one_that_boasts_does_not() -> None:
    admits = member("x", "Our guns hit them.", actor="Norland", target="civilians", source="Norland")
    boasts = member("x", "Our guns hit them.", actor="Norland", target="fighters", source="Norland")
    assert event_of(ALERT, admits).grade is Grade.CONFIRMED
    assert [one.stake for one in event_of(admits).interests] == [Stake.ADMITS]
    told = event_of(boasts)
    assert (told.grade, [one.stake for one in told.interests]) == (Grade.WEAK, [Stake.BOASTS])
    assert "to its own credit" in told.grade_reason


def test_origins_that_name_rival_doers_contest() -> None:
    other = member("x", "Sudria's guns hit the mill.", actor="Sudria")
    assert event_of(STORY, other).grade is Grade.CONTESTED
    same_text = [
        member("y", "Norland shelled it.", actor="Norland", lineages=["wire"]),
        member("z", "Sudria shelled it.", actor="Sudria", lineages=["wire"]),
    ]
    assert event_of(*same_text).grade is not Grade.CONTESTED


def test_a_denial_is_kept_and_marks_the_event_and_does_not_part_it() -> None:
    told = event_of(STORY, DENIAL)
    assert told.denials == (DENIAL.id,)
    assert told.grade is Grade.DENIED
    assert event_of(STORY, ALERT, DENIAL).grade is Grade.FAIR


@pytest.mark.parametrize(
    ("then", "outcome", "grade"),
    [
        (None, Outcome.NOT_REPORTED, Grade.PLANNED),
        (member("x", "Norland struck the mill.", actor="Norland"), Outcome.CARRIED_OUT, Grade.WEAK),
        (
            member("x", "Norland did not strike the mill.", actor="Norland", negated=True),
            Outcome.CONTRADICTED,
            Grade.PLANNED,
        ),
    ],
)
def test_what_was_planned_is_followed_up(then: Member | None, outcome: Outcome, grade: Grade) -> None:
    plan = member("p", "Norland will strike the mill.", actor="Norland", status=Status.PLANNED)
    told = event_of(plan, *([then] if then else []))
    assert (told.outcome, told.grade) == (outcome, grade)


def test_a_correction_is_a_relation_and_its_figure_counts_no_more() -> None:
    wrong = member("a", "Shells killed 20 at the mill.", killed=(20, 20), outlet="Herald")
    right = member(
        "b", "Earlier reports of 20 dead were wrong: 14 died.", killed=(14, 14), published=LATER, outlet="Herald"
    )
    told = event_of(wrong, right)
    [correction] = told.corrections
    assert (correction.earlier, correction.later, correction.rule) == (wrong.id, right.id, "earlier-reports")
    [killed] = told.figures
    assert (killed.low, killed.high) == (14, 14)
    assert [one.low for one in killed.corrected] == [20]
    assert set(told.claims) == {wrong.id, right.id}


def test_a_later_figure_without_words_of_correction_corrects_nothing() -> None:
    assert event_of(ALERT, LATEST).corrections == ()


def test_the_most_specific_type_names_the_event() -> None:
    general = [member(f"g{n}", "An attack on the mill.", type_=ClaimType.ATTACK) for n in range(3)]
    assert event_of(*general, ALERT).type is ClaimType.SHELLING
    assert event_of(*general, ALERT).types == (ClaimType.SHELLING, ClaimType.ATTACK)


def test_a_changed_text_corrects_the_figures_of_its_older_version() -> None:
    before = member("a", "Shells killed 20 at the mill.", killed=(20, 20))
    after = member("a", "Shells killed 14 at the mill.", killed=(14, 14))
    [correction] = changed_text([before], [after])
    assert (correction.earlier, correction.later, correction.rule) == (before.id, after.id, "changed-text")
    assert changed_text([before], [before]) == ()
