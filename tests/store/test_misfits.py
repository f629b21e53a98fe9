"""Spoilt pages are found in every table, and what was worked out is told from what was read and decided."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import LargeBinary, String
from sqlalchemy.exc import DatabaseError

from cli_run import Shell
from copies import Copies
from fake_reading import fake_reader
from store.stored_projects import decide, war_reports
from twosource import deciding
from twosource.errors import ProjectError
from twosource.pipeline import store_reports
from twosource.store import Project, open_project, tables
from twosource.store.checks import as_far_as_it_reads
from twosource.store.decisions import Fault
from twosource.store.misfits import is_worked_out

pytestmark = pytest.mark.file

_PAGE = 4096
_FOUND_OTHERWISE = {"content", "layers"}


def fill(project: Project) -> None:
    store_reports(war_reports(12), project, fake_reader())
    decide(project, "0014")


@pytest.fixture
def path(tmp_path: Path, copies: Copies) -> Iterator[Path]:
    with copies.open(tmp_path / "p.db", fill):
        pass
    return tmp_path / "p.db"


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    monkeypatch.chdir(tmp_path)
    return Shell(tmp_path, capsys)


def verified(path: Path) -> deciding.Verified:
    with open_project(path) as project:
        return deciding.verify(project)


def write_over(path: Path, table: str, column: str, kind: str, value: bytes) -> bool:
    """Puts bytes into the middle of the last value of a column; False where the column holds none."""
    key = ", ".join(f'"{one.name}"' for one in tables.metadata.tables[table].primary_key)
    chosen = f'({key}) = (SELECT {key} FROM "{table}" WHERE "{column}" IS NOT NULL ORDER BY {key} DESC LIMIT 1)'
    spoilt = f"CAST(coalesce(substr(CAST(\"{column}\" AS BLOB), 1, 2), '') || ? AS {kind})"
    connection = sqlite3.connect(path)
    connection.execute("DROP TRIGGER decision_is_never_changed")
    changed = connection.execute(f'UPDATE "{table}" SET "{column}" = {spoilt} WHERE {chosen}', [value]).rowcount
    connection.commit()
    connection.close()
    return changed == 1


@pytest.mark.parametrize("table", tables.metadata.sorted_tables, ids=lambda table: table.name)
def test_bytes_that_were_overwritten_in_a_text_or_a_record_are_found(path: Path, table: tables.Table) -> None:
    whole = path.read_bytes()
    for column in table.columns:
        if isinstance(column.type, (LargeBinary, String)) and column.name not in _FOUND_OTHERWISE:
            path.write_bytes(whole)
            kind = "BLOB" if isinstance(column.type, LargeBinary) else "TEXT"
            if write_over(path, table.name, column.name, kind, b"\xa5" * 50):
                assert is_found(path, table.name), column.name


def test_a_letter_that_is_parted_between_two_values_is_missed_in_both(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        for half, number in ((b"caf\xc3", 1), (b"\xa9s", 2)):
            connection.execute("UPDATE report SET title = CAST(? AS TEXT) WHERE rowid = ?", [half, number])
    found = [one for one in verified(path).faults if one.table == "report" and "its title is nothing" in one.reason]
    assert len(found) == 2


def test_each_part_is_told_before_it_is_checked(path: Path) -> None:
    told = list[str]()
    with open_project(path) as project:
        deciding.verify(project, progress=told.append)
    assert told[:4] == ["original files", "the file itself", "the log of decisions", "reports and claims"]
    assert told[4:-1] == [f"table {table.name}" for table in tables.metadata.sorted_tables]
    assert told[-1] == "the index of words in reports"


def is_found(path: Path, table: str) -> bool:
    try:
        return table in {fault.table for fault in verified(path).faults}
    except ProjectError as error:  # the last hash of the log is told with all that was checked
        return table == "decision" and "is damaged" in str(error)


def page_of(path: Path, name: str) -> int:
    with sqlite3.connect(path) as connection:
        return int(connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", [name]).fetchone()[0])


def spoil_page(path: Path, name: str) -> None:
    """Writes over the page that the tree of a table or an index begins with."""
    at, whole = page_of(path, name) - 1, path.read_bytes()
    path.write_bytes(whole[: at * _PAGE] + b"\xa5" * _PAGE + whole[(at + 1) * _PAGE :])


@pytest.mark.parametrize(
    "name",
    [
        "event",
        "event_key",
        "ix_event_link_first",
        "entity_name",
        "claim_term",
        "claim_value",
        "indexed_report",
        "report_words_data",
        "report_words_idx",
    ],
)
def test_what_was_worked_out_is_told_and_comes_back_from_what_is_whole(path: Path, shell: Shell, name: str) -> None:
    assert shell.run("export", "p.db", "--format", "project", "--out", "whole.jsonl").code == 0
    spoil_page(path, name)
    ran = shell.run("verify", "p.db")
    assert ran.code == 1
    assert "What was read and decided is whole; what is wrong was worked out from it." in ran.out
    assert shell.run("export", "p.db", "--format", "project", "--out", "saved.jsonl").code == 0
    assert (shell.folder / "saved.jsonl").read_bytes() == (shell.folder / "whole.jsonl").read_bytes()
    assert shell.run("import", "saved.jsonl", "--into", "new.db").code == 0
    assert verified(shell.folder / "new.db").faults == ()


@pytest.mark.parametrize("name", ["claim", "reading", "ix_claim_published"])
def test_what_was_read_is_not_said_to_be_whole_where_a_page_of_it_is_spoilt(
    path: Path, shell: Shell, name: str
) -> None:
    spoil_page(path, name)
    ran = shell.run("verify", "p.db")
    assert ran.code == 1
    assert "is whole" not in ran.out
    assert "Go back to a copy that 'twosource backup' made." in ran.out
    assert not is_worked_out("claim")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE claim_value SET name = 'Norlanf' WHERE name = 'Norland' AND reading = 1",
        "UPDATE claim_value SET folded = ' norlanf ' WHERE name = 'Norland' AND reading = 1",
        "DELETE FROM claim_value WHERE name = 'Norland' AND reading = 1",
        "UPDATE claim SET record = CAST(replace(CAST(record AS TEXT), 'Norland', 'Norlanf') AS BLOB) WHERE reading = 1",
    ],
)
def test_a_letter_that_was_changed_in_a_name_is_found(path: Path, shell: Shell, statement: str) -> None:
    assert verified(path).faults == ()
    connection = sqlite3.connect(path)
    assert connection.execute(statement).rowcount > 0
    connection.commit()
    connection.close()
    ran = shell.run("verify", "p.db")
    assert ran.code == 1
    assert "its record names others than it is found by" in ran.out


def test_many_faults_are_told_in_a_page(path: Path, shell: Shell) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("DELETE FROM claim")
    connection.commit()
    connection.close()
    ran = shell.run("verify", "p.db")
    assert ran.out.count("\n") < 60
    assert " more; --json prints all\n" in ran.out


def test_a_list_of_tables_that_was_spoilt_is_told_in_a_line(path: Path, shell: Shell) -> None:
    whole = bytearray(path.read_bytes())
    at = whole.index(b"CREATE TABLE")
    whole[at : at + 6] = b"\xe3\xa5\xe3\xa5\xe3\xa5"
    path.write_bytes(whole)
    ran = shell.run("verify", "p.db")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "p.db is damaged: put the last copy" in ran.err


@pytest.mark.parametrize(
    ("table", "column"),
    [("claim", "folded"), ("report", "folded"), ("claim_value", "folded"), ("claim_value", "field"), ("event", "id"),
     ("entity_name", "name")],
)  # fmt: skip
def test_a_text_that_is_kept_as_another_kind_of_value_is_found(path: Path, table: str, column: str) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        chosen = f'rowid = (SELECT min(rowid) FROM "{table}")' if table != "entity_name" else "true"
        connection.execute(f'UPDATE "{table}" SET "{column}" = CAST("{column}" AS BLOB) WHERE {chosen}')
    assert any(fault.table == table for fault in verified(path).faults)


def test_a_lock_is_not_told_as_a_spoilt_page() -> None:
    def locked() -> Iterator[Fault]:
        fault = sqlite3.OperationalError("database is locked")
        fault.sqlite_errorname = "SQLITE_BUSY"
        raise DatabaseError("SELECT 1", None, fault)
        yield

    with pytest.raises(DatabaseError):
        list(as_far_as_it_reads(locked(), "table claim", "claim"))
