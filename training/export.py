"""Writes a trained network as the files that the package reads: an int8 ONNX encoder, small tables, the tokenizer."""

from __future__ import annotations

import math
import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
import torch.nn.functional as F  # noqa: N812
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.network import HEAD_WIDTH, WIDTH, Layer, Network, RoleHead
from training.smoothing import Smoothed, smooth

OUTPUTS = ("anchor", "hedge", "voice", "piece", "event", "part_piece", "states")
PRODUCTS = ("mixed", "output", "widen", "narrow")
"""The products of a layer."""
ATTENDED = ("query", "key", "value")


class _FusedLayer(nn.Module):
    """A layer over one unpadded window; query, key and value are smoothed as one product, with the scale in it."""

    def __init__(self, layer: Layer) -> None:
        super().__init__()
        scale = 1 / math.sqrt(HEAD_WIDTH)
        self.heads = layer.heads
        self.mixed = nn.Linear(WIDTH, 3 * layer.heads * HEAD_WIDTH)
        weights = (layer.query.weight * scale, layer.key.weight, layer.value.weight)
        biases = (layer.query.bias * scale, layer.key.bias, layer.value.bias)
        self.mixed.weight.data, self.mixed.bias.data = torch.cat(weights), torch.cat(biases)
        self.output, self.widen, self.narrow = layer.output, layer.widen, layer.narrow
        self.attention_norm, self.norm = layer.attention_norm, layer.norm

    def forward(self, states: Tensor) -> Tensor:
        """The states after this layer, a row a piece."""
        query, key, value = (
            part.reshape(-1, self.heads, HEAD_WIDTH).transpose(0, 1) for part in _thirds(self.mixed(states))
        )
        mixed = F.softmax(query @ key.transpose(-1, -2), -1) @ value
        states = self.attention_norm(states + self.output(mixed.transpose(0, 1).reshape(-1, self.heads * HEAD_WIDTH)))
        return self.norm(states + self.narrow(F.gelu(self.widen(states))))

    def divide(self) -> None:
        """Makes three products of query, key and value, as they are written."""
        self.mixed = _Divided(self.mixed)


class _Divided(nn.Module):
    """Query, key and value as three products of an input that is rounded once: nothing is copied out of the one."""

    def __init__(self, mixed: nn.Linear | Smoothed) -> None:
        super().__init__()
        linear = mixed.linear if isinstance(mixed, Smoothed) else mixed
        self.inverse: Tensor | None
        self.register_buffer("inverse", mixed.inverse if isinstance(mixed, Smoothed) else None)
        for name, weight, bias in zip(ATTENDED, _thirds(linear.weight.T), _thirds(linear.bias), strict=True):
            part = nn.Linear(WIDTH, len(bias))
            part.weight.data, part.bias.data = weight.T.clone(), bias.clone()
            self.add_module(name, part)

    def forward(self, states: Tensor) -> tuple[Tensor, ...]:
        """Query, key and value, (rows, width) each."""
        rows = states if self.inverse is None else states * self.inverse
        return tuple(getattr(self, name)(rows) for name in ATTENDED)


def _thirds(mixed: Tensor | tuple[Tensor, ...]) -> tuple[Tensor, ...]:
    """The thirds of the last axis, where they aren't apart already."""
    return mixed.chunk(3, -1) if isinstance(mixed, Tensor) else mixed


class WindowEncoder(nn.Module):
    """From the ids of one window to what the heads need of every piece, in the order of OUTPUTS."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network
        self.layers = nn.ModuleList(_FusedLayer(layer) for layer in network.layers)

    def forward(self, ids: Tensor) -> tuple[Tensor, ...]:
        """The heads' scores, a row a piece."""
        network = self.network
        states = network.norm(network.words(ids) + network.positions(torch.arange(ids.shape[0])))
        for layer in self.layers:
            states = layer(states)
        return (
            network.anchor(states), network.hedge(states), network.voice(states), network.roles.piece(states),
            network.event(states), network.parts.piece(states), states,
        )  # fmt: skip


def export_encoder(network: Network, path: Path, windows: Sequence[Tensor] = ()) -> None:
    """Writes the encoder with int8 weights (7 bits of them used, so that processors without VNNI don't saturate).

    By the ``windows`` (ids of word pieces, a tensor a window) its products are smoothed; without any they stay.
    """
    encoder = WindowEncoder(network.eval()).eval()
    if windows:
        smooth(encoder, encoder.layers, PRODUCTS, windows)
    for layer in encoder.layers:
        layer.divide()
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exact = Path(folder) / "exact.onnx"
        torch.onnx.export(
            encoder, (torch.arange(40),), exact, input_names=["ids"], output_names=list(OUTPUTS),
            dynamic_axes={name: {0: "pieces"} for name in ("ids", *OUTPUTS)}, opset_version=17, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(exact, path, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    model = onnx.load(path)
    onnx.checker.check_model(model)


def export_tables(network: Network, path: Path) -> None:
    """Writes the tables of the heads that numpy applies, in float16, without compression or times of day."""
    claim = network.claim
    linear = {"widen": claim.widen, "kind": claim.kind, "traits": claim.traits}
    arrays = {
        **_tables_of(network.roles), **{f"part_{name}": table for name, table in _tables_of(network.parts).items()},
        **{f"claim_{name}": layer.weight.T for name, layer in linear.items()},
        **{f"claim_{name}_bias": layer.bias for name, layer in linear.items()},
    }  # fmt: skip
    np.savez(path, **{name: array.detach().numpy().astype(np.float16) for name, array in arrays.items()})


def _tables_of(roles: RoleHead) -> dict[str, Tensor]:
    return {
        "distance": roles.distance.weight, "product": roles.product.weight.T, "product_bias": roles.product.bias,
        "told": roles.told.weight.T, "label": roles.label.weight.T, "label_bias": roles.label.bias,
        "opening": roles.opening.weight.T, "opening_bias": roles.opening.bias, "closing": roles.closing.weight.T,
    }  # fmt: skip
