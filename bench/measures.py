"""What `make bench` measures. Every function takes the folder that holds gold/ and returns figures by key."""

from __future__ import annotations

import itertools
import time
from collections.abc import Mapping
from pathlib import Path

from twosource.engines.local import read_batch
from twosource.intake import read_paths
from twosource.model.spacy_parser import SpacyParser
from twosource.pipeline import batches, default_reader
from twosource.reading.parse import paragraphs
from twosource.records import Report
from twosource.score.claims import score_claims
from twosource.score.coded import read_coded, read_texts
from twosource.score.reading import read_reports

__all__ = ["claims", "speed"]

_TIMED_REPORTS = 120
_ROUNDS = 3  # interleaved, and the best of each taken: other work on the machine only ever adds time


def claims(folder: Path) -> Mapping[str, float]:
    """The claims score on the coded dev reports."""
    gold = read_coded(folder / "gold/claims/dev.jsonl")
    texts = folder / "gold/claims/texts"
    raw = read_texts(texts, {claim.report for claim in gold})
    return score_claims(gold, read_reports(texts, sorted(raw)), raw)


def speed(folder: Path) -> Mapping[str, float]:
    """The bare parser's time over the whole reading's on the same reports, and sentences a second; one process."""
    found = read_paths([folder / "gold/reports/fa_kes.jsonl"])
    reports = list(itertools.islice((one for one in found if isinstance(one, Report)), _TIMED_REPORTS))
    reader = default_reader()
    bare, whole, sentences = [], [], 0
    for _ in range(_ROUNDS):
        bare.append(_bare_parse(reader.equipment.parser, reports))
        begun = time.perf_counter()
        readings = [
            reading
            for batch in batches(reports)
            for reading in read_batch(batch.reports, reader.stages, reader.equipment, reader.fingerprint)
        ]
        whole.append(time.perf_counter() - begun)
        sentences = sum(len(reading.sentences) for reading in readings)
    return {"of_bare_parse": min(bare) / min(whole), "sentences_per_second": sentences / min(whole)}


def _bare_parse(parser: SpacyParser, reports: list[Report]) -> float:
    """Seconds that spaCy alone takes for the same texts."""
    texts = [run.of(report.text) for report in reports for run in paragraphs(report.text)]
    begun = time.perf_counter()
    for _ in parser.bare(texts):
        pass
    return time.perf_counter() - begun
