"""Projects that are files."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from quick_projects import kept_safe
from twosource.errors import ProjectError
from twosource.store import open_project

pytestmark = pytest.mark.file


def test_a_project_is_kept_safe_from_a_power_cut_and_open_to_readers(tmp_path: Path) -> None:
    with kept_safe(), open_project(tmp_path / "a.db", create=True) as project, project.looking() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30_000}


def test_a_missing_project_is_refused_with_the_command_that_makes_one(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match=r"no project at .*twosource read PATH --into"):
        open_project(tmp_path / "none.db")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("create", [True, False])
def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(tmp_path: Path, create: bool) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("bread, milk, forty-two eggs and a candle")
    with pytest.raises(ProjectError, match="is not a twosource project"):
        open_project(path, create=create)
    assert path.read_text() == "bread, milk, forty-two eggs and a candle"


@pytest.mark.parametrize("create", [True, False])
def test_the_database_of_another_program_is_refused_and_left_as_it_is(tmp_path: Path, create: bool) -> None:
    path = tmp_path / "other.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE song (title)")
    other.commit()
    other.close()
    with pytest.raises(ProjectError, match="not a twosource project"):
        open_project(path, create=create)
    assert sqlite3.connect(path).execute("SELECT name FROM sqlite_master").fetchall() == [("song",)]


def test_a_damaged_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    with pytest.raises(ProjectError, match="damaged"):
        open_project(path)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="is a folder"):
        open_project(tmp_path, create=True)


def test_a_project_in_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match=r"no folder .* make it first"):
        open_project(tmp_path / "none" / "a.db", create=True)


def test_an_empty_file_becomes_a_project_only_when_one_is_to_be_made(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.touch()
    with pytest.raises(ProjectError, match="is not a twosource project"):
        open_project(path)
    open_project(path, create=True).close()
    open_project(path).close()


@pytest.mark.skipif(os.name != "posix", reason="names of files are bytes on POSIX alone")
def test_a_project_can_have_a_name_that_is_no_text(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/p-\xff.db"
    open_project(os.fsdecode(name), create=True).close()
    assert os.path.isfile(name)  # noqa: PTH113 - a path of bytes
    open_project(os.fsdecode(name)).close()


def test_a_project_can_be_named_by_its_url(tmp_path: Path) -> None:
    open_project(f"sqlite:///{tmp_path}/a.db", create=True).close()
    open_project(tmp_path / "a.db").close()


def test_a_project_locked_by_another_writer_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with open_project(path, create=True) as project:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with project.looking() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout = 1")
        with pytest.raises(ProjectError, match="being written by another program"), project.writing():
            raise AssertionError("the lock was not seen")
        other.close()
