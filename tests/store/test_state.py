from __future__ import annotations

from pathlib import Path

import pytest

from twosource.corpus_records import Decision, DecisionKind
from twosource.store import open_project
from twosource.store.decisions import append
from twosource.store.state import contents_of, state_of
from twosource.store.write import Batch, keep_batch, start_run
from web.desk_reports import FINGERPRINT, example_readings, make_project, stray_issues


@pytest.mark.parametrize(
    ("kind", "subjects", "verdict", "is_new_state"),
    [
        (DecisionKind.TRUST, ("Darm Post",), "doubt", True),
        (DecisionKind.TYPE, ("barrel bombs",), "define", True),
        (DecisionKind.SENTENCE, ("a", "0-12"), "looked", False),
        (DecisionKind.CODING, ("pilot", "Ana", "a", "claim-1"), "accept", False),
        (DecisionKind.TASK, ("pilot",), "set", False),
    ],
)
def test_only_what_can_change_an_answer_is_a_new_state(
    tmp_path: Path, kind: DecisionKind, subjects: tuple[str, ...], verdict: str, is_new_state: bool
) -> None:
    with open_project(tmp_path / "p.db", create=True) as project:
        with project.looking() as connection:
            before = state_of(connection)
        with project.writing() as connection:
            append(connection, Decision(kind=kind, subjects=subjects, verdict=verdict, reason="r", who="Ana"))
        with project.looking() as connection:
            assert (state_of(connection) != before) is is_new_state


def test_every_batch_that_is_stored_changes_the_contents(tmp_path: Path) -> None:
    seen = []
    with make_project(tmp_path / "a.db", example_readings()[:2], stray_issues()) as project:
        for reading in example_readings()[2:4]:
            with project.looking() as connection:
                seen.append(contents_of(connection))
            keep_batch(
                project,
                start_run(project, FINGERPRINT),
                FINGERPRINT,
                Batch(reports=(reading.report,), readings=(reading,)),
            )
        with project.looking() as connection:
            seen.append(contents_of(connection))
    assert sorted(set(seen)) == seen
