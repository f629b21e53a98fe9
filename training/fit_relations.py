"""Fits the weights of the signs of a relation, and says how well they do on texts that they were not fitted on.

python -m training.fit_relations GOLD --without FILE --out src/twosource/data/en/relation_weights.json

GOLD holds texts in the form of re3d. FILE names reports, one a line; texts whose id, behind 're3d-', begins such a name
are left out. Sentences composed for the project (training/data/relations.txt) are learned from in every fold and never
asked; --alone leaves them out. The figures are of five folds by the SHA-1 of the text's id; then the means, spread and
least of as many other foldings as --foldings asks for. The weights written are fitted on all texts.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import statistics
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from training.composed_relations import read_composed
from training.relation_rows import Floats, Rows, descend
from training.relation_states import fit_states
from twosource.knowledge.relation_signs import RelationWeights
from twosource.pipeline import ReaderKind
from twosource.records import Report
from twosource.score.reading import read_one
from twosource.score.relation_reader import load_party_reader
from twosource.score.relations import (
    MUTUAL,
    RELATIONS,
    GoldText,
    Pair,
    coded_relations,
    pairs_in,
    read_related,
    weighed,
)

_NONE = len(RELATIONS)
_OFTEN = 4  # a feature that holds of fewer pairs is left out
_PULL, _STEPS = 4.6e-4, 150
_COMPOSED = 0.8  # what a pair of a composed sentence counts beside one of the gold
_LEAST = 0.17
"""The chance from which on a relation counts. F1 is greatest at half of what it reaches, some 0.22; but the mean of two
opinions, one of which often has none, is drawn to few relations."""

_FOLDS = 5


class Told(NamedTuple):
    """A text with its pairs, the number of each pair's label, and what each of them counts."""

    text: GoldText
    pairs: list[Pair]
    labels: list[int]
    share: float = 1.0


class Counts(NamedTuple):
    """Right relations, those of the gold and those found, by type."""

    hits: Counter[str]
    wanted: Counter[str]
    found: Counter[str]


def tell(text: GoldText, by: ReaderKind, share: float = 1.0) -> Told:
    """The pairs of the text with their labels; a mutual relation is that of both directions."""
    reading = read_one(Report(id=text.id, text=text.text), by)
    label: dict[tuple[tuple[int, int], tuple[int, int]], int] = {}
    for one in sorted(coded_relations(text), key=lambda r: -RELATIONS.index(r.type)):
        label[one.source, one.target] = RELATIONS.index(one.type)
        if one.type in MUTUAL:
            label[one.target, one.source] = RELATIONS.index(one.type)
    pairs = list(pairs_in(text, reading, load_party_reader().events_of(text.text)))
    return Told(text, pairs, [label.get((pair.source, pair.target), _NONE) for pair in pairs], share)


def fit(told: Sequence[Told]) -> RelationWeights:
    """The mean of two opinions: one by all features, one by the encoder's states where the pairs have them.

    Each is logistic regression for every relation; as both add up weights, so does their mean.
    """
    pairs = [pair for one in told for pair in one.pairs]
    features = [pair.features for pair in pairs]
    counted = Counter(name for one in features for name in one)
    names = sorted(name for name, count in counted.items() if count >= _OFTEN)
    labels = np.array([label for one in told for label in one.labels])
    wanted = (labels[:, None] == np.arange(len(RELATIONS))).astype(np.float32)
    shares = np.array([one.share for one in told for _ in one.pairs], np.float32)
    shares /= shares.sum()
    weights = dict(zip(names, descend(Rows(features, names), wanted, shares, _PULL, _STEPS), strict=True))
    states = [pair.states for pair in pairs if pair.states is not None]
    if len(states) < len(pairs):
        return _weights(weights, ())
    more, table = fit_states(features, names, np.stack(states), wanted, shares)
    return _weights({name: (row + more.get(name, 0)) / 2 for name, row in weights.items()}, table / 2)


def _weights(weights: Mapping[str, Floats], states: Iterable[Floats]) -> RelationWeights:
    return RelationWeights(
        labels=RELATIONS,
        least=(_LEAST,) * len(RELATIONS),
        weights={name: tuple(round(float(w), 3) for w in row) for name, row in weights.items()},
        states=tuple(tuple(round(float(w), 4) for w in row) for row in states),
    )


def folded(told: Sequence[Told], more: Sequence[Told], key: str = "") -> dict[str, float]:
    """F1 over the texts of all folds, and of each type, each fold by weights fitted on the others and on ``more``."""
    total = Counts(Counter(), Counter(), Counter())
    for fold in range(_FOLDS):
        known = fit([*(one for one in told if _fold(key, one.text.id) != fold), *more])
        for one in told:
            if _fold(key, one.text.id) == fold:
                _count(one, known, total)
    return {"f1": _f1(total, *RELATIONS), **{f"f1_{name}": _f1(total, name) for name in RELATIONS}}


def _count(told: Told, known: RelationWeights, total: Counts) -> None:
    wanted = coded_relations(told.text)
    found = {one for one, chance in weighed(told.pairs, known).items() if chance >= _LEAST}
    for counter, some in zip(total, (wanted & found, wanted, found), strict=True):
        counter.update(one.type for one in some)


def _f1(counts: Counts, *names: str) -> float:
    hits, wanted, found = (sum(counter[name] for name in names) for counter in counts)
    return 2 * hits / max(1, wanted + found)


def _fold(key: str, text: str) -> int:
    return int(hashlib.sha1(f"{key}{text}".encode()).hexdigest(), 16) % _FOLDS  # noqa: S324


def main() -> None:
    """Prints the figures of the folds and writes the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--without", type=Path, required=True, help="names of reports that must not be learned from")
    parser.add_argument("--reader", type=ReaderKind, default=ReaderKind.RULES)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--composed", type=Path, default=Path("training/data/relations.txt"))
    parser.add_argument("--alone", action="store_true", help="learn from the gold alone")
    parser.add_argument("--foldings", type=int, default=5, help="further ways to cut the texts into folds")
    options = parser.parse_args()
    barred = [line.removeprefix("re3d-") for line in options.without.read_text("utf-8").split() if "re3d-" in line]
    texts = [text for text in read_related(options.gold) if not any(text.id.startswith(name) for name in barred)]
    told = [tell(text, options.reader) for text in texts]
    composed = [] if options.alone else read_composed(options.composed)
    more = [tell(text, options.reader, _COMPOSED) for text in composed]
    print(json.dumps({"texts": len(told), "composed": len(more), **folded(told, more)}))
    others = [folded(told, more, f"{number}:") for number in range(options.foldings)]
    if others:
        means = {f"{name}_mean": statistics.fmean(one[name] for one in others) for name in others[0]}
        spread, least = (of([one["f1"] for one in others]) for of in (statistics.pstdev, min))
        print(json.dumps({"foldings": len(others), **means, "f1_deviation": spread, "f1_least": least}))
    _write(fit([*told, *more]), options.out)


def _write(weights: RelationWeights, path: Path) -> None:
    lines = [f"{json.dumps(name)}: {json.dumps(row)}" for name, row in weights.weights.items()]
    rows = [json.dumps(row) for row in weights.states]
    head = f'{{"labels": {json.dumps(weights.labels)}, "least": {json.dumps(weights.least)}, "weights": {{\n'
    path.write_text(head + ",\n".join(lines) + '\n}, "states": [\n' + ",\n".join(rows) + "\n]}\n", "utf-8")


if __name__ == "__main__":
    main()
