"""Brings a project's tables to this version: all at once where there are none, else by the package's migrations."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Column, Connection, MetaData, PrimaryKeyConstraint, String, Table, insert, inspect, literal, text
from sqlalchemy.schema import CreateIndex, CreateTable

from twosource.errors import ProjectError
from twosource.store.guards import guard_decisions
from twosource.store.postgresql import compare_by_code_points
from twosource.store.report_index import make_report_index
from twosource.store.tables import metadata

if TYPE_CHECKING:
    from alembic.config import Config

__all__ = ["HEAD", "REVISIONS", "bring_up_to_date", "config_for", "revision_of"]

REVISIONS = (
    "0001",
    "0002",
    "0003",
    "0004",
    "0005",
    "0006",
    "0007",
    "0008",
    "0009",
    "0010",
    "0011",
    "0012",
    "0013",
    "0014",
    "0015",
    "0016",
)
"""Every revision that this version knows, oldest first. Kept here so that opening a project needs no Alembic."""

HEAD = REVISIONS[-1]
_MIGRATIONS = Path(__file__).parent / "migrations"
_REVISION = Table(  # as Alembic makes it
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)


def revision_of(connection: Connection) -> str | None:
    """The revision that the database is at, or None where it holds no project (empty, or another program's)."""
    names = set(inspect(connection).get_table_names())
    if not {"alembic_version", "report", "reading", "claim"} <= names:
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def bring_up_to_date(connection: Connection, where: str, done: Callable[[str], None] | None = None) -> None:
    """Migrates the open transaction's database to HEAD; does nothing where it is there already.

    An empty database gets every table as the code describes it. ``done`` is told of each revision that is reached,
    before the transaction ends. Raises ProjectError for one that a newer twosource wrote, or another program.
    """
    revision = revision_of(connection)
    if revision == HEAD:
        return
    if revision is None:
        if inspect(connection).get_table_names():
            raise ProjectError(f"{where} is a database of another program, not a twosource project: give another file")
        _make_anew(connection)
        return
    if revision not in REVISIONS:
        raise ProjectError(
            f"{where} was written by a newer twosource (its tables are at revision {revision}, this one knows {HEAD}): "
            "upgrade twosource to open it"
        )
    _upgrade(connection, done)


def _make_anew(connection: Connection) -> None:
    """Makes what all migrations together would: in a fifth of their time, and without importing Alembic."""
    for table in metadata.sorted_tables:  # create_all would tell PostgreSQL, in 100 statements, what columns are for
        connection.execute(CreateTable(table))
        for index in sorted(table.indexes, key=lambda one: str(one.name)):
            connection.execute(CreateIndex(index))
    guard_decisions(connection)
    make_report_index(connection)
    connection.execute(CreateTable(_REVISION))
    connection.execute(insert(_REVISION).values(version_num=literal(HEAD, literal_execute=True)))
    _order_words(connection)


def _upgrade(connection: Connection, done: Callable[[str], None] | None = None) -> None:
    from alembic import command  # only here: importing it takes longer than opening a project

    config = config_for(connection)
    config.attributes["done"] = done
    command.upgrade(config, "head")
    _order_words(connection)


def _order_words(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        compare_by_code_points(connection)


def config_for(connection: Connection | None = None) -> Config:
    """Alembic's configuration for the packaged migrations, on the given connection."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
