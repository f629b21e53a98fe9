"""Entities in a project: which entity every name of every report means, and the entities with their names.

All of it is worked out from readings, tables and decisions, and made anew where they change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    case,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from twosource.corpus.entities.index import EntityIndex
from twosource.corpus.entities.scene import Naming, Used
from twosource.corpus_records import Entity
from twosource.store import tables
from twosource.store.counting import counted_up_to
from twosource.store.due import Across, begin
from twosource.store.entity_scenes import FIELDS, Outdated
from twosource.store.fold import padded
from twosource.store.some import some

__all__ = [
    "Listed",
    "add_entities",
    "count_listed",
    "drop_entities",
    "entities_with",
    "entity_index",
    "every_use",
    "keep_entities",
    "keep_namings",
    "keep_record",
    "listed",
    "listed_with",
    "move_names",
    "names_by_outlet",
    "rename",
    "start_anew",
    "uses_in",
    "uses_of",
    "uses_of_ids",
]

_GENERIC = "generic:"
_PAST_GENERIC = "generic;"  # which all ids of generic entities come before
_COUNTED = (tables.entity_tally, tables.entity_outlet, tables.entity_company, tables.entity_key, tables.entity_group)


_entity_decoder = msgspec.json.Decoder(Entity)
_naming_decoder = msgspec.json.Decoder(Naming)


class Listed(NamedTuple):
    """An entity, and how many reports and claims name it."""

    entity: Entity
    reports: int
    claims: int


def start_anew(connection: Connection, fingerprint: str) -> bool:
    """Takes out all entities, where other rules or tables read the names, and makes every report due; tells whether."""
    if not begin(connection, Across.ENTITIES, fingerprint):
        return False
    for table in (tables.entity_name, tables.entity_report, tables.entity, *_COUNTED):
        connection.execute(delete(table))
    return True


def keep_namings(
    connection: Connection,
    fingerprint: str,
    asked: Sequence[Outdated],
    namings: Mapping[str, Sequence[Naming]],
    outlets: Mapping[str, str | None],
) -> None:
    """Puts what these reports tell of their names in the place of all that was kept of them."""
    for few in some(sorted(one.report for one in asked)):
        connection.execute(delete(tables.entity_name).where(tables.entity_name.c.report.in_(few)))
        connection.execute(delete(tables.entity_report).where(tables.entity_report.c.report.in_(few)))
        connection.execute(delete(tables.entity).where(tables.entity.c.report.in_(few)))
    rows = [
        {
            "report": one.report,
            "reading": one.reading,
            "fingerprint": fingerprint,
            "outlet": outlets.get(one.report),
        }
        for one in asked
    ]
    if rows:
        connection.execute(insert(tables.entity_report), rows)
    names = [
        {
            "report": one.report,
            "name": naming.name,
            "folded": padded(naming.name),
            "alone": naming.entity,
            "entity": naming.entity,
            "record": msgspec.json.encode(naming),
        }
        for one in asked
        for naming in namings.get(one.report, ())
    ]
    if names:
        connection.execute(insert(tables.entity_name), names)


def every_use(connection: Connection, also: Iterable[str]) -> Iterator[Used]:
    """Every name that means a named actor, in every report; of generic ones those that ``also`` has, as id or name."""
    name = tables.entity_name.c
    wanted = sorted(also)
    chosen = or_(~name.entity.startswith(_GENERIC), name.entity.in_(wanted), name.name.in_(wanted))
    report = tables.report.c
    joined = tables.entity_name.join(tables.report, and_(report.id == name.report, report.current))
    query = select(name.report, report.outlet, report.agency, name.record).select_from(joined).where(chosen)
    for row in connection.execute(query.order_by(name.report, name.name)):
        naming = _naming_decoder.decode(row.record)
        yield Used(report=row.report, outlet=row.outlet or row.agency, naming=naming)


def uses_of(connection: Connection, names: Iterable[str]) -> list[Used]:
    """Every use of these names, as the reports alone tell of it."""
    return _uses_with(connection, tables.entity_name.c.name, names)


def uses_in(connection: Connection, reports: Iterable[str]) -> list[Used]:
    """What is kept of the names of these reports, generic ones left out, each with the outlet that the report had."""
    name, kept = tables.entity_name.c, tables.entity_report.c
    joined = tables.entity_name.join(tables.entity_report, kept.report == name.report)
    query = select(name.report, kept.outlet, name.record).select_from(joined).where(~name.alone.startswith(_GENERIC))
    return [
        Used(report=row.report, outlet=row.outlet, naming=_naming_decoder.decode(row.record))
        for few in some(sorted(set(reports)))
        for row in connection.execute(query.where(name.report.in_(few)).order_by(name.report, name.name)).all()
    ]


def uses_of_ids(connection: Connection, ids: Iterable[str]) -> list[Used]:
    """Every use of a name that means one of these ids, as the reports alone tell of it."""
    return _uses_with(connection, tables.entity_name.c.alone, ids)


def move_names(connection: Connection, moved: Mapping[str, tuple[str, str]]) -> None:
    """The names that mean each of these ids alone are of the second entity now, where they were of the first."""
    name = tables.entity_name.c
    rows = [{"_alone": id_, "_was": was, "_now": now} for id_, (was, now) in sorted(moved.items())]
    if rows:
        where = and_(name.alone == bindparam("_alone"), name.entity == bindparam("_was"))
        connection.execute(update(tables.entity_name).where(where).values(entity=bindparam("_now")), rows)


def rename(connection: Connection, meant: Mapping[tuple[str, str], str]) -> None:
    """Each (report, name) is of this entity now."""
    name = tables.entity_name.c
    rows = [{"_report": report, "_name": words, "_now": entity} for (report, words), entity in meant.items()]
    if rows:
        where = and_(name.report == bindparam("_report"), name.name == bindparam("_name"))
        changed = where & (name.entity != bindparam("_now"))
        connection.execute(update(tables.entity_name).where(changed).values(entity=bindparam("_now")), rows)


def listed_with(connection: Connection, ids: Iterable[str]) -> list[Listed]:
    """The entities with these ids, each with its counts; by id."""
    entity = tables.entity.c
    query = select(entity.record, entity.reports, entity.claims).order_by(entity.id)
    return [
        Listed(_entity_decoder.decode(row.record), row.reports, row.claims)
        for few in some(sorted(set(ids)))
        for row in connection.execute(query.where(entity.id.in_(few))).all()
    ]


def drop_entities(connection: Connection, ids: Iterable[str]) -> None:
    """Takes these entities out."""
    for few in some(sorted(set(ids))):
        connection.execute(delete(tables.entity).where(tables.entity.c.id.in_(few)))


def keep_record(connection: Connection, one: Entity) -> None:
    """Keeps an entity in the place of the one with its id; its counts stay."""
    where = tables.entity.c.id == one.id
    connection.execute(update(tables.entity).where(where).values(kind=one.kind.value, record=msgspec.json.encode(one)))


def _uses_with(connection: Connection, column: Column[str], values: Iterable[str]) -> list[Used]:
    """The names with these values of a column, by report and name.

    The outlets are looked up after the names: joined, all reports would be gone through in the order that is asked for.
    """
    name, report = tables.entity_name.c, tables.report.c
    found = {
        (row.report, row.name): row.record
        for few in some(sorted(set(values)))
        for row in connection.execute(select(name.report, name.name, name.record).where(column.in_(few))).all()
    }
    outlets = {
        row.id: row.outlet or row.agency
        for few in some(sorted({of for of, _ in found}))
        for row in connection.execute(
            select(report.id, report.outlet, report.agency).where(report.current, report.id.in_(few))
        ).all()
    }
    return [
        Used(report=of, outlet=outlets[of], naming=_naming_decoder.decode(found[of, words]))
        for of, words in sorted(found)
        if of in outlets
    ]


def keep_entities(
    connection: Connection,
    entities: Sequence[Entity],
    used: Mapping[tuple[str, str], str],
    counts: Mapping[str, tuple[int, int]],
    absorbed: Iterable[str],
) -> None:
    """Puts these entities in the place of all that are not generic, and of generic ones with their ids or ``absorbed``.

    ``used`` tells which entity each (report, name) means; ``counts`` holds each entity's reports and claims.
    """
    connection.execute(delete(tables.entity).where(~tables.entity.c.generic))
    for few in some(sorted({*absorbed, *(one.id for one in entities if one.generic)})):
        connection.execute(delete(tables.entity).where(tables.entity.c.id.in_(few)))
    add_entities(connection, entities, counts)
    name = tables.entity_name.c
    before = {
        (row.report, row.name): row.entity for row in connection.execute(select(name.report, name.name, name.entity))
    }
    for (report, words), entity in used.items():
        if before.get((report, words)) != entity:
            where = and_(name.report == report, name.name == words)
            connection.execute(update(tables.entity_name).where(where).values(entity=entity))


def add_entities(connection: Connection, entities: Sequence[Entity], counts: Mapping[str, tuple[int, int]]) -> None:
    """Adds entities that are not kept yet."""
    rows = [
        {
            "id": one.id,
            "kind": one.kind.value,
            "generic": one.generic,
            "report": one.report,
            "reports": counts[one.id][0],
            "claims": counts[one.id][1],
            "record": msgspec.json.encode(one),
        }
        for one in entities
    ]
    if rows:
        connection.execute(insert(tables.entity), rows)


def entity_index(connection: Connection) -> EntityIndex:
    """The project's entities, to be asked for the entity of any name in any report."""
    names, entities = tables.entity_name.c, tables.entity.c
    rows = connection.execute(select(names.report, names.name, names.entity))
    used = {(row.report, row.name): row.entity for row in rows}
    records = connection.execute(select(entities.record)).scalars()
    return EntityIndex((_entity_decoder.decode(record) for record in records), used)


def entities_with(connection: Connection, *, ids: Iterable[str] = (), names: Iterable[str] = ()) -> list[Entity]:
    """The entities with these ids, and those that a report names so; by id."""
    entity, used = tables.entity.c, tables.entity_name.c
    meant = select(used.entity).where(used.name.in_(sorted(set(names)))).distinct()
    wanted = sorted({*ids, *(connection.execute(meant).scalars() if names else ())})
    query = select(entity.id, entity.record)
    found = {
        row.id: row.record for few in some(wanted) for row in connection.execute(query.where(entity.id.in_(few))).all()
    }
    return [_entity_decoder.decode(found[id_]) for id_ in sorted(found)]


def listed(
    connection: Connection,
    *,
    name: str | None = None,
    ids: Sequence[str] | None = None,
    generic: bool = False,
    limit: int | None = None,
    offset: int = 0,
) -> list[Listed]:
    """The entities, those that most reports name first; with ``name`` those of which a name has words that begin so."""
    entity = tables.entity.c
    found = select(entity.id).where(*_listing(name, generic=generic))
    if ids is not None:
        found = found.where(entity.id.in_(ids))
    # Those with and those without a name of their own each stand in order in the index, and no others are looked at.
    halves = [found.where(entity.generic == half) for half in ((False, True) if generic else (False,))]
    if limit is not None:
        halves = [_most_named(half, limit + offset) for half in halves]
    order = entity.reports.desc(), entity.claims.desc(), entity.id
    query = select(entity.record, entity.reports, entity.claims).where(or_(*(entity.id.in_(half) for half in halves)))
    query = query.order_by(*order).limit(limit).offset(offset)
    return [Listed(_entity_decoder.decode(row.record), row.reports, row.claims) for row in connection.execute(query)]


def _most_named(chosen: Select[Any], most: int) -> Select[Any]:
    entity = tables.entity.c
    order = entity.reports.desc(), entity.claims.desc(), entity.id
    first = chosen.order_by(*order).limit(most).subquery()
    return select(first.c.id)


def count_listed(
    connection: Connection, *, name: str | None = None, generic: bool = False, most: int | None = None
) -> int:
    """How many entities ``listed`` gives without a limit; of more than ``most`` one more."""
    found = select(tables.entity.c.id).where(*_listing(name, generic=generic))
    return counted_up_to(connection, found, most)


def _listing(name: str | None, *, generic: bool) -> list[ColumnElement[bool]]:
    entity = tables.entity.c
    chosen: list[ColumnElement[bool]] = [] if generic else [~entity.generic]
    if name is not None:
        chosen.append(entity.id.in_(_named(name) if generic else _named_otherwise_than_generic(name)))
    return chosen


def _names_with(name: str) -> Select[Any]:
    known, words = tables.claim_name.c, padded(name).rstrip()
    chosen = select(known.folded).where(known.field.in_(FIELDS), known.folded.contains(words, autoescape=True))
    return chosen.distinct()


def _named(name: str) -> Select[Any]:
    used = tables.entity_name.c
    return select(used.entity).where(used.folded.in_(_names_with(name)))


def _named_otherwise_than_generic(name: str) -> Select[Any]:
    """The entities that names with these words mean, generic ones left out: each is looked up once for each name.

    From one to the next the index is entered anew, past all other reports that mean the same, and past generic ones.
    """
    names = _names_with(name).subquery().c
    walk = select(names.folded, _next_meant(names.folded, literal(""))).cte("meant", recursive=True)
    passed = case((walk.c.entity.startswith(_GENERIC), literal(_PAST_GENERIC)), else_=walk.c.entity)
    onward = select(walk.c.folded, _next_meant(walk.c.folded, passed)).where(walk.c.entity.is_not(None))
    found = walk.union_all(onward).c
    return select(found.entity).where(found.entity.is_not(None))


def _next_meant(folded: ColumnElement[str], passed: ColumnElement[str]) -> ColumnElement[str]:
    used = tables.entity_name.alias().c
    following = select(func.min(used.entity)).where(used.folded == folded, used.entity > passed)
    return following.scalar_subquery().label("entity")


def names_by_outlet(connection: Connection, entity: str) -> list[tuple[str | None, str, int]]:
    """Each outlet's names for an entity, with how many of its reports use them: by what is counted of an actor."""
    group, tally, outlet = tables.entity_group.c, tables.entity_tally.c, tables.entity_outlet.c
    within = select(group.alone).where(group.entity == entity)
    every = select(tally.name, func.sum(tally.reports)).where(tally.alone.in_(within)).group_by(tally.name)
    by_outlet = select(outlet.outlet, outlet.name, func.sum(outlet.reports)).where(outlet.alone.in_(within))
    told: list[tuple[str | None, str, int]] = [
        (row[0], row[1], int(row[2])) for row in connection.execute(by_outlet.group_by(outlet.outlet, outlet.name))
    ]
    left = Counter({name: int(number) for name, number in connection.execute(every).all()})
    if not left:  # people or things without a name of their own, of which nothing is counted
        return _names_in_reports(connection, entity)
    for _, name, number in told:
        left[name] -= number
    return [*told, *((None, name, number) for name, number in left.items() if number > 0)]


def _names_in_reports(connection: Connection, entity: str) -> list[tuple[str | None, str, int]]:
    """The same by a look at every report that names the entity."""
    name, report = tables.entity_name.c, tables.report.c
    joined = tables.entity_name.join(tables.report, and_(report.id == name.report, report.current))
    outlet = func.coalesce(report.outlet, report.agency)
    query = select(outlet, name.name, func.count()).select_from(joined).where(name.entity == entity)
    return [(row[0], row[1], row[2]) for row in connection.execute(query.group_by(outlet, name.name))]
