"""Fits the scan that tells which passages can hold a claim, and writes it beside the reader's weights.

    python -m training.fit_scan --data FOLDER --weights src/twosource/model/weights

It learns from the coded reports and, for news of other things, from articles of PolNeAR in which the trained reader
itself says where events are. Passages with coded evidence, or a sure event, hold a claim; those that the reader is in
doubt of teach nothing. Its least score is that at which, of the coded claims, no more than ``--lost`` of the passages
with evidence are passed over; each fifth of the outlets is judged by a fit on the others.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import numpy as np
import torch
from torch import nn

from training.coded import CodedReport, fold_of, places_of
from training.examples import rows_of
from training.train import APART, ATTRIBUTION, coded_of
from twosource.model.reader import TrainedReader
from twosource.model.scanning import BUCKETS, SCAN_FILE, write_scan
from twosource.reading.passages import paragraphs, passages
from twosource.reading.scan import grams

SURE, DOUBTED = 0.5, 0.2
"""An event of the first probability counts as one; where none reaches the second, there is none."""
_PASSES, _RATE, _TOGETHER, _DECAY, _DROPPED = 12, 0.02, 256, 2e-5, 0.1


class Passage(NamedTuple):
    """A passage's grams, whether it holds a claim, its fold, and whether people coded it."""

    grams: tuple[int, ...]
    holds: bool
    fold: int
    coded: bool


def buckets(words: str) -> tuple[int, ...]:
    """The numbers of the weights of a passage's grams."""
    return tuple(sorted({crc32(gram.encode()) & (BUCKETS - 1) for gram in grams(words)}))


def coded_passages(reports: Iterable[CodedReport]) -> Iterator[Passage]:
    """The passages of coded reports; those that evidence stands in hold a claim."""
    for one in reports:
        text = one.report.text
        evidence = [place for row in one.rows for words in row["evidence"] for place in places_of(words, text)]
        for span in (span for paragraph in paragraphs(text) for span in passages(text, paragraph)):
            holds = any(start < span.end and span.start < end for start, end in evidence)
            yield Passage(buckets(span.of(text)), holds, one.fold, True)


def told_passages(name: str, text: str, anchors: Sequence[tuple[int, float]]) -> Iterator[Passage]:
    """The passages of an article with the events (offset and probability) that the reader tells there."""
    for span in (span for paragraph in paragraphs(text) for span in passages(text, paragraph)):
        surest = max((sure for at, sure in anchors if span.start <= at < span.end), default=0.0)
        if surest >= SURE or surest < DOUBTED:
            yield Passage(buckets(span.of(text)), surest >= SURE, fold_of(name), False)


def articles(path: Path, reader: TrainedReader, count: int) -> Iterator[Passage]:
    """The passages of the file's last ``count`` articles."""
    for row in rows_of(path)[-count:]:
        anchors = [(event.anchor.start, event.score) for event in reader.read(row["text"]).events]
        yield from told_passages(row["publisher"], row["text"], anchors)


def fitted(rows: Sequence[Passage], seed: int = 1) -> tuple[np.ndarray, float]:
    """Weights and bias of a logistic model. Grams are left out by chance while it learns, so that no one decides."""
    torch.manual_seed(seed)
    model, bias = nn.EmbeddingBag(BUCKETS, 1, mode="sum"), nn.Parameter(torch.zeros(1))
    nn.init.zeros_(model.weight)
    optimiser = torch.optim.Adam([*model.parameters(), bias], lr=_RATE)
    holds = torch.tensor([float(row.holds) for row in rows])
    for _ in range(_PASSES):
        for some in torch.randperm(len(rows)).split(_TOGETHER):
            told = [torch.tensor(rows[n].grams, dtype=torch.long) for n in some.tolist()]
            told = [g[torch.rand(len(g)) >= _DROPPED] for g in told]
            starts = torch.tensor([0, *(len(g) for g in told[:-1])]).cumsum(0)
            scores = model(torch.cat(told), starts)[:, 0] + bias
            loss = nn.functional.binary_cross_entropy_with_logits(scores, holds[some])
            loss = loss + _DECAY * (model.weight**2).sum()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    return model.weight.detach()[:, 0].numpy(), float(bias.detach())


def scores_of(rows: Sequence[Passage], weights: np.ndarray, bias: float) -> np.ndarray:
    """The score of every passage."""
    return np.array([bias + weights[list(row.grams)].sum() for row in rows])


def crosswise(rows: Sequence[Passage]) -> np.ndarray:
    """The score of every passage by a fit on the other folds."""
    scores = np.zeros(len(rows))
    folds = np.array([row.fold for row in rows])
    for fold in sorted(set(folds.tolist())):
        weights, bias = fitted([row for row in rows if row.fold != fold])
        own = np.flatnonzero(folds == fold)
        scores[own] = scores_of([rows[n] for n in own], weights, bias)
    return scores


def tell(rows: Sequence[Passage], scores: np.ndarray) -> None:
    """Prints, for some least scores, the share of passages kept and of those with claims that are passed over."""
    holds, coded = np.array([row.holds for row in rows]), np.array([row.coded for row in rows])
    for share in (0, 0.001, 0.0025, 0.005, 0.01, 0.02, 0.03, 0.05):
        least = np.quantile(scores[holds & coded], share)
        kept = scores >= least
        print(
            f"lost {share:.4f} least {least:6.2f} | coded kept {kept[coded].mean():.3f} | other news kept "
            f"{kept[~coded].mean():.3f}, lost there {(~kept)[holds & ~coded].mean():.3f}", flush=True,
        )  # fmt: skip


def main() -> None:
    """Fits crosswise and tells what that is worth, then on everything, and writes it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--lost", type=float, default=0.005, help="share of passages with coded evidence passed over")
    given = parser.parse_args()
    coded = coded_of(given.data, set(APART.read_text("utf-8").split()))
    rows = [*coded_passages(coded), *articles(given.data / ATTRIBUTION, TrainedReader(given.weights), given.articles)]
    scores = crosswise(rows)
    tell(rows, scores)
    least = float(np.quantile(scores[[row.coded and row.holds for row in rows]], given.lost))
    weights, bias = fitted(rows)
    write_scan(given.weights / SCAN_FILE, weights, bias, least)


if __name__ == "__main__":
    main()
