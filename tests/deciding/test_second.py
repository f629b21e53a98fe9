"""What a second person holds of a decision."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fake_reading import fake_reader, make_report
from twosource import deciding
from twosource.corpus_records import Decision, DecisionKind
from twosource.errors import ConflictError, UsageError
from twosource.pipeline import store_reports
from twosource.spans import Span
from twosource.store import Project, open_project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with open_project(tmp_path / "a.db", create=True) as opened:
        store_reports([make_report("a", "Norland shelled Vale. Sud backs Norland.")], opened, fake_reader())
        yield opened


def names(project: Project, first: str, *, who: str = "Ana") -> Decision:
    return deciding.keep(
        project, DecisionKind.ENTITY, [first, "name:sud"], "same", who=who, reason="one spelling of it"
    )


def waiting(project: Project) -> list[deciding.Seconded]:
    with project.looking() as connection:
        return deciding.decisions_to_second(connection, 100)[0]


def test_what_counts_waits_for_a_second_word_the_newest_first(project: Project) -> None:
    first, later = names(project, "name:norland"), names(project, "name:vale")
    undone = names(project, "name:darm")
    deciding.undo(project, undone.number, who="Ana", reason="no")
    deciding.look(project, "a", Span(0, 21), who="Ana")
    assert [one.decision.number for one in waiting(project)] == [later.number, first.number]


def test_that_older_entries_were_not_gone_through_is_told(project: Project) -> None:
    names(project, "name:norland")
    undone = names(project, "name:vale")
    deciding.undo(project, undone.number, who="Ana", reason="no")
    with project.looking() as connection:
        assert deciding.decisions_to_second(connection, 2) == ([], True)
        assert deciding.decisions_to_second(connection, 3)[1] is False


def test_the_last_word_of_each_person_stands_beside_the_decision(project: Project) -> None:
    first = names(project, "name:norland")
    deciding.second(project, first.number, "agree", who="Ben", reason="so it is")
    deciding.second(project, first.number, "disagree", who="Cleo", reason="two places")
    [one] = waiting(project)
    assert [(word.who, word.verdict) for word in one.words] == [("Ben", "agree"), ("Cleo", "disagree")]
    assert one.is_disputed
    deciding.second(project, first.number, "agree", who="  cleo ", reason="seen the map")
    [one] = waiting(project)
    assert not one.is_disputed
    assert one.of("CLEO") is not None


def test_a_second_word_changes_nothing_else_and_can_be_taken_back(project: Project) -> None:
    first = names(project, "name:norland")
    word = deciding.second(project, first.number, "disagree", who="Ben", reason="two places")
    assert word.before == {"verdict": "same", "reason": "one spelling of it", "who": "Ana"}
    deciding.undo(project, word.number, who="Ben", reason="misread")
    [one] = waiting(project)
    assert (one.decision, one.words) == (first, ())
    assert not deciding.verify(project).faults


def test_nobody_seconds_themselves_or_what_does_not_count(project: Project) -> None:
    first = names(project, "name:norland")
    word = deciding.second(project, first.number, "agree", who="Ben", reason="so it is")
    with pytest.raises(UsageError, match="your own"):
        deciding.second(project, first.number, "agree", who=" ANA ", reason="so it is")
    with pytest.raises(UsageError, match="no entry 99"):
        deciding.second(project, 99, "agree", who="Ben", reason="so it is")
    with pytest.raises(UsageError, match="no decision on"):
        deciding.second(project, word.number, "agree", who="Cleo", reason="so it is")
    with pytest.raises(UsageError, match="'maybe' is no verdict"):
        deciding.second(project, first.number, "maybe", who="Cleo", reason="so it is")
    again = names(project, "name:norland", who="Cleo")
    with pytest.raises(UsageError, match="counts no more"):
        deciding.second(project, first.number, "agree", who="Ben", reason="so it is")
    deciding.second(project, again.number, "agree", who="Ben", reason="so it is")


def test_who_did_not_see_their_own_last_word_is_told(project: Project) -> None:
    first = names(project, "name:norland")
    deciding.second(project, first.number, "agree", who="Ben", reason="so it is", expected=0)
    with pytest.raises(ConflictError):
        deciding.second(project, first.number, "disagree", who="Ben", reason="or not", expected=0)
