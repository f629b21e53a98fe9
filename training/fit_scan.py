"""Fits the scan that tells which passages can hold a claim, and writes it beside the reader's weights.

    python -m training.fit_scan --data FOLDER --weights src/twosource/model/weights

It learns from the coded reports and, for news of other things, from articles of PolNeAR and from news of towns,
markets and the world that nobody coded, in which the trained reader itself says where events are. Passages with coded
evidence hold a claim; of the others those with a sure event of a conflict: who criticised whom in an election is told
in the same words as who accused whom in a war, and what is left to tell them apart is the report as a whole. How much
that counts is given: the more, the fewer passages of other news are read where as many coded ones are, and the more of
the deeds that other news tell are passed over; the table that is printed tells both, over scores that come crosswise,
each fifth of the outlets by a fit on the others. The least score is that at which ``--lost`` of the passages with coded
evidence are passed over, crosswise too.
"""

from __future__ import annotations

import argparse
import itertools
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from training.coded import APART, ATTRIBUTION, CodedReport, coded_of, fold_of, places_of
from training.examples import rows_of
from training.plain_texts import NEWS, kept_apart, measured_in, plain_texts
from twosource.closed_sets import ClaimType, family_of
from twosource.model.reader import TrainedReader
from twosource.model.scanning import BUCKETS, SCAN_FILE, write_scan
from twosource.reading.passages import paragraphs, passages
from twosource.reading.scan import grams
from twosource.reading.signals import EventSignal

Numbers = NDArray[np.float64]
SURE = 0.5
CONFLICT = frozenset({"force", "control", "posture", "persons", "harm", "relief"})
"""The probability from which on an event of one of the families makes an article's passage hold a claim."""
_STEPS, _RATE, _DECAY = 80, 0.08, 2e-4


class Passage(NamedTuple):
    """A passage's grams, whether it holds a claim, its report's number and fold, and whether people coded it."""

    grams: tuple[int, ...]
    holds: bool
    report: int
    fold: int
    coded: bool


class Fitted(NamedTuple):
    """Weights and bias of a logistic model."""

    weights: NDArray[np.float32]
    bias: float

    def scores(self, rows: Sequence[Passage]) -> Numbers:
        """The score of every passage."""
        return np.array([self.bias + self.weights[list(row.grams)].sum() for row in rows])


def buckets(words: str) -> tuple[int, ...]:
    """The numbers of the weights of a passage's grams."""
    return tuple(sorted({crc32(gram.encode()) & (BUCKETS - 1) for gram in grams(words)}))


def coded_passages(reports: Iterable[CodedReport]) -> Iterator[Passage]:
    """The passages of coded reports; those that evidence stands in hold a claim."""
    for number, one in enumerate(reports):
        text = one.report.text
        evidence = [place for row in one.rows for words in row["evidence"] for place in places_of(words, text)]
        for span in (span for paragraph in paragraphs(text) for span in passages(text, paragraph)):
            holds = any(start < span.end and span.start < end for start, end in evidence)
            yield Passage(buckets(span.of(text)), holds, number, one.fold, True)


def told_passages(number: int, outlet: str, text: str, events: Iterable[EventSignal]) -> Iterator[Passage]:
    """The passages of an article with the events that the reader tells there."""
    anchors = [event.anchor.start for event in events if event.score >= SURE and is_of_conflict(event)]
    for span in (span for paragraph in paragraphs(text) for span in passages(text, paragraph)):
        holds = any(span.start <= at < span.end for at in anchors)
        yield Passage(buckets(span.of(text)), holds, number, fold_of(outlet), False)


def is_of_conflict(event: EventSignal) -> bool:
    """Whether the event's likeliest type is of a family that peace has little of."""
    likeliest = max(range(len(event.types)), key=event.types.__getitem__)
    return family_of(list(ClaimType)[likeliest]) in CONFLICT


def other_news(data: Path, every: int, coded: Iterable[str]) -> Iterator[tuple[str, str]]:
    """News of all things, each with its outlet: one of so many articles of PolNeAR, and texts that nobody coded.

    Of the latter no outlet is known, so that each stands for one. None repeats what others measure with, or what is
    ``coded``.
    """
    for row in rows_of(data / ATTRIBUTION)[::every]:
        yield row["publisher"], row["text"]
    for text in kept_apart(plain_texts(data, NEWS), measured_in(data), coded):
        yield text, text


def fitted(rows: Sequence[Passage]) -> Fitted:
    """A logistic model over grams, by steps over all passages at once, so that no chance is in it."""
    together = np.array([gram for row in rows for gram in row.grams])
    owners = np.repeat(np.arange(len(rows)), [len(row.grams) for row in rows])
    holds = np.array([row.holds for row in rows], dtype=np.float64)
    steps, values = Steps(BUCKETS + 1, _RATE), np.zeros(BUCKETS + 1)
    for _ in range(_STEPS):
        scores = np.bincount(owners, values[together], len(rows)) + values[-1]
        missed = (_chances(scores) - holds) / len(rows)
        slopes = np.append(np.bincount(together, missed[owners], BUCKETS) + 2 * _DECAY * values[:-1], missed.sum())
        values = steps.after(values, slopes)
    return Fitted(values[:-1].astype(np.float32), float(values[-1]))


class Steps:
    """Steps down a slope, each as long as its values' slopes were steady (Adam, with its usual constants)."""

    def __init__(self, count: int, rate: float) -> None:
        self._mean, self._square, self._rate, self._done = np.zeros(count), np.zeros(count), rate, 0

    def after(self, values: Numbers, slopes: Numbers) -> Numbers:
        """The values after one more step."""
        self._done += 1
        self._mean = 0.9 * self._mean + 0.1 * slopes
        self._square = 0.999 * self._square + 0.001 * slopes**2
        mean, square = self._mean / (1 - 0.9**self._done), self._square / (1 - 0.999**self._done)
        return np.asarray(values - self._rate * mean / (np.sqrt(square) + 1e-8))


def _chances(scores: Numbers) -> Numbers:
    return np.asarray(1 / (1 + np.exp(-np.clip(scores, -50, 50))))


def crosswise(rows: Sequence[Passage]) -> Numbers:
    """The score of every passage by a fit on the other folds."""
    scores = np.zeros(len(rows))
    folds = np.array([row.fold for row in rows])
    for fold in sorted(set(folds.tolist())):
        own = np.flatnonzero(folds == fold)
        scores[own] = fitted([row for row in rows if row.fold != fold]).scores([rows[n] for n in own.tolist()])
    return scores


def looks_of_reports(rows: Sequence[Passage], scores: Numbers) -> Numbers:
    """For each passage, how much all those of its report look like claims."""
    numbers = np.array([row.report for row in rows])
    looks = np.bincount(numbers, 1 / (1 + np.exp(-scores))) / np.maximum(np.bincount(numbers), 1)
    return np.asarray(looks[numbers])


def least_for(rows: Sequence[Passage], scores: Numbers, lost: float) -> float:
    """The score under which that share of the passages with coded evidence lies."""
    return float(np.quantile(scores[np.array([row.coded and row.holds for row in rows])], lost))


def tell(rows: Sequence[Passage], scores: Numbers, looks: Numbers) -> None:
    """Prints, for some weights of the report and least scores, the passages kept and those with claims passed over."""
    holds, coded = np.array([row.holds for row in rows]), np.array([row.coded for row in rows])
    for of_report, lost in itertools.product((12, 16, 20, 25, 30), (0.005, 0.01, 0.018, 0.03)):
        both = scores + of_report * looks
        kept = both >= least_for(rows, both, lost)
        shares = kept[coded].mean(), kept[~coded].mean(), (~kept)[holds & ~coded].mean()
        told = (f"{n} {s:.3f}" for n, s in zip(("coded", "other", "lost there"), shares, strict=True))
        print(f"of report {of_report} lost {lost:.3f}", *told)


def main() -> None:
    """Fits crosswise and tells what that is worth, then on everything, and writes it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--every", type=int, default=4, help="of how many articles of PolNeAR one is learned from")
    parser.add_argument("--of-report", type=float, default=25, help="how much the report counts beside the passage")
    parser.add_argument("--lost", type=float, default=0.018, help="share of passages with coded evidence passed over")
    given = parser.parse_args()
    coded = coded_of(given.data, set(APART.read_text("utf-8").split()))
    reader = TrainedReader(given.weights)
    rows = list(coded_passages(coded))
    others = other_news(given.data, given.every, [one.report.text for one in coded])
    for number, (outlet, text) in enumerate(others, len(coded)):
        rows += told_passages(number, outlet, text, reader.read(text).events)
    scores = crosswise(rows)
    looks = looks_of_reports(rows, scores)
    tell(rows, scores, looks)
    final = fitted(rows)
    least = least_for(rows, scores + given.of_report * looks, given.lost)
    write_scan(given.weights / SCAN_FILE, final.weights.tolist(), final.bias, given.of_report, least)


if __name__ == "__main__":
    main()
