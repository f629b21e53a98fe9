"""Reads the reports of a gold set with the engine as it is, and gives the claims in the coded form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from twosource.engines.local import read_batch
from twosource.intake import read_paths
from twosource.pipeline import ReaderKind, batches, default_reader
from twosource.records import Claim, Reading, Report
from twosource.score.coded import CodedClaim, CodedFigure, CodedWhen

__all__ = ["coded", "read_one", "read_reports", "readings_of"]


def read_reports(folder: Path, reports: Iterable[str], kind: ReaderKind = ReaderKind.TRAINED) -> list[CodedClaim]:
    """The claims that the engine finds in ``<folder>/<report>.txt``, under the file's stem as the report's name."""
    paths = [folder / f"{report}.txt" for report in reports]
    return [claim for path in paths for reading in readings_of([path], kind) for claim in coded(reading, path.stem)]


def read_one(report: Report, kind: ReaderKind = ReaderKind.TRAINED) -> Reading:
    """The reading of one report in which no sentence was passed over: what measures of a layer by itself ask for."""
    reader = default_reader(kind)
    equipment = msgspec.structs.replace(reader.equipment, scan=None)
    return read_batch([report], reader.stages, equipment, reader.fingerprint)[0]


def readings_of(paths: list[Path], kind: ReaderKind = ReaderKind.TRAINED) -> Iterator[Reading]:
    """The readings of every report in the files, in order."""
    reader = default_reader(kind)
    for batch in batches(one for one in read_paths(paths) if isinstance(one, Report)):
        yield from read_batch(batch.reports, reader.stages, reader.equipment, reader.fingerprint)


def coded(reading: Reading, report: str) -> list[CodedClaim]:
    """The reading's claims in the coded form, under the given name of the report."""
    return [_coded(claim, reading, report) for claim in reading.claims]


def _coded(claim: Claim, reading: Reading, report: str) -> CodedClaim:
    when = claim.when
    return CodedClaim(
        report=report,
        type=claim.type,
        evidence=tuple(reading.words(run) for run in claim.evidence),
        actors=tuple(named.name for named in claim.actors),
        targets=tuple(named.name for named in claim.targets),
        places=tuple(named.name for named in claim.places),
        when=CodedWhen(when.phrase, when.start, when.end) if when else None,
        figures=tuple(CodedFigure(f.phrase, f.kind, f.low, f.high) for f in claim.figures),
        sources=tuple(named.name for named in claim.sources),
        via=tuple(named.name for named in claim.via),
        stance=claim.stance,
        certainty=claim.certainty,
        status=claim.status,
        negated=claim.negated,
        confidence=claim.confidence,
    )
