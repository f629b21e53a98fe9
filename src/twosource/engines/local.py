"""The local engine: one process, one batch at a time. It is the reference that every other engine must equal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

import msgspec

from twosource.engines.failures import stage_failed
from twosource.records import Reading, Report
from twosource.stage import Stage, run_stages

__all__ = ["Reader", "read_batch"]

EquipmentT = TypeVar("EquipmentT")


class Reader(msgspec.Struct, frozen=True, kw_only=True):
    """What reads: the stages in order, what they are handed, and the fingerprint of both. It is an Engine."""

    stages: tuple[Stage[Any], ...]
    equipment: Any
    fingerprint: str

    def read(self, batches: Iterable[Sequence[Report]]) -> Iterator[list[Reading]]:
        """The readings of each batch, in order; a batch is taken when the one before has been given."""
        for batch in batches:
            yield read_batch(batch, self.stages, self.equipment, self.fingerprint)


def read_batch(
    reports: Sequence[Report], stages: Sequence[Stage[EquipmentT]], equipment: EquipmentT, fingerprint: str
) -> list[Reading]:
    """The reports' readings in their order, each with the fingerprint.

    A report that a stage fails on has a reading with the layers up to that stage and an Issue 'stage-failed' that names
    the stage and the fault; the others in its batch are read as if it were not there.
    """
    if not reports:
        return []
    begun = [Reading(report=report, fingerprint=fingerprint) for report in reports]
    try:
        return run_stages(begun, stages, equipment)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - the worker's border: one report must not end a run over thousands
        return [_read_alone(reading, stages, equipment) for reading in begun]


def _read_alone(reading: Reading, stages: Sequence[Stage[EquipmentT]], equipment: EquipmentT) -> Reading:
    for stage in stages:
        try:
            [reading] = stage.run([reading], equipment)
        except MemoryError:
            raise
        except Exception as fault:  # noqa: BLE001 - as above
            failure = stage_failed(reading.report, stage.name, fault)
            return msgspec.structs.replace(reading, issues=(*reading.issues, failure))
    return reading
