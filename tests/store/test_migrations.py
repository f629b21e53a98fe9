"""Projects of every age become what a project made anew is, whole or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Engine, event

from crash.phases import project_digest
from fake_reading import fake_reader
from store.described import differences
from store.stored_projects import REVISIONS, decide, open_at, small_war, stored_project
from twosource import deciding
from twosource.gathering import gather
from twosource.identifying import identify
from twosource.pipeline import store_reports
from twosource.relating import relate
from twosource.store import Project, open_project, schema
from twosource.views.claims import every_claim

pytestmark = pytest.mark.file


@pytest.fixture(scope="module")
def anew(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The file of a project of today with the reports and the decisions that a stored project has."""
    made: dict[str, Path] = {}

    def make(revision: str) -> Path:
        key = min(revision, "0003")  # what could be decided is the same since then
        if key not in made:
            made[key] = tmp_path_factory.mktemp("anew") / "p.db"
            with open_project(made[key], create=True) as project:
                store_reports(small_war(), project, fake_reader())
                decide(project, revision)
        return made[key]

    return make


def tables_in(path: Path) -> set[tuple[str, ...]]:
    """What was said to make each table, index and trigger, without quotation marks and blanks."""
    connection = sqlite3.connect(path)
    rows = connection.execute("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master").fetchall()
    connection.close()
    return {(*row[:3], "".join(row[3].replace('"', "").split())) for row in rows}


def claims(project: Project) -> list[Any]:
    return [(row.claim, row.evidence) for row in every_claim(project)]


def revision_in(path: Path) -> str:
    connection = sqlite3.connect(path)
    [[revision]] = connection.execute("SELECT version_num FROM alembic_version")
    connection.close()
    return str(revision)


def test_a_project_of_every_revision_is_stored_but_of_those_that_never_were_the_newest() -> None:
    assert [*REVISIONS] == [one for one in schema.REVISIONS if one not in {"0007", "0008"}]


def test_the_migrations_of_an_empty_project_make_what_is_made_anew(tmp_path: Path) -> None:
    open_project(tmp_path / "anew.db", create=True).close()
    with open_at(tmp_path / "migrated.db") as connection, connection.begin():
        command.upgrade(schema.config_for(connection), "head")
        assert differences(connection) == []
    assert tables_in(tmp_path / "migrated.db") == tables_in(tmp_path / "anew.db")
    assert revision_in(tmp_path / "anew.db") == schema.HEAD


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_stored_project_becomes_what_one_made_anew_is(
    tmp_path: Path, anew: Callable[[str], Path], revision: str
) -> None:
    stored_project(revision, tmp_path / "p.db")
    assert revision_in(tmp_path / "p.db") == revision
    with open_project(tmp_path / "p.db") as old, open_project(anew(revision)) as new:
        with old.looking() as connection:
            assert differences(connection) == []
        assert deciding.verify(old).faults == ()
        assert claims(old) == claims(new)
        relate(old)
        identify(old)
        gather(old)
        assert project_digest(old) == project_digest(new)


@pytest.mark.parametrize("statement", [5, 30, 60])
def test_a_migration_that_fails_changes_nothing_and_the_next_one_is_whole(tmp_path: Path, statement: int) -> None:
    path = tmp_path / "p.db"
    stored_project("0001", path)
    before = sqlite3.connect(path).execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
    sent = 0

    def fail(_connection: object, _cursor: object, words: str, *_: object) -> None:
        nonlocal sent
        sent += words.lstrip().startswith(("CREATE", "DROP", "ALTER", "UPDATE", "INSERT"))
        if sent == statement:
            raise ZeroDivisionError

    event.listen(Engine, "before_cursor_execute", fail)
    try:
        with pytest.raises(ZeroDivisionError):
            open_project(path)
    finally:
        event.remove(Engine, "before_cursor_execute", fail)
    assert revision_in(path) == "0001"
    assert sqlite3.connect(path).execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall() == before
    open_project(path).close()
    assert revision_in(path) == schema.HEAD
