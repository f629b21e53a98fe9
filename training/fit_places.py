"""Fits the weights of the scorer of namesakes, in data/en/places.toml, to reports whose place names are located.

    python training/fit_places.py lgl.jsonl geowebnews.jsonl

Prints the weights, and the share of names put within 161 km with weights fitted on the other folds. A third of the
reports, chosen by a hash of their ids, is left out of the fitting altogether, and measured apart.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from twosource.knowledge.place_rules import SIGNALS
from twosource.model.load import load_equipment
from twosource.reading.places import PlaceKnowledge, country_of_address
from twosource.reading.places.name import Name
from twosource.reading.places.resolving import names_of, resolve
from twosource.score.places import GoldPlace, GoldPlaceReport, given_toponyms, load_place_gold, near_gold

ROUNDS = 6  # of resolving with the weights so far and fitting to what that gives
STEPS = 300
RATE = 0.5
PULL = 0.003  # of each weight towards its start, so that what the data say little of stays sensible

Case = tuple[np.ndarray, np.ndarray]  # the namesakes' signals, and which of them are right
Weights = dict[str, float]


class Report:
    """One report's names, with the gold of each."""

    def __init__(self, gold: GoldPlaceReport, known: PlaceKnowledge) -> None:
        self.gold: list[GoldPlace] = gold.names()
        country = country_of_address(gold.domain, known)
        self.names: list[Name] = names_of(gold.text, given_toponyms(gold, known), known, country)
        self.fold = int(hashlib.sha256(gold.doc_id.encode()).hexdigest(), 16)

    def cases(self) -> list[Case]:
        """The names of several namesakes of which some, and not all, are right."""
        found = []
        for name in self.names:
            for at in name.at:
                right = np.array([near_gold(place.lat, place.lon, self.gold[at]) for place in name.places], dtype=float)
                if self.gold[at].lat is not None and 0 < right.sum() < len(right):
                    found.append((np.array(name.signals), right))
        return found

    def right(self) -> tuple[int, int]:
        """How many of its located names are put right, and how many it has."""
        right = located = 0
        for name in self.names:
            best = max(range(len(name.places)), key=lambda n: (name.likely[n], -n), default=None)
            for at in name.at:
                located += self.gold[at].lat is not None
                place = name.places[best] if best is not None else None
                right += place is not None and near_gold(place.lat, place.lon, self.gold[at])
        return right, located


def fit(reports: Sequence[Report], start: Weights) -> Weights:
    """The weights under which the right namesakes are likeliest."""
    weights, first = dict(start), np.array([start[s] for s in SIGNALS])
    for _ in range(ROUNDS):
        for report in reports:
            resolve(report.names, weights)
        vector = climb([case for report in reports for case in report.cases()], first)
        weights.update(zip(SIGNALS, (float(round(w, 2)) for w in vector), strict=True))
    return weights


def climb(cases: Sequence[Case], first: np.ndarray) -> np.ndarray:
    """Plain gradient ascent on the mean log-likelihood of the right namesakes."""
    rows = np.concatenate([signals for signals, _ in cases])
    right = np.concatenate([mask for _, mask in cases])
    of = np.repeat(np.arange(len(cases)), [len(mask) for _, mask in cases])
    vector = first.copy()
    for _ in range(STEPS):
        sums = rows @ vector
        tops = np.full(len(cases), -np.inf)
        np.maximum.at(tops, of, sums)
        powers = np.exp(sums - tops[of])
        every = powers / np.bincount(of, powers)[of]
        among = powers * right / np.bincount(of, powers * right)[of]
        vector += RATE * (rows.T @ (among - every) / len(cases) - PULL * (vector - first))
    return vector


def accuracy(reports: Sequence[Report], weights: Weights) -> float:
    """The share of located names whose likeliest namesake lies within 161 km."""
    for report in reports:
        resolve(report.names, weights)
    counts = [report.right() for report in reports]
    return sum(right for right, _ in counts) / max(1, sum(located for _, located in counts))


def main() -> None:
    """Fits, and prints the weights and the measures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--folds", type=int, default=3)
    options = parser.parse_args()
    known = load_equipment().places
    files = [[Report(one, known) for one in load_place_gold(path)] for path in options.gold]
    seen = [[report for report in reports if report.fold % 3] for reports in files]
    start = {signal: known.rules.weights[signal] for signal in SIGNALS}
    for path, reports in zip(options.gold, seen, strict=True):
        print(f"{path.name}: as it is {accuracy(reports, start):.3f}")
    for number in range(options.folds):
        rest = [r for reports in seen for r in reports if r.fold // 3 % options.folds != number]
        weights = fit(rest, start)
        for path, reports in zip(options.gold, seen, strict=True):
            fold = [r for r in reports if r.fold // 3 % options.folds == number]
            print(f"{path.name}: fold {number} {accuracy(fold, start):.3f} -> {accuracy(fold, weights):.3f}")
    weights = fit([report for reports in seen for report in reports], start)
    for path, reports in zip(options.gold, files, strict=True):
        apart = [report for report in reports if not report.fold % 3]
        print(f"{path.name}: left out {accuracy(apart, start):.3f} -> {accuracy(apart, weights):.3f}")
    print("\n".join(f"{signal} = {weight}" for signal, weight in weights.items()))


if __name__ == "__main__":
    main()
