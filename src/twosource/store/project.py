"""A project: one SQLite file (or a database by its URL), opened, checked and migrated."""

from __future__ import annotations

import logging
import os
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType

import msgspec
from sqlalchemy import Connection, Engine, exists, inspect, make_url, select
from sqlalchemy.exc import ArgumentError, DatabaseError

from twosource.errors import ProjectError
from twosource.store import postgresql, schema
from twosource.store.faults import DAMAGED, SpoiltIndexError, reason_of
from twosource.store.sqlite_file import check_file, engine_for_file, remove_if_alone
from twosource.store.tables import metadata

__all__ = ["Place", "Project", "open_project"]

_log = logging.getLogger(__name__)


class Place(msgspec.Struct, frozen=True):
    """Where a project is kept: the engine that connects to it, its name in messages, and its file where it has one."""

    engine: Engine
    where: str
    file: Path | None = None


class Project:
    """An open project. Safe to share between threads; close it, or use it as a context manager.

    Left by a fault, a file that was made for it goes again, unless something was kept in it.
    """

    def __init__(self, engine: Engine, where: str, made: Path | None = None) -> None:
        """``where`` names the project in messages; ``made`` is its file, where that was not there before."""
        self._engine = engine
        self._made = made
        self._looks = threading.local()
        self.where = where

    @contextmanager
    def looking(self) -> Iterator[Connection]:
        """A connection that sees one state of the project from its first query on, whatever is written meanwhile."""
        shared: Connection | None = getattr(self._looks, "connection", None)
        if shared is not None:
            with self._told_plainly():
                yield shared
            return
        with self._told_plainly(), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def looking_once(self) -> Iterator[None]:
        """Until its end all looks of this thread are one: they see one state, and what was found for it is known.

        It holds a connection all the while: wait for no other thread in it.
        """
        if hasattr(self._looks, "connection"):
            yield
            return
        with self.looking() as connection:
            self._looks.connection = connection
            try:
                yield
            finally:
                del self._looks.connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection whose changes are kept all together at the end, on the disk, or not at all.

        One at a time writes; others wait for half a minute, then raise ProjectError.
        """
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
        if fault is None or self._made is None:
            self.close()
        else:
            self._take_back(self._made)

    def _take_back(self, made: Path) -> None:
        """Closes, and removes the file that was made, where nothing was kept in it."""
        empty = False
        with suppress(ProjectError), self.looking() as connection:
            there = set(inspect(connection).get_table_names())
            empty = not any(
                connection.execute(select(exists().select_from(table))).scalar()
                for table in metadata.sorted_tables
                if table.name in there
            )
        self.close()
        if empty:
            remove_if_alone(made)

    @contextmanager
    def _told_plainly(self) -> Iterator[None]:
        try:
            yield
        except DatabaseError as fault:
            reason = reason_of(fault)
            if reason is None:  # a fault of ours, not of the file: it must show itself
                raise
            raise ProjectError(f"{self.where} {reason}") from fault
        except (
            msgspec.DecodeError,
            zlib.error,
            UnicodeDecodeError,
            SpoiltIndexError,
        ) as fault:  # what is not as it was written
            raise ProjectError(f"{self.where} {DAMAGED} ({fault})") from fault


def open_project(path_or_url: str | os.PathLike[str], *, create: bool = False) -> Project:
    """The project in a file, or in a database named by a URL such as 'postgresql://...', its tables up to date.

    ``create`` makes a file that is not there. Raises ProjectError for a file that is missing, is no project, was
    written by a newer twosource, or can't be opened. That tables are brought up to date, which takes minutes where
    there are many reports, is told to this module's log before, after each revision and at the end, as information.
    """
    place = locate(os.fspath(path_or_url), create=create)
    fresh = place.file is not None and not (place.file.exists() and place.file.stat().st_size)
    project = Project(place.engine, place.where, made=place.file if fresh else None)
    try:
        _bring_up_to_date(project, create=create)
    except BaseException as fault:
        project.__exit__(type(fault), fault, None)
        raise
    return project


def locate(name: str, *, create: bool) -> Place:
    """Where the file or the URL says that the project is; nothing is opened yet, but a file is looked at.

    Raises ProjectError for a URL of no database that can hold a project, and as ``check_file`` does.
    """
    if "://" not in name:
        return _place_of_file(Path(name), create=create)
    try:
        url = make_url(name)
    except ArgumentError as fault:
        raise ProjectError(f"this is no URL of a database ({fault}): write it as postgresql://user@host/name") from None
    if url.get_backend_name() == "sqlite" and url.database:
        return _place_of_file(Path(url.database), create=create)
    if not postgresql.is_postgresql(url):
        raise ProjectError(f"no project can be kept in {url.drivername!r}: give a file, or a URL of postgresql://...")
    return Place(postgresql.engine_for_url(url), url.render_as_string(hide_password=True))


def _place_of_file(path: Path, *, create: bool) -> Place:
    check_file(path, create=create)
    return Place(engine_for_file(path), str(path), path)


def _bring_up_to_date(project: Project, *, create: bool) -> None:
    with project.looking() as connection:
        revision = schema.revision_of(connection)
    if revision == schema.HEAD:
        return
    if revision is None and not create:
        raise ProjectError(f"{project.where} is not a twosource project: give a file that 'twosource read --into' made")
    left = schema.REVISIONS[schema.REVISIONS.index(revision) + 1 :] if revision in schema.REVISIONS else ()
    if left:
        told = "%s was written by an earlier twosource: its tables are brought from revision %s to %s, minutes if large"
        _log.info(told, project.where, revision, schema.HEAD)

    def tell(done: str) -> None:
        _log.info("%s: revision %s is done, %d of %d", project.where, done, left.index(done) + 1, len(left))

    with project.writing() as connection:
        schema.bring_up_to_date(connection, project.where, tell)
    if left:
        _log.info("%s is at revision %s now", project.where, schema.HEAD)
