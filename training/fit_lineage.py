"""Fits the weights by which two reports' resemblance is judged, and writes src/twosource/data/lineage_model.toml.

    python training/fit_lineage.py pairs.jsonl --reports fa_kes.jsonl --reports ecb_texts.jsonl --reports seeds

The pairs of the example reports are fitted to as well, and so are pairs of the given reports that share words though
they were published five days apart or more: they stand for boilerplate, are taken as not dependent, and are shown to
the fit without their days, so that it must tell them by their words.

Prints the measures of the given pairs out of fold: ten folds over stories, so that no story is in both halves, six
times over with other folds; the decision threshold of a fold is chosen by folds within the others. Then fits on
everything.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np

from twosource.corpus.candidates import candidate_pairs, holders_of, is_stock
from twosource.corpus.profile import Profile, indexed_prints
from twosource.corpus.resemblance import Resemblance, compare
from twosource.corpus_records import Relation
from twosource.intake import read_paths
from twosource.knowledge.lineage_rules import load_lineage_rules
from twosource.records import Report
from twosource.score.lineage import GoldPair, lineage_measures, read_pairs, resemblances, stories

DEPENDENT = (
    *("containment_root", "close", "order", "vocabulary", "lead_told", "names", "numbers"),
    *("other_weekday", "days_apart", "other_agency", "quotation"),
)
KIND = (
    *("containment", "coverage", "close", "toll_moved", "lead_copied", "vocabulary", "toll_conflict"),
    *("toll_swapped", "copied_but_toll"),
)
KINDS = (Relation.REPRINT, Relation.REWRITE, Relation.UPDATE)
PULL = {"dependent": 0.02, "kind": 0.1}  # of each weight towards nought, of measures put to one scale
STEPS, RATE, MOMENTUM = 300, 0.3, 0.9
FOLDS, ROUNDS, INNER = 10, 6, 5
THRESHOLDS = np.arange(0.35, 0.56, 0.05)
DAYS_APART = 5
NEARLY, EVEN = 0.005, 0.5  # of F1: a smaller gain is less than one pair
PACKAGE = Path(__file__).parents[1] / "src" / "twosource"
TARGET, EXAMPLES = PACKAGE / "data" / "lineage_model.toml", PACKAGE / "examples"
HEAD = """\
# The weights by which the resemblance of two reports is judged; made by training/fit_lineage.py, not by hand.
# The measures are those of corpus/resemblance.py. A sum is the bias and each measure times its weight.
"""


class Sums(NamedTuple):
    """A weighted sum for each class: weights by measure, then biases, both by class."""

    weights: np.ndarray
    biases: np.ndarray


class Fitted(NamedTuple):
    """Both models, and the likelihood from which a pair is dependent."""

    dependent: Sums
    kind: Sums
    threshold: float


class Apart(NamedTuple):
    """Pairs that share words and were published days apart, taken as not dependent; and the stories they touch."""

    measures: dict[str, np.ndarray]
    touches: tuple[frozenset[str], ...]

    def rows(self, without: frozenset[str]) -> np.ndarray:
        """The measures of dependence of those pairs that touch none of these stories."""
        kept = np.array([touched.isdisjoint(without) for touched in self.touches], dtype=bool)
        return np.stack([self.measures[name] for name in DEPENDENT], axis=1)[kept]


class Data(NamedTuple):
    """Measures by their names, one value a pair; classes from 0 to 3, as in ``Relation``; and stories."""

    measures: dict[str, np.ndarray]
    classes: np.ndarray
    stories: np.ndarray

    def at(self, chosen: np.ndarray) -> Data:
        """The chosen pairs."""
        return Data({n: v[chosen] for n, v in self.measures.items()}, self.classes[chosen], self.stories[chosen])


def climb(rows: np.ndarray, classes: np.ndarray, pull: float) -> Sums:
    """Logistic weights by gradient descent, each class weighing as the root of its rarity asks."""
    middle, scale = rows.mean(0), rows.std(0) + 1e-6
    scaled = np.c_[(rows - middle) / scale, np.ones(len(rows))]
    wanted = np.eye(classes.max() + 1)[classes]
    weigh = np.sqrt(len(classes) / (wanted.shape[1] * wanted.sum(0)))[classes]
    weights = np.zeros((scaled.shape[1], wanted.shape[1]))
    speed = np.zeros_like(weights)
    for _ in range(STEPS):
        slope = scaled.T @ ((shares(scaled @ weights) - wanted) * weigh[:, None]) / len(rows)
        slope[:-1] += pull * weights[:-1]
        speed = MOMENTUM * speed - RATE * slope
        weights += speed
    plain = weights[:-1] / scale[:, None]
    return Sums(plain, weights[-1] - middle @ plain)


def shares(sums: np.ndarray) -> np.ndarray:
    """Likelihoods of sums, row by row."""
    powers = np.exp(sums - sums.max(1, keepdims=True))
    return powers / powers.sum(1, keepdims=True)


def rows_of(data: Data, names: Sequence[str]) -> np.ndarray:
    """The measures as a table, a pair a row."""
    return np.stack([data.measures[name] for name in names], axis=1)


def fit_sums(data: Data, apart: Apart, without: frozenset[str]) -> tuple[Sums, Sums]:
    """The two models; pairs apart that touch the stories ``without`` are left out."""
    dependent, more = data.classes < 3, apart.rows(without)
    rows = np.concatenate([rows_of(data, DEPENDENT), more])
    return (
        climb(rows, np.concatenate([dependent, np.zeros(len(more), dtype=bool)]).astype(int), PULL["dependent"]),
        climb(rows_of(data, KIND)[dependent], data.classes[dependent], PULL["kind"]),
    )


def likely(data: Data, sums: tuple[Sums, Sums]) -> np.ndarray:
    """The likelihood of the four classes for each pair."""
    dependent = shares(rows_of(data, DEPENDENT) @ sums[0].weights + sums[0].biases)[:, 1]
    kinds = shares(rows_of(data, KIND) @ sums[1].weights + sums[1].biases)
    return np.c_[kinds * dependent[:, None], 1 - dependent]


def decide(chances: np.ndarray, threshold: float) -> np.ndarray:
    """The class taken for each pair."""
    return np.where(1 - chances[:, 3] >= threshold, chances[:, :3].argmax(1), 3)


def folds(names: np.ndarray, number: int, seed: int) -> np.ndarray:
    """A fold for each pair, the same for all of a story."""
    own = sorted(set(names))
    places = dict(zip(np.random.default_rng(seed).permutation(len(own)), own, strict=True))
    fold = {story: int(at) % number for at, story in places.items()}
    return np.array([fold[name] for name in names])


def out_of_fold(data: Data, apart: Apart, without: frozenset[str], seed: int) -> np.ndarray:
    """Each pair's likelihoods by models that saw nothing of its story, nor of the stories ``without``."""
    chances, fold = np.zeros((len(data.classes), 4)), folds(data.stories, INNER, seed)
    for one in range(INNER):
        sums = fit_sums(data.at(fold != one), apart, without | frozenset(data.stories[fold == one]))
        chances[fold == one] = likely(data.at(fold == one), sums)
    return chances


def f1(truth: np.ndarray, told: np.ndarray) -> float:
    """F1 of two masks."""
    return 2 * float((truth & told).sum()) / max(1, int(truth.sum() + told.sum()))


def choose(data: Data, apart: Apart, without: frozenset[str], seed: int) -> float:
    """The threshold of dependence that does best out of fold; of those that do as well, the one nearest to a half."""
    chances = [out_of_fold(data, apart, without, seed + number) for number in range(3)]
    dependent = data.classes < 3
    scores = [float(np.mean([f1(dependent, decide(c, one) < 3) for c in chances])) for one in THRESHOLDS]
    best = [float(one) for one, score in zip(THRESHOLDS, scores, strict=True) if score >= max(scores) - NEARLY]
    return min(best, key=lambda one: abs(one - EVEN))


def fit(data: Data, apart: Apart, without: frozenset[str] = frozenset(), seed: int = 0) -> Fitted:
    """Everything fitted on these pairs, and on those apart that touch none of the stories ``without``."""
    return Fitted(*fit_sums(data, apart, without), choose(data, apart, without, seed))


def nested(data: Data, apart: Apart, seed: int) -> np.ndarray:
    """Each pair's class by models and thresholds that saw nothing of its story."""
    told, fold = np.zeros(len(data.classes), dtype=int), folds(data.stories, FOLDS, seed)
    for one in range(FOLDS):
        fitted = fit(data.at(fold != one), apart, frozenset(data.stories[fold == one]), seed)
        chances = likely(data.at(fold == one), (fitted.dependent, fitted.kind))
        told[fold == one] = decide(chances, fitted.threshold)
    return told


def read_data(pairs: Sequence[GoldPair], reports: Sequence[Path]) -> Data:
    """The pairs' measures, classes and stories."""
    found = [msgspec.structs.asdict(one) for one in resemblances(pairs, reports, load_lineage_rules())]
    measures = {name: np.array([one[name] for one in found]) for name in found[0]}
    order = list(Relation)
    return Data(measures, np.array([order.index(pair.gold) for pair in pairs]), np.array(stories(pairs)))


def read_apart(reports: Sequence[Path], pairs: Sequence[GoldPair], story: Sequence[str]) -> Apart:
    """The candidate pairs of each file published five days apart or more, without their days, and not labelled."""
    rules, of = load_lineage_rules(), {}
    for pair, name in zip(pairs, story, strict=True):
        of.update({pair.a: name, pair.b: name})
    labelled = {frozenset([pair.a, pair.b]) for pair in pairs}
    found: list[Resemblance] = []
    touches: list[frozenset[str]] = []
    for path in reports:
        by_id = {one.id: one for one in read_paths([path]) if isinstance(one, Report)}
        for first, second in _days_apart(by_id):
            if frozenset([first, second]) not in labelled:
                bare = (msgspec.structs.replace(by_id[name], published=None) for name in (first, second))
                found.append(compare(*(Profile(one, rules) for one in bare)).resemblance)
                touches.append(frozenset(of[name] for name in (first, second) if name in of))
    names = Resemblance.__struct_fields__
    return Apart({name: np.array([getattr(one, name) for one in found]) for name in names}, tuple(touches))


def _days_apart(by_id: Mapping[str, Report]) -> list[tuple[str, str]]:
    days = {name: one.published for name, one in by_id.items()}
    holders = holders_of({name: indexed_prints(one.text) for name, one in by_id.items()}, days)
    stock = frozenset(number for number, held in holders.items() if is_stock(held))
    dated = [(pair, days[pair[0]], days[pair[1]]) for pair in candidate_pairs(holders, stock)]
    return [pair for pair, one, other in dated if one and other and abs((one - other).days) >= DAYS_APART]


def as_toml(fitted: Fitted) -> str:
    """The file's text."""
    parts = [HEAD, f"threshold = {fitted.threshold:.2f}\n"]
    difference = Sums(
        fitted.dependent.weights[:, 1] - fitted.dependent.weights[:, 0],
        fitted.dependent.biases[1] - fitted.dependent.biases[0],
    )
    parts.append(_section("dependent", DEPENDENT, difference.weights, float(difference.biases)))
    for at, kind in enumerate(KINDS):
        parts.append(_section(kind.value, KIND, fitted.kind.weights[:, at], float(fitted.kind.biases[at])))
    return "\n".join(parts)


def _section(name: str, measures: Sequence[str], weights: np.ndarray, bias: float) -> str:
    lines = [f"{measure} = {weight:.3f}" for measure, weight in zip(measures, weights, strict=True)]
    return "\n".join([f"[{name}]", f"bias = {bias:.3f}", "", f"[{name}.of]", *lines, ""])


def main() -> None:
    """Prints the measures out of fold, fits, and writes the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--reports", type=Path, action="append", required=True)
    parser.add_argument("--no-write", action="store_true", help="only measure")
    options = parser.parse_args()
    pairs, examples = read_pairs(options.pairs), read_pairs(EXAMPLES / "lineage.jsonl")
    data, order = read_data([*pairs, *examples], [*options.reports, EXAMPLES / "reports"]), list(Relation)
    apart = read_apart(options.reports, [*pairs, *examples], list(data.stories))
    print(f"{len(pairs)} pairs, {len(examples)} of the examples, {len(apart.touches)} that are days apart")
    rounds = [lineage_measures(pairs, [order[k] for k in nested(data, apart, s)[: len(pairs)]]) for s in range(ROUNDS)]
    for name in rounds[0]:
        values = [one[name] for one in rounds]
        print(f"{name:32} {np.mean(values):.3f}  ({min(values):.3f} to {max(values):.3f})")
    fitted = fit(data, apart)
    if not options.no_write:
        TARGET.write_text(as_toml(fitted), encoding="utf-8")


if __name__ == "__main__":
    main()
