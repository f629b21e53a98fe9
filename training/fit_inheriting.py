"""Fits how likely a claim's event is where, and when, its report tells of another, and writes the weights.

    python -m training.fit_inheriting --data FOLDER --reports bench/unseen.txt

The fit (logistic regression with a ridge) is over the coded claims of the named reports, which the reader never saw,
and of the project's own examples. Before it writes it tells places, times and claim F1 by models that saw nothing of
the report, in five folds, for several likelihoods from which an offer is taken.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from training.coded import FOLDS, fold_of
from training.unseen import coded_files, heard_in
from twosource.knowledge.inheriting import Inheriting, Likelihood
from twosource.model.load import load_equipment
from twosource.reading.claims_model import tellings_from_signals
from twosource.reading.equipment import Equipment
from twosource.reading.inheriting import PLACE_MEASURES, TIME_MEASURES, Offer, Tellings, inherited
from twosource.reading.tree import Tree
from twosource.records import Reading, When
from twosource.score.agreement import same_name, set_f1, when_agreement
from twosource.score.claims import match_claims, score_claims
from twosource.score.coded import CodedClaim, CodedWhen
from twosource.score.reading import coded

TARGET = Path("src/twosource/data/en/inheriting_weights.json")
_RIDGE, _STEPS = 5.0, 30
_LEAST = {"places": 0.4, "times": 0.4}
_RIGHT = 0.5  # agreement with the coded value from which an offer is right
_NEVER = Likelihood(bias=0.0, weights={}, least=2.0)
_Rows = NDArray[np.float64]


class Told(NamedTuple):
    """One report: its coded claims, its reading, and the engine's claims before any takes anything from another."""

    name: str
    gold: list[CodedClaim]
    reading: Reading
    tellings: Tellings


class Case(NamedTuple):
    """One offer to a claim of a report, whether it is right, and what speaks for it."""

    report: str
    right: bool
    measures: dict[str, float]


def told_in(path: Path, gold: list[CodedClaim], equipment: Equipment) -> Told:
    """What the engine tells of the report of one file."""
    reading, heard = heard_in(path, equipment)
    return Told(path.stem, gold, reading, tellings_from_signals(reading, Tree(reading), heard.events, equipment.claims))


def cases(told: Told, offers: Callable[[int], Sequence[Offer]], *, times: bool) -> Iterator[Case]:
    """The offers of times or of places to each claim that matches a coded one."""
    found = coded(msgspec.structs.replace(told.reading, claims=tuple(told.tellings.claims)), told.name)
    for match in match_claims(told.gold, found, {told.name: told.reading.report.text}):
        gold = told.gold[match.gold]
        if times and told.tellings.claims[match.found].when is not None:
            continue
        own = 0.0 if times else match.fields["places"] if gold.places else 0.0
        for offer in offers(match.found):
            agreement = _agreement(gold, offer)
            yield Case(told.name, agreement >= _RIGHT and agreement > own, offer.measures)


def _agreement(gold: CodedClaim, offer: Offer) -> float:
    if isinstance(offer.value, When):
        told = CodedWhen(offer.value.phrase, offer.value.start, offer.value.end)
        return when_agreement(gold.when, told) if gold.when and (gold.when.start or gold.when.end) else 0.0
    return set_f1(gold.places, tuple(named.name for named in offer.value), same_name) if gold.places else 0.0


def fit(cases: Sequence[Case], names: Sequence[str], least: float) -> Likelihood:
    """Logistic regression by Newton's method over standardised measures; the weights are for measures as given."""
    rows = np.array([[case.measures.get(name, 0.0) for name in names] for case in cases])
    right = np.array([case.right for case in cases], dtype=float)
    mean, spread = rows.mean(0), rows.std(0) + 1e-6
    table = np.hstack([(rows - mean) / spread, np.ones((len(rows), 1))])
    weights, ridge = np.zeros(table.shape[1]), np.diag([_RIDGE] * len(names) + [1e-6])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-table @ weights))
        bend = table.T @ (table * (chance * (1 - chance))[:, None]) + ridge
        weights = weights + np.linalg.solve(bend, table.T @ (right - chance) - ridge @ weights)
    plain = weights[:-1] / spread
    bias = round(float(weights[-1] - mean @ plain), 4)
    return Likelihood(
        bias=bias, weights={n: round(float(w), 4) for n, w in zip(names, plain, strict=True)}, least=least
    )


def measured(reports: Sequence[Told], models: Mapping[int, Inheriting]) -> str:
    """Places, times and claim F1 where each report is filled by the model of its fold."""
    gold = [claim for told in reports for claim in told.gold]
    found = []
    for told in reports:
        claims = inherited(told.tellings, models[fold_of(told.name)])
        found += coded(msgspec.structs.replace(told.reading, claims=tuple(claims)), told.name)
    scores = score_claims(gold, found, {told.name: told.reading.report.text for told in reports})
    return " ".join(f"{name} {scores[name]:.4f}" for name in ("places", "when", "claim_f1"))


def fitted(kinds: Mapping[str, Sequence[Case]], least: Mapping[str, float], without: int | None = None) -> Inheriting:
    """Both models, on all cases but those of one fold."""
    kept = {kind: [c for c in some if without is None or fold_of(c.report) != without] for kind, some in kinds.items()}
    return Inheriting(
        places=fit(kept["places"], PLACE_MEASURES, least["places"]),
        times=fit(kept["times"], TIME_MEASURES, least["times"]),
    )


def main() -> None:
    """Fits, tells the figures out of fold, and writes the weights of a fit on all reports."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--reports", type=Path, required=True, help="names of reports that the reader never saw")
    given = parser.parse_args()
    equipment = load_equipment(trained=True)
    files = coded_files(given.data, given.reports)
    fit_and_write([[told_in(one.path, one.gold, equipment) for one in group] for group in files])


def fit_and_write(groups: Sequence[Sequence[Told]]) -> None:
    """The figures of each group of reports out of fold, then the weights."""
    every = [told for group in groups for told in group]
    kinds = {
        "places": [case for told in every for case in cases(told, told.tellings.places, times=False)],
        "times": [case for told in every for case in cases(told, told.tellings.times, times=True)],
    }
    never = dict.fromkeys(range(FOLDS), Inheriting(places=_NEVER, times=_NEVER))
    print("nothing taken:", *(measured(group, never) for group in groups), sep="\n  ")
    for least in (0.3, 0.35, 0.4, 0.5):
        models = {n: fitted(kinds, {"places": least, "times": least}, n) for n in range(FOLDS)}
        print(f"taken from {least}:", *(measured(group, models) for group in groups), sep="\n  ")
    weights = msgspec.to_builtins(fitted(kinds, _LEAST))
    weights.pop("digest")
    TARGET.write_text(json.dumps(weights, indent=1) + "\n", "utf-8")
    print(f"{[(kind, len(some), sum(case.right for case in some)) for kind, some in kinds.items()]} -> {TARGET}")


if __name__ == "__main__":
    main()
