from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import select, text

from twosource.errors import ProjectError
from twosource.store import open_project, schema, tables


def test_migrations_make_the_tables_that_the_code_describes(tmp_path: Path) -> None:
    with open_project(tmp_path / "a.db", create=True) as project, project.looking() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, tables.metadata) == []


def test_the_revisions_known_to_the_code_are_those_in_the_package() -> None:
    script = ScriptDirectory.from_config(schema.config_for())
    assert tuple(reversed([found.revision for found in script.walk_revisions()])) == schema.REVISIONS
    assert script.get_current_head() == schema.HEAD


def test_a_project_is_kept_safe_from_a_power_cut_and_open_to_readers(tmp_path: Path) -> None:
    with open_project(tmp_path / "a.db", create=True) as project, project.looking() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30_000}


def test_a_reader_sees_one_state_while_another_connection_writes(tmp_path: Path) -> None:
    with open_project(tmp_path / "a.db", create=True) as project, project.looking() as before:
        assert before.execute(select(tables.original.c.sha256)).all() == []
        with project.writing() as connection:
            connection.execute(tables.original.insert().values(sha256="0", content=b""))
        assert before.execute(select(tables.original.c.sha256)).all() == []
        with project.looking() as after:
            assert after.execute(select(tables.original.c.sha256)).scalars().all() == ["0"]


def test_a_write_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    with open_project(tmp_path / "a.db", create=True) as project:
        with pytest.raises(ZeroDivisionError), project.writing() as connection:
            connection.execute(tables.original.insert().values(sha256="0", content=b""))
            raise ZeroDivisionError
        with project.looking() as connection:
            assert connection.execute(select(tables.original.c.sha256)).all() == []


def test_an_older_project_is_migrated_when_it_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.db"
    with open_project(path, create=True) as project, project.writing() as connection:
        connection.execute(tables.original.insert().values(sha256="0", content=b"kept"))
    upgraded = []
    now = schema.HEAD
    monkeypatch.setattr(schema, "REVISIONS", (*schema.REVISIONS, "next"))
    monkeypatch.setattr(schema, "HEAD", "next")
    monkeypatch.setattr(schema, "_upgrade", lambda connection: upgraded.append(schema.revision_of(connection)))
    with open_project(path) as project, project.looking() as connection:
        assert connection.execute(select(tables.original.c.content)).scalar() == b"kept"
    assert upgraded == [now]


def test_a_newer_project_is_refused_with_the_advice_to_upgrade(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with open_project(path, create=True) as project, project.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(ProjectError, match=r"newer twosource.*9999.*upgrade twosource"):
        open_project(path)


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


def test_a_project_can_be_named_by_its_url(tmp_path: Path) -> None:
    open_project(f"sqlite:///{tmp_path}/a.db", create=True).close()
    open_project(tmp_path / "a.db").close()


@pytest.mark.parametrize("url", ["nonsense://", "mysql+none://u:secret@h/d", "://"])
def test_a_url_that_names_no_database_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(ProjectError) as refusal:
        open_project(url)
    assert "secret" not in str(refusal.value)


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
