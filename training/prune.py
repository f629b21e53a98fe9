"""Takes away what a network can best spare: `python -m training.prune --data FOLDER --begin NETWORK --out FILE`.

Heads of attention and inner units of each layer go, one by one, until a share of the layers' time is left. What each is
worth is told by how much the answers would move without it: the square of what the loss against the teachers' answers
says of its own part, over the word pieces of some windows (Michel et al. 2019, Are Sixteen Heads Really Better than
One?). They leave in the order of their worth for the time that each takes, so that the upper layers, which matter
least here, get thin before the lower ones do. In the role heads a fixed number of units stays, of those for the sum of
anchor and piece and of those for their product. What is left has then to learn again: `training.distil --pruned`.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor, nn

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
LEAST = Shape(2, 128)
ROLE_HEADS = {"roles": (128, 96), "parts": (128, 64)}
"""How many units of the sum of anchor and piece, and of their product, each role head keeps."""
BATCHES = 24


class Worth(NamedTuple):
    """What each head (heads,) and each inner unit (units,) of one layer is worth; more is more."""

    heads: Tensor
    units: Tensor


class Worths(NamedTuple):
    """What the parts of each layer are worth, and each unit (units,) of the sums and of the products in role heads."""

    layers: list[Worth]
    sums: dict[str, Tensor]
    products: dict[str, Tensor]


def worths_of(network: Network, batches: Sequence[Kept]) -> Worths:
    """The worth of whatever can be taken away, by what is lost against the answers that are kept of the batches."""
    for parameter in network.parameters():
        parameter.requires_grad = False
    layers = [Worth(torch.zeros(layer.heads), torch.zeros(layer.widen.out_features)) for layer in network.layers]
    sums, products = (
        {head: torch.zeros(getattr(getattr(network, head), name).in_features) for head in ROLE_HEADS}
        for name in ("label", "told")
    )
    counted = {
        **{layer.output: (worth.heads, HEAD_WIDTH) for layer, worth in zip(network.layers, layers, strict=True)},
        **{layer.narrow: (worth.units, 1) for layer, worth in zip(network.layers, layers, strict=True)},
        **{getattr(network, head).label: (worth, 1) for head, worth in sums.items()},
        **{getattr(network, head).product: (worth, 1) for head, worth in sums.items()},
        **{getattr(network, head).told: (worth, 1) for head, worth in products.items()},
    }
    for batch in batches:
        with watched(counted) as seen:
            torch.autograd.backward(loss_against(network, batch.ids, batch.present, in_full(batch.answers)))
        for product, given in seen.items():
            worth, together = counted[product]
            if given.grad is not None:
                moved = (given.detach() * given.grad).unflatten(-1, (-1, together)).sum(-1)
                worth.add_(moved.square().flatten(0, -2).sum(0))
    return Worths(layers, sums, products)


@contextmanager
def watched(products: Iterable[nn.Module]) -> Iterator[dict[nn.Module, Tensor]]:
    """What goes into each of the products while the network runs, with what the loss says of it."""
    seen: dict[nn.Module, Tensor] = {}

    def keep(product: nn.Module, given: tuple[Tensor]) -> tuple[Tensor]:
        (states,) = given
        seen[product] = states if states.requires_grad else states.detach().requires_grad_()
        seen[product].retain_grad()
        return (seen[product],)

    hooks = [product.register_forward_pre_hook(keep) for product in products]
    try:
        yield seen
    finally:
        for hook in hooks:
            hook.remove()


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


def best_of(worth: Tensor, count: int) -> list[int]:
    """The numbers of so many units of the greatest worth."""
    numbers: list[int] = worth.argsort(descending=True)[:count].sort().values.tolist()
    return numbers


def without_units(
    state: Mapping[str, Tensor], head: str, sums: Sequence[int], products: Sequence[int]
) -> dict[str, Tensor]:
    """The network's state with nothing but the kept units of the sums and of the products in one role head."""
    cut, own = dict(state), f"{head}."
    for name in ("opening.weight", "opening.bias", "closing.weight", "piece.weight", "piece.bias"):
        cut[own + name] = state[own + name][list(sums)]
    cut |= {f"{own}{name}.weight": state[f"{own}{name}.weight"][:, list(sums)] for name in ("distance", "label")}
    cut[f"{own}product.weight"] = state[f"{own}product.weight"][list(products)][:, list(sums)]
    cut[f"{own}product.bias"] = state[f"{own}product.bias"][list(products)]
    cut[f"{own}told.weight"] = state[f"{own}told.weight"][:, list(products)]
    return cut


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
    worths = worths_of(network, [asked(teachers, batch, speech, ends) for batch in batches])
    state = without(network.state_dict(), spared(worths.layers, given.share))
    for head, (sums, products) in ROLE_HEADS.items():
        kept = best_of(worths.sums[head], sums), best_of(worths.products[head], products)
        state = without_units(state, head, *kept)
    print(" ".join(f"{shape.heads}/{shape.inner}" for shape in shapes_of(state)))
    given.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(state, given.out)


if __name__ == "__main__":
    main()
