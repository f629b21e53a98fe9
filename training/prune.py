"""Takes away what a network can best spare: `python -m training.prune --data FOLDER --begin NETWORK --out FILE`.

Heads of attention and inner units of each layer go, one by one, until a share of the layers' time is left. What each is
worth is told by how much the answers would move without it: the square of what the loss against the teachers' answers
says of its own part, over the word pieces of some windows (Michel et al. 2019, Are Sixteen Heads Really Better than
One?). They leave in the order of their worth for the time that each takes, so that the upper layers, which matter
least here, get thin before the lower ones do. What is left has then to learn again: `training.distil --pruned`.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor

from training.answers import loss_against
from training.coded import APART, coded_of
from training.distil import Kept, Lesson, asked, in_full, network_at, windows_of
from training.fit import batches_of
from training.network import HEAD_WIDTH, Network, Shape, shapes_of
from training.starting_weights import model_folder, trimmed_tokenizer
from training.train import ends_of

TIME_OF_HEAD, TIME_OF_UNIT = 0.167, 0.00124
"""Milliseconds that a head and an inner unit take for a window of 200 word pieces, int8, one core with VNNI."""
TOGETHER = 32
"""Inner units go in groups of so many, those of least worth together: products want widths that are multiples."""
LEAST = Shape(3, 256)
BATCHES = 24


class Worth(NamedTuple):
    """What each head (heads,) and each inner unit (units,) of one layer is worth; more is more."""

    heads: Tensor
    units: Tensor


def worth_of(network: Network, batches: Sequence[Kept]) -> list[Worth]:
    """The worth of every head and inner unit, layer by layer, by what is lost against the kept answers."""
    found = [Worth(torch.zeros(layer.heads), torch.zeros(layer.widen.out_features)) for layer in network.layers]
    for parameter in network.parameters():
        parameter.requires_grad = False
    for batch in batches:
        seen: list[Tensor] = []

        def keep(_: torch.nn.Module, given: tuple[Tensor], seen: list[Tensor] = seen) -> tuple[Tensor]:
            (states,) = given
            seen.append(states.detach().requires_grad_() if not states.requires_grad else states)
            if states.requires_grad:
                states.retain_grad()
            return (seen[-1],)

        hooks = [
            product.register_forward_pre_hook(keep)
            for layer in network.layers
            for product in (layer.output, layer.narrow)
        ]
        torch.autograd.backward(loss_against(network, batch.ids, batch.present, in_full(batch.answers)))
        for hook in hooks:
            hook.remove()
        moved = [(states * states.grad).detach() for states in seen if states.grad is not None]
        for layer, (attended, widened) in enumerate(zip(moved[::2], moved[1::2], strict=True)):
            each = attended.unflatten(-1, (-1, HEAD_WIDTH)).sum(-1)
            found[layer].heads.add_(each.square().sum((0, 1)))
            found[layer].units.add_(widened.square().sum((0, 1)))
    return found


def spared(worths: Sequence[Worth], share: float) -> list[tuple[list[int], list[int]]]:
    """The numbers of the heads and of the inner units that each layer keeps, so that ``share`` of the time is left."""
    left = [(set(range(len(worth.heads))), set(range(len(worth.units)))) for worth in worths]
    offers: list[tuple[float, float, int, int, list[int]]] = []
    for layer, worth in enumerate(worths):
        offers += [(float(v) / TIME_OF_HEAD, TIME_OF_HEAD, layer, 0, [at]) for at, v in enumerate(worth.heads)]
        time = TOGETHER * TIME_OF_UNIT
        for group in worth.units.argsort().split(TOGETHER):
            offers.append((float(worth.units[group].sum()) / time, time, layer, 1, group.tolist()))
    over = sum(offer[1] for offer in offers) * (1 - share)
    for _, time, layer, kind, numbers in sorted(offers):
        if over <= 0:
            break
        own = left[layer][kind]
        if len(own) - len(numbers) >= LEAST[kind]:
            own.difference_update(numbers)
            over -= time
    return [(sorted(heads), sorted(units)) for heads, units in left]


def without(state: Mapping[str, Tensor], kept: Sequence[tuple[Sequence[int], Sequence[int]]]) -> dict[str, Tensor]:
    """The network's state with nothing but the kept heads and inner units of each layer."""
    cut = dict(state)
    for layer, (heads, units) in enumerate(kept):
        own = f"layers.{layer}."
        rows = (torch.tensor(heads)[:, None] * HEAD_WIDTH + torch.arange(HEAD_WIDTH)).flatten()
        for name in ("query", "key", "value"):
            cut |= {f"{own}{name}.{part}": state[f"{own}{name}.{part}"][rows] for part in ("weight", "bias")}
        cut[f"{own}output.weight"] = state[f"{own}output.weight"][:, rows]
        cut |= {f"{own}widen.{part}": state[f"{own}widen.{part}"][list(units)] for part in ("weight", "bias")}
        cut[f"{own}narrow.weight"] = state[f"{own}narrow.weight"][:, list(units)]
    return cut


def arguments() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--teachers", type=Path, nargs="+", required=True, help="whose answers are not to be lost")
    parser.add_argument("--begin", type=Path, required=True, help="the network to take away from")
    parser.add_argument("--share", type=float, default=0.55, help="the share of the time of the layers that is left")
    parser.add_argument("--out", type=Path, required=True, help="a file for what is left")
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def main() -> None:
    """Runs from a network to a thinner one."""
    given = arguments()
    if not 0 < given.share <= 1:
        raise SystemExit("--share is above 0 and at most 1")
    torch.set_num_threads(given.threads)
    tokenizer, _ = trimmed_tokenizer(model_folder())
    ends, lesson = ends_of(tokenizer), Lesson()
    coded = coded_of(given.data, set(APART.read_text("utf-8").split()))
    windows = windows_of(given.data, [one.report.text for one in coded], tokenizer, lesson)
    batches = batches_of(windows, lesson.plan, random.Random(lesson.plan.seed))[:BATCHES]  # noqa: S311
    teachers, network = [network_at(path) for path in given.teachers], network_at(given.begin)
    speech = (1 / len(teachers),) * len(teachers)
    worths = worth_of(network, [asked(teachers, batch, speech, ends) for batch in batches])
    state = without(network.state_dict(), spared(worths, given.share))
    print(" ".join(f"{shape.heads}/{shape.inner}" for shape in shapes_of(state)))
    given.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(state, given.out)


if __name__ == "__main__":
    main()
