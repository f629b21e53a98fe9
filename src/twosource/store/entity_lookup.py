"""Looks up the entities of names in some reports, and reads no more of a project's entities than are asked for."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from sqlalchemy import Connection, func, select

from twosource.corpus.entities.index import id_of_generic, id_of_name
from twosource.store import tables
from twosource.store.project import Project
from twosource.store.some import some

__all__ = ["EntityLookup", "KnownEntity", "ids_within", "names_of_ids", "part_of_now"]


class KnownEntity(msgspec.Struct, frozen=True, kw_only=True):
    """What answers need of an entity; its fields are those of ``Entity``, whose record has much more to read."""

    id: str
    name: str
    generic: bool = False
    owner: str | None = None


_decoder = msgspec.json.Decoder(KnownEntity)


class EntityLookup:
    """Answers as ``EntityIndex`` does over all entities of the project: the names of ``reports`` are read at once.

    Names of other reports, and entities, are read when they are first asked for, and kept.
    """

    def __init__(self, project: Project, reports: Iterable[str] = ()) -> None:
        self._project = project
        self._entities: dict[str, KnownEntity | None] = {}
        self._chief: dict[str, str | None] = {}
        with project.looking() as connection:
            self.is_empty = connection.execute(select(tables.entity.c.id).limit(1)).first() is None
            self._used = {} if self.is_empty else _used_in(connection, reports)

    def entity_of(self, name: str, report: str | None = None) -> str:
        """The id of the entity that the name means: in this report, else in most reports that use it."""
        if report is not None:
            if (report, name) not in self._used:
                self._used[report, name] = self._meant(name, report)
            return self._used[report, name]
        return self._chief_of(name) or id_of_name(name)

    def get(self, entity_id: str) -> KnownEntity | None:
        """The entity with this id, or None."""
        if entity_id not in self._entities:
            columns = tables.entity.c
            with self._project.looking() as connection:
                found = connection.execute(select(columns.record).where(columns.id == entity_id)).scalar()
            self._entities[entity_id] = _decoder.decode(found) if found is not None else None
        return self._entities[entity_id]

    def read(self, ids: Iterable[str]) -> None:
        """Reads these entities at once, so that they are at hand when they are asked for."""
        columns = tables.entity.c
        wanted = sorted(set(ids) - self._entities.keys())
        self._entities.update(dict.fromkeys(wanted))
        with self._project.looking() as connection:
            for few in some(wanted):
                for id_, record in connection.execute(select(columns.id, columns.record).where(columns.id.in_(few))):
                    self._entities[id_] = _decoder.decode(record)

    def is_generic(self, entity_id: str) -> bool:
        """Whether the entity is people or things without a name of their own: 'rebels', 'two houses'."""
        if entity_id.startswith("generic:"):
            found = self.get(entity_id)
            return found is None or found.generic
        found = self.get(entity_id)
        return found is not None and found.generic

    def owner_of(self, entity_id: str) -> str | None:
        """The entity whose people or things this one is, where its name tells: Russia's for 'Russian warplanes'."""
        found = self.get(entity_id)
        return None if found is None else found.owner

    def _meant(self, name: str, report: str) -> str:
        used = tables.entity_name.c
        with self._project.looking() as connection:
            here = select(used.entity).where(used.report == report, used.name == name)
            found = connection.execute(here).scalar()
        return found or self._chief_of(name) or id_of_generic(report, name)

    def _chief_of(self, name: str) -> str | None:
        """The first by id of the named entities of which any report uses this name."""
        if name not in self._chief:
            used, entity = tables.entity_name.c, tables.entity.c
            joined = tables.entity_name.join(tables.entity, entity.id == used.entity)
            first = select(func.min(entity.id)).select_from(joined).where(used.name == name, ~entity.generic)
            with self._project.looking() as connection:
                self._chief[name] = connection.execute(first).scalar()
        return self._chief[name]


def ids_within(connection: Connection, entity: str) -> tuple[str, ...]:
    """The ids that the names of an entity have by their reports alone: those that were merged into it, and its own."""
    group = tables.entity_group.c
    return tuple(connection.execute(select(group.alone).where(group.entity == entity).order_by(group.alone)).scalars())


def part_of_now(connection: Connection, gone: str) -> str | None:
    """The entity that most names of an id that was merged away mean now; None for an id that no name ever had."""
    name = tables.entity_name.c
    query = select(name.entity).where(name.alone == gone, name.entity != gone).group_by(name.entity)
    found: str | None = connection.execute(query.order_by(func.count().desc(), name.entity).limit(1)).scalar()
    return found


def names_of_ids(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """The name that most reports have for each of these ids, those merged away too; an id that none has is left out."""
    name = tables.entity_name.c
    query = select(name.alone, name.name).group_by(name.alone, name.name).order_by(func.count(), name.name.desc())
    asked = sorted(set(ids))
    return {id_: words for few in some(asked) for id_, words in connection.execute(query.where(name.alone.in_(few)))}


def _used_in(connection: Connection, reports: Iterable[str]) -> dict[tuple[str, str], str]:
    used = tables.entity_name.c
    query = select(used.report, used.name, used.entity)
    return {
        (report, name): entity
        for few in some(sorted(set(reports)))
        for report, name, entity in connection.execute(query.where(used.report.in_(few))).all()
    }
