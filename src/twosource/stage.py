"""The stage contract: a named, versioned, pure function over batches of readings, and a run's fingerprint."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Generic, TypeVar

import msgspec

from twosource.ids import digest_of
from twosource.records import Reading

__all__ = ["Batch", "Stage", "fingerprint", "run_stages", "unfinished"]

Batch = Sequence[Reading]
EquipmentT = TypeVar("EquipmentT")


class Stage(msgspec.Struct, Generic[EquipmentT], frozen=True, kw_only=True):
    """One step of the reading.

    ``run`` takes a batch and what it is handed, and returns the batch in the same order with one more layer. It is a
    module-level pure function: the same readings and equipment give the same answer, whatever else is in the batch.
    ``version`` goes up when the code's answers change; ``uses`` names the knowledge files that its answers rest on.
    """

    name: str
    version: int
    run: Callable[[Batch, EquipmentT], list[Reading]]
    uses: tuple[str, ...] = ()


def fingerprint(stages: Iterable[Stage[EquipmentT]], digests: Mapping[str, str]) -> str:
    """The hex digest of the stages' names, versions and the digests of the knowledge that each uses.

    Two runs with the same fingerprint read alike. Raises KeyError where a stage uses knowledge without a digest.
    """
    return digest_of([[s.name, s.version, [[name, digests[name]] for name in s.uses]] for s in stages])


def unfinished(fingerprint: str) -> str:
    """The fingerprint of readings that were given up, so that they are not taken for whole ones of this fingerprint."""
    return digest_of(["unfinished", fingerprint])


def run_stages(batch: Batch, stages: Sequence[Stage[EquipmentT]], equipment: EquipmentT) -> list[Reading]:
    """The batch after every stage in order."""
    readings = list(batch)
    for stage in stages:
        readings = stage.run(readings, equipment)
    return readings
