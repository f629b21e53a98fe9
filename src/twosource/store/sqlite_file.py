"""A project in an SQLite file: whether it can be opened, how it outlives a power cut, and when it goes again."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from twosource.errors import ProjectError

__all__ = ["check_file", "engine_for_file", "remove_if_alone"]

_BUSY_SECONDS = 30  # how long one writer waits for another before it gives up
_HEADER = b"SQLite format 3\x00"
_WRITING_KILOBYTES = 65_536
"""Memory for pages of a connection that writes: what a batch touches lies all over a large project. Pages that find no
room in it are written out before the end, read back for their checksums, and read again when they are touched again."""

_PAGES_BETWEEN_CHECKPOINTS = 8192
"""Pages of the log (32 MB) at which they are put into the file: the stages after a batch touch many of them again."""

_BESIDE = ("-wal", "-shm", "-journal")


def check_file(path: Path, *, create: bool) -> None:
    """Raises ProjectError for a file that is not there (unless it's to be made), can't be read, or is no database."""
    try:
        _check_file(path, create=create)
    except OSError as fault:
        raise ProjectError(f"{path} can't be opened: {fault.strerror}") from None


def _check_file(path: Path, *, create: bool) -> None:
    if path.is_dir():
        raise ProjectError(f"{path} is a folder: give the name of a project file in it, such as {path / 'project.db'}")
    if not path.exists():
        if not create:
            raise ProjectError(f"there is no project at {path}: make one with 'twosource read PATH --into {path}'")
        if not path.parent.is_dir():
            raise ProjectError(f"there is no folder {path.parent} to keep {path.name} in: make it first")
        return
    with path.open("rb") as file:
        start = file.read(len(_HEADER))
    if start != _HEADER and not (create and start == b""):
        raise ProjectError(f"{path} is not a twosource project: give a file that 'twosource read --into' made")


def engine_for_file(path: Path) -> Engine:
    """What opens connections to the file; to look only, where the file or its folder can't be written."""
    uri = f"file:{quote(os.fsencode(path))}?{_mode(path)}"
    writable = "mode=ro" not in uri

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(uri, uri=True, check_same_thread=False)

    # No most of connections: the threads that ask are bounded already, and one that waits for another's, while it holds
    # its own, would wait until both fail.
    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool, max_overflow=-1)
    _hand_over_transactions(engine, writable=writable)
    return engine


def _mode(path: Path) -> str:
    """How the file is opened. Reading needs files beside it, unless all is in the file itself and nobody writes it."""
    if not path.exists() or (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        return "mode=rwc"
    beside = path.with_name(path.name + "-wal")
    if os.access(path.parent, os.W_OK) or (beside.exists() and beside.stat().st_size):
        return "mode=ro"
    return "mode=ro&immutable=1"


def _hand_over_transactions(engine: Engine, *, writable: bool) -> None:
    """Hands transactions to SQLAlchemy, so that tables too are made all together or not at all."""

    @event.listens_for(engine, "connect")
    def _on_connect(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {_BUSY_SECONDS * 1000}")
        cursor.execute("PRAGMA foreign_keys = ON")
        if writable:
            if cursor.execute("PRAGMA journal_mode").fetchone() != ("wal",):
                cursor.execute("PRAGMA journal_mode = WAL")
            # FULL, not NORMAL: in WAL, NORMAL leaves the last commits to the operating system's cache, so that a power
            # cut takes batches that the progress bar has counted. One commit a batch makes its fsync small beside
            # reading.
            cursor.execute("PRAGMA synchronous = FULL")
            cursor.execute(f"PRAGMA wal_autocheckpoint = {_PAGES_BETWEEN_CHECKPOINTS}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("twosource_writes", False)
        if writes:
            connection.exec_driver_sql(f"PRAGMA cache_size = -{_WRITING_KILOBYTES}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def remove_if_alone(path: Path) -> None:
    """Removes the file of a project in which nothing was kept, unless another program has it open."""
    connection = sqlite3.connect(path, isolation_level=None, timeout=0)
    try:
        # leaving WAL, and the lock, are refused while anybody else has the file open
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("BEGIN EXCLUSIVE")
        for name in (path.name, *(path.name + end for end in _BESIDE)):
            path.with_name(name).unlink(missing_ok=True)
    except (sqlite3.Error, OSError):
        return  # in use, or gone: an empty project harms nobody
    finally:
        connection.close()
