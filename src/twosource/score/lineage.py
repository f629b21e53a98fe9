"""Measures lineage against pairs of reports that people labelled: reprint, rewrite, update, independent, different.

``reprint_f1`` is F1 of reprints against all else, ``dependent_f1`` of reprint, rewrite and update against independent
and different, ``macro4_f1`` the mean of the F1 of reprint, rewrite, update and none, of those that the gold has.
Each ``_low`` and ``_high`` is the middle 95 of 100 of a bootstrap over stories: pairs that share a report are of one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec
import numpy as np

from twosource.corpus.candidates import holders_of, is_stock
from twosource.corpus.judging import likelihoods, relation_of
from twosource.corpus.profile import Profile, indexed_prints
from twosource.corpus.resemblance import Resemblance, compare
from twosource.corpus_records import Relation
from twosource.errors import InputError
from twosource.intake import read_paths
from twosource.knowledge.lineage_model import load_lineage_model
from twosource.knowledge.lineage_rules import LineageRules, load_lineage_rules
from twosource.records import Report
from twosource.score.gold import read_gold

__all__ = ["GoldPair", "is_hard", "lineage_measures", "read_pairs", "resemblances", "score_lineage", "stories"]

_LABELS = {
    "reprint": Relation.REPRINT,
    "rewrite": Relation.REWRITE,
    "update": Relation.UPDATE,
    "independent": Relation.NONE,
    "different": Relation.NONE,
}
_ROUNDS = 1000
_SEED = 11
T = TypeVar("T")


class GoldPair(msgspec.Struct, frozen=True, kw_only=True):
    """Two reports by id and their label, under either of its two keys; further keys are passed over."""

    a: str
    b: str
    label: str = ""
    relation: str = ""
    corpus: str = ""
    note: str | None = None

    @property
    def gold(self) -> Relation:
        """The label as one of the four relations."""
        return _LABELS[self.label or self.relation]


def is_hard(pair: GoldPair) -> bool:
    """Whether the labeller marked the pair as one on which people may differ."""
    return (pair.note or "").startswith("HARD")


def score_lineage(pairs: Path, reports: Sequence[Path]) -> dict[str, float]:
    """The measures over all pairs, over each corpus, and over those that are not marked as hard.

    Raises InputError for a pair with another label, or whose report is in none of the files.
    """
    gold = read_pairs(pairs)
    model = load_lineage_model()
    found = [relation_of(likelihoods(one, model), model) for one in resemblances(gold, reports, load_lineage_rules())]
    return lineage_measures(gold, found)


def read_pairs(path: Path) -> list[GoldPair]:
    """The pairs of a JSON Lines file. Raises InputError for a label that is none."""
    pairs = read_gold(path, GoldPair)
    for pair in pairs:
        if (pair.label or pair.relation) not in _LABELS:
            raise InputError(f"{path}: {pair.a} and {pair.b} have no label among {', '.join(_LABELS)}")
    return pairs


def resemblances(pairs: Sequence[GoldPair], reports: Sequence[Path], rules: LineageRules) -> list[Resemblance]:
    """How the two reports of each pair resemble each other; boilerplate is that of each file's reports."""
    profiles: dict[str, Profile] = {}
    needed = {name for pair in pairs for name in (pair.a, pair.b)}
    for path in reports:
        profiles.update(_profiles(path, needed, rules))
    for pair in pairs:
        for name in (pair.a, pair.b):
            if name not in profiles:
                raise InputError(
                    f"no report {name!r} is in the files given: give the file that holds it with --reports"
                )
    return [compare(profiles[pair.a], profiles[pair.b]).resemblance for pair in pairs]


def _profiles(path: Path, needed: set[str], rules: LineageRules) -> Iterator[tuple[str, Profile]]:
    """The needed profiles of one file or folder, under each report's id and under its file's stem."""
    reports = [one for one in read_paths([path]) if isinstance(one, Report)]
    holders = holders_of(
        {one.id: indexed_prints(one.text) for one in reports}, {one.id: one.published for one in reports}
    )
    stock = frozenset(number for number, held in holders.items() if is_stock(held))
    for report in reports:
        stem = Path(report.origin.path).stem if report.origin and report.origin.line is None else report.id
        for name in needed & {report.id, stem}:
            yield name, Profile(report, rules, stock)


def lineage_measures(gold: Sequence[GoldPair], found: Sequence[Relation]) -> dict[str, float]:
    """The measures of what was found for the pairs, in their order."""
    parts: dict[str, Callable[[GoldPair], bool]] = {"": lambda pair: True}
    for name in sorted({pair.corpus for pair in gold if pair.corpus}):
        parts[f"{name}_"] = lambda pair, name=name: pair.corpus == name  # type: ignore[misc]
    parts["without_hard_"] = lambda pair: not is_hard(pair)
    measures: dict[str, float] = {"pairs": len(gold)}
    story = stories(gold)
    for prefix, belongs in parts.items():
        chosen = [at for at, pair in enumerate(gold) if belongs(pair)]
        truth, told = [gold[at].gold for at in chosen], [found[at] for at in chosen]
        measures.update(_with_interval(prefix, truth, told, [story[at] for at in chosen]))
    return measures


def stories(pairs: Sequence[GoldPair]) -> list[str]:
    """For each pair the name of its story: pairs that share a report, or a topic's number before '_', are of one."""
    heads: dict[str, str] = {}

    def head(name: str) -> str:
        while heads.setdefault(name, name) != name:
            name = heads[name]
        return name

    for pair in pairs:
        for name in (_topic(pair.b), _topic(pair.a)):
            heads[head(name)] = head(_topic(pair.a))
    return [head(_topic(pair.a)) for pair in pairs]


def _topic(report: str) -> str:
    """ECB+ numbers its topics: '12_3ecb' and '12_7ecbplus' are of topic 12."""
    topic, _, rest = report.partition("_")
    return f"topic {topic}" if topic.isdecimal() and "ecb" in rest else report


def _with_interval(
    prefix: str, gold: Sequence[Relation], found: Sequence[Relation], story: Sequence[str]
) -> dict[str, float]:
    plain = _f1_measures(gold, found)
    if prefix and Relation.REPRINT not in gold:
        del plain["reprint_f1"]
    rounds = [_f1_measures(_at(gold, chosen), _at(found, chosen)) for chosen in _resampled(story)]
    result: dict[str, float] = {f"{prefix}pairs": len(gold)} if prefix else {}
    for name, value in plain.items():
        low, high = np.quantile([one[name] for one in rounds], [0.025, 0.975])
        result |= {f"{prefix}{name}": value, f"{prefix}{name}_low": float(low), f"{prefix}{name}_high": float(high)}
    return result


def _at(values: Sequence[T], places: Sequence[int]) -> list[T]:
    return [values[at] for at in places]


def _resampled(story: Sequence[str]) -> Iterator[list[int]]:
    """Whole stories drawn with replacement, as many as there are; the same draws in every run."""
    by_story: dict[str, list[int]] = {}
    for at, name in enumerate(story):
        by_story.setdefault(name, []).append(at)
    groups = list(by_story.values())
    draws = np.random.default_rng(_SEED)
    for _ in range(_ROUNDS):
        yield [at for group in draws.integers(len(groups), size=len(groups)) for at in groups[group]]


def _f1_measures(gold: Sequence[Relation], found: Sequence[Relation]) -> dict[str, float]:
    counts = Counter(zip(gold, found, strict=True))
    classes = [one for one in Relation if any(pair[0] is one for pair in counts)]
    dependent = Counter[tuple[bool, bool]]()
    for (truth, told), count in counts.items():
        dependent[truth is not Relation.NONE, told is not Relation.NONE] += count
    scores = {one: _f1(one, counts) for one in classes}
    return {
        "reprint_f1": _f1(Relation.REPRINT, counts),
        "dependent_f1": _f1(True, dependent),
        "macro4_f1": sum(scores.values()) / len(scores) if scores else 0.0,
    }


def _f1(one: T, counts: Mapping[tuple[T, T], int]) -> float:
    both = sum(count for (truth, told), count in counts.items() if truth == told == one)
    either = sum(count * ((truth == one) + (told == one)) for (truth, told), count in counts.items())
    return 2 * both / either if either else 0.0
