"""What is known of actors: a table of named ones, one of news agencies and outlets, and the words for unnamed ones.

The tables are data/actors.jsonl and data/agencies.jsonl, one row a line; docs/reference/actors.md says how a row looks.
The words are data/en/actor_words.toml.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import msgspec

from twosource.closed_sets import ActorKind
from twosource.errors import KnowledgeError
from twosource.knowledge.name_index import NameIndex, fold_actor
from twosource.knowledge.toml_rules import data_bytes, data_digest

__all__ = [
    "ActorRow",
    "ActorTable",
    "AgencyRow",
    "AgencyTable",
    "load_actor_table",
    "load_agencies",
]

ACTORS_FILE = "actors.jsonl"
AGENCIES_FILE = "agencies.jsonl"


class ActorRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One actor: its names, what it is, and how it hangs together with others.

    `aliases` leave `name` out. `metonyms` and `ambiguous` are those of the names that stand for the actor only by
    custom ('Kremlin'), or that may also mean something else. `adjectives` are words that lead to a state without naming
    it ('Russian', 'Russians'). `parent` and `succeeds` are ids; a successor is another actor, not the same one. `years` are
    the first and the last that it went by this name; None within them is unknown or, at the end, 'to this day'.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: ActorKind
    country: tuple[str, ...] = ()
    parent: str | None = None
    years: tuple[int | None, int | None] | None = None
    succeeds: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    source: str


class AgencyRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One news agency or outlet. `side` is 'state' where it is a state's own organ, else None, which says nothing."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: ActorKind
    country: str | None = None
    side: str | None = None
    ambiguous: tuple[str, ...] = ()


class ActorTable(NameIndex[ActorRow]):
    """The known actors, found by any of their names."""

    def __init__(self, rows: Sequence[ActorRow], digest: str) -> None:
        super().__init__(rows)
        self.digest = digest
        self._metonyms = {fold_actor(name) for row in self.rows for name in row.metonyms}
        self._by_adjective: dict[str, tuple[ActorRow, ...]] = {}
        for row in self.rows:
            for word in row.adjectives:
                self._by_adjective[word] = (*self._by_adjective.get(word, ()), row)

    def metonym(self, name: str) -> bool:
        """Whether the name stands for an actor only by custom, as 'Kremlin' and 'Tehran' do."""
        return fold_actor(name) in self._metonyms

    def by_adjective(self, word: str) -> tuple[ActorRow, ...]:
        """The states that an adjective or a word for their people may lead to: 'Russian', 'Syrians'. Case counts."""
        return self._by_adjective.get(word, ())


class AgencyTable(NameIndex[AgencyRow]):
    """News agencies and outlets, found by any of their names."""

    def __init__(self, rows: Sequence[AgencyRow], digest: str) -> None:
        super().__init__(rows)
        self.digest = digest


def load_actor_table() -> ActorTable:
    """The table in data/actors.jsonl. Raises KnowledgeError, with the line, for a row of the wrong shape."""
    return ActorTable(_rows(ACTORS_FILE, ActorRow), data_digest([ACTORS_FILE]))


def load_agencies() -> AgencyTable:
    """The table in data/agencies.jsonl. Raises KnowledgeError, with the line, for a row of the wrong shape."""
    return AgencyTable(_rows(AGENCIES_FILE, AgencyRow), data_digest([AGENCIES_FILE]))


RowT = TypeVar("RowT", ActorRow, AgencyRow)


def _rows(name: str, kind: type[RowT]) -> list[RowT]:
    decoder = msgspec.json.Decoder(kind)
    rows: list[RowT] = []
    for number, line in enumerate(data_bytes(name).splitlines(), 1):
        try:
            rows.append(decoder.decode(line))
        except msgspec.DecodeError as fault:
            raise KnowledgeError(f"data/{name}, line {number}: {fault}") from None
    return rows
