"""What the desk keeps of the log of decisions: who made how many entries, and what its chain was last found to be."""

from __future__ import annotations

import datetime
import threading
from collections import Counter

import msgspec

from twosource.corpus_records import DecisionKind
from twosource.store import Project
from twosource.store.decisions import Fault, head_of, verify_chain
from twosource.store.log_pages import hash_of, last_entry, tallies_from

__all__ = ["Checked", "DecisionLog"]


class Checked(msgspec.Struct, frozen=True):
    """What a check of the whole chain found, and when (UTC); ``entries`` and ``head`` are those of the log then."""

    made: datetime.datetime
    entries: int
    head: str
    faults: tuple[Fault, ...]


class DecisionLog:
    """The log of an open project as the desk has seen it. Nothing is counted twice, since entries are only added."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._lock = threading.Lock()
        self._head = (0, "")
        self._tallies: Counter[tuple[str, DecisionKind]] = Counter()
        self.checked: Checked | None = None

    @property
    def last(self) -> tuple[int, str]:
        """The number of the last entry and its hash, as of the last look at the tallies."""
        return self._head

    def tallies(self) -> Counter[tuple[str, DecisionKind]]:
        """How many entries each person made of each kind, of all but what is coded blind."""
        with self._lock, self._project.looking() as connection:
            last = last_entry(connection)
            if last != self._head:
                fresh = hash_of(connection, self._head[0]) != self._head[1]  # another log, as after a restore
                known: Counter[tuple[str, DecisionKind]] = Counter() if fresh else Counter(self._tallies)
                for one in tallies_from(connection, 0 if fresh else self._head[0]):
                    if one.kind is not DecisionKind.CODING:
                        known[one.who, one.kind] += one.entries
                self._head, self._tallies = last, known
            return self._tallies

    def check(self) -> Checked:
        """Checks every entry of the chain, as 'verify' does; takes seconds for a log of many thousands."""
        with self._project.looking() as connection:
            entries, head, _ = head_of(connection)
            faults = tuple(verify_chain(connection))
        self.checked = Checked(datetime.datetime.now(datetime.UTC), entries, head, faults)
        return self.checked
