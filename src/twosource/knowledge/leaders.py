"""Heads of states and governments, by whose names governments are called: the rows of data/leaders.jsonl."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from twosource.knowledge.name_index import NameIndex
from twosource.knowledge.toml_rules import data_digest, load_rows

__all__ = ["LEADERS_FILE", "LeaderRow", "LeaderTable", "load_leaders"]

LEADERS_FILE = "leaders.jsonl"


class LeaderRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One leader: names, the state (an id of the table of actors), the first and the last year at its head.

    `ambiguous` are those of the names that others bear too. None as the last year is 'to this day'. `governments` are
    ids of rows of the table of actors for the leader's government, by which reports mean the state.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    state: str
    years: tuple[int | None, int | None]
    ambiguous: tuple[str, ...] = ()
    governments: tuple[str, ...] = ()
    source: str


class LeaderTable(NameIndex[LeaderRow]):
    """The leaders, found by any of their names."""

    def __init__(self, rows: Sequence[LeaderRow], digest: str) -> None:
        super().__init__(rows)
        self.digest = digest


def load_leaders() -> LeaderTable:
    """The table in data/leaders.jsonl. Raises KnowledgeError, with the line, for a row of the wrong shape."""
    return LeaderTable(load_rows(LEADERS_FILE, LeaderRow), data_digest([LEADERS_FILE]))
