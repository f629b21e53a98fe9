"""That a project of an earlier twosource is brought up to date is told, since it takes minutes where it is large."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli_run import Shell
from store.stored_projects import stored_project
from twosource.store.schema import HEAD, REVISIONS

pytestmark = pytest.mark.file


def test_bringing_a_project_up_to_date_is_told_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shell, path = Shell(tmp_path, capsys), tmp_path / "p.db"
    stored_project("0015", path)
    told = shell.run("issues", path).err
    assert told.startswith(f"{path} was written by an earlier twosource: its tables are brought from revision 0015 to ")
    assert f"{path} is at revision {HEAD} now\n" in told
    assert "revision" not in shell.run("issues", path).err


def test_each_revision_that_is_done_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shell, path = Shell(tmp_path, capsys), tmp_path / "p.db"
    stored_project("0012", path)
    left = REVISIONS[REVISIONS.index("0012") + 1 :]
    lines = shell.run("issues", path).err.splitlines()
    assert lines[1:-1] == [
        f"{path}: revision {revision} is done, {number} of {len(left)}" for number, revision in enumerate(left, 1)
    ]
