"""What a person decided is told as kept, though what follows from it can't be worked out."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from twosource.corpus_records import Decision
from twosource.errors import ProjectError
from twosource.store import open_project
from twosource.store.faults import reason_of, without_advice
from twosource.store.following import following

pytestmark = pytest.mark.file

ENTRY = Decision(**{**dict.fromkeys(Decision.__struct_fields__, ""), "number": 7})


def fault(name: str) -> OperationalError:
    cause = sqlite3.OperationalError("as SQLite says it")
    cause.sqlite_errorname = name
    return OperationalError("INSERT", None, cause)


@pytest.mark.parametrize("name", ["p.db", "my. project.db", "St. Mary/p.db", "a. b/c. d.db"])
def test_what_hinders_is_told_with_the_whole_name_of_the_project(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    with (
        open_project(path, create=True) as project,
        pytest.raises(ProjectError) as told,
        following(ENTRY),
        project.writing(),
    ):
        raise fault("SQLITE_FULL")
    assert str(told.value).startswith("entry 7 is kept: don't decide it again.")
    assert str(told.value).endswith(f"once this is mended: {path} can't be written: the disk is full")


def test_the_words_of_a_driver_and_of_other_faults_are_left_whole() -> None:
    class UnreachedError(Exception):
        sqlstate = None

    unreached = OperationalError("SELECT 1", None, UnreachedError("no answer. Is it there?"))
    said = f"postgresql://ana@db.example/x {reason_of(unreached)}"
    first = ProjectError(said)
    first.__cause__ = unreached
    other = ProjectError("a. b is no project. Give another")
    assert (without_advice(first), without_advice(other)) == (said, "a. b is no project. Give another")


@pytest.mark.parametrize("name", ["SQLITE_FULL", "SQLITE_READONLY", "SQLITE_IOERR_WRITE", "SQLITE_BUSY"])
def test_no_advice_is_left(name: str) -> None:
    cause: Any = fault(name)
    told = ProjectError(f"p.db {reason_of(cause)}")
    told.__cause__ = cause
    words = without_advice(told)
    assert str(told).startswith(words)
    assert ". " not in words
