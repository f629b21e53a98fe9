"""What the reports of a project tell of the names in their claims, for those whose names are still to be read."""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, and_, select

from twosource.closed_sets import ClaimType
from twosource.corpus.entities.scene import HOSTILE, Parties, Scene
from twosource.records import Place, Report
from twosource.store import tables
from twosource.store.some import some

__all__ = ["FIELDS", "Outdated", "outdated", "scenes"]

FIELDS = {"actor": "actors", "target": "targets", "source": "sources", "via": "via"}
"""The fields of a claim that name somebody, by how table claim_value calls them."""


class _Layers(msgspec.Struct):
    """The places of a reading, of which only the countries are wanted."""

    places: tuple[Place, ...] = ()


_report_decoder = msgspec.json.Decoder(Report)
_layers_decoder = msgspec.json.Decoder(_Layers)


class Outdated(NamedTuple):
    """A report whose names are to be read, and the number of its current reading."""

    report: str
    reading: int


def outdated(connection: Connection, names: Iterable[str], fingerprint: str) -> list[Outdated]:
    """Those of the reports whose names are not kept as their current reading has them; by report."""
    report, reading, kept = tables.report.c, tables.reading.c, tables.entity_report.c
    joined = tables.report.join(tables.reading, and_(reading.report == report.digest, reading.current)).outerjoin(
        tables.entity_report,
        and_(kept.report == report.id, kept.reading == reading.number, kept.fingerprint == fingerprint),
    )
    query = select(report.id, reading.number).select_from(joined).where(report.current, kept.report.is_(None))
    return [
        Outdated(*row)
        for few in some(sorted(names))
        for row in connection.execute(query.where(report.id.in_(few)).order_by(report.id)).all()
    ]


def scenes(connection: Connection, asked: Sequence[Outdated]) -> list[Scene]:
    """What each of these reports tells of the names in its claims, in order of the reports."""
    numbers = {one.reading: one.report for one in asked}
    claims = _claims(connection, numbers)
    return [scene for few in some(sorted(numbers)) for scene in _scenes(connection, few, claims)]


def _scenes(connection: Connection, readings: Sequence[int], claims: Mapping[int, tuple[Parties, ...]]) -> list[Scene]:
    report, reading = tables.report.c, tables.reading.c
    joined = tables.report.join(tables.reading, reading.report == report.digest)
    query = select(report.id, report.record, reading.number, reading.layers).select_from(joined)
    return [
        _scene(row.id, _report_decoder.decode(row.record), row.layers, claims.get(row.number, ()))
        for row in connection.execute(query.where(reading.number.in_(readings)).order_by(report.id)).all()
    ]


def _scene(name: str, report: Report, layers: bytes, claims: tuple[Parties, ...]) -> Scene:
    places = _layers_decoder.decode(zlib.decompress(layers)).places
    return Scene(
        report=name,
        outlet=report.outlet or report.agency,
        year=report.published.year if report.published else None,
        text=report.text,
        countries=dict(Counter(place.country for place in places if place.country)),
        claims=claims,
    )


def _claims(connection: Connection, numbers: Mapping[int, str]) -> dict[int, tuple[Parties, ...]]:
    value, claim = tables.claim_value.c, tables.claim.c
    joined = tables.claim_value.join(tables.claim, and_(claim.reading == value.reading, claim.rank == value.rank))
    query = select(value.reading, value.rank, value.field, value.name, claim.type).select_from(joined)
    found: dict[int, dict[int, dict[str, list[str]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    hostile: set[tuple[int, int]] = set()
    for few in some(sorted(numbers)):
        chosen = query.where(value.reading.in_(few))  # by fields too, and SQLite would go through all names of a field
        for row in connection.execute(chosen.order_by(value.reading, value.rank, value.field, value.position)).all():
            if row.field not in FIELDS:
                continue
            found[row.reading][row.rank][FIELDS[row.field]].append(row.name)
            if ClaimType(row.type) in HOSTILE:
                hostile.add((row.reading, row.rank))
    return {
        reading: tuple(_parties(fields, (reading, rank) in hostile) for rank, fields in ranks.items())
        for reading, ranks in found.items()
    }


def _parties(fields: Mapping[str, list[str]], hostile: bool) -> Parties:
    return Parties(**{field: tuple(fields.get(field, ())) for field in FIELDS.values()}, hostile=hostile)
