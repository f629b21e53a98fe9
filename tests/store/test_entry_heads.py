"""Of the entries on claims those alone are read in full that count."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import RowMapping, insert

from fake_reading import fake_reader, make_report
from twosource import deciding
from twosource.corpus_records import Decision, DecisionKind
from twosource.errors import ProjectError
from twosource.pipeline import store_reports
from twosource.store import Project, entry_heads, open_project, tables
from twosource.store.decided_claims import overlays
from twosource.store.decisions import decision_row, entries_from, entry_of, in_force
from twosource.store.entry_heads import entries_numbered, heads_from


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A project where one claim was decided on three times, the last time taken back, and another once."""
    with open_project(tmp_path / "a.db", create=True) as opened:
        told = "Norland shelled Vale-Port on 2024-03-01, killing 2. Sud seized Al-Vale on 2024-04-01."
        store_reports([make_report("a", told)], opened, fake_reader())
        first, second = (one.claim.id for one in deciding.decided_claims(opened, "a"))
        deciding.accept(opened, "a", first, who="Ana", reason="read")
        deciding.fix(opened, "a", first, {"type": "airstrike"}, who="Ana", reason="by air")
        last = deciding.reject(opened, "a", first, who="Ben", reason="no")
        deciding.undo(opened, last.number, who="Ben", reason="yes")
        deciding.accept(opened, "a", second, who="Ana", reason="read")
        yield opened


def test_the_entries_that_count_are_those_that_count_of_whole_entries(project: Project) -> None:
    with project.looking() as connection:
        heads = in_force(heads_from(connection, DecisionKind.CLAIM, 1))
        whole = in_force(entries_from(connection, DecisionKind.CLAIM, 1))
        assert entries_numbered(connection, [one.number for one in heads]) == whole
        assert [one.number for one in heads_from(connection, DecisionKind.CLAIM, 4)] == [4, 5]
    assert [one.number for one in whole] == [2, 5]


def test_entries_that_do_not_count_are_not_read_in_full(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []

    def noting(row: RowMapping) -> Decision:
        read.append(row["number"])
        return entry_of(row)

    monkeypatch.setattr(entry_heads, "entry_of", noting)
    with project.looking() as connection:
        assert len(overlays(connection)["a"].claims) == 2
        overlays(connection)
    assert read == [2, 5]


def test_an_entry_whose_subjects_were_damaged_is_told(project: Project) -> None:
    with project.writing() as connection:
        [last] = entries_numbered(connection, [5])
        connection.execute(insert(tables.decision).values({**decision_row(last), "number": 6, "subjects": "["}))
        with pytest.raises(ProjectError, match="entry 6 of the log of decisions was damaged"):
            heads_from(connection, DecisionKind.CLAIM, 1)
