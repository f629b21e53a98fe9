"""Entities in a project: which entity every name of every report means, and the entities with their names."""

from __future__ import annotations

from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, select

from twosource.corpus.entities.index import EntityIndex
from twosource.corpus_records import Entity
from twosource.store import tables
from twosource.store.fold import padded

__all__ = ["Listed", "entity_index", "listed"]

_entity_decoder = msgspec.json.Decoder(Entity)


class Listed(NamedTuple):
    """An entity, and how many reports and claims name it."""

    entity: Entity
    reports: int
    claims: int


def entity_index(connection: Connection) -> EntityIndex:
    """The project's entities, to be asked for the entity of any name in any report."""
    names, entities = tables.entity_name.c, tables.entity.c
    used = {
        (row.report, row.name): row.entity for row in connection.execute(select(names.report, names.name, names.entity))
    }
    records = connection.execute(select(entities.record)).scalars()
    return EntityIndex((_entity_decoder.decode(record) for record in records), used)


def listed(
    connection: Connection, *, name: str | None = None, generic: bool = False, limit: int | None = None, offset: int = 0
) -> list[Listed]:
    """The entities, those that most reports name first; with ``name`` those of which a name has words that begin so."""
    entity, used = tables.entity.c, tables.entity_name.c
    query = select(entity.record, entity.reports, entity.claims)
    if not generic:
        query = query.where(~entity.generic)
    if name is not None:
        words = f" {padded(name).strip()}"
        query = query.where(entity.id.in_(select(used.entity).where(used.folded.contains(words, autoescape=True))))
    query = query.order_by(entity.reports.desc(), entity.claims.desc(), entity.id).limit(limit).offset(offset)
    return [Listed(_entity_decoder.decode(row.record), row.reports, row.claims) for row in connection.execute(query)]
