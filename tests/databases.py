"""Puts the projects of the tests into PostgreSQL: each file that a test names is a database of its own there."""

from __future__ import annotations

import hashlib
import os
import threading
from pathlib import Path

from sqlalchemy import URL, Connection, create_engine, make_url, text

from twosource.store import project, schema
from twosource.store.postgresql import engine_for_url
from twosource.store.sqlite_file import check_file

__all__ = ["SERVER", "Databases"]

SERVER = os.environ.get("TWOSOURCE_TEST_DATABASE", "")
"""The URL of a database whose user may make others; empty where projects are files."""

_FILE_COPY = 150_000  # the version from which on a copy need not go through the log


class Databases:
    """Stands in for ``project.locate``: whatever file is asked for, its database is given.

    A new one is a copy of one that has every table, which takes a seventh of the time of making them.
    """

    def __init__(self, server: str) -> None:
        self._server = make_url(server).set(drivername="postgresql+psycopg")
        self._administration = create_engine(self._server, isolation_level="AUTOCOMMIT")
        self._real = project.locate
        self._one_at_a_time = threading.Lock()
        self._head = schema.HEAD
        self._made: dict[Path, str] = {}
        with self._administration.connect() as connection:
            version = int(connection.execute(text("SHOW server_version_num")).scalar_one())
        self._strategy = "STRATEGY file_copy" if version >= _FILE_COPY else ""
        self._shared, self._with_tables = Path("/shared"), Path("/with_tables")
        for kept in (self._shared, self._with_tables):
            self._make(kept, "template1")
        project.open_project(_told(self.url_of(self._with_tables)), create=True).close()

    def locate(self, name: str, *, create: bool) -> project.Place:
        """The place of the file's database, made where the file is not there; a URL is located as ever."""
        if "://" in name:
            return self._real(name, create=create)
        path = Path(name)
        if not path.is_file():
            check_file(path, create=create)
            # a test can ask for an older revision
            self._copy(self._with_tables if self._head == schema.HEAD else None, path)
        return project.Place(engine_for_url(self.url_of(path)), name)

    def copy(self, source: Path, target: Path) -> None:
        """Makes the target's database a copy of the source's, which nobody may have open."""
        self._copy(source, target)

    def url_of(self, path: Path) -> URL:
        """The URL by which twosource opens the file's database."""
        return self._server.set(database=self._name_of(path))

    def empty_schema(self, path: Path) -> URL:
        """The URL of a new schema without any table, beside others in one database."""
        name = "of_" + _digest(path)
        engine = create_engine(self.url_of(self._shared), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(f"CREATE SCHEMA {name}")
        engine.dispose()
        return self.url_of(self._shared).update_query_dict({"options": f"-csearch_path={name}"})

    def drop(self, folder: Path = Path("/")) -> None:
        """Takes away the databases of the folder's files, or all of them."""
        with self._one_at_a_time, self._administration.connect() as connection:
            for path in [path for path in self._made if path.is_relative_to(folder)]:
                connection.exec_driver_sql(f"DROP DATABASE {self._made.pop(path)} WITH (FORCE)")

    def _copy(self, source: Path | None, target: Path) -> None:
        with self._one_at_a_time:
            if not target.is_file():
                self._make(target, self._name_of(source) if source else "template1")
                target.touch()  # commands ask whether a project's file is there

    def _make(self, path: Path, template: str) -> None:
        name = self._name_of(path)
        with self._administration.connect() as connection:
            _create(connection, f"{name} TEMPLATE {template} {self._strategy}")
        self._made[path.absolute()] = name

    @staticmethod
    def _name_of(path: Path) -> str:
        """The database's name: no two files and no two processes have the same."""
        return f"twosource_tests_{os.getpid()}_{_digest(path)}"


def _create(connection: Connection, database: str) -> None:
    connection.exec_driver_sql(f"CREATE DATABASE {database}")


def _digest(path: Path) -> str:
    return hashlib.sha256(str(path.absolute()).encode()).hexdigest()[:20]


def _told(url: URL) -> str:
    return url.render_as_string(hide_password=False)
