"""Families of reports: what is joined, what is not, and what people decide."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

import pytest

from corpus import another_war as war
from twosource.corpus.families import families, with_decisions
from twosource.corpus.origins import Resting, independent_origins, lineages_of
from twosource.corpus_records import Decision, DecisionKind, Dependence, Judgement, Passage, Relation
from twosource.records import Report
from twosource.spans import Span

Judged = Callable[[Report, Report], Dependence]


def bond(one: str, other: str, *, at: tuple[int, int] = (0, 100), to: tuple[int, int] = (0, 100)) -> Dependence:
    """A dependence that rests on one passage."""
    passage = Passage(Span(*at), Span(*to))
    return Dependence(
        earlier=one, later=other, relation=Relation.REPRINT, reason="", likelihood=0.9, passages=(passage,)
    )


def decision(one: str, other: str, judgement: Judgement) -> Decision:
    return Decision(
        kind=DecisionKind.LINEAGE,
        subjects=(one, other),
        verdict=judgement,
        reason="I asked both desks",
        who="a.coder",
    )


def groups(found: Sequence[Dependence]) -> list[tuple[str, ...]]:
    return [one.reports for one in families(found)]


def test_bonds_on_the_same_words_make_one_family() -> None:
    assert groups([bond("a", "b"), bond("b", "c")]) == [("a", "b", "c")]


def test_a_report_that_mixes_two_texts_belongs_to_both_families() -> None:
    mixed = [bond("afp", "mix", to=(0, 100)), bond("mix", "reuters", at=(200, 300))]
    assert groups(mixed) == [("afp", "mix"), ("mix", "reuters")]


def test_a_digest_of_two_agencies_is_in_the_families_of_both(judged: Judged) -> None:
    reports = [war.WIRE, war.REPRINT, war.BLOG, war.DIGEST, war.STATEMENT]
    found = [judged(one, other) for one, other in itertools.combinations(reports, 2)]
    lineages = families(found)
    assert [(one.reports, one.origin) for one in lineages] == [
        (("blog", "digest"), "AFP"),
        (("digest", "reprint", "wire"), "Reuters"),
    ]
    assert lineages[1].reason == "3 reports with 3 reprints among their pairs; 3 of them go back to Reuters."


def test_the_order_of_bonds_changes_no_family_and_no_id() -> None:
    bonds = [bond("a", "b"), bond("b", "c"), bond("x", "y"), bond("c", "y", at=(200, 300), to=(200, 300))]
    told = {families(order) for order in itertools.permutations(bonds)}
    assert len(told) == 1


def test_a_further_reprint_leaves_the_id(judged: Judged) -> None:
    [before] = families([bond("a", "b")])
    [after] = families([bond("a", "b"), bond("a", "c"), bond("b", "c")])
    assert before.id == after.id


def test_no_two_families_have_one_id() -> None:
    found = families([bond("a", "m"), bond("b", "m", to=(200, 300)), bond("c", "m", to=(400, 500))])
    assert len({one.id for one in found}) == len(found) == 3


def test_a_person_may_part_what_the_engine_joined() -> None:
    found = with_decisions([bond("a", "b")], [decision("b", "a", Judgement.DIFFERENT)])
    assert families(found) == ()
    assert found[0].decided
    assert "I asked both desks" in found[0].reason


def test_who_is_to_stay_apart_is_joined_by_no_third_report() -> None:
    bonds = [bond("a", "b"), bond("a", "c"), bond("b", "c")]
    [family] = families(with_decisions(bonds, [decision("a", "b", Judgement.DIFFERENT)]))
    assert {"a", "b"} - set(family.reports)


def test_a_person_may_join_what_the_engine_did_not_see() -> None:
    [family] = families(with_decisions([], [decision("a", "b", Judgement.SAME)]))
    assert family.reports == ("a", "b")


@pytest.mark.parametrize(("last", "count"), [(Judgement.SAME, 1), (Judgement.DIFFERENT, 0), (Judgement.UNSURE, 1)])
def test_the_last_decision_on_a_pair_counts(last: Judgement, count: int) -> None:
    decisions = [decision("a", "b", Judgement.DIFFERENT), decision("a", "b", last)]
    assert len(families(with_decisions([bond("a", "b")], decisions))) == count


def test_a_reprint_adds_no_independent_origin() -> None:
    lineages = lineages_of(families([bond("a", "b")]))
    assert len(independent_origins([Resting(report="a")], lineages)) == 1
    assert len(independent_origins([Resting(report="a"), Resting(report="b")], lineages)) == 1
    assert len(independent_origins([Resting(report="a"), Resting(report="c")], lineages)) == 2


def test_two_lineages_that_rest_on_one_monitor_are_one_origin() -> None:
    monitor = frozenset(["syrian-observatory-for-human-rights"])
    accounts = [Resting(report="a", sources=monitor), Resting(report="c", sources=monitor)]
    assert len(independent_origins(accounts, {})) == 1


def test_whoever_rests_on_both_of_two_sources_joins_them_not() -> None:
    accounts = [
        Resting(report="a", sources=frozenset(["x", "y"])),
        Resting(report="b", sources=frozenset(["x"])),
        Resting(report="c", sources=frozenset(["y"])),
    ]
    for order in itertools.permutations(accounts):
        assert [one.report for one in independent_origins(order, {})] == ["b", "c"]
