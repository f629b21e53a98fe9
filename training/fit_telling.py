"""Fits how much a claim is expected to be worth, on reports that the reader never saw, and when it is told.

    python -m training.fit_telling --data FOLDER --reports bench/unseen.txt --out FILE

FILE is src/twosource/data/en/telling_weights.json. A claim is worth the mean of its informative fields where it matches
a coded one, else nothing. The fit (least squares with a ridge) is over the events that the reader suspects in the named
reports and in the project's own examples; claim F1 is told crosswise, each sixth of the reports by a fit on the others.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from training.unseen import coded_files, heard_in
from twosource.knowledge.telling import SIGNS, Telling
from twosource.model.load import load_equipment
from twosource.reading.equipment import Equipment
from twosource.reading.weighing import signs_of, worth_of
from twosource.score.claims import f1, informative, match_claims, mean_of
from twosource.score.coded import CodedClaim
from twosource.score.reading import coded

_FIRST = 0.225  # half of the F1 that claims reached when this was written
_RIDGE, _FOLDS, _ROUNDS, _SEEDS = 10.0, 6, 4, range(4)
_Rows = NDArray[np.float64]


class Suspected(NamedTuple):
    """The coded claims of one report, the engine's of every event that the reader suspects, and the signs of each.

    A claim that rests on a rule alone has no signs, and is told in any case.
    """

    report: str
    text: str
    gold: list[CodedClaim]
    found: list[CodedClaim]
    signs: list[tuple[float, ...] | None]


def suspected_in(path: Path, gold: list[CodedClaim], equipment: Equipment) -> Suspected:
    """What is suspected in the report of one file."""
    reading, heard = heard_in(path, equipment)
    rules = {t.span.start: t.type for t in reading.triggers if not t.rule.startswith("modifier:")}
    events = {event.anchor: event for event in heard.events}
    signs = [
        signs_of(events[claim.trigger], rules.get(claim.trigger.start)) if claim.trigger in events else None
        for claim in reading.claims
    ]
    return Suspected(path.stem, path.read_text("utf-8"), gold, coded(reading, path.stem), signs)


def worths_of(one: Suspected) -> list[float]:
    """What each of the engine's claims is worth."""
    worths = [0.0] * len(one.found)
    for match in match_claims(one.gold, one.found, {one.report: one.text}):
        kept = informative(one.gold[match.gold], one.found[match.found])
        worths[match.found] = mean_of(match.fields, kept)
    return worths


def fit(signs: _Rows, worths: _Rows) -> dict[str, float]:
    """The weights of a ridge regression; ``signs`` is (claims, signs), ``worths`` (claims,)."""
    rows = np.hstack([signs, np.ones((len(signs), 1))])
    penalty = np.diag([_RIDGE] * signs.shape[1] + [1e-6])
    found = np.linalg.solve(rows.T @ rows + penalty, rows.T @ worths)
    return {name: round(float(weight), 5) for name, weight in zip((*SIGNS, "bias"), found, strict=True)}


def fitted(reports: Sequence[Suspected]) -> dict[str, float]:
    """The weights by the reports."""
    rows = [(s, w) for one in reports for s, w in zip(one.signs, worths_of(one), strict=True) if s is not None]
    return fit(np.array([s for s, _ in rows]), np.array([w for _, w in rows]))


def kept_of(one: Suspected, telling: Telling) -> list[CodedClaim]:
    """The claims that are told."""
    told = [signs is None or worth_of(signs, telling) >= telling.least for signs in one.signs]
    return [claim for claim, its in zip(one.found, told, strict=True) if its]


def claim_f1(reports: Sequence[Suspected], tellings: Sequence[Telling]) -> float:
    """Claim F1 over the reports, each told by its own telling."""
    hits, gold, found = 0.0, 0, 0
    for one, telling in zip(reports, tellings, strict=True):
        kept = one._replace(found=kept_of(one, telling))
        hits += sum(worths_of(kept))
        gold, found = gold + len(one.gold), found + len(kept.found)
    return f1(hits, gold, found)[2]


def crosswise(reports: Sequence[Suspected], least: float, seed: int) -> list[Telling]:
    """For each report the telling that the other folds give."""
    dice = random.Random(seed)  # noqa: S311
    folds = [number % _FOLDS for number in range(len(reports))]
    dice.shuffle(folds)
    weights = [fitted([one for one, its in zip(reports, folds, strict=True) if its != fold]) for fold in range(_FOLDS)]
    return [Telling(weights=weights[fold], least=least) for fold in folds]


def main() -> None:
    """Fits, tells the claim F1 on reports that each fit did not see, and writes the weights of a fit on all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--reports", type=Path, required=True, help="names of reports that the reader never saw")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    all_told = Telling(weights={**dict.fromkeys(SIGNS, 0.0), "bias": 1.0}, least=0.0)
    equipment = load_equipment(trained=True)
    claims = msgspec.structs.replace(equipment.claims, telling=all_told)
    equipment = msgspec.structs.replace(equipment, claims=claims)
    files = [one for group in coded_files(given.data, given.reports) for one in group]
    reports = [suspected_in(one.path, one.gold, equipment) for one in files]
    least = _FIRST
    for _ in range(_ROUNDS):
        least = float(np.mean([claim_f1(reports, crosswise(reports, least, seed)) for seed in _SEEDS])) / 2
    print(f"{sum(len(one.found) for one in reports)} claims suspected, crosswise claim F1 {2 * least:.4f}")
    telling = {"weights": fitted(reports), "least": round(least, 4)}
    given.out.write_text(json.dumps(telling, indent=1) + "\n", "utf-8")
    print(telling)


if __name__ == "__main__":
    main()
