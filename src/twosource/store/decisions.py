"""The log of what people decided: entries are only added, and each is chained to the one before by its hash.

The hash of an entry is the SHA-256 of the hash before it (64 zeros for the first) and the entry as canonical JSON: the
keys sorted, no spaces, UTF-8. That form is fixed for ever, since logs of any age must be checked by it.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol, TypeVar

import msgspec
from sqlalchemy import ColumnElement, Connection, RowMapping, and_, func, insert, select, true

from twosource.corpus_records import VERDICTS, Decision, DecisionKind
from twosource.errors import ConflictError, ProjectError, UsageError
from twosource.store import tables

__all__ = [
    "FIRST_PREVIOUS",
    "UNDO",
    "Fault",
    "append",
    "decision_row",
    "decisions_in_force",
    "entries_from",
    "entry",
    "entry_hash",
    "entry_of",
    "every_decision",
    "head_of",
    "in_force",
    "last_numbers",
    "last_on",
    "latest",
    "lock_log",
    "standing",
    "subjects_in_force",
    "verify_chain",
]

FIRST_PREVIOUS = "0" * 64
UNDO = "undo"
_ORDERLESS = frozenset({DecisionKind.LINEAGE, DecisionKind.ENTITY, DecisionKind.EVENT})
_HOW_MANY = {  # how many subjects
    DecisionKind.LINEAGE: 2,
    DecisionKind.CLAIM: 2,
    DecisionKind.ACTOR: 1,
    DecisionKind.SECOND: 2,
    DecisionKind.OUTCOME: 2,
}
_AT_ONCE = 500  # entries in memory at a time while the chain is checked


class _Counted(Protocol):
    """What of an entry tells whether it counts."""

    @property
    def number(self) -> int: ...
    @property
    def subjects(self) -> tuple[str, ...]: ...
    @property
    def undoes(self) -> int | None: ...


_Entry = TypeVar("_Entry", bound=_Counted)


class Fault(msgspec.Struct, frozen=True):
    """Something that is not as it was written: where in the project, what is wrong, and in which table, if known."""

    where: str
    reason: str
    table: str | None = None


def append(connection: Connection, decision: Decision, *, expected: int | None = None) -> Decision:
    """Adds the entry; returns it as it stands in the log, with its number, time (unless it has one) and hashes.

    ``expected`` is the number of the last entry on these subjects that the person has seen, 0 for none; None doesn't
    ask. Raises ConflictError where another entry on them has come meanwhile, and UsageError for an entry that can't be
    meant; nothing is written then. The connection must be one of ``Project.writing``.
    """
    lock_log(connection)
    added = _made(_checked(decision))
    if expected is not None:
        _expect(connection, added, expected)
    last = _last(connection)
    added = msgspec.structs.replace(
        added, number=last.number + 1 if last else 1, previous=last.hash if last else FIRST_PREVIOUS
    )
    added = msgspec.structs.replace(added, hash=entry_hash(added))
    if added.undoes is not None:
        _check_undoing(connection, added)
    connection.execute(insert(tables.decision).values(decision_row(added)))
    return added


def decisions_in_force(
    connection: Connection,
    kind: DecisionKind,
    subjects: Sequence[str] | None = None,
    *,
    about: str | None = None,
) -> list[Decision]:
    """The decisions of a kind that count, oldest first: of several on the same subjects the last that is not undone.

    ``subjects`` asks for those on exactly these ids, ``about`` for those that have this id among their subjects.
    """
    columns = tables.decision.c
    chosen: list[ColumnElement[bool]] = [columns.kind == kind.value]
    if subjects is not None:
        chosen.append(columns.subjects == _json(_in_order(kind, tuple(subjects))))
    if about is not None:
        chosen.append(columns.subjects.contains(_json(about), autoescape=True))
    entries = _entries(connection, and_(*chosen))
    if about is not None:  # the database may find more: some take 'A' for 'a'
        entries = [one for one in entries if about in one.subjects]
    return in_force(entries)


def subjects_in_force(connection: Connection, kind: DecisionKind) -> set[tuple[str, ...]]:
    """What the decisions of a kind that count are about; nothing else of the entries is read."""
    columns = tables.decision.c
    query = select(columns.number, columns.subjects, columns.undoes).where(columns.kind == kind.value)
    taken_back: set[int] = set()
    found: set[str] = set()
    for number, subjects, undoes in connection.execute(query.order_by(columns.number.desc())).all():
        if number in taken_back:
            continue
        if undoes is None:
            found.add(subjects)
        else:
            taken_back.add(undoes)
    return {tuple(msgspec.json.decode(subjects, type=list[str])) for subjects in found}


def in_force(entries: Sequence[_Entry]) -> list[_Entry]:
    """Of entries of one kind, oldest first, those that count: the last on the same subjects that is not undone."""
    last = {one.subjects: one for one in standing(entries) if one.undoes is None}
    return sorted(last.values(), key=lambda one: one.number)


def entries_from(connection: Connection, kind: DecisionKind, number: int) -> list[Decision]:
    """The entries of a kind from a number on, the oldest first."""
    columns = tables.decision.c
    return _entries(connection, and_(columns.kind == kind.value, columns.number >= number))


def latest(connection: Connection, kinds: Iterable[DecisionKind], most: int) -> list[Decision]:
    """The last entries of these kinds, so many at most, the oldest first."""
    columns = tables.decision.c
    numbers = select(columns.number).where(columns.kind.in_(sorted(kind.value for kind in kinds)))
    last = numbers.order_by(columns.number.desc()).limit(most).subquery()
    return _entries(connection, columns.number.in_(select(last.c.number)))


def every_decision(connection: Connection) -> list[Decision]:
    """Every entry of the log, the oldest first: those undone and superseded too, and those that undo."""
    return _entries(connection, true())


def entry(connection: Connection, number: int) -> Decision | None:
    """The entry with this number, None where there is none."""
    found = _entries(connection, tables.decision.c.number == number)
    return found[0] if found else None


def last_on(connection: Connection, kind: DecisionKind, subjects: Sequence[str]) -> Decision | None:
    """The last entry on exactly these subjects, whatever it is; its number is what ``append`` expects."""
    columns = tables.decision.c
    same = and_(columns.kind == kind.value, columns.subjects == _json(_in_order(kind, tuple(subjects))))
    row = connection.execute(select(tables.decision).where(same).order_by(columns.number.desc()).limit(1)).mappings()
    found = row.first()
    return entry_of(found) if found else None


def last_numbers(connection: Connection, kind: DecisionKind, about: str | None = None) -> dict[tuple[str, ...], int]:
    """The number of the last entry on each set of subjects of a kind; of those with one id among them, or of all."""
    columns = tables.decision.c
    query = select(columns.subjects, func.max(columns.number)).where(columns.kind == kind.value)
    if about is not None:
        query = query.where(columns.subjects.contains(_json(about), autoescape=True))
    rows = connection.execute(query.group_by(columns.subjects))
    return {tuple(msgspec.json.decode(subjects, type=list[str])): number for subjects, number in rows}


def verify_chain(connection: Connection) -> list[Fault]:
    """What is wrong with the log, the oldest entry first: none where each entry is as it was written and in its place.

    Entries cut off at the end leave no trace in what remains; the hash of the last entry, kept elsewhere, shows that.
    """
    faults: list[Fault] = []
    number, previous = 0, FIRST_PREVIOUS
    query = select(tables.decision).order_by(tables.decision.c.number)
    for row in connection.execute(query, execution_options={"yield_per": _AT_ONCE}).mappings():
        faults += _faults_of(row, number, previous)
        number, previous = row["number"], row["hash"]
    return faults


def head_of(connection: Connection, noted: str | None = None) -> tuple[int, str, bool]:
    """How many entries the log has, the hash of the last (64 zeros for none), and whether one has the hash noted."""
    columns = tables.decision.c
    number = connection.execute(select(func.count()).select_from(tables.decision)).scalar_one()
    last = connection.execute(select(columns.hash).order_by(columns.number.desc()).limit(1)).scalar()
    held = connection.execute(select(columns.number).where(columns.hash == noted)).first() is not None
    return number, last or FIRST_PREVIOUS, noted is None or noted == FIRST_PREVIOUS or held


def entry_hash(entry: Decision) -> str:
    """The hash that the entry must have, by its number, its content and ``previous``."""
    told = msgspec.structs.asdict(entry)
    del told["previous"], told["hash"]
    return hashlib.sha256(entry.previous.encode() + msgspec.json.encode(told, order="sorted")).hexdigest()


def decision_row(entry: Decision) -> dict[str, object]:
    """The row of table decision for an entry."""
    row = msgspec.structs.asdict(entry)
    return row | {
        "kind": entry.kind.value,
        "subjects": _json(entry.subjects),
        "value": _json(entry.value),
        "before": _json(entry.before),
    }


def _faults_of(row: RowMapping, number: int, previous: str) -> Iterator[Fault]:
    where = f"decision {row['number']}"
    if row["number"] != number + 1:
        missing = f"entry {number + 1} is" if row["number"] == number + 2 else f"entries from {number + 1} on are"
        yield Fault(where, f"{missing} missing before it")
    elif row["previous"] != previous:
        yield Fault(where, "it does not follow on the entry before, which was changed or replaced")
    try:
        found = _decision(row)
    except msgspec.MsgspecError as fault:
        yield Fault(where, f"it can't be read: {fault}")
        return
    if entry_hash(found) != found.hash:
        yield Fault(where, "its content is not what was written: its hash does not fit it")


def _checked(decision: Decision) -> Decision:
    """The decision as it is kept. Raises UsageError for one that can't be meant."""
    kind = DecisionKind(decision.kind)
    if not decision.subjects or not all(decision.subjects):
        raise UsageError("a decision needs its subjects: name the ids that it is about")
    subjects = _in_order(kind, decision.subjects)
    if len(subjects) != _HOW_MANY.get(kind, len(subjects)):
        raise UsageError(f"a decision on a {kind} has {_HOW_MANY[kind]} subjects, not {len(subjects)}: {subjects}")
    if not decision.who.strip():
        raise UsageError("a decision needs who made it: give a name")
    if not decision.reason.strip():
        raise UsageError("a decision needs a reason: say why, so that others can follow")
    undoing = decision.undoes is not None
    if undoing != (decision.verdict == UNDO) or (not undoing and decision.verdict not in VERDICTS[kind]):
        allowed = ", ".join([*VERDICTS[kind], f"{UNDO} of an entry"])
        raise UsageError(f"{decision.verdict!r} is no verdict on a {kind}: it is one of {allowed}")
    return msgspec.structs.replace(
        decision,
        kind=kind,
        subjects=subjects,
        verdict=str(decision.verdict),
        reason=decision.reason.strip(),
        who=decision.who.strip(),
        value=_as_json(decision.value),
        before=_as_json(decision.before),
    )


def _made(decision: Decision) -> Decision:
    if decision.made:
        return decision
    return msgspec.structs.replace(decision, made=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"))


def _in_order(kind: DecisionKind, subjects: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(set(subjects))) if kind in _ORDERLESS else subjects


def _expect(connection: Connection, entry: Decision, expected: int) -> None:
    seen = last_on(connection, entry.kind, entry.subjects)
    if (seen.number if seen else 0) == expected:
        return
    if seen is None:
        raise UsageError(f"the log has no entry {expected} on {', '.join(entry.subjects)}: look at it again")
    raise ConflictError(
        f"{seen.who} decided '{seen.verdict}' on {', '.join(seen.subjects)} at {seen.made} ({seen.reason}), which you "
        "have not seen: look at it, then decide again. Nothing was written",
        number=seen.number,
        who=seen.who,
        made=seen.made,
    )


def _check_undoing(connection: Connection, entry: Decision) -> None:
    columns = tables.decision.c
    taken_back = _entries(connection, and_(columns.kind == entry.kind.value, columns.number == entry.undoes))
    if not taken_back or taken_back[0].subjects != entry.subjects:
        raise UsageError(f"there is no entry {entry.undoes} on {', '.join(entry.subjects)} to take back")
    same = and_(columns.kind == entry.kind.value, columns.subjects == _json(entry.subjects))
    if entry.undoes not in {one.number for one in standing(_entries(connection, same))}:
        raise UsageError(f"entry {entry.undoes} is taken back already: look at the log of decisions")


def standing(entries: Sequence[_Entry]) -> list[_Entry]:
    """The entries that no standing entry takes back, in their order; an entry is only taken back by a later one."""
    taken_back: set[int] = set()
    found: list[_Entry] = []
    for one in reversed(entries):
        if one.number in taken_back:
            continue
        found.append(one)
        if one.undoes is not None:
            taken_back.add(one.undoes)
    return found[::-1]


def _last(connection: Connection) -> Decision | None:
    highest = select(func.max(tables.decision.c.number)).scalar_subquery()
    found = _entries(connection, tables.decision.c.number == highest)
    return found[0] if found else None


def _entries(connection: Connection, chosen: ColumnElement[bool]) -> list[Decision]:
    query = select(tables.decision).where(chosen).order_by(tables.decision.c.number)
    return [entry_of(row) for row in connection.execute(query).mappings()]


def entry_of(row: RowMapping) -> Decision:
    """The entry of a row of table decision. Raises ProjectError for a row that was damaged."""
    try:
        return _decision(row)
    except msgspec.MsgspecError as fault:
        raise ProjectError(
            f"entry {row['number']} of the log of decisions was damaged ({fault}): see 'twosource verify', and go on "
            "with a backup"
        ) from None


def _decision(row: RowMapping) -> Decision:
    """The entry of a row. Raises MsgspecError for a row that holds none."""
    told = {name: row[name] for name in Decision.__struct_fields__}
    told |= {name: msgspec.json.decode(row[name]) for name in ("subjects", "value", "before")}
    return msgspec.convert(told, Decision)


def _as_json(value: dict[str, Any]) -> dict[str, Any]:
    """The value as it comes back from the log: dates as words, tuples as lists."""
    try:
        return msgspec.json.decode(msgspec.json.encode(value, order="sorted"), type=dict[str, Any])
    except (TypeError, msgspec.MsgspecError) as fault:
        raise UsageError(f"a decision keeps only what JSON can hold: {fault}") from None


def _json(value: str | Iterable[str] | dict[str, Any]) -> str:
    return msgspec.json.encode(value, order="sorted").decode()


def lock_log(connection: Connection) -> None:
    """Keeps other writers out of the log until the transaction ends; SQLite's are kept out from its beginning.

    Whoever reads what stands before adding an entry to it calls this first.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"LOCK TABLE {tables.decision.name} IN EXCLUSIVE MODE")
