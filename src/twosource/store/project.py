"""A project: one SQLite file (or a database by its URL), opened, checked and migrated."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry

from twosource.errors import ProjectError
from twosource.store import schema

__all__ = ["Project", "open_project"]

_BUSY_SECONDS = 30  # how long one writer waits for another before it gives up
_SQLITE_HEADER = b"SQLite format 3\x00"


class Project:
    """An open project. Safe to share between threads; close it, or use it as a context manager."""

    def __init__(self, engine: Engine, where: str) -> None:
        """``where`` names the project in messages."""
        self._engine = engine
        self.where = where

    @contextmanager
    def looking(self) -> Iterator[Connection]:
        """A connection that sees one state of the project from its first query on, whatever is written meanwhile."""
        with self._told_plainly(), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection whose changes are kept all together at the end, on the disk, or not at all."""
        with self._told_plainly(), self._engine.connect() as connection:
            connection.execution_options(twosource_writes=True)
            with connection.begin():
                yield connection

    def close(self) -> None:
        """Lets go of the file."""
        self._engine.dispose()

    def __enter__(self) -> Project:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _told_plainly(self) -> Iterator[None]:
        try:
            yield
        except DatabaseError as fault:
            reason = _reason(fault)
            if reason is None:  # a fault of ours, not of the file: it must show itself
                raise
            raise ProjectError(f"{self.where} {reason}") from fault


def open_project(path_or_url: str | os.PathLike[str], *, create: bool = False) -> Project:
    """The project in a file, or in a database named by a URL such as 'postgresql://...', its tables up to date.

    ``create`` makes a file that is not there. Raises ProjectError for a file that is missing, is no project, was
    written by a newer twosource, or can't be opened.
    """
    name = os.fspath(path_or_url)
    if "://" in name:
        engine, where = _engine_for_url(name)
    else:
        _check_file(Path(name), create=create)
        engine, where = create_engine(make_url("sqlite://").set(database=name)), name
    if engine.dialect.name == "sqlite":
        _set_up_sqlite(engine)
    project = Project(engine, where)
    try:
        _bring_up_to_date(project, create=create)
    except BaseException:
        project.close()
        raise
    return project


def _engine_for_url(url: str) -> tuple[Engine, str]:
    try:
        parsed = make_url(url)
        return create_engine(parsed), parsed.render_as_string(hide_password=True)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as fault:
        raise ProjectError(
            f"no database can be opened by that URL ({fault}): give a file, or install its driver"
        ) from None


def _check_file(path: Path, *, create: bool) -> None:
    if path.is_dir():
        raise ProjectError(f"{path} is a folder: give the name of a project file in it, such as {path / 'project.db'}")
    if not path.exists():
        if not create:
            raise ProjectError(f"there is no project at {path}: make one with 'twosource read PATH --into {path}'")
        if not path.parent.is_dir():
            raise ProjectError(f"there is no folder {path.parent} to keep {path.name} in: make it first")
        return
    try:
        with path.open("rb") as file:
            start = file.read(len(_SQLITE_HEADER))
    except OSError as fault:
        raise ProjectError(f"{path} can't be opened: {fault.strerror}") from None
    if start != _SQLITE_HEADER and not (create and start == b""):
        raise ProjectError(f"{path} is not a twosource project: give a file that 'twosource read --into' made")


def _bring_up_to_date(project: Project, *, create: bool) -> None:
    with project.looking() as connection:
        revision = schema.revision_of(connection)
    if revision == schema.HEAD:
        return
    if revision is None and not create:
        raise ProjectError(f"{project.where} is not a twosource project: give a file that 'twosource read --into' made")
    with project.writing() as connection:
        schema.bring_up_to_date(connection, project.where)


def _set_up_sqlite(engine: Engine) -> None:
    """Hands transactions to SQLAlchemy, so that tables too are made all together or not at all."""

    @event.listens_for(engine, "connect")
    def _on_connect(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {_BUSY_SECONDS * 1000}")
        cursor.execute("PRAGMA foreign_keys = ON")
        if cursor.execute("PRAGMA journal_mode").fetchone() != ("wal",):
            cursor.execute("PRAGMA journal_mode = WAL")
        # FULL, not NORMAL: in WAL, NORMAL leaves the last commits to the operating system's cache, so that a power cut
        # takes batches that the progress bar has counted. One commit a batch makes its fsync small beside reading.
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("twosource_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


_REASONS = {
    "locked": "is being written by another program: wait until it is done, then run this again",
    "disk is full": "can't be written: the disk is full. What was read before is kept; free some space and go on",
    "readonly": "can't be written: it is read-only. Change its permissions, or copy it",
    "unable to open": "can't be opened: look at its permissions, and at those of its folder",
    "not a database": "is damaged, or not a twosource project: give another file, or a copy of this one",
    "malformed": "is damaged: give a copy of it",
    "disk I/O": "can't be read or written: the disk reports a fault",
}
"""What SQLite's messages mean to a user, by words in them."""


def _reason(fault: DatabaseError) -> str | None:
    words = str(fault.orig)
    return next((reason for part, reason in _REASONS.items() if part in words), None)
