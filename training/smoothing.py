"""Evens out what goes into the products of the encoder before it becomes int8, so that less of it is rounded away.

The int8 encoder rounds the input of each product on one scale for all of its channels, and a few of these are ten times
as large as the others. Each channel is divided by a number of its own before the product, and the weights that meet it
are multiplied by the same, which changes nothing but the rounding (SmoothQuant, arXiv 2211.10438).
How much of the spread goes over to the weights is chosen for every product by what rounding costs it on some windows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import NamedTuple

import torch
from torch import Tensor, nn

SHARES = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
"""The shares of a channel's size that may go over to the weights."""
_LEVELS, _WEIGHT_LEVELS = 255, 63
_LEAST = 1e-4
_KEPT_ROWS = 2048


class Smoothed(nn.Module):
    """A product whose input is divided by a number for each channel, and whose weights are multiplied by it."""

    inverse: Tensor

    def __init__(self, linear: nn.Linear, scale: Tensor) -> None:
        """``scale`` is (input channels,)."""
        super().__init__()
        self.linear = nn.Linear(linear.in_features, linear.out_features)
        self.linear.weight.data = linear.weight.data * scale
        self.linear.bias.data = linear.bias.data.clone()
        self.register_buffer("inverse", 1 / scale)

    def forward(self, states: Tensor) -> Tensor:
        """What the product alone would give, (rows, output channels)."""
        found: Tensor = self.linear(states * self.inverse)
        return found


class Inputs(NamedTuple):
    """What goes into one product: some windows of it, (rows, channels) each, and the largest size of each channel."""

    windows: list[Tensor]
    largest: Tensor


def rounded_input(states: Tensor) -> Tensor:
    """The states of one window as the int8 product sees them: 256 steps from least to greatest, 0 among them."""
    low, high = states.min().clamp(max=0), states.max().clamp(min=0)
    step = ((high - low) / _LEVELS).clamp(min=1e-9)
    zero = (-low / step).round()
    return ((states / step + zero).round().clamp(0, _LEVELS) - zero) * step


def rounded_weight(weight: Tensor) -> Tensor:
    """The weights (outputs, inputs) as the int8 product has them: seven bits, a scale for each output."""
    step = (weight.abs().amax(1, keepdim=True) / _WEIGHT_LEVELS).clamp(min=1e-9)
    return (weight / step).round() * step


def cost_of(linear: nn.Linear, windows: Sequence[Tensor], scale: Tensor) -> float:
    """The squared error that rounding brings into the product with this scale, over the windows."""
    weight = rounded_weight(linear.weight * scale)
    wanted = (rows @ linear.weight.T for rows in windows)
    found = (rounded_input(rows / scale) @ weight.T for rows in windows)
    return sum(float(((a - b) ** 2).sum()) for a, b in zip(wanted, found, strict=True))


def scales_of(linear: nn.Linear, largest: Tensor) -> list[Tensor]:
    """The scales to choose from, one for each share; all ones first."""
    size, weight = largest.clamp(min=_LEAST), linear.weight.abs().amax(0).clamp(min=_LEAST)
    scales = [size**share / weight ** (1 - share) for share in SHARES]
    return [torch.ones_like(size), *(scale / scale.log().mean().exp() for scale in scales)]


@torch.no_grad()
def smooth(encoder: nn.Module, layers: Iterable[nn.Module], names: Sequence[str], windows: Sequence[Tensor]) -> None:
    """Puts smoothed products in the place of those of these names in the layers; the encoder reads the ``windows``.

    A product stays as it is where nothing lessens its error.
    """
    products = [(layer, name, getattr(layer, name)) for layer in layers for name in names]
    inputs = inputs_of(encoder, [linear for _, _, linear in products], windows)
    for (layer, name, linear), seen in zip(products, inputs, strict=True):
        best = min(scales_of(linear, seen.largest), key=partial(cost_of, linear, seen.windows))
        if bool((best != 1).any()):
            setattr(layer, name, Smoothed(linear, best))


def inputs_of(encoder: nn.Module, products: Sequence[nn.Linear], windows: Sequence[Tensor]) -> list[Inputs]:
    """What goes into each of the products while the encoder reads the windows."""
    inputs = [Inputs([], torch.zeros(linear.in_features)) for linear in products]
    hooks = [
        linear.register_forward_pre_hook(partial(_keep, seen)) for linear, seen in zip(products, inputs, strict=True)
    ]
    for window in windows:
        encoder(window)
    for hook in hooks:
        hook.remove()
    return inputs


def _keep(seen: Inputs, _: nn.Module, given: tuple[Tensor]) -> None:
    (states,) = given
    torch.maximum(seen.largest, states.abs().amax(0), out=seen.largest)
    if sum(map(len, seen.windows)) < _KEPT_ROWS:
        seen.windows.append(states)
