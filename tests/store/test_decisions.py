"""The log of decisions: its chain, who may change it, what counts, and two writers at once."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from twosource.corpus_records import Decision, DecisionKind
from twosource.errors import ConflictError, InputError, UsageError
from twosource.store import Project, open_project, schema
from twosource.store.decisions import (
    FIRST_PREVIOUS,
    append,
    decisions_in_force,
    every_decision,
    last_numbers,
    verify_chain,
)
from twosource.store.restore import restore_decisions


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with open_project(tmp_path / "a.db", create=True) as opened:
        yield opened


def lineage(first: str, second: str, verdict: str = "same", **fields: object) -> Decision:
    told = {
        "kind": DecisionKind.LINEAGE,
        "reason": "one stringer",
        "who": "coder-1",
        "made": "2031-03-05T10:00:00+00:00",
    }
    return Decision(**(told | {"subjects": (first, second), "verdict": verdict} | fields))  # type: ignore[arg-type]


def undoing(decision: Decision) -> Decision:
    return lineage(*decision.subjects, verdict="undo", undoes=decision.number, reason="a slip")


def keep(project: Project, *decisions: Decision) -> list[Decision]:
    with project.writing() as connection:
        return [append(connection, one) for one in decisions]


def in_force(project: Project, *subjects: str) -> list[tuple[int, str]]:
    with project.looking() as connection:
        found = decisions_in_force(connection, DecisionKind.LINEAGE, subjects or None)
    return [(one.number, one.verdict) for one in found]


def faults(project: Project) -> list[tuple[str, str]]:
    with project.looking() as connection:
        return [(one.where, one.reason) for one in verify_chain(connection)]


def tamper(path: Path, statement: str) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TRIGGER decision_is_never_changed")
        connection.execute("DROP TRIGGER decision_is_never_taken_out")
        connection.execute(statement)
    connection.close()


def test_an_entry_comes_back_as_it_was_added(project: Project) -> None:
    given = lineage("a", "b", value={"weight": 0.5, "words": "naïve “so”"}, before={"relation": None})
    [kept] = keep(project, given)
    with project.looking() as connection:
        assert every_decision(connection) == [kept]
    assert (kept.number, kept.previous, kept.value, kept.before) == (1, FIRST_PREVIOUS, given.value, given.before)


def test_anybody_can_work_the_chain_out_again(project: Project) -> None:
    kept = keep(project, lineage("a", "b", value={"z": [1, None], "a": "“ü”"}), lineage("b", "c"))
    previous = "0" * 64
    for one in kept:
        told = {name: getattr(one, name) for name in Decision.__struct_fields__ if name not in ("previous", "hash")}
        canonical = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert one.hash == hashlib.sha256((previous + canonical).encode()).hexdigest()
        previous = one.hash


@pytest.mark.parametrize("statement", ["UPDATE decision SET reason = 'x'", "DELETE FROM decision"])
def test_the_database_refuses_to_change_an_entry(project: Project, statement: str) -> None:
    keep(project, lineage("a", "b"))
    with pytest.raises(DatabaseError, match="decisions are only added"), project.writing() as connection:
        connection.execute(text(statement))


def test_the_order_of_two_reports_says_nothing(project: Project) -> None:
    keep(project, lineage("b", "a"), lineage("a", "b", "different"))
    assert in_force(project) == [(2, "different")]
    assert in_force(project, "b", "a") == [(2, "different")]


def test_an_undone_decision_gives_way_to_the_one_before(project: Project) -> None:
    _, second = keep(project, lineage("a", "b"), lineage("a", "b", "different"))
    keep(project, undoing(second))
    assert in_force(project) == [(1, "same")]


def test_an_undone_undo_brings_the_decision_back(project: Project) -> None:
    [first] = keep(project, lineage("a", "b"))
    [undo] = keep(project, undoing(first))
    assert in_force(project) == []
    keep(project, undoing(undo))
    assert in_force(project) == [(1, "same")]


def test_what_is_taken_back_cannot_be_taken_back_again(project: Project) -> None:
    [first] = keep(project, lineage("a", "b"))
    keep(project, undoing(first))
    with pytest.raises(UsageError, match="entry 1 is taken back already"):
        keep(project, undoing(first))


def test_the_second_of_two_writers_is_told_what_the_first_did(project: Project) -> None:
    with project.writing() as connection:
        append(connection, lineage("a", "b"), expected=0)
    seen = "coder-1 decided 'same' on a, b at 2031-03-05"
    with pytest.raises(ConflictError, match=seen) as told, project.writing() as connection:
        append(connection, lineage("a", "b", "different", who="coder-2"), expected=0)
    assert (told.value.number, told.value.who) == (1, "coder-1")
    assert in_force(project) == [(1, "same")]
    with project.writing() as connection:
        append(connection, lineage("a", "b", "different", who="coder-2"), expected=told.value.number)
    assert in_force(project) == [(2, "different")]


def test_an_undo_is_a_change_that_the_second_writer_has_not_seen(project: Project) -> None:
    [first] = keep(project, lineage("a", "b"))
    keep(project, undoing(first))
    with pytest.raises(ConflictError, match="decided 'undo'"), project.writing() as connection:
        append(connection, lineage("a", "b", "different"), expected=1)


def test_decisions_on_other_things_are_no_conflict(project: Project) -> None:
    keep(project, lineage("a", "b"))
    with project.writing() as connection:
        assert append(connection, lineage("b", "c"), expected=0).number == 2


def test_decisions_are_found_by_one_of_their_subjects(project: Project) -> None:
    keep(project, lineage("a", "b"), lineage("b", "c_1"), lineage("A", "c%1"))
    with project.looking() as connection:
        for about, numbers in (("a", [1]), ("b", [1, 2]), ("c_1", [2]), ("c", [])):
            found = decisions_in_force(connection, DecisionKind.LINEAGE, about=about)
            assert [one.number for one in found] == numbers
        assert last_numbers(connection, DecisionKind.LINEAGE, "c_1") == {("b", "c_1"): 2}


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"who": " "}, "needs who made it"),
        ({"reason": ""}, "needs a reason"),
        ({"verdict": "perhaps"}, "'perhaps' is no verdict on a lineage: it is one of same, different, unsure"),
        ({"verdict": "undo"}, "'undo' is no verdict"),
        ({"undoes": 1}, "'same' is no verdict"),
        ({"subjects": ("a",)}, "has 2 subjects, not 1"),
        ({"subjects": ()}, "needs its subjects"),
        ({"verdict": "undo", "undoes": 7}, "no entry 7 on a, b"),
        ({"value": {"what": object()}}, "only what JSON can hold"),
    ],
)
def test_an_entry_that_cannot_be_meant_is_refused(project: Project, fields: dict[str, object], reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        keep(project, lineage("a", "b", **{"verdict": "same", **fields}))  # type: ignore[arg-type]
    assert in_force(project) == []


def test_a_whole_chain_has_no_fault(project: Project) -> None:
    keep(project, *(lineage("a", f"b{at}") for at in range(5)))
    assert faults(project) == []


@pytest.mark.file
@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE decision SET reason = 'x' WHERE number = 2", [("decision 2", "hash does not fit")]),
        ("UPDATE decision SET who = 'y' WHERE number = 3", [("decision 3", "hash does not fit")]),
        ("UPDATE decision SET value = '{' WHERE number = 2", [("decision 2", "can't be read")]),
        ("UPDATE decision SET kind = 'mood' WHERE number = 2", [("decision 2", "can't be read")]),
        (
            "UPDATE decision SET hash = 'h' WHERE number = 1",
            [("decision 1", "hash"), ("decision 2", "does not follow")],
        ),
        ("DELETE FROM decision WHERE number = 2", [("decision 3", "entry 2 is missing")]),
        ("DELETE FROM decision WHERE number = 1", [("decision 2", "entry 1 is missing")]),
    ],
)
def test_tampering_is_found_where_it_was_done(
    project: Project, tmp_path: Path, statement: str, expected: list[tuple[str, str]]
) -> None:
    keep(project, lineage("a", "b"), lineage("b", "c"), lineage("c", "d"))
    tamper(tmp_path / "a.db", statement)
    found = faults(project)
    assert [where for where, _ in found] == [where for where, _ in expected]
    for (_, reason), (_, words) in zip(found, expected, strict=True):
        assert words in reason


def test_a_log_is_restored_with_its_numbers_and_hashes(project: Project, tmp_path: Path) -> None:
    kept = keep(project, lineage("a", "b"), lineage("b", "c"))
    with open_project(tmp_path / "b.db", create=True) as other:
        with other.writing() as connection:
            restore_decisions(connection, kept)
        with other.looking() as connection:
            assert every_decision(connection) == kept
        assert faults(other) == []


@pytest.mark.parametrize("changed", [{"reason": "x"}, {"number": 2}, {"previous": "1" * 64}, {"hash": "2" * 64}])
def test_an_entry_that_was_changed_is_not_restored(project: Project, tmp_path: Path, changed: dict[str, Any]) -> None:
    [kept] = keep(project, lineage("a", "b"))
    with open_project(tmp_path / "b.db", create=True) as other:
        with pytest.raises(InputError, match="is not as it was written"), other.writing() as connection:
            restore_decisions(connection, [msgspec.structs.replace(kept, **changed)])
        with other.looking() as connection:
            assert every_decision(connection) == []


def test_a_log_that_holds_an_entry_takes_none_back(project: Project, tmp_path: Path) -> None:
    kept = keep(project, lineage("a", "b"), lineage("b", "c"))
    with open_project(tmp_path / "b.db", create=True) as other:
        own = keep(other, lineage("c", "d"))
        with pytest.raises(UsageError, match=r"goes to entry 1 already.*a new file"), other.writing() as connection:
            restore_decisions(connection, kept)
        with other.writing() as connection:
            restore_decisions(connection, [])
        with other.looking() as connection:
            assert every_decision(connection) == own
        assert faults(other) == []


def test_decisions_on_lineage_of_older_projects_move_into_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "old.db"
    with monkeypatch.context() as older:
        from alembic import command

        def _make_0002(connection: object) -> None:
            command.upgrade(schema.config_for(connection), "0002")  # type: ignore[arg-type]

        older.setattr(schema, "_make_anew", _make_0002)
        older.setattr(schema, "HEAD", "0002")
        with open_project(path, create=True) as project, project.writing() as connection:
            for reason in ("I asked", ""):
                connection.execute(
                    text(
                        "INSERT INTO lineage_decision (made, first, second, judgement, reason) "
                        "VALUES ('2031-03-05T10:00:00+00:00', 'b', 'a', 'same', :reason)"
                    ),
                    {"reason": reason},
                )
    with open_project(path) as project:
        with project.looking() as connection:
            moved = every_decision(connection)
        assert [(one.subjects, one.verdict, one.reason, one.who) for one in moved] == [
            (("a", "b"), "same", "I asked", "unknown"),
            (("a", "b"), "same", "no reason was given", "unknown"),
        ]
        assert moved[0].made == "2031-03-05T10:00:00+00:00"
        assert faults(project) == []
