"""Lineage in a project: the index of fingerprints, the dependences found, and the families.

All is worked out from the reports, and people's decisions, and is made anew where they change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec
from sqlalchemy import Connection, and_, bindparam, delete, func, insert, or_, select

from twosource.corpus.candidates import Closed, Holder
from twosource.corpus_records import Dependence, Lineage
from twosource.records import Report
from twosource.store import tables
from twosource.store.due import Across, begin, mark
from twosource.store.lineage_prints import Mark, drop_every_mark, drop_marks, keep_marks, marks_of, settle_marks
from twosource.store.rows import rows_with
from twosource.store.some import some

__all__ = [
    "all_lineages",
    "closed_among",
    "count_dependences",
    "count_in_lineages",
    "count_lineages",
    "dependences",
    "dependences_around",
    "dependences_as_likely",
    "drop_pairs",
    "families_around",
    "forget_reports",
    "holders_of_prints",
    "in_several",
    "indexed",
    "keep_closed",
    "keep_dependences",
    "keep_lineages",
    "keep_prints",
    "lineages_with",
    "outdated",
    "reports_with",
    "start_anew",
    "texts_in_index",
]


class _Text(msgspec.Struct, frozen=True):
    """The one field of a Report that the index needs."""

    text: str


_report_decoder = msgspec.json.Decoder(Report)
_text_decoder = msgspec.json.Decoder(_Text)
_dependence_decoder = msgspec.json.Decoder(Dependence)
_lineage_decoder = msgspec.json.Decoder(Lineage)


def start_anew(connection: Connection, fingerprint: str) -> None:
    """Takes out the index and what was found by it, where other rules did, and makes every report due."""
    if begin(connection, Across.LINEAGE, fingerprint):
        drop_every_mark(connection)
        for table in (tables.dependence, tables.taking, tables.lineage_closed, tables.lineage_text):
            connection.execute(delete(table))


def outdated(connection: Connection, names: Iterable[str]) -> list[Report]:
    """Those of the reports that are not in the index as they are, in order of their ids."""
    report, text = tables.report.c, tables.lineage_text.c
    joined = tables.report.outerjoin(tables.lineage_text, and_(text.report == report.id, text.digest == report.digest))
    query = select(report.record).select_from(joined).where(report.current, text.report.is_(None)).order_by(report.id)
    return [
        _report_decoder.decode(record)
        for few in some(sorted(names))
        for record in connection.execute(query.where(report.id.in_(few))).scalars().all()
    ]


def reports_with(connection: Connection, ids: Iterable[str]) -> dict[str, Report]:
    """The current reports with these ids."""
    columns = tables.report.c
    return {
        row.id: _report_decoder.decode(row.record)
        for few in some(sorted(set(ids)))
        for row in connection.execute(
            select(columns.id, columns.record).where(columns.current, columns.id.in_(few))
        ).all()
    }


def indexed(connection: Connection) -> int:
    """How many reports the index holds."""
    return int(connection.execute(select(func.count()).select_from(tables.lineage_text)).scalar_one())


def texts_in_index(connection: Connection, reports: Iterable[str]) -> dict[str, str]:
    """The text that the index holds of each of these reports that is in it, whatever version is current."""
    report, text = tables.report.c, tables.lineage_text.c
    joined = tables.lineage_text.join(tables.report, report.digest == text.digest)
    query = select(text.report, report.record).select_from(joined)
    return {
        row.report: _text_decoder.decode(row.record).text
        for few in some(sorted(set(reports)))
        for row in connection.execute(query.where(text.report.in_(few))).all()
    }


def closed_among(connection: Connection, numbers: Iterable[int]) -> dict[int, Closed]:
    """Those of the prints that lead to nobody, and as what."""
    rows = rows_with(connection, "SELECT number, stock, days FROM lineage_closed WHERE number IN", set(numbers))
    return {number: Closed(bool(stock), tuple(map(int, days.split()))) for number, stock, days in rows}


def keep_closed(connection: Connection, found: Mapping[int, Closed | None]) -> None:
    """Keeps what these prints are closed as now; None opens one."""
    for few in some(sorted(found)):
        connection.execute(delete(tables.lineage_closed).where(tables.lineage_closed.c.number.in_(few)))
    rows = [
        {"number": number, "stock": one.stock, "days": " ".join(map(str, one.days))}
        for number, one in sorted(found.items())
        if one is not None
    ]
    if rows:
        connection.execute(insert(tables.lineage_closed), rows)


def holders_of_prints(connection: Connection, numbers: Iterable[int]) -> dict[int, list[Holder]]:
    """All the holders of each of these prints, by report: few of an open print, any number of a closed one."""
    return _as_holders(connection, marks_of(connection, set(numbers)))


def _as_holders(connection: Connection, marks: Iterable[Mark]) -> dict[int, list[Holder]]:
    held: defaultdict[int, list[int]] = defaultdict(list)
    for number, text in marks:
        held[number].append(text)
    known = _texts(connection, {text for texts in held.values() for text in texts})
    place = {text: at for at, text in enumerate(known)}  # by report: each is looked up once, however many prints it has
    return {number: [known[text] for text in sorted(texts, key=place.__getitem__)] for number, texts in held.items()}


def _texts(connection: Connection, numbers: Iterable[int]) -> dict[int, Holder]:
    """What the index holds of the texts with these numbers, by report."""
    text = tables.lineage_text.c
    query = select(text.number, text.report, text.day, text.prints)
    found = [
        (number, Holder(report, day, prints))
        for few in some(sorted(numbers))
        for number, report, day, prints in connection.execute(query.where(text.number.in_(few))).all()
    ]
    return dict(sorted(found, key=lambda one: one[1].report))


def forget_reports(connection: Connection, prints: Mapping[str, frozenset[int]]) -> None:
    """Takes these reports out of the index, with their dependences; their prints there must be given."""
    drop_dependences(connection, prints)
    text, numbers = tables.lineage_text.c, _numbers(connection, prints)
    drop_marks(connection, ((one, numbers[report]) for report, theirs in prints.items() for one in theirs))
    for few in some(sorted(prints)):
        connection.execute(delete(tables.lineage_text).where(text.report.in_(few)))


def _numbers(connection: Connection, reports: Iterable[str]) -> dict[str, int]:
    text = tables.lineage_text.c
    return {
        row.report: row.number
        for few in some(sorted(set(reports)))
        for row in connection.execute(select(text.report, text.number).where(text.report.in_(few))).all()
    }


def drop_dependences(connection: Connection, reports: Iterable[str]) -> None:
    """Takes out the dependences that one of these reports has a part in."""
    columns = tables.dependence.c
    for few in some(sorted(set(reports))):
        connection.execute(delete(tables.dependence).where(or_(columns.first.in_(few), columns.second.in_(few))))


def keep_prints(
    connection: Connection,
    fingerprint: str,
    reports: Sequence[Report],
    prints: Mapping[str, frozenset[int]],
    asked: Collection[int] = (),
) -> dict[int, list[Holder]]:
    """Puts reports that are not in the index into it; returns the holders of the prints that are asked for then."""
    rows = [
        {
            "report": report.id,
            "digest": report.digest,
            "fingerprint": fingerprint,
            "day": report.published.toordinal() if report.published else None,
            "prints": len(prints[report.id]),
        }
        for report in reports
    ]
    if rows:
        connection.execute(insert(tables.lineage_text), rows)
    numbers = _numbers(connection, prints)
    keep_marks(connection, sorted((one, numbers[report]) for report, theirs in prints.items() for one in theirs))
    settle_marks(connection, numbers.values())
    return _as_holders(connection, marks_of(connection, set(asked)))


def keep_dependences(connection: Connection, touched: Iterable[str], found: Iterable[Dependence]) -> None:
    """Puts these dependences in the place of all those that the touched reports had a part in."""
    drop_dependences(connection, touched)
    rows = [
        {
            "first": one.pair[0],
            "second": one.pair[1],
            "relation": one.relation.value,
            "record": msgspec.json.encode(one),
            "likelihood": one.likelihood,
        }
        for one in found
    ]
    if rows:
        connection.execute(insert(tables.dependence), rows)


def dependences_around(connection: Connection, reports: Iterable[str]) -> list[Dependence]:
    """What the engine found of pairs that one of these reports is in, in order of the pairs."""
    columns = tables.dependence.c
    found = {
        (row.first, row.second): row.record
        for few in some(sorted(set(reports)))
        for column in (columns.first, columns.second)
        for row in connection.execute(
            select(columns.first, columns.second, columns.record).where(column.in_(few))
        ).all()
    }
    return [_dependence_decoder.decode(found[pair]) for pair in sorted(found)]


def drop_pairs(connection: Connection, pairs: Iterable[tuple[str, str]]) -> None:
    """Takes out what was found of these pairs."""
    columns = tables.dependence.c
    rows = [{"one": first, "other": second} for first, second in pairs]
    if rows:
        same = and_(columns.first == bindparam("one"), columns.second == bindparam("other"))
        connection.execute(delete(tables.dependence).where(same), rows)


def dependences(
    connection: Connection, report: str | None = None, limit: int | None = None, offset: int = 0
) -> list[Dependence]:
    """What the engine found, in order of the pairs; of one report or of all."""
    columns = tables.dependence.c
    query = select(columns.record).order_by(columns.first, columns.second).limit(limit).offset(offset)
    if report is not None:
        query = query.where(or_(columns.first == report, columns.second == report))
    return [_dependence_decoder.decode(record) for record in connection.execute(query).scalars()]


def count_dependences(connection: Connection) -> int:
    """How many pairs the engine found of which one depends on the other."""
    return int(connection.execute(select(func.count()).select_from(tables.dependence)).scalar_one())


def dependences_as_likely(connection: Connection, least: float, most: float) -> list[Dependence]:
    """What the engine found and is as sure of as that, both bounds included, in order of the pairs."""
    columns = tables.dependence.c
    query = select(columns.first, columns.second, columns.record).where(columns.likelihood.between(least, most))
    rows = sorted(connection.execute(query).all(), key=lambda row: (row.first, row.second))
    return [_dependence_decoder.decode(row.record) for row in rows]


def families_around(connection: Connection, reports: Iterable[str]) -> dict[str, set[str]]:
    """The families (ids) that these reports are in, each with all its reports."""
    member = tables.lineage_member.c
    theirs: set[str] = set()
    for few in some(sorted(set(reports))):
        theirs.update(connection.execute(select(member.lineage).where(member.report.in_(few))).scalars())
    return _members(connection, theirs)


def _members(connection: Connection, lineages: Iterable[str] | None) -> dict[str, set[str]]:
    """The reports of these families, of all where None."""
    member = tables.lineage_member.c
    query = select(member.lineage, member.report)
    parts = [query] if lineages is None else [query.where(member.lineage.in_(few)) for few in some(sorted(lineages))]
    found: dict[str, set[str]] = {}
    for part in parts:
        for row in connection.execute(part).all():
            found.setdefault(row.lineage, set()).add(row.report)
    return found


def keep_lineages(connection: Connection, found: Sequence[Lineage], gone: Collection[str] | None = None) -> None:
    """Puts these families in the place of those that are gone (ids), of all where None.

    Reports that are in other families than before are due to be gathered anew.
    """
    before = _members(connection, gone)
    for few in some(sorted(before if gone is None else gone)):
        connection.execute(delete(tables.lineage_member).where(tables.lineage_member.c.lineage.in_(few)))
        connection.execute(delete(tables.lineage).where(tables.lineage.c.id.in_(few)))
    if found:
        rows = [
            {
                "id": one.id,
                "origin": one.origin,
                "reports": len(one.reports),
                "record": msgspec.json.encode(one),
                "first": one.reports[0],
            }
            for one in found
        ]
        connection.execute(insert(tables.lineage), rows)
        members = [{"lineage": one.id, "report": report} for one in found for report in one.reports]
        connection.execute(insert(tables.lineage_member), members)
    was, now = _by_report(before), _by_report({one.id: set(one.reports) for one in found})
    mark(connection, (name for name in was.keys() | now.keys() if was.get(name) != now.get(name)), Across.EVENTS)


def _by_report(families: Mapping[str, set[str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for lineage, reports in families.items():
        for report in reports:
            found.setdefault(report, set()).add(lineage)
    return found


def all_lineages(
    connection: Connection, report: str | None = None, limit: int | None = None, offset: int = 0
) -> list[Lineage]:
    """The families, the largest first, then by their first report; those of one report or all."""
    lineage, member = tables.lineage.c, tables.lineage_member.c
    query = select(lineage.record)
    if report is not None:
        query = query.where(lineage.id.in_(select(member.lineage).where(member.report == report)))
    ordered = query.order_by(lineage.reports.desc(), lineage.first, lineage.id).limit(limit).offset(offset)
    return [_lineage_decoder.decode(record) for record in connection.execute(ordered).scalars()]


def in_several(connection: Connection, reports: Iterable[str]) -> set[str]:
    """Those of the reports that are in more than one family."""
    member = tables.lineage_member.c
    query = select(member.report).group_by(member.report).having(func.count() > 1)
    return {
        report
        for few in some(sorted(set(reports)))
        for report in connection.execute(query.where(member.report.in_(few))).scalars()
    }


def count_lineages(connection: Connection, report: str | None = None) -> int:
    """How many families there are, of one report or in all."""
    member = tables.lineage_member.c
    if report is None:
        return int(connection.execute(select(func.count()).select_from(tables.lineage)).scalar_one())
    theirs = select(func.count()).select_from(tables.lineage_member).where(member.report == report)
    return int(connection.execute(theirs).scalar_one())


def count_in_lineages(connection: Connection) -> int:
    """How many reports are in a family."""
    members = select(func.count(tables.lineage_member.c.report.distinct()))
    return int(connection.execute(members).scalar_one())


def lineages_with(connection: Connection, ids: Iterable[str]) -> dict[str, Lineage]:
    """The families that have these ids, by id."""
    lineage = tables.lineage.c
    return {
        one.id: one
        for few in some(sorted(set(ids)))
        for record in connection.execute(select(lineage.record).where(lineage.id.in_(few))).scalars().all()
        for one in [_lineage_decoder.decode(record)]
    }
