"""What several trained networks answer together on windows of text, and how far another network is from it.

The mean of several networks is better than each of them, and a network that learns such answers instead of codings
comes close to the mean (Hinton et al. 2015, Distilling the Knowledge in a Neural Network). Answers are probabilities,
so that they also tell what is unsure; and any text can be asked about, coded or not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor

from training.fit import EVENT_WEIGHT, ROLE_WEIGHT
from training.labels import CLAIM_TRAITS
from training.network import Network

LEAST_EVENT, LEAST_CUE = 0.12, 0.4
"""Pieces are asked for the roles of others from these probabilities on, to carry an event and to begin a cue."""
LONGEST_CUE = 5
TYPE_WEIGHT, TRAIT_WEIGHT, VOICE_WEIGHT = 0.8, 0.4, 0.3


class Answers(NamedTuple):
    """Probabilities for one batch of windows (rows, length), its two outer pieces apart.

    ``event`` and ``voice`` are (rows, length), ``anchor`` and ``hedge`` (rows, length, tags). The anchors of events
    stand at ``at`` of ``rows`` and carry one with the chance ``sure``; ``parts`` (anchors, length, roles),
    ``evidence`` (anchors, length) of 0 and 1, ``types`` and the tensors of ``traits`` (anchors, values) are told of
    them. Cues reach from ``first`` to ``last`` of ``cue_rows``, with ``roles`` (cues, length, 3).
    """

    event: Tensor
    voice: Tensor
    anchor: Tensor
    hedge: Tensor
    rows: Tensor
    at: Tensor
    sure: Tensor
    evidence: Tensor
    parts: Tensor
    types: Tensor
    traits: tuple[Tensor, ...]
    cue_rows: Tensor
    first: Tensor
    last: Tensor
    roles: Tensor


def inner(present: Tensor) -> Tensor:
    """1 for the pieces of a window's text, 0 for the piece that opens it, the one that closes it, and padding."""
    within = present.clone()
    within[:, 0] = 0
    within[torch.arange(len(within)), present.sum(1).long() - 1] = 0
    return within


@torch.no_grad()
def answers_of(teachers: Sequence[Network], ids: Tensor, present: Tensor, speech: Sequence[float]) -> Answers:
    """The teachers' mean answers. ``speech`` weighs each teacher where cues, what they report, and doubts are asked."""
    states = [teacher.encode(ids, present).float() for teacher in teachers]
    within, asked = inner(present), list(zip(teachers, states, strict=True))
    alike = [1 / len(teachers)] * len(teachers)
    event = _mean((torch.sigmoid(teacher.event(own)[..., 0].float()) for teacher, own in asked), alike)
    voice = _mean((torch.sigmoid(teacher.voice(own)[..., 0].float()) for teacher, own in asked), alike)
    anchor = _mean((teacher.anchor(own).float().softmax(-1) for teacher, own in asked), speech)
    hedge = _mean((teacher.hedge(own).float().softmax(-1) for teacher, own in asked), speech)
    rows, at = (event * within > LEAST_EVENT).nonzero(as_tuple=True)
    parts = _mean((torch.sigmoid(teacher.parts(own, rows, at, at).float()) for teacher, own in asked), alike)
    parts = parts * within[rows][..., None]
    evidence = (parts[..., 0] > 0.5).float()
    evidence[torch.arange(len(rows)), at] = 1
    told = [teacher.claim(own[rows, at], mean_state(own[rows], evidence)) for teacher, own in asked]
    types = _mean((types.float().softmax(-1) for types, _ in told), alike)
    groups = [[group.softmax(-1) for group in traits.float().split(_counts(), -1)] for _, traits in told]
    traits = tuple(_mean(group, alike) for group in zip(*groups, strict=True))
    cue_rows, first = (anchor[..., 1] * within > LEAST_CUE).nonzero(as_tuple=True)
    last = cue_ends(anchor, cue_rows, first)
    roles = _mean((net.roles(own, cue_rows, first, last).float().softmax(-1) for net, own in asked), speech)
    return Answers(
        event, voice, anchor, hedge, rows, at, event[rows, at], evidence, parts, types, traits, cue_rows, first, last,
        roles,
    )  # fmt: skip


def cue_ends(anchor: Tensor, rows: Tensor, first: Tensor) -> Tensor:
    """The last piece of each cue: as far as the pieces behind its first are rather inside a cue than anything else."""
    inside, last, going = anchor.argmax(-1) == 2, first.clone(), torch.ones_like(first, dtype=torch.bool)
    for step in range(1, LONGEST_CUE):
        following = (first + step).clamp(max=anchor.shape[1] - 1)
        going = going & inside[rows, following] & (first + step < anchor.shape[1])
        last = last + going.long()
    return last


def mean_state(states: Tensor, taken: Tensor) -> Tensor:
    """The mean (anchors, width) of the states (anchors, length, width) where ``taken`` is 1."""
    return (states * taken[..., None]).sum(1) / taken.sum(1, keepdim=True).clamp(min=1)


def loss_against(network: Network, ids: Tensor, present: Tensor, answers: Answers) -> Tensor:
    """How far the network's answers on the windows ``ids`` are from those given: weighted as in training.fit."""
    return loss_over(network, network.encode(ids, present), present, answers)


def loss_over(network: Network, encoded: Tensor, present: Tensor, answers: Answers) -> Tensor:
    """The same of windows that the network has already ``encoded``."""
    states, within = encoded.float(), inner(present)

    def mean(losses: Tensor) -> Tensor:
        return (losses * within).sum() / within.sum()

    loss = EVENT_WEIGHT * mean(_asked(network.event(states)[..., 0], answers.event))
    loss = loss + VOICE_WEIGHT * mean(_asked(network.voice(states)[..., 0], answers.voice))
    loss = loss + 4 * mean(_chosen(network.anchor(states), answers.anchor))
    loss = loss + 2 * mean(_chosen(network.hedge(states), answers.hedge))
    if len(answers.rows):
        loss = loss + _loss_of_events(network, states, within, answers)
    if len(answers.cue_rows):
        scores = network.roles(states, answers.cue_rows, answers.first, answers.last)
        reached = within[answers.cue_rows]
        loss = loss + ROLE_WEIGHT * (_chosen(scores, answers.roles) * reached).sum() / reached.sum()
    return loss


def distance_of(states: Tensor, wanted: Tensor, present: Tensor) -> Tensor:
    """The squared distance of states (rows, length, width) from those wanted, in variances of the wanted ones."""
    there = present.bool()
    return F.mse_loss(states[there].float(), wanted[there].float()) / wanted[there].float().var()


def _loss_of_events(network: Network, states: Tensor, within: Tensor, answers: Answers) -> Tensor:
    """What is told at anchors, each of which counts by its chance to be one."""
    rows, at = answers.rows, answers.at
    weights = answers.sure[:, None] * within[rows]
    losses = _asked(network.parts(states, rows, at, at), answers.parts)
    of_roles = (losses * weights[..., None]).sum((0, 1)) / weights.sum()
    loss = 2 * of_roles[0] + 8 * of_roles[1:].sum()
    types, traits = network.claim(states[rows, at], mean_state(states[rows], answers.evidence))
    shares = answers.sure / answers.sure.sum()
    loss = loss + TYPE_WEIGHT * (_chosen(types, answers.types) * shares).sum()
    for scores, wanted in zip(traits.split(_counts(), -1), answers.traits, strict=True):
        loss = loss + TRAIT_WEIGHT * (_chosen(scores, wanted) * shares).sum()
    return loss


def _counts() -> list[int]:
    return [len(values) for _, values in CLAIM_TRAITS]


def _mean(answers: Iterable[Tensor], weights: Sequence[float]) -> Tensor:
    weighed = [weight * answer for answer, weight in zip(answers, weights, strict=True)]
    return torch.stack(weighed).sum(0)


def _asked(scores: Tensor, wanted: Tensor) -> Tensor:
    """The losses of questions that are asked apart."""
    return F.binary_cross_entropy_with_logits(scores.float(), wanted, reduction="none")


def _chosen(scores: Tensor, wanted: Tensor) -> Tensor:
    """The losses of choices between the values of the last dimension."""
    return -(wanted * scores.float().log_softmax(-1)).sum(-1)
