"""What hosts said about the age of what they gave, by address: the ETag and the Last-Modified of the last answer."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, delete, insert, select

from twosource.store import tables

__all__ = ["Validators", "keep", "validators"]

Validators = tuple[str | None, str | None]


def validators(connection: Connection, addresses: Iterable[str]) -> dict[str, Validators]:
    """The ETag and the Last-Modified of each address that was fetched before."""
    table, wanted = tables.fetched.c, set(addresses)
    rows = connection.execute(select(table.address, table.etag, table.modified))
    return {row.address: (row.etag, row.modified) for row in rows if row.address in wanted}


def keep(connection: Connection, came: Mapping[str, Validators]) -> None:
    """Keeps what the last answer of each address said, in place of what the one before it said."""
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    for address, (etag, modified) in sorted(came.items()):
        connection.execute(delete(tables.fetched).where(tables.fetched.c.address == address))
        row = {"address": address, "etag": etag, "modified": modified, "checked": now}
        connection.execute(insert(tables.fetched).values(row))
