"""Projects in PostgreSQL: what a URL must be, and what the database itself keeps."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Connection, create_engine, insert, select, text
from sqlalchemy.exc import DBAPIError

from crash.phases import project_digest
from databases import SERVER, Databases
from fake_reading import fake_reader
from store.described import differences
from store.stored_projects import copy_rows, decide, open_at, small_war, stored_project
from twosource.errors import ProjectError
from twosource.pipeline import store_reports
from twosource.store import Project, open_project, postgresql, schema, tables

on_a_server = pytest.mark.skipif(not SERVER, reason="'make test-postgresql' runs it beside a server")


@pytest.fixture
def url(databases: Databases, tmp_path: Path) -> str:
    """Of a schema without any table, with no driver's name in it."""
    return databases.empty_schema(tmp_path).set(drivername="postgresql").render_as_string(hide_password=False)


def test_a_server_that_is_not_there_is_told_without_the_password() -> None:
    with pytest.raises(ProjectError, match=r"can't be reached: see that the server runs") as refusal:
        open_project("postgresql://amal:secret@127.0.0.1:1/news", create=True)
    assert "amal" in str(refusal.value)
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize("url", ["mysql://h/d", "sqlite://", "postgresql+pg8000://h/d"])
def test_a_database_that_can_hold_no_project_is_refused_with_one_that_can(url: str) -> None:
    with pytest.raises(ProjectError, match=r"postgresql://"):
        open_project(url, create=True)


@on_a_server
def test_the_migrations_of_an_empty_database_make_what_is_made_anew(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_project(url, create=True) as project, project.looking() as connection:
        assert differences(connection) == []
        anew = described(connection)
        assert all(anew.values())
        [name] = connection.execute(text("SELECT current_schema()")).scalars()
    with open_project(url) as project, project.writing() as connection:
        connection.execute(text(f"DROP SCHEMA {name} CASCADE; CREATE SCHEMA {name}"))
    monkeypatch.setattr(schema, "_make_anew", schema._upgrade)
    with open_project(url, create=True) as project, project.looking() as connection:
        assert differences(connection) == []
        assert described(connection) == anew


@on_a_server
def test_a_project_of_an_older_revision_comes_up_to_date_with_all_that_it_holds(url: str, tmp_path: Path) -> None:
    stored_project("0011", tmp_path / "p.db")
    server = create_engine(url.replace("postgresql:", "postgresql+psycopg:", 1))
    with server.begin() as target, open_at(tmp_path / "p.db") as source:
        command.upgrade(schema.config_for(target), "0011")
        copy_rows(source, target)
    server.dispose()
    with open_project(url) as moved, open_project(tmp_path / "anew.db", create=True) as anew:
        store_reports(small_war(), anew, fake_reader())
        decide(anew, "0011")
        assert project_digest(moved) == project_digest(anew)
        with moved.looking() as connection:
            assert differences(connection) == []
            assert connection.execute(select(tables.event_link)).all()


def described(connection: Connection) -> dict[str, list[tuple[Any, ...]]]:
    """What the catalog knows of the columns, indexes, keys, triggers and functions of the schema."""
    here = "current_schema()::regnamespace"
    queries = {
        "columns": "SELECT table_name, ordinal_position, column_name, data_type, character_maximum_length, "
        "is_nullable, column_default, collation_name FROM information_schema.columns "
        "WHERE table_schema = current_schema()",
        "indexes": "SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = current_schema()",
        "keys": "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
        f"WHERE connamespace = {here}",
        "triggers": "SELECT pg_get_triggerdef(pg_trigger.oid), tgenabled FROM pg_trigger "
        f"JOIN pg_class ON pg_class.oid = tgrelid WHERE relnamespace = {here} AND NOT tgisinternal",
        "functions": f"SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = {here}",
        "revision": "SELECT version_num FROM alembic_version",
    }
    return {name: sorted((*row,) for row in connection.execute(text(query))) for name, query in queries.items()}


@on_a_server
def test_a_plain_url_is_enough(url: str) -> None:
    open_project(url, create=True).close()
    with open_project(url) as project, project.looking() as connection:
        assert schema.revision_of(connection) == schema.HEAD


@on_a_server
def test_an_empty_database_is_no_project_until_one_is_to_be_made(url: str) -> None:
    with pytest.raises(ProjectError, match="is not a twosource project"):
        open_project(url)


@on_a_server
def test_a_database_that_is_not_there_is_told(url: str) -> None:
    with pytest.raises(ProjectError, match=r"can't be reached.*nowhere_tests\S* does not exist"):
        open_project(url.replace("/twosource_tests", "/nowhere_tests"), create=True)


@on_a_server
def test_a_look_writes_nothing(url: str) -> None:
    with (
        open_project(url, create=True) as project,
        pytest.raises(ProjectError, match="read-only"),
        project.looking() as connection,
    ):
        connection.execute(insert(tables.original).values(sha256="0", content=b""))


@on_a_server
def test_words_are_ordered_by_their_characters_numbers(url: str) -> None:
    with open_project(url, create=True) as project:
        keep_originals(project, "b", "B", "a-b", "ab", "é")
        with project.looking() as connection:
            column = tables.original.c.sha256
            assert connection.execute(select(column).order_by(column)).scalars().all() == ["B", "a-b", "ab", "b", "é"]
            kinds = "SELECT collation_name FROM information_schema.columns WHERE table_schema = current_schema() "
            texts = text(kinds + "AND data_type IN ('text', 'character varying')")
            assert set(connection.execute(texts).scalars()) == {"C"}


def keep_originals(project: Project, *names: str) -> None:
    with project.writing() as connection:
        connection.execute(insert(tables.original), [{"sha256": name, "content": b""} for name in names])


@on_a_server
def test_a_writer_who_waits_too_long_is_told_that_another_writes(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgresql, "_WAIT_SECONDS", 0.01)
    with (
        open_project(url, create=True) as first,
        open_project(url) as second,
        first.writing(),
        pytest.raises(ProjectError, match="being written by another program"),
        second.writing(),
    ):
        raise AssertionError("the other was not seen")


@on_a_server
def test_the_database_refuses_to_change_the_log_and_a_missing_guard_is_found(url: str) -> None:
    from twosource import deciding

    with open_project(url, create=True) as project:
        assert deciding.verify(project).faults == ()
        for statement in ("UPDATE decision SET reason = 'x'", "DELETE FROM decision", "TRUNCATE decision"):
            with pytest.raises(DBAPIError, match="decisions are only added"), project.writing() as connection:
                connection.execute(text(statement))
        with project.writing() as connection:
            connection.execute(text("ALTER TABLE decision DISABLE TRIGGER decision_is_never_changed"))
        [fault] = deciding.verify(project).faults
        assert "decision_is_never_changed" in fault.reason


@on_a_server
def test_a_backup_is_left_to_the_database_s_own_program(url: str, tmp_path: Path) -> None:
    from twosource import deciding

    with open_project(url, create=True) as project, pytest.raises(ProjectError, match="pg_dump"):
        deciding.backup(project, tmp_path / "copy.db")
    assert not list(tmp_path.iterdir())
