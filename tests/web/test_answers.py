from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from twosource import deciding
from twosource.corpus_records import DecisionKind
from twosource.store import Project
from twosource.web.answers import Answers
from twosource.web.imports import Imports
from web.desk_reports import example_readings, make_project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with make_project(tmp_path / "p.db", example_readings()[:1]) as opened:
        yield opened


def test_an_answer_is_worked_out_once_for_each_state(project: Project) -> None:
    answers, asked = Answers(project, Imports(project)), []
    for _ in range(2):
        assert answers.get("a", lambda: asked.append("a") or len(asked)) == 1
    assert answers.get("b", lambda: asked.append("b") or len(asked)) == 2
    deciding.keep(project, DecisionKind.ENTITY, ["x", "y"], "different", who="a", reason="two")
    assert answers.get("a", lambda: asked.append("a") or len(asked)) == 3


def test_an_error_is_not_kept(project: Project) -> None:
    answers = Answers(project, Imports(project))
    with pytest.raises(ZeroDivisionError):
        answers.get("a", lambda: 1 // 0)
    assert answers.get("a", lambda: 5) == 5


def test_so_many_answers_are_kept_and_the_oldest_go(project: Project) -> None:
    answers = Answers(project, Imports(project))
    for number in range(70):
        answers.get(number, lambda number=number: number)  # type: ignore[misc]
    assert answers.get(69, lambda: -1) == 69
    assert answers.get(0, lambda: -1) == -1


def test_the_answer_that_nobody_asked_for_longest_goes_first(project: Project) -> None:
    answers = Answers(project, Imports(project))
    for number in range(64):
        answers.get(number, lambda number=number: number)  # type: ignore[misc]
    assert answers.get(0, lambda: -1) == 0
    answers.get(64, lambda: 64)
    assert (answers.known(0), answers.known(1), answers.known(64)) == (0, None, 64)


def test_what_is_known_is_of_this_state(project: Project) -> None:
    answers = Answers(project, Imports(project))
    answers.get("a", lambda: 5)
    assert answers.known("a") == 5
    deciding.keep(project, DecisionKind.ENTITY, ["x", "y"], "different", who="a", reason="two")
    assert answers.known("a") is None
