"""How often reports tell what of a name, kept as counts, so that a new report costs no look at the others.

An id here is that of an entity as reports alone tell it; several may be one entity in the end.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Table,
    and_,
    bindparam,
    delete,
    func,
    insert,
    literal_column,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite

from twosource.closed_sets import ActorKind
from twosource.corpus.entities.scene import Naming, Sort, Used, bare
from twosource.ids import digest_of
from twosource.store import tables
from twosource.store.some import some

__all__ = [
    "Counts",
    "count",
    "counts_anew",
    "counts_of",
    "counts_of_joined",
    "explained",
    "groups_around",
    "keep_groups",
    "keep_keys",
    "keys_of",
    "mates_in",
    "opening_of",
    "openings_among",
    "sizes_of",
]

_naming_decoder = msgspec.json.Decoder(Naming)
_VARIANT = 16  # hex digits
_BETWEEN = "\x1f"  # between values that are joined: the separator of units, which no name and no id holds
_INSERT: dict[str, Callable[[Table], sqlite.Insert | postgresql.Insert]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}


class Counts(msgspec.Struct):
    """What reports tell of one id: the namings with how many tell so, outlets by name, and who stands with it by how.

    Namings are by variant. ``company`` holds ids.
    """

    namings: dict[str, tuple[Naming, int]] = {}
    outlets: dict[str, list[str]] = {}
    company: dict[str, set[str]] = {}


def counts_of(connection: Connection, ids: Iterable[str]) -> dict[str, Counts]:
    """What is counted of each of these ids."""
    tally, outlet, company = tables.entity_tally.c, tables.entity_outlet.c, tables.entity_company.c
    found: defaultdict[str, Counts] = defaultdict(Counts)
    for few in some(sorted(set(ids))):
        query = select(tally.alone, tally.variant, tally.reports, tally.record).where(tally.alone.in_(few))
        for id_, variant, reports, record in connection.execute(query).all():
            found[id_].namings[variant] = (_naming_decoder.decode(record), reports)
        told = select(outlet.alone, outlet.name, _joined(connection, outlet.outlet)).where(outlet.alone.in_(few))
        for id_, name, outlets in connection.execute(told.group_by(outlet.alone, outlet.name)).all():
            found[id_].outlets[name] = sorted(outlets.split(_BETWEEN))
        stood = select(company.alone, company.how, _joined(connection, company.other)).where(company.alone.in_(few))
        for id_, how, others in connection.execute(stood.group_by(company.alone, company.how)).all():
            found[id_].company[how] = set(others.split(_BETWEEN))
    return dict(found)


def _joined(connection: Connection, column: Column[str]) -> ColumnElement[str]:
    """The values of a column in one: an actor whom all outlets name has hundreds, and a row for each takes long."""
    if connection.dialect.name == "postgresql":
        return func.string_agg(column, literal_column("chr(31)"))
    return func.group_concat(column, literal_column("char(31)"))


def count(connection: Connection, gone: Sequence[Used], fresh: Sequence[Used]) -> None:
    """Counts the uses of reports in, and those that are gone out; both hold whole reports."""
    namings: dict[tuple[str, str], Naming] = {}
    tallies: Counter[tuple[str, ...]] = Counter()
    outlets: Counter[tuple[str, ...]] = Counter()
    company: Counter[tuple[str, ...]] = Counter()
    for used, step in ((gone, -1), (fresh, 1)):
        for one in used:
            naming = bare(one.naming)
            key = (naming.entity, digest_of(naming)[:_VARIANT])
            namings[key] = naming
            tallies[key] += step
            if one.outlet:
                outlets[naming.entity, naming.name, one.outlet] += step
        for edge in _company(used):
            company[edge] += step
    made = {key: _tally_columns(naming) for key, naming in namings.items()}
    _add(connection, tables.entity_tally, ("alone", "variant"), "reports", tallies, made)
    _add(connection, tables.entity_outlet, ("alone", "name", "outlet"), "reports", outlets)
    _add(connection, tables.entity_company, ("alone", "other", "how"), "uses", company)


def _tally_columns(naming: Naming) -> dict[str, object]:
    return {
        "name": naming.name,
        "opening": opening_of(naming),
        "defines": naming.defines,
        "record": msgspec.json.encode(naming),
    }


def opening_of(naming: Naming) -> str | None:
    """The first word of a person's full name that no table has, which may be a given name."""
    words = naming.full.split()
    person = naming.sort is Sort.NAMED and naming.kind is ActorKind.PERSON
    return words[0] if person and len(words) > 1 else None


def _company(used: Iterable[Used]) -> list[tuple[str, str, str]]:
    """Who stands with and against the names that no table has: (id, other id, how), one for each report and name."""
    every = list(used)
    meant = {(one.report, one.naming.name): one.naming for one in every}
    found = []
    for one in every:
        if one.naming.sort is not Sort.NAMED:
            continue
        for how, names in (("beside", one.naming.beside), ("against", one.naming.against)):
            for name in names:
                other = meant.get((one.report, name))
                if other is None or other.entity == one.naming.entity:
                    continue
                found.append((one.naming.entity, other.entity, how))
                if other.sort is Sort.KNOWN and other.kind is not ActorKind.STATE:
                    found.append((one.naming.entity, other.entity, "company"))
    return found


def _add(
    connection: Connection,
    table: Table,
    keys: Sequence[str],
    counted: str,
    steps: Mapping[tuple[str, ...], int],
    made: Mapping[Any, dict[str, object]] | None = None,
) -> None:
    """Adds steps to a table's counts; a count of none leaves no row."""
    rows: list[dict[str, Any]] = [
        {**dict(zip(keys, key, strict=True)), counted: step, **(made[key] if made else {})}
        for key, step in sorted(steps.items())
        if step
    ]
    if not rows:
        return
    new = _INSERT[connection.dialect.name](table)
    more = {counted: table.c[counted] + new.excluded[counted]}
    connection.execute(new.on_conflict_do_update(index_elements=list(keys), set_=more), rows)
    less = [{f"_{name}": row[name] for name in keys} for row in rows if row[counted] < 0]
    if less:
        gone = and_(table.c[counted] <= 0, *(table.c[name] == bindparam(f"_{name}") for name in keys))
        connection.execute(delete(table).where(gone), less)


def openings_among(connection: Connection, words: Iterable[str]) -> set[str]:
    """Those of the words that open a person's full name somewhere."""
    column = tables.entity_tally.c.opening
    return {
        word
        for few in some(sorted(set(words)))
        for word in connection.execute(select(column).where(column.in_(few)).distinct()).scalars().all()
    }


def explained(connection: Connection, acronyms: Iterable[str]) -> dict[str, set[tuple[str, str]]]:
    """For each of the acronyms that reports explain, the ids and names that it is explained by."""
    tally = tables.entity_tally.c
    found: dict[str, set[tuple[str, str]]] = {}
    for few in some(sorted(set(acronyms))):
        for row in connection.execute(
            select(tally.defines, tally.alone, tally.name).where(tally.defines.in_(few))
        ).all():
            found.setdefault(row.defines, set()).add((row.alone, row.name))
    return found


def keys_of(connection: Connection, ids: Iterable[str]) -> dict[str, set[str]]:
    """The blocking keys that are kept of each id."""
    columns = tables.entity_key.c
    found: dict[str, set[str]] = {}
    for few in some(sorted(set(ids))):
        for row in connection.execute(select(columns.key, columns.alone).where(columns.alone.in_(few))).all():
            found.setdefault(row.alone, set()).add(row.key)
    return found


def keep_keys(connection: Connection, less: Iterable[tuple[str, str]], more: Iterable[tuple[str, str]]) -> None:
    """Takes out and puts in blocking keys, each with its id."""
    columns = tables.entity_key.c
    gone = [{"_key": key, "_alone": id_} for key, id_ in less]
    rows = [{"key": key, "alone": id_} for key, id_ in more]
    if gone:
        same = and_(columns.key == bindparam("_key"), columns.alone == bindparam("_alone"))
        connection.execute(delete(tables.entity_key).where(same), gone)
    if rows:
        connection.execute(insert(tables.entity_key), rows)


def sizes_of(connection: Connection, keys: Iterable[str]) -> Counter[str]:
    """How many ids have each of the keys."""
    column = tables.entity_key.c.key
    found: Counter[str] = Counter()
    for few in some(sorted(set(keys))):
        query = select(column, func.count()).where(column.in_(few)).group_by(column)
        found.update({row[0]: row[1] for row in connection.execute(query).all()})
    return found


def mates_in(connection: Connection, keys: Iterable[str]) -> dict[str, set[str]]:
    """All the ids that have each of the keys."""
    columns = tables.entity_key.c
    found: dict[str, set[str]] = {}
    for few in some(sorted(set(keys))):
        for row in connection.execute(select(columns.key, columns.alone).where(columns.key.in_(few))).all():
            found.setdefault(row.key, set()).add(row.alone)
    return found


def groups_around(connection: Connection, ids: Iterable[str]) -> dict[str, set[str]]:
    """The entities that these ids are part of, each with all the ids that are."""
    columns = tables.entity_group.c
    entities: set[str] = set()
    for few in some(sorted(set(ids))):
        entities.update(connection.execute(select(columns.entity).where(columns.alone.in_(few))).scalars())
    found: dict[str, set[str]] = {}
    for few in some(sorted(entities)):
        for row in connection.execute(select(columns.entity, columns.alone).where(columns.entity.in_(few))).all():
            found.setdefault(row.entity, set()).add(row.alone)
    return found


def keep_groups(connection: Connection, part_of: Mapping[str, str], gone: Iterable[str] | None) -> None:
    """Keeps of which entity each id is part, in the place of what was kept of the ids in ``gone``, of all for None."""
    for few in some(sorted(gone)) if gone is not None else ():
        connection.execute(delete(tables.entity_group).where(tables.entity_group.c.alone.in_(few)))
    if gone is None:
        connection.execute(delete(tables.entity_group))
    if part_of:
        rows = [{"alone": id_, "entity": entity} for id_, entity in sorted(part_of.items())]
        connection.execute(insert(tables.entity_group), rows)


def counts_anew(connection: Connection, ids: Iterable[str]) -> dict[str, tuple[int, int]]:
    """How many reports and claims name each of these entities, by a look at every name."""
    name = tables.entity_name.c
    reports: dict[str, set[str]] = {id_: set() for id_ in ids}
    claims: Counter[str] = Counter()
    for few in some(sorted(reports)):
        for row in connection.execute(select(name.report, name.entity, name.record).where(name.entity.in_(few))).all():
            reports[row.entity].add(row.report)
            claims[row.entity] += _naming_decoder.decode(row.record).claims
    return {id_: (len(theirs), claims[id_]) for id_, theirs in reports.items()}


def counts_of_joined(connection: Connection, entity: str, joined: Collection[str]) -> tuple[int, int]:
    """How many more reports and claims name an entity since these ids are part of it; names are of it already.

    Looked up are the names of these ids, and of the reports that have them. That they are of the entity is no condition
    of the queries: it is of names in any number of reports.
    """
    name = tables.entity_name.c
    reports: set[str] = set()
    claims = 0
    for few in some(sorted(joined)):
        for row in connection.execute(select(name.report, name.entity, name.record).where(name.alone.in_(few))).all():
            if row.entity == entity:
                reports.add(row.report)
                claims += _naming_decoder.decode(row.record).claims
    counted = {
        row.report
        for few in some(sorted(reports))
        for row in connection.execute(select(name.report, name.alone, name.entity).where(name.report.in_(few))).all()
        if row.entity == entity and row.alone not in joined
    }
    return len(reports - counted), claims
