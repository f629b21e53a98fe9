"""The voice head: for every word piece, how likely a claim that it carries is somebody's word by the codebook.

It learns from claims coded by hand, over the states of the finished encoder, which stays as it is. Reports that are
only there to be measured on never come near it, and every figure of it is taken out of fold: the reports of an outlet
are judged by a head that saw none of that outlet.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import torch
import torch.nn.functional as F  # noqa: N812
from tokenizers import Tokenizer
from torch import Tensor, nn

from training.examples import covered, rows_of
from training.network import Network
from twosource.intake import read_paths
from twosource.model.windows import Pieces, cut_pieces, pack_windows
from twosource.records import Report

FOLDS = 5
NEVER = ("seed-",)
"""Reports whose names begin so are kept for measuring from outside."""
_CORE, _BEFORE = 160, 32
_PASSES, _RATE = 24, 1e-3


class VoicedText(NamedTuple):
    """A report in pieces; a piece in a claim's evidence has 1 (somebody's word) or 0 (the report's own), others -1."""

    report: str
    fold: int
    pieces: Pieces
    labels: Tensor
    weights: Tensor


def voiced_texts(claims: Sequence[Path], texts: Path, barred: set[str], tokenizer: Tokenizer) -> list[VoicedText]:
    """The coded reports in order of their names, without those that are barred."""
    coded: dict[str, list[dict[str, Any]]] = {}
    for path in claims:
        for row in rows_of(path):
            if row["report"] not in barred and not row["report"].startswith(NEVER):
                coded.setdefault(row["report"], []).append(row)
    names = sorted(coded)
    read = [_read(texts / f"{name}.txt") for name in names]
    folds = folds_of([outlet for _, outlet in read])
    return [
        _voiced(name, text, coded[name], fold, tokenizer)
        for name, (text, _), fold in zip(names, read, folds, strict=True)
    ]


def folds_of(outlets: Sequence[str]) -> list[int]:
    """A fold for each report, all of an outlet in one: the outlets by falling size, each to the emptiest fold."""
    sizes = Counter(outlets)
    loads, fold_of = [0] * FOLDS, {}
    for outlet, size in sorted(sizes.items(), key=lambda item: (-item[1], item[0])):
        fold_of[outlet] = loads.index(min(loads))
        loads[fold_of[outlet]] += size
    return [fold_of[outlet] for outlet in outlets]


def _read(path: Path) -> tuple[str, str]:
    """The report's text as the package takes it in, and its outlet (its own name where none is given)."""
    (report,) = (found for found in read_paths([path]) if isinstance(found, Report))
    return report.text, report.outlet or path.stem


def _voiced(name: str, text: str, rows: list[dict[str, Any]], fold: int, tokenizer: Tokenizer) -> VoicedText:
    pieces = cut_pieces(text, tokenizer)
    labels, weights = torch.full((len(pieces),), -1.0), torch.zeros(len(pieces))
    told = [(text.find(run), len(run), bool(row["sources"])) for row in rows for run in row["evidence"]]
    runs = [(at, at + size, sourced) for at, size, sourced in told if at >= 0]
    # The shortest evidence last: inside a longer one it has the last word, as 'X-backed' has inside a clause.
    for start, end, sourced in sorted(runs, key=lambda run: run[0] - run[1]):
        numbers = covered(pieces, [(start, end)])
        for number in numbers:
            labels[number], weights[number] = float(sourced), 1 / max(4, len(numbers))
    return VoicedText(name, fold, pieces, labels, weights)


@torch.no_grad()
def states_of(network: Network, pieces: Pieces, ends: tuple[int, int]) -> Tensor:
    """The encoder's state of every piece, in the windows that are used at run time."""
    network.eval()
    parts = []
    for window in pack_windows(pieces, _CORE, before=_BEFORE):
        ids = torch.tensor([[ends[0], *pieces.ids[window.first : window.last], ends[1]]])
        states = network.encode(ids)[0, 1:-1]
        parts.append(states[window.core - window.first : window.core_end - window.first])
    return torch.cat(parts)


def fit_voice(head: nn.Module, states: Sequence[Tensor], texts: Sequence[VoicedText], seed: int) -> None:
    """Trains the head in place on whole reports, some at a time."""
    torch.manual_seed(seed)
    optimiser = torch.optim.AdamW(head.parameters(), lr=_RATE, weight_decay=0.05)
    head.train()
    for _ in range(_PASSES):
        order = torch.randperm(len(texts)).tolist()
        for start in range(0, len(order), 16):
            some = order[start : start + 16]
            scores = head(torch.cat([states[n] for n in some]))[:, 0]
            labels, weights = (torch.cat([getattr(texts[n], name) for n in some]) for name in ("labels", "weights"))
            known = labels >= 0
            losses = F.binary_cross_entropy_with_logits(scores[known], labels[known], reduction="none")
            optimiser.zero_grad()
            ((losses * weights[known]).sum() / weights[known].sum()).backward()
            optimiser.step()
    head.eval()


def fresh_head() -> nn.Module:
    """A head that starts from chance."""
    return Network(1, layers=0).voice


@torch.no_grad()
def out_of_fold(states: Sequence[Tensor], texts: Sequence[VoicedText], seed: int) -> list[Tensor]:
    """For each report, every piece's probability by a head that saw no report of its fold."""
    voiced: list[Tensor] = [torch.zeros(0)] * len(texts)
    for fold in range(FOLDS):
        seen = [n for n, text in enumerate(texts) if text.fold != fold]
        torch.manual_seed(seed)
        head = fresh_head()
        with torch.enable_grad():
            fit_voice(head, [states[n] for n in seen], [texts[n] for n in seen], seed)
        for n, text in enumerate(texts):
            if text.fold == fold:
                voiced[n] = torch.sigmoid(head(states[n])[:, 0])
    return voiced


def accuracy(voiced: Sequence[Tensor], texts: Sequence[VoicedText]) -> float:
    """The weighted share of labelled pieces on the right side of one half."""
    right = total = 0.0
    for values, text in zip(voiced, texts, strict=True):
        known = text.labels >= 0
        agree = (values[known] >= 0.5).float() == text.labels[known]
        right += float((agree * text.weights[known]).sum())
        total += float(text.weights[known].sum())
    return right / total


def save_voiced(path: Path, voiced: Sequence[Tensor], texts: Sequence[VoicedText]) -> None:
    """Writes the out-of-fold probabilities, one JSON line a report."""
    with path.open("w", encoding="utf-8") as file:
        for values, text in zip(voiced, texts, strict=True):
            row = {"report": text.report, "voiced": [round(float(value), 3) for value in values]}
            file.write(json.dumps(row) + "\n")
