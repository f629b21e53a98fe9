"""The training loop: batches of windows, the losses of the heads, and the schedule of the learning rate."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor

from training.examples import Example, Marked, examples_of
from training.labels import CLAIM_ROLES, CLAIM_TRAITS, CLAIM_TYPES
from training.network import Network
from twosource.closed_sets import FAMILIES, family_of

NO_LABEL = -100
ROLE_WEIGHT = 3.0
"""A window of several paragraphs is mostly of no role for any one anchor; without this weight the roles learn last."""


EVENT_WEIGHT, RARE_EVENT = 8.0, 2.0
"""Few pieces are anchors of events: what is lost there counts so much, and a missed one twice a wrong one."""
TRAIT_WEIGHTS = {"status": 0.4, "certainty": 0.4, "stance": 0.4, "negated": 0.4, "sourced": 0.4}
_FAMILY_OF = torch.tensor([list(FAMILIES).index(family_of(type_)) for type_ in CLAIM_TYPES])


class Plan(NamedTuple):
    """What a part of a run is made of. ``epochs`` counts passes over the part's data; rates are AdamW's at peak."""

    epochs: float = 3.0
    seed: int = 7
    pieces_per_step: int = 2048
    rate: float = 2e-4
    rate_of_heads: float = 1e-3
    warm_up: float = 0.06
    frozen_layers: int = 0
    share_of_speech: float = 1.0
    """The share of the articles with attributions that each epoch draws."""
    share_of_hedges: float = 0.25
    """The share of the hedge documents that each epoch draws."""
    fresh: tuple[str, ...] = ("anchor", "roles", "hedge")
    """The heads that start from chance, and so with the higher rate."""
    masked: float = 0.0
    """The share of the pieces of coded reports that are hidden in each epoch."""
    share_stripped: float = 0.15
    """The share of the texts that lose their commas and apostrophes in each epoch."""


class Events(NamedTuple):
    """The labels of event anchors: 1 or 0 for every piece (NO_LABEL where not said), and what is told at each.

    ``judged`` is 1 for the roles (anchors, roles) of which something is said.
    """

    found: Tensor
    voices: Tensor
    rows: Tensor
    at: Tensor
    types: Tensor
    traits: Tensor
    roles: Tensor
    judged: Tensor


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
    events: Events


class Ends(NamedTuple):
    """The ids of the pieces that open a window of each ``Hand``, of the one that closes it, and that hides a word."""

    openings: tuple[int, int, int]
    closing: int
    mask: int


class Corpus(NamedTuple):
    """The marked texts, each as it stands and stripped."""

    attributions: Sequence[tuple[Marked, Marked]]
    hedges: Sequence[tuple[Marked, Marked]]
    claims: Sequence[tuple[Marked, Marked]] = ()


def epoch_of(corpus: Corpus, plan: Plan, dice: random.Random) -> list[Example]:
    """One epoch's windows: every coded report, and a fresh draw of the articles and of the hedge documents."""
    texts = list(corpus.claims)
    for data, share in ((corpus.attributions, plan.share_of_speech), (corpus.hedges, plan.share_of_hedges)):
        texts += [data[number] for number in sorted(dice.sample(range(len(data)), int(len(data) * share)))]
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


def tensors_of(examples: Sequence[Example], ends: Ends, *, masked: float = 0.0) -> Batch:
    """The batch as tensors; a share ``masked`` of the pieces of coded reports is hidden."""
    length = max(len(example.ids) for example in examples) + 2
    ids, present = torch.zeros(len(examples), length, dtype=torch.long), torch.zeros(len(examples), length)
    tags, hedges = torch.full_like(ids, NO_LABEL), torch.full_like(ids, NO_LABEL)
    rows, first, last, roles = [], [], [], []
    for row, example in enumerate(examples):
        end = len(example.ids) + 1
        ids[row, : end + 1] = torch.tensor([ends.openings[example.hand], *example.ids, ends.closing])
        present[row, : end + 1] = 1
        if example.events is not None and masked:
            ids[row, 1:end] = torch.where(torch.rand(end - 1) < masked, ends.mask, ids[row, 1:end])
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
    of_row, begins, ends_at = map(torch.tensor, (rows, first, last))
    return Batch(ids, present, tags, hedges, of_row, begins, ends_at, stacked, _events_of(examples, length))


def _events_of(examples: Sequence[Example], length: int) -> Events:
    found = torch.full((len(examples), length), float(NO_LABEL))
    voices = torch.zeros(len(examples), length, dtype=torch.long)
    rows, at, types, traits, roles, untold = [], [], [], [], [], []
    for row, example in enumerate(examples):
        if example.events is None:
            continue
        found[row, 1 : len(example.ids) + 1] = 0
        voices[row, 1 : len(example.voices) + 1] = torch.tensor(list(example.voices))
        for event in example.events:
            found[row, event.piece + 1] = 1
            rows.append(row)
            at.append(event.piece + 1)
            types.append(event.type)
            traits.append(event.traits)
            untold.append(event.untold)
            mask = torch.zeros(length, dtype=torch.long)
            mask[1 : len(event.roles) + 1] = torch.tensor(list(event.roles))
            roles.append((mask[:, None] >> torch.arange(len(CLAIM_ROLES))) & 1)
    stacked = torch.stack(roles).float() if roles else torch.zeros(0, length, len(CLAIM_ROLES))
    judged = 1 - ((torch.tensor(untold, dtype=torch.long)[:, None] >> torch.arange(len(CLAIM_ROLES))) & 1).float()
    of_row, pieces, kinds, told = map(torch.tensor, (rows, at, types, traits))
    return Events(found, voices, of_row, pieces, kinds, told, stacked, judged)


def loss_of(network: Network, batch: Batch) -> Tensor:
    """The weighted sum of the heads' losses."""
    states = network.encode(batch.ids, batch.present)
    loss = torch.zeros(())
    if bool((batch.tags >= 0).any()):
        loss = loss + 4 * F.cross_entropy(network.anchor(states).flatten(0, 1), batch.tags.flatten())
    if bool((batch.hedges >= 0).any()):
        loss = loss + 2 * F.cross_entropy(network.hedge(states).flatten(0, 1), batch.hedges.flatten())
    if len(batch.rows):
        scores = network.roles(states, batch.rows, batch.first, batch.last)
        loss = loss + ROLE_WEIGHT * F.cross_entropy(scores.flatten(0, 1), batch.roles.flatten())
    if bool((batch.events.found >= 0).any()):
        loss = loss + _loss_of_events(network, states, batch.present, batch.events)
    return loss


def _loss_of_events(network: Network, states: Tensor, present: Tensor, events: Events) -> Tensor:
    told = events.found >= 0
    scores, wanted = network.event(states)[..., 0][told], events.found[told]
    loss = EVENT_WEIGHT * F.binary_cross_entropy_with_logits(scores, wanted, pos_weight=torch.tensor(RARE_EVENT))
    voiced = events.voices > 0
    if bool(voiced.any()):
        somebody = (events.voices[voiced] == 1).float()
        loss = loss + 0.3 * F.binary_cross_entropy_with_logits(network.voice(states)[..., 0][voiced], somebody)
    if not len(events.rows):
        return loss
    loss = loss + _loss_of_parts(network, states, present[events.rows], events)
    evidence = events.roles[..., :1]
    means = (states[events.rows] * evidence).sum(1) / evidence.sum(1).clamp(min=1)
    types, traits = network.claim(states[events.rows, events.at], means)
    return loss + loss_of_types(types, events.types) + loss_of_traits(traits, events.traits, TRAIT_WEIGHTS)


def _loss_of_parts(network: Network, states: Tensor, present: Tensor, events: Events) -> Tensor:
    """Each role is a question of its own for every piece; evidence is longer than names, and weighs less a piece."""
    scores = network.parts(states, events.rows, events.at, events.at)
    rare = torch.tensor([1.0] + [2.0] * (len(CLAIM_ROLES) - 1))
    losses = F.binary_cross_entropy_with_logits(scores, events.roles, reduction="none", pos_weight=rare)
    mean = (losses * present[..., None] * events.judged[:, None]).sum((0, 1)) / present.sum()
    return 2 * mean[0] + 8 * mean[1:].sum()


def loss_of_types(scores: Tensor, types: Tensor) -> Tensor:
    """The type's own loss, and that of its family, so that a near miss costs less than a far one."""
    logs = scores.log_softmax(-1)
    families = torch.stack([torch.logsumexp(logs[:, number == _FAMILY_OF], -1) for number in range(len(FAMILIES))], -1)
    own = F.cross_entropy(scores, types, label_smoothing=0.05)
    return 0.5 * own + 0.3 * F.nll_loss(families, _FAMILY_OF[types])


def loss_of_traits(scores: Tensor, traits: Tensor, weights: Mapping[str, float]) -> Tensor:
    """The cross entropies of the traits, each with its weight by name."""
    loss, first = torch.zeros(()), 0
    for number, (name, values) in enumerate(CLAIM_TRAITS):
        part = scores[:, first : first + len(values)]
        loss = loss + weights[name] * F.cross_entropy(part, traits[:, number])
        first += len(values)
    return loss


def optimiser_of(network: Network, plan: Plan) -> torch.optim.AdamW:
    """AdamW with a higher rate for the heads, which start from chance."""
    heads = network.parameters_of(plan.fresh)
    known = {id(parameter) for parameter in heads}
    encoder = [one for one in network.parameters() if one.requires_grad and id(one) not in known]
    groups = [{"params": encoder, "lr": plan.rate}, {"params": heads, "lr": plan.rate_of_heads}]
    return torch.optim.AdamW(groups, weight_decay=0.01, fused=True)


def fit(network: Network, corpus: Corpus, plan: Plan, ends: Ends, tell: Callable[[dict[str, float]], None]) -> None:
    """Trains the network in place. ``tell`` gets the step, the steps in all, the mean loss and the seconds so far.

    Products are of bfloat16 where the processor multiplies these, which takes a fifth off a step.
    """
    shortened = torch.cpu._is_avx512_bf16_supported()
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
            batch = tensors_of(examples, ends, masked=plan.masked)
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=shortened):
                loss = loss_of(network, batch)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            step, recent = step + 1, 0.98 * recent + 0.02 * float(loss.detach())
            if step % 50 == 0 or step == total:
                tell({"step": step, "of": total, "loss": recent, "seconds": time.monotonic() - began})
            if step == total:
                break
