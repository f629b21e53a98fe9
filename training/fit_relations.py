"""Fits the weights of the signs of a relation, and says how well they do on texts that they were not fitted on.

python -m training.fit_relations GOLD --without FILE --out src/twosource/data/en/relation_weights.json

GOLD holds texts in the form of re3d. FILE names reports, one a line; texts whose id, behind 're3d-', begins such a name
are left out. The figures are of five folds by the SHA-1 of the text's id; the weights written are fitted on all texts.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from twosource.knowledge.relation_signs import RelationWeights
from twosource.pipeline import ReaderKind
from twosource.records import Reading, Report
from twosource.score.reading import read_one
from twosource.score.relations import (
    MUTUAL,
    RELATIONS,
    GoldText,
    Pair,
    coded_relations,
    pairs_in,
    read_related,
    score_relations,
)

Floats = NDArray[np.float32]
_LABELS = ("none", *RELATIONS)
_OFTEN = 4  # a feature that holds of fewer pairs is left out
_PULL, _STEPS = 3e-4, 150
_LEAST = (0.2, 0.2, 0.15, 0.15)


class Told(NamedTuple):
    """A text with its reading, its pairs, and the number of each pair's label."""

    text: GoldText
    reading: Reading
    pairs: list[Pair]
    labels: list[int]


def tell(text: GoldText, by: ReaderKind) -> Told:
    """The pairs of the text with their labels; a mutual relation is that of both directions."""
    reading = read_one(Report(id=text.id, text=text.text), by)
    label: dict[tuple[tuple[int, int], tuple[int, int]], int] = {}
    for one in sorted(coded_relations(text), key=lambda r: -_LABELS.index(r.type)):
        label[one.source, one.target] = _LABELS.index(one.type)
        if one.type in MUTUAL:
            label[one.target, one.source] = _LABELS.index(one.type)
    pairs = list(pairs_in(text, reading))
    return Told(text, reading, pairs, [label.get((pair.source, pair.target), 0) for pair in pairs])


def fit(told: Sequence[Told]) -> RelationWeights:
    """Softmax regression by accelerated gradient descent, all weights drawn to zero."""
    pairs = [pair for one in told for pair in one.pairs]
    counted = Counter(name for pair in pairs for name in pair.features)
    names = sorted(name for name, count in counted.items() if count >= _OFTEN)
    at = {name: number for number, name in enumerate(names)}
    rows = np.zeros((len(pairs), len(names)), np.float32)
    for number, pair in enumerate(pairs):
        rows[number, [at[name] for name in pair.features if name in at]] = 1
    wanted = np.eye(len(_LABELS), dtype=np.float32)[[label for one in told for label in one.labels]]
    weights = _descend(rows, wanted)
    table = {name: tuple(round(float(w), 3) for w in row) for name, row in zip(names, weights, strict=True)}
    return RelationWeights(labels=_LABELS, least=_LEAST, weights=table)


def _descend(rows: Floats, wanted: Floats) -> Floats:
    size = len(rows)
    step = 1 / (_greatest(rows) / size / 2 + _PULL)
    weights = before = np.zeros((rows.shape[1], wanted.shape[1]), np.float32)
    for number in range(_STEPS):
        ahead = weights + number / (number + 3) * (weights - before)
        before = weights
        powers = np.exp(rows @ ahead)
        chances = powers / powers.sum(axis=1, keepdims=True)
        weights = (ahead - step * (rows.T @ ((chances - wanted) / size) + _PULL * ahead)).astype(np.float32)
    return weights


def _greatest(rows: Floats) -> float:
    """An upper bound of the greatest eigenvalue of the features' products, near it."""
    direction, length = np.ones(rows.shape[1], np.float32), 1.0
    for _ in range(12):
        direction = rows.T @ (rows @ direction)
        length = float(np.linalg.norm(direction))
        direction /= length
    return 1.1 * length


def folded(told: Sequence[Told]) -> dict[str, float]:
    """The mean figures over the folds, weighted by what each counts: hits, wanted and found are added up."""
    held: Counter[str] = Counter()
    for fold in range(5):
        apart = [one for one in told if _fold(one.text.id) == fold]
        weights = fit([one for one in told if _fold(one.text.id) != fold])
        readings = {one.text.id: one.reading for one in apart}
        figures = score_relations([one.text for one in apart], lambda r, of=readings: of[r.id], weights)
        for name in ("", *(f"_{relation}" for relation in RELATIONS)):
            both = figures[f"gold{name}"] + figures[f"predicted{name}"]
            held.update({f"hits{name}": figures[f"f1{name}"] * both / 2, f"both{name}": both})
    return {f"f1{n}": 2 * held[f"hits{n}"] / held[f"both{n}"] for n in ("", *(f"_{r}" for r in RELATIONS))}


def _fold(text: str) -> int:
    return int(hashlib.sha1(text.encode()).hexdigest(), 16) % 5  # noqa: S324


def main() -> None:
    """Prints the figures of the folds and writes the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--without", type=Path, required=True, help="names of reports that must not be learned from")
    parser.add_argument("--reader", type=ReaderKind, default=ReaderKind.RULES)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    apart = [line.removeprefix("re3d-") for line in options.without.read_text("utf-8").split() if "re3d-" in line]
    texts = [text for text in read_related(options.gold) if not any(text.id.startswith(name) for name in apart)]
    told = [tell(text, options.reader) for text in texts]
    print(json.dumps({"texts": len(told), **folded(told)}))
    weights = fit(told)
    lines = [f"{json.dumps(name)}: {json.dumps(row)}" for name, row in weights.weights.items()]
    head = f'{{"labels": {json.dumps(weights.labels)}, "least": {json.dumps(weights.least)}, "weights": {{\n'
    options.out.write_text(head + ",\n".join(lines) + "\n}}\n", "utf-8")


if __name__ == "__main__":
    main()
