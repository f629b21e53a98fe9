"""The third part of a run: the head that tells what a claim is as a whole is fitted again over the finished encoder.

While the encoder learns, rare values (denied, negated, doubted) weigh too little against everything else to be told.
Over states that stay as they are, the head takes seconds and can give each of them its full weight.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import torch
from torch import Tensor

from training.examples import EventAnchor, Marked
from training.fit import Ends, loss_of_traits, loss_of_types
from training.labels import CLAIM_TRAITS
from training.network import ClaimHead, Network
from twosource.model.reader import ReaderSettings
from twosource.model.windows import Window, pack_windows

_ALIKE = {name: 1.0 for name, _ in CLAIM_TRAITS}
_PASSES, _RATE, _DECAY, _TOGETHER = 14, 1e-3, 0.02, 128


class States(NamedTuple):
    """What the head sees and is to tell: states (claims, width) of anchors and evidence, types, traits."""

    anchors: Tensor
    evidence: Tensor
    types: Tensor
    traits: Tensor


@torch.no_grad()
def states_of(network: Network, texts: Sequence[Marked], ends: Ends) -> States:
    """The states of every claim, in the windows that are used at run time."""
    network.eval()
    rows = [row for marked in texts for row in _of_text(network, marked, ends)]
    anchors, evidence, events = zip(*rows, strict=True)
    types = torch.tensor([event.type for event in events])
    return States(torch.stack(anchors), torch.stack(evidence), types, torch.tensor([event.traits for event in events]))


def _of_text(network: Network, marked: Marked, ends: Ends) -> Iterator[tuple[Tensor, Tensor, EventAnchor]]:
    known = ReaderSettings()
    for window in pack_windows(marked.pieces, known.core, before=known.before, after=known.after):
        told = [event for event in marked.events or () if window.core <= event.piece < window.core_end]
        if told:
            ids = [ends.openings[marked.hand], *marked.pieces.ids[window.first : window.last], ends.closing]
            states = network.encode(torch.tensor([ids]))[0, 1:-1]
            yield from ((states[event.piece - window.first], _mean(states, event, window), event) for event in told)


def _mean(states: Tensor, event: EventAnchor, window: Window) -> Tensor:
    mask = torch.tensor([mask & 1 for mask in event.roles[window.first : window.last]], dtype=torch.bool)
    mask[event.piece - window.first] = True
    return states[mask].mean(0)


def refit(head: ClaimHead, states: States, seed: int) -> None:
    """Trains the head in place."""
    torch.manual_seed(seed)
    optimiser = torch.optim.AdamW(head.parameters(), lr=_RATE, weight_decay=_DECAY)
    count = len(states.types)
    steps = _PASSES * (count // _TOGETHER + 1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, _RATE, total_steps=steps)
    head.train()
    for _ in range(_PASSES):
        for some in torch.randperm(count).split(_TOGETHER):
            types, traits = head(states.anchors[some], states.evidence[some])
            loss = loss_of_types(types, states.types[some]) + loss_of_traits(traits, states.traits[some], _ALIKE)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
    head.eval()


@torch.no_grad()
def shares_right(head: ClaimHead, states: States) -> dict[str, float]:
    """The share of claims whose type and traits the head tells right."""
    types, traits = head(states.anchors, states.evidence)
    right = {"type": float((types.argmax(-1) == states.types).float().mean())}
    first = 0
    for number, (name, values) in enumerate(CLAIM_TRAITS):
        told = traits[:, first : first + len(values)].argmax(-1)
        right[name] = float((told == states.traits[:, number]).float().mean())
        first += len(values)
    return right
