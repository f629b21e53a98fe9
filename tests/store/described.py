"""Whether the tables of a database are those that the code describes."""

from __future__ import annotations

from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection

from twosource.store import tables

__all__ = ["differences"]


def differences(connection: Connection) -> list[Any]:
    """What Alembic would change to come to the tables of the code, defaults included, without what columns are for."""
    context = MigrationContext.configure(connection, opts={"compare_server_default": True})
    return [one for one in compare_metadata(context, tables.metadata) if not _is_of_comments(one)]


def _is_of_comments(difference: object) -> bool:
    """What columns are for is said in the code, not in a database."""
    return isinstance(difference, list) and all(part[0] == "modify_comment" for part in difference)
