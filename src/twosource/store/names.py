"""The names of claims and of events, each kept once for its field, so that a question after a name goes through few."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, Table, text

from twosource.store import tables

__all__ = ["keep_names"]

_KEEP = {
    tables.claim_name: text("INSERT INTO claim_name (field, folded) VALUES (:field, :folded) ON CONFLICT DO NOTHING"),
    tables.event_name: text("INSERT INTO event_name (field, folded) VALUES (:field, :folded) ON CONFLICT DO NOTHING"),
}


def keep_names(connection: Connection, table: Table, values: Iterable[Mapping[str, object]]) -> None:
    """Keeps in claim_name or event_name each name in rows of claim_value or event_value, those not kept yet."""
    names = dict.fromkeys((value["field"], value["folded"]) for value in values)
    if names:
        connection.execute(_KEEP[table], [{"field": field, "folded": folded} for field, folded in names])
