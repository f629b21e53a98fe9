"""Puts the projects of the tests into PostgreSQL: each file that a test names is a schema of its own there."""

from __future__ import annotations

import hashlib
import os
import threading
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url

from twosource.store import project, schema
from twosource.store.postgresql import engine_for_url
from twosource.store.sqlite_file import check_file

__all__ = ["SERVER", "Schemas"]

SERVER = os.environ.get("TWOSOURCE_TEST_DATABASE", "")
"""The URL of a database whose user may make others; empty where projects are files."""

_CHANGES = ("ALTER", "CREATE", "DROP", "INSERT", "UPDATE")


class Schemas:
    """Stands in for ``project.locate``: whatever file is asked for, its schema is given.

    All are in one new database. The migrations run once; the statements that they sent make every other schema, which
    takes a third of the time.
    """

    def __init__(self, server: str) -> None:
        self._server = make_url(server).set(drivername="postgresql+psycopg")
        self._database = self._server.set(database=f"twosource_tests_{os.getpid()}")
        _run(self._server, f"CREATE DATABASE {self._database.database}")
        self._real = project.locate
        self._one_at_a_time = threading.Lock()
        self._head = schema.HEAD
        self._statements = self._migrations()

    def locate(self, name: str, *, create: bool) -> project.Place:
        """The place of the file's schema, made where it is not there; a URL is located as ever."""
        if "://" in name:
            return self._real(name, create=create)
        path = Path(name)
        with self._one_at_a_time:
            if not path.is_file():
                check_file(path, create=create)
                self.make(path, filled=self._head == schema.HEAD)  # a test can ask for an older revision
                path.touch()  # commands ask whether a project's file is there
        return project.Place(engine_for_url(self.url_of(path)), name)

    def make(self, path: Path, *, filled: bool = False) -> None:
        """Makes the file's schema, with every table or without any."""
        name = self.schema_of(path)
        tables = f"SET search_path = {name}; BEGIN; {';'.join(self._statements)}; COMMIT" if filled else ""
        _run(self._database, f"CREATE SCHEMA {name}; {tables}")

    def url_of(self, path: Path) -> URL:
        """The URL by which twosource opens the file's schema."""
        return self._database.update_query_dict({"options": f"-csearch_path={self.schema_of(path)}"})

    @staticmethod
    def schema_of(path: Path) -> str:
        """The schema's name: no two files have the same."""
        return "of_" + hashlib.sha256(str(path.absolute()).encode()).hexdigest()[:20]

    def drop(self) -> None:
        """Takes all of them away again."""
        _run(self._server, f"DROP DATABASE {self._database.database} WITH (FORCE)")

    def _migrations(self) -> list[str]:
        sent: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
            # those with parameters change rows, of which an empty project has none
            if statement.lstrip().startswith(_CHANGES) and not parameters:
                sent.append(statement)

        first = Path("first.db")
        self.make(first)
        event.listen(Engine, "before_cursor_execute", note)
        project.open_project(self.url_of(first).render_as_string(hide_password=False), create=True).close()
        event.remove(Engine, "before_cursor_execute", note)
        return sent


def _run(url: URL, statements: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statements)
    engine.dispose()
