"""Decisions on what an actor is: that they count, stay and can be taken back."""

from __future__ import annotations

import pytest

from fake_reading import fake_reader, make_report
from twosource import deciding
from twosource.closed_sets import ActorKind
from twosource.corpus_records import Judgement
from twosource.deciding.actor_kinds import actor_kind
from twosource.errors import ConflictError, UsageError
from twosource.export.material import Choice, Material
from twosource.identifying import identify, keep_name_decision
from twosource.pipeline import store_reports
from twosource.store import Project
from twosource.views.actors import actor_page, list_actors

FIRST = make_report("first", "Odrel shelled Vale. Sudria shelled Vale. Odrel seized Tarn.", outlet="Herald")


def fill(project: Project) -> None:
    store_reports([FIRST], project, fake_reader())


def kinds(project: Project, name: str) -> tuple[ActorKind, ActorKind | None]:
    entity = actor_page(project, name).listing.entity
    return entity.kind, entity.read_kind


def id_of(project: Project, name: str) -> str:
    return actor_page(project, name).listing.entity.id


def classify(project: Project, name: str, kind: ActorKind) -> int:
    return deciding.classify(project, id_of(project, name), kind, who="Ana", reason="its own site says so").number


def test_a_kind_counts_at_once_and_what_was_read_is_kept_beside_it(project: Project) -> None:
    read, _ = kinds(project, "Odrel")
    classify(project, "Odrel", ActorKind.ARMED_GROUP)
    assert read is not ActorKind.ARMED_GROUP
    assert kinds(project, "Odrel") == (ActorKind.ARMED_GROUP, read)
    assert kinds(project, "Sudria") == (read, None)


def test_exports_have_the_kind(project: Project) -> None:
    classify(project, "Odrel", ActorKind.ARMED_GROUP)
    entity = next(one for one in Material(project, Choice()).entities() if one.name == "Odrel")
    assert entity.kind is ActorKind.ARMED_GROUP


def test_it_stays_when_names_are_read_and_brought_together_anew(project: Project) -> None:
    classify(project, "Odrel", ActorKind.STATE)
    store_reports([make_report("second", "Odrel seized Vale. Karim shelled Tarn.")], project, fake_reader())
    assert kinds(project, "Odrel")[0] is ActorKind.STATE
    store_reports([FIRST], project, fake_reader(2))
    assert kinds(project, "Odrel")[0] is ActorKind.STATE
    keep_name_decision(project, ("Karim", "Sudria"), Judgement.DIFFERENT, reason="x", who="Ana")
    assert kinds(project, "Odrel")[0] is ActorKind.STATE


def test_what_is_taken_back_is_as_it_was_read(project: Project) -> None:
    before = list_actors(project)
    first = classify(project, "Odrel", ActorKind.STATE)
    second = classify(project, "Odrel", ActorKind.CIVILIANS)
    deciding.undo(project, second, who="Ana", reason="a slip")
    assert kinds(project, "Odrel")[0] is ActorKind.STATE
    deciding.undo(project, first, who="Ana", reason="a slip")
    assert list_actors(project) == before


def test_it_counts_for_the_actor_that_it_was_merged_into_and_no_longer_once_they_are_two(project: Project) -> None:
    read, _ = kinds(project, "Odrel")
    classify(project, "Odrel", ActorKind.STATE)
    classify(project, "Sudria", ActorKind.MONITOR)
    one = keep_name_decision(project, ("Odrel", "Sudria"), Judgement.SAME, reason="renamed", who="Ana")
    assert id_of(project, "Odrel") == id_of(project, "Sudria")
    merged, beside = kinds(project, "Odrel")
    own = {"name:odrel": ActorKind.STATE, "name:sudria": ActorKind.MONITOR}
    assert (merged, beside) == (own[id_of(project, "Odrel")], read)
    deciding.undo(project, one.number, who="Ana", reason="not renamed")
    identify(project)
    assert (kinds(project, "Odrel")[0], kinds(project, "Sudria")[0]) == (ActorKind.STATE, ActorKind.MONITOR)


def test_a_word_on_an_actor_that_nobody_names_no_longer_applies(project: Project) -> None:
    classify(project, "Odrel", ActorKind.STATE)
    assert deciding.no_longer_apply(project) == ()
    store_reports([make_report("first", "Sudria shelled Vale.")], project, fake_reader())
    [lapsed] = deciding.no_longer_apply(project)
    assert "no claim names" in lapsed.reason


def test_what_can_t_be_meant_is_refused(project: Project) -> None:
    with pytest.raises(UsageError, match="there is no actor 'name:nobody'"):
        deciding.classify(project, "name:nobody", ActorKind.STATE, who="Ana", reason="x")
    with pytest.raises(UsageError, match="did you mean armed_group"):
        actor_kind("armed grup")
    assert actor_kind("Armed group") is ActorKind.ARMED_GROUP
    number = classify(project, "Odrel", ActorKind.STATE)
    with pytest.raises(ConflictError):
        deciding.classify(
            project, id_of(project, "Odrel"), ActorKind.PERSON, who="Ben", reason="x", expected=number - 1
        )
