"""Fits the weights of model.confidence on reports that the reader never saw, and writes them into its settings.

    python -m training.fit_confidence --data FOLDER --weights src/twosource/model/weights --reports bench/unseen.txt

A claim counts as right where it matches a coded one of the same type whose informative fields agree to nine tenths. The
fit and its expected calibration error are taken crosswise: each half of the reports is judged by a fit on the other.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from training.coded import CodedReport, coded_of
from twosource.model.confidence import MEASURES, confidence_of
from twosource.model.load import load_equipment
from twosource.reading.read import STAGES
from twosource.records import Reading
from twosource.score.calibration import calibration_error, claims_right
from twosource.score.coded import CodedClaim
from twosource.score.reading import coded
from twosource.stage import run_stages

_STEPS, _RATE, _DECAY = 4000, 0.05, 0.03


def fit(measures: NDArray[np.float64], right: NDArray[np.float64]) -> dict[str, float]:
    """Logistic regression by gradient descent over standardised measures; the weights are for the measures as given."""
    mean, spread = measures.mean(0), measures.std(0) + 1e-6
    rows = np.hstack([(measures - mean) / spread, np.ones((len(measures), 1))])
    weights = np.zeros(rows.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (chance - right) / len(right)
        slope[:-1] += _DECAY * weights[:-1]
        weights -= _RATE * slope
    scaled = weights[:-1] / spread
    named = {name: round(float(value), 5) for name, value in zip(MEASURES, scaled, strict=True)}
    return {**named, "bias": round(float(weights[-1] - (scaled * mean).sum()), 5)}


def predicted(one: CodedReport) -> tuple[list[CodedClaim], list[tuple[float, ...]]]:
    """The engine's claims of a report before any is merged, and the measures of each."""
    equipment = load_equipment(trained=True)
    (reading,) = run_stages([Reading(report=one.report)], STAGES, equipment)
    if equipment.speech is None:
        raise SystemExit("the equipment holds no trained reader")
    told = {event.anchor: event.measures for event in equipment.speech.reader.read(one.report.text).events}
    claims = [claim for claim in reading.claims if claim.trigger in told]
    kept = msgspec.structs.replace(reading, claims=tuple(claims))
    return coded(kept, one.report.id), [told[claim.trigger] for claim in claims]


def main() -> None:
    """Fits, tells the error on the halves that each fit did not see, and writes the weights of a fit on all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--reports", type=Path, required=True, help="names of reports that the reader never saw")
    given = parser.parse_args()
    names = set(given.reports.read_text("utf-8").split())
    unseen = [one for one in coded_of(given.data, ()) if one.report.id in names]
    rows, right, half = [], [], []
    for number, one in enumerate(unseen):
        found, measures = predicted(one)
        gold = [msgspec.convert(row, CodedClaim, strict=False) for row in one.rows]
        rows += measures
        right += claims_right(gold, found, {one.report.id: one.report.text})
        half += [number % 2] * len(found)
    table, hits, halves = np.array(rows), np.array(right, dtype=float), np.array(half)
    told = np.zeros(len(table))
    for side in (0, 1):
        weights = fit(table[halves != side], hits[halves != side])
        told[halves == side] = [confidence_of(row, weights) for row in table[halves == side]]
    print(
        f"{len(table)} claims, {hits.mean():.3f} right, calibration error {calibration_error(told.tolist(), right):.3f}"
    )
    path = given.weights / "settings.json"
    settings = json.loads(path.read_text("utf-8"))
    settings["confidence"] = fit(table, hits)
    path.write_text(json.dumps(settings, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
