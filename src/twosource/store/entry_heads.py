"""Entries of the log of decisions in short: enough to tell which of them count, without what each of them holds."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection, select

from twosource.corpus_records import Decision, DecisionKind
from twosource.store import tables
from twosource.store.decisions import entry, entry_of
from twosource.store.some import some

__all__ = ["EntryHead", "entries_numbered", "heads_from"]

_subjects_decoder = msgspec.json.Decoder(tuple[str, ...])


class EntryHead(msgspec.Struct, frozen=True):
    """What an entry is about and which it takes back, by its number and its hash."""

    number: int
    subjects: tuple[str, ...]
    undoes: int | None
    hash: str


def heads_from(connection: Connection, kind: DecisionKind, number: int) -> list[EntryHead]:
    """The entries of a kind from a number on, the oldest first. Raises ProjectError for one that was damaged."""
    columns = tables.decision.c
    query = select(columns.number, columns.subjects, columns.undoes, columns.hash)
    chosen = query.where(columns.kind == kind.value, columns.number >= number).order_by(columns.number)
    found: list[EntryHead] = []
    for own, subjects, undoes, hash_ in connection.execute(chosen):
        try:
            found.append(EntryHead(own, _subjects_decoder.decode(subjects), undoes, hash_))
        except msgspec.MsgspecError:
            entry(connection, own)  # it tells which entry was damaged
            raise
    return found


def entries_numbered(connection: Connection, numbers: Sequence[int]) -> list[Decision]:
    """The entries with these numbers, in the order of the numbers where those ascend."""
    log = tables.decision
    return [
        entry_of(row)
        for few in some(numbers)
        for row in connection.execute(select(log).where(log.c.number.in_(few)).order_by(log.c.number)).mappings()
    ]
