from __future__ import annotations

from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import select, text

from twosource.errors import ProjectError
from twosource.store import open_project, schema, tables


def test_the_revisions_known_to_the_code_are_those_in_the_package() -> None:
    script = ScriptDirectory.from_config(schema.config_for())
    assert tuple(reversed([found.revision for found in script.walk_revisions()])) == schema.REVISIONS
    assert script.get_current_head() == schema.HEAD


def test_a_reader_sees_one_state_while_another_connection_writes(tmp_path: Path) -> None:
    with open_project(tmp_path / "a.db", create=True) as project, project.looking() as before:
        assert before.execute(select(tables.original.c.sha256)).all() == []
        with project.writing() as connection:
            connection.execute(tables.original.insert().values(sha256="0", content=b""))
        assert before.execute(select(tables.original.c.sha256)).all() == []
        with project.looking() as after:
            assert after.execute(select(tables.original.c.sha256)).scalars().all() == ["0"]


def test_all_looks_of_one_thread_can_see_one_state(tmp_path: Path) -> None:
    with open_project(tmp_path / "a.db", create=True) as project:
        with project.looking_once():
            with project.looking() as first:
                assert first.execute(select(tables.original.c.sha256)).all() == []
            with project.writing() as connection:
                connection.execute(tables.original.insert().values(sha256="0", content=b""))
            with project.looking() as second, project.looking_once(), project.looking() as third:
                assert first is second is third
                assert second.execute(select(tables.original.c.sha256)).all() == []
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
    monkeypatch.setattr(schema, "_upgrade", lambda connection, _done: upgraded.append(schema.revision_of(connection)))
    with open_project(path) as project, project.looking() as connection:
        assert connection.execute(select(tables.original.c.content)).scalar() == b"kept"
    assert upgraded == [now]


def test_a_newer_project_is_refused_with_the_advice_to_upgrade(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with open_project(path, create=True) as project, project.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(ProjectError, match=r"newer twosource.*9999.*upgrade twosource"):
        open_project(path)


@pytest.mark.parametrize("url", ["nonsense://", "mysql+none://u:secret@h/d", "://"])
def test_a_url_that_names_no_database_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(ProjectError) as refusal:
        open_project(url)
    assert "secret" not in str(refusal.value)
