"""The log of decisions by the page: some of its entries, the newest first, and what else of the log they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from twosource.corpus_records import Decision, DecisionKind
from twosource.store import tables
from twosource.store.decisions import entry_of
from twosource.store.some import some

__all__ = [
    "LogFilter",
    "Tally",
    "count_entries",
    "entries_listed",
    "entries_on",
    "entries_on_reports",
    "hash_of",
    "last_entry",
    "tallies_from",
]

_FEW = 40  # conditions in one OR (...)


class LogFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Entries of one kind, by one person, with an id among their subjects (any of several, where several are given).

    What is coded blind is listed where its kind is asked for alone, so that no coder comes upon another's.
    """

    kind: DecisionKind | None = None
    who: str | None = None
    about: str | tuple[str, ...] | None = None

    def chooses(self, one: Decision) -> bool:
        """Whether the entry is one of those asked for."""
        right_kind = one.kind is not DecisionKind.CODING if self.kind is None else one.kind is self.kind
        asked = (self.about,) if isinstance(self.about, str) else self.about
        return right_kind and self.who in (None, one.who) and (asked is None or not set(asked).isdisjoint(one.subjects))


class Tally(msgspec.Struct, frozen=True):
    """How many entries of a kind somebody made."""

    who: str
    kind: DecisionKind
    entries: int


def entries_listed(
    connection: Connection, asked: LogFilter, *, limit: int | None = None, offset: int = 0
) -> list[Decision]:
    """The entries asked for, the newest first."""
    number = tables.decision.c.number
    if isinstance(asked.about, tuple):
        wanted = _numbers_about(connection, asked)[offset : None if limit is None else offset + limit]
    elif limit is None and not offset:
        return _newest_first(_entries(connection, and_(*_conditions(asked))))
    else:
        chosen = select(number).where(*_conditions(asked)).order_by(number.desc()).limit(limit).offset(offset)
        wanted = list(connection.execute(chosen).scalars())
    return _newest_first(one for few in some(wanted) for one in _entries(connection, number.in_(few)))


def count_entries(connection: Connection, asked: LogFilter) -> int:
    """How many entries ``entries_listed`` gives without a limit."""
    if isinstance(asked.about, tuple):
        return len(_numbers_about(connection, asked))
    return connection.execute(select(func.count()).select_from(tables.decision).where(*_conditions(asked))).scalar_one()


def entries_on(connection: Connection, entries: Iterable[Decision]) -> list[Decision]:
    """Every entry on the subjects of these, undone ones and those that undo too; the oldest first."""
    wanted: dict[DecisionKind, set[str]] = {}
    for one in entries:
        wanted.setdefault(one.kind, set()).add(_json(one.subjects))
    columns = tables.decision.c
    found = [
        one
        for kind, subjects in wanted.items()
        for few in some(sorted(subjects))
        for one in _entries(connection, and_(columns.kind == kind.value, columns.subjects.in_(few)))
    ]
    return sorted(found, key=lambda one: one.number)


def entries_on_reports(connection: Connection, kind: DecisionKind, reports: Sequence[str]) -> list[Decision]:
    """The entries of a kind whose first subject is one of these reports (ids), the oldest first."""
    columns = tables.decision.c
    found = [
        one
        for at in range(0, len(reports), _FEW)
        for one in _entries(connection, and_(columns.kind == kind.value, or_(*map(_begins, reports[at : at + _FEW]))))
    ]
    return sorted(found, key=lambda one: one.number)


def tallies_from(connection: Connection, number: int) -> list[Tally]:
    """How many entries each person made of each kind, of those with a number above this one."""
    columns = tables.decision.c
    query = select(columns.who, columns.kind, func.count()).where(columns.number > number)
    rows = connection.execute(query.group_by(columns.who, columns.kind))
    return [Tally(who, DecisionKind(kind), entries) for who, kind, entries in rows]


def hash_of(connection: Connection, number: int) -> str:
    """The hash of the entry with this number, empty where there is none."""
    columns = tables.decision.c
    return str(connection.execute(select(columns.hash).where(columns.number == number)).scalar() or "")


def last_entry(connection: Connection) -> tuple[int, str]:
    """The number of the last entry and its hash; 0 and nothing for an empty log."""
    columns = tables.decision.c
    row = connection.execute(select(columns.number, columns.hash).order_by(columns.number.desc()).limit(1)).first()
    return (row.number, row.hash) if row else (0, "")


def _begins(report: str) -> ColumnElement[bool]:
    """That the first of several subjects is this; by the order of code points, which the index has."""
    opening = _json([report])[:-1]
    return and_(tables.decision.c.subjects >= f"{opening},", tables.decision.c.subjects < f"{opening}-")


def _conditions(asked: LogFilter) -> list[ColumnElement[bool]]:
    columns = tables.decision.c
    coding = DecisionKind.CODING.value
    found = [columns.kind != coding if asked.kind is None else columns.kind == asked.kind.value]
    if asked.who is not None:
        found.append(columns.who == asked.who)
    if isinstance(asked.about, str):  # unlike LIKE, to replace tells 'A' from 'a' on every database
        found.append(func.replace(columns.subjects, _json(asked.about), "") != columns.subjects)
    return found


def _numbers_about(connection: Connection, asked: LogFilter) -> list[int]:
    """The numbers of entries that have any of several ids among their subjects, the newest first."""
    columns, wanted = tables.decision.c, set(asked.about or ())
    conditions = _conditions(msgspec.structs.replace(asked, about=None))
    rows = connection.execute(select(columns.number, columns.subjects).where(*conditions))
    found = (
        number for number, subjects in rows if not wanted.isdisjoint(msgspec.json.decode(subjects, type=list[str]))
    )
    return sorted(found, reverse=True)


def _entries(connection: Connection, chosen: ColumnElement[bool]) -> list[Decision]:
    """The entries, in no order: asked to sort by number, SQLite reads the whole log in that order."""
    return [entry_of(row) for row in connection.execute(select(tables.decision).where(chosen)).mappings()]


def _newest_first(entries: Iterable[Decision]) -> list[Decision]:
    return sorted(entries, key=lambda one: -one.number)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
