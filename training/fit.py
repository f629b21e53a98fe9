"""The training loop: batches of windows, the losses of the heads, and the schedule of the learning rate."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor

from training.examples import Example, Marked, examples_of
from training.network import Network

NO_LABEL = -100
ROLE_WEIGHT = 3.0
"""A window of several paragraphs is mostly of no role for any one anchor; without this weight the roles learn last."""


class Plan(NamedTuple):
    """What a run is made of. ``epochs`` counts passes over the attribution data; rates are AdamW's at their peak."""

    epochs: float = 3.0
    seed: int = 7
    pieces_per_step: int = 2048
    rate: float = 2e-4
    rate_of_heads: float = 1e-3
    warm_up: float = 0.06
    frozen_layers: int = 2
    share_of_hedges: float = 0.5
    """The share of the hedge documents that each epoch draws."""
    share_stripped: float = 0.2
    """The share of the texts that lose their commas and apostrophes in each epoch."""


class Batch(NamedTuple):
    """Windows padded to one length, with labels; NO_LABEL where a data set does not say."""

    ids: Tensor
    present: Tensor
    tags: Tensor
    hedges: Tensor
    rows: Tensor
    first: Tensor
    last: Tensor
    roles: Tensor


class Corpus(NamedTuple):
    """The marked texts, each as it stands and stripped."""

    attributions: Sequence[tuple[Marked, Marked]]
    hedges: Sequence[tuple[Marked, Marked]]


def epoch_of(corpus: Corpus, plan: Plan, dice: random.Random) -> list[Example]:
    """One epoch's windows: every article, and a fresh draw of the hedge documents."""
    hedges = dice.sample(range(len(corpus.hedges)), int(len(corpus.hedges) * plan.share_of_hedges))
    texts = [*corpus.attributions, *(corpus.hedges[number] for number in sorted(hedges))]
    return [example for pair in texts for example in examples_of(pair[dice.random() < plan.share_stripped], dice)]


def batches_of(examples: Sequence[Example], plan: Plan, dice: random.Random) -> list[list[Example]]:
    """The windows in batches of like length, in an order by chance."""
    order = list(examples)
    dice.shuffle(order)
    batches: list[list[Example]] = []
    for start in range(0, len(order), 1024):
        batch: list[Example] = []
        for example in sorted(order[start : start + 1024], key=lambda one: len(one.ids)):
            if batch and (len(batch) + 1) * (len(example.ids) + 2) > plan.pieces_per_step:
                batches.append(batch)
                batch = []
            batch.append(example)
        batches.append(batch)
    dice.shuffle(batches)
    return batches


def tensors_of(examples: Sequence[Example], opening: int, closing: int) -> Batch:
    """The batch as tensors; ``opening`` and ``closing`` are the ids of the pieces around every window."""
    length = max(len(example.ids) for example in examples) + 2
    ids, present = torch.zeros(len(examples), length, dtype=torch.long), torch.zeros(len(examples), length)
    tags, hedges = torch.full_like(ids, NO_LABEL), torch.full_like(ids, NO_LABEL)
    rows, first, last, roles = [], [], [], []
    for row, example in enumerate(examples):
        end = len(example.ids) + 1
        ids[row, : end + 1] = torch.tensor([opening, *example.ids, closing])
        present[row, : end + 1] = 1
        if example.tags is not None:
            tags[row, 1:end] = torch.tensor(example.tags)
        if example.hedges is not None:
            hedges[row, 1:end] = torch.tensor(example.hedges)
        for anchor in example.anchors:
            rows.append(row)
            first.append(anchor.first + 1)
            last.append(anchor.last + 1)
            label = torch.full((length,), NO_LABEL)
            label[1:end] = torch.tensor(list(anchor.roles))
            roles.append(label)
    stacked = torch.stack(roles) if roles else torch.zeros(0, length, dtype=torch.long)
    return Batch(ids, present, tags, hedges, *map(torch.tensor, (rows, first, last)), stacked)


def loss_of(network: Network, batch: Batch) -> Tensor:
    """The weighted sum of the heads' cross entropies."""
    states = network.encode(batch.ids, batch.present)
    loss = torch.zeros(())
    if bool((batch.tags >= 0).any()):
        loss = loss + 4 * F.cross_entropy(network.anchor(states).flatten(0, 1), batch.tags.flatten())
    if bool((batch.hedges >= 0).any()):
        loss = loss + 2 * F.cross_entropy(network.hedge(states).flatten(0, 1), batch.hedges.flatten())
    if len(batch.rows):
        scores = network.roles(states, batch.rows, batch.first, batch.last)
        loss = loss + ROLE_WEIGHT * F.cross_entropy(scores.flatten(0, 1), batch.roles.flatten())
    return loss


def optimiser_of(network: Network, plan: Plan) -> torch.optim.AdamW:
    """AdamW with a higher rate for the heads, which start from chance."""
    heads = network.parameters_of_heads()
    known = {id(parameter) for parameter in heads}
    encoder = [one for one in network.parameters() if one.requires_grad and id(one) not in known]
    groups = [{"params": encoder, "lr": plan.rate}, {"params": heads, "lr": plan.rate_of_heads}]
    return torch.optim.AdamW(groups, weight_decay=0.01, fused=True)


def fit(
    network: Network, corpus: Corpus, plan: Plan, ends: tuple[int, int], tell: Callable[[dict[str, float]], None]
) -> None:
    """Trains the network in place. ``tell`` gets the step, the steps in all, the mean loss and the seconds so far."""
    torch.manual_seed(plan.seed)
    dice = random.Random(plan.seed)  # noqa: S311
    network.freeze_below(plan.frozen_layers)
    optimiser = optimiser_of(network, plan)
    total = int(plan.epochs * len(batches_of(epoch_of(corpus, plan, random.Random(0)), plan, random.Random(0))))  # noqa: S311
    rise = plan.warm_up * total + 1
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda n: min(1, (n + 1) / rise) * max(0.0, 1 - n / total))
    began, step, recent = time.monotonic(), 0, 0.0
    network.train()
    while step < total:
        for examples in batches_of(epoch_of(corpus, plan, dice), plan, dice):
            loss = loss_of(network, tensors_of(examples, *ends))
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            step, recent = step + 1, 0.98 * recent + 0.02 * float(loss.detach())
            if step % 50 == 0 or step == total:
                tell({"step": step, "of": total, "loss": recent, "seconds": time.monotonic() - began})
            if step == total:
                break
