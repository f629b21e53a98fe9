"""Claims and sources on reports of outlets that the trained reader never saw, for `make bench`.

bench/unseen.txt names the reports. What the reader was trained on is measured nowhere: it knows those too well.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from twosource.pipeline import ReaderKind
from twosource.score.calibration import calibration
from twosource.score.claims import score_claims
from twosource.score.coded import CodedClaim, read_coded, read_texts
from twosource.score.reading import coded, readings_of
from twosource.score.sources import score_sources

__all__ = ["UNSEEN", "read_unseen", "unseen_claims", "unseen_claims_by_rules", "unseen_sources"]

UNSEEN = frozenset((Path(__file__).parent / "unseen.txt").read_text("utf-8").split())


def unseen_claims(folder: Path) -> Mapping[str, float]:
    """The claims score and the calibration of the trained reader."""
    return _claims(folder, ReaderKind.TRAINED)


def unseen_claims_by_rules(folder: Path) -> Mapping[str, float]:
    """The claims score of the rules on the same reports."""
    return _claims(folder, ReaderKind.RULES)


def unseen_sources(folder: Path) -> Mapping[str, float]:
    """The sources score of the trained reader."""
    gold, texts = _gold(folder), folder / "gold/claims/texts"
    readings = {name: next(readings_of([texts / f"{name}.txt"])) for name in sorted({c.report for c in gold})}
    return score_sources(gold, readings)


def _gold(folder: Path) -> list[CodedClaim]:
    rows = [row for name in ("dev", "composed") for row in read_coded(folder / f"gold/claims/{name}.jsonl")]
    return [row for row in rows if row.report in UNSEEN]


def read_unseen(
    folder: Path, kind: ReaderKind = ReaderKind.TRAINED
) -> tuple[list[CodedClaim], list[CodedClaim], dict[str, str]]:
    """The coded claims of the reports, those that the engine finds, and the texts by name."""
    gold, texts = _gold(folder), folder / "gold/claims/texts"
    raw = read_texts(texts, {claim.report for claim in gold})
    paths = [texts / f"{name}.txt" for name in sorted(raw)]
    found = [claim for path in paths for reading in readings_of([path], kind) for claim in coded(reading, path.stem)]
    return gold, found, raw


def _claims(folder: Path, kind: ReaderKind) -> Mapping[str, float]:
    gold, found, raw = read_unseen(folder, kind)
    return {**score_claims(gold, found, raw), **calibration(gold, found, raw)}
