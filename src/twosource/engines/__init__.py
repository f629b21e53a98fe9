"""Engines: the same stages over batches of reports, with the same answer, in one process or in many.

``local`` reads in this process and is the reference, ``bounded`` is the same with a limit of time; ``pool`` reads in
several processes of this machine; ``cluster`` reads with Daft, on this machine or on many.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from twosource.records import Reading, Report

__all__ = ["Engine"]


class Engine(Protocol):
    """What reads batches of reports. All engines give the same readings for the same reports and fingerprint.

    A report that can't be read to the end has a reading with an Issue that says why; the others are read as if it were
    not there. One that was given up, since it took too much time or memory or ended its process, has the fingerprint
    ``stage.unfinished(fingerprint)``.
    """

    @property
    def fingerprint(self) -> str:
        """The fingerprint of every reading that was not given up."""
        ...

    def read(self, batches: Iterable[Sequence[Report]]) -> Iterator[list[Reading]]:
        """The readings of each batch, in order. Some batches may be taken ahead of those that are given."""
        ...
