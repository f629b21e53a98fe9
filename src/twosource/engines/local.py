"""The local engine: one process, one batch at a time. It is the reference that every other engine must equal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import msgspec

from twosource.closed_sets import Severity
from twosource.records import Issue, Reading, Report
from twosource.stage import Stage, run_stages

__all__ = ["read_batch"]

EquipmentT = TypeVar("EquipmentT")


def read_batch(
    reports: Sequence[Report], stages: Sequence[Stage[EquipmentT]], equipment: EquipmentT, fingerprint: str
) -> list[Reading]:
    """The reports' readings in their order, each with the fingerprint.

    A report that a stage fails on has a reading with the layers up to that stage and an Issue 'stage-failed' that names
    the stage and the fault; the others in its batch are read as if it were not there.
    """
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
            return msgspec.structs.replace(reading, issues=(*reading.issues, _failure(reading, stage.name, fault)))
    return reading


def _failure(reading: Reading, stage: str, fault: Exception) -> Issue:
    origin = reading.report.origin
    return Issue(
        code="stage-failed",
        stage=stage,
        reason=f"the stage {stage} failed on this report ({type(fault).__name__}: {fault}); what stages after it would "
        "find is missing. This is a fault of twosource: please tell its makers, with the report",
        severity=Severity.ERROR,
        report=reading.report.id,
        path=origin.path if origin else None,
        line=origin.line if origin else None,
    )
