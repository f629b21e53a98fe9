"""A copy of a project's file, whole, while others read and write it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from twosource.errors import ProjectError
from twosource.store.project import Project
from twosource.store.whole_file import whole_file

__all__ = ["copy_to"]


def copy_to(project: Project, path: Path) -> int:
    """Copies the project as it stands to a new file by SQLite's online backup; returns the copy's size in bytes.

    The file has its name only once it is whole. Raises ProjectError for another database, and for a path that can't be
    written or is taken.
    """
    _check_target(path)
    try:
        with whole_file(path) as unfinished, project.looking() as connection:
            source = connection.connection.dbapi_connection
            if not isinstance(source, sqlite3.Connection):
                raise ProjectError(
                    f"{project.where} is no SQLite file: make a backup with the database's own program, such as pg_dump"
                )
            _copy(source, unfinished)
    except (sqlite3.Error, OSError) as fault:
        raise ProjectError(f"no backup can be written to {path}: {fault}; give another --to") from None
    return path.stat().st_size


def _copy(source: sqlite3.Connection, path: Path) -> None:
    with closing(sqlite3.connect(path)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")  # one file, with nothing beside it


def _check_target(path: Path) -> None:
    if path.exists():
        raise ProjectError(f"{path} is there already: give a name that is free, so that no backup is written over")
    if not path.parent.is_dir():
        raise ProjectError(f"there is no folder {path.parent} to keep {path.name} in: make it first")
