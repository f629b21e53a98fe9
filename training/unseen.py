"""The coded reports that the trained reader never saw, and the project's own examples: what is fitted over its claims.

What the reader learned from is no ground for such a fit: it knows that too well.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from twosource.intake import read_paths
from twosource.reading.attribution_model import hear
from twosource.reading.equipment import Equipment
from twosource.reading.read import STAGES
from twosource.reading.signals import Signals
from twosource.records import Reading, Report
from twosource.score.coded import CodedClaim, read_coded
from twosource.stage import run_stages

__all__ = ["EXAMPLES", "CodedFile", "coded_files", "heard_in"]

EXAMPLES = Path("src/twosource/examples")


class CodedFile(NamedTuple):
    """The file of one report and the claims that people coded in it."""

    path: Path
    gold: list[CodedClaim]


def coded_files(data: Path, reports: Path) -> list[list[CodedFile]]:
    """The reports of the measuring data that the file ``reports`` names, then the examples, each in order of names."""
    names = set(reports.read_text("utf-8").split())
    rows = [row for name in ("dev", "composed") for row in read_coded(data / f"claims/{name}.jsonl")]
    sets = [([row for row in rows if row.report in names], data / "claims/texts")]
    sets.append((list(read_coded(EXAMPLES / "claims.jsonl")), EXAMPLES / "reports"))
    return [
        [
            CodedFile(folder / f"{name}.txt", [claim for claim in gold if claim.report == name])
            for name in sorted({claim.report for claim in gold})
        ]
        for gold, folder in sets
    ]


def heard_in(path: Path, equipment: Equipment) -> tuple[Reading, Signals]:
    """The reading of the report in one file, and what the trained reader told of it when it was read."""
    (report,) = (one for one in read_paths([path]) if isinstance(one, Report))
    (reading,) = run_stages([Reading(report=report)], STAGES, equipment)
    if equipment.speech is None:
        raise SystemExit("the equipment holds no trained reader")
    (heard,) = hear([reading], equipment.speech, sentences_alone=equipment.scan is not None)
    return reading, heard
