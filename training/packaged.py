"""Takes a network up from the files that the package carries, as `training.export` wrote them.

Weights come back to what seven of eight bits tell of them. The embeddings, which are never trained, are the starting
model's own.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from training.export import ATTENDED
from training.network import HEAD_WIDTH, Network

_PREFIX, _MATRIX = "network.", "_quantized"
_STILL = ("words.weight", "positions.weight")
_NUMBERED = re.compile(r"(?:network\.)?layers\.(\d+)\.")


def take_up(network: Network, folder: Path) -> None:
    """Fills the network, whose embeddings stand, with the weights in the folder; its layers become as wide as those.

    Raises KeyError that names what the files lack.
    """
    model = onnx.load(folder / "encoder.onnx")
    arrays = {one.name: torch.tensor(numpy_helper.to_array(one)) for one in model.graph.initializer}
    state = {name: network.state_dict()[name] for name in _STILL}
    for name in arrays:
        known = name.removeprefix(_PREFIX).removesuffix(_MATRIX)
        if name.startswith(_PREFIX) and name.endswith(_MATRIX) and known not in state:
            state[known] = _matrix(arrays, name.removesuffix(_MATRIX))
        elif name.startswith(_PREFIX) and not name.endswith(("_scale", "_zero_point", _MATRIX)):
            state[known] = arrays[name]
    for number in sorted({int(found[1]) for found in map(_NUMBERED.match, arrays) if found}):
        state.update(_attention(arrays, number))
        for name in ("output", "widen", "narrow"):
            matrix, state[f"layers.{number}.{name}.bias"] = _product(arrays, number, name)
            state[f"layers.{number}.{name}.weight"] = matrix
    with np.load(folder / "tables.npz") as tables:
        state.update(_heads({name: torch.tensor(tables[name].astype(np.float32)) for name in tables}))
    network.take({name: tensor.contiguous() for name, tensor in state.items()})


def _matrix(arrays: Mapping[str, Tensor], name: str) -> Tensor:
    """A matrix (outputs, inputs) from its whole numbers, with the scale and the zero of every output."""
    whole, zero = arrays[f"{name}_quantized"].float(), arrays[f"{name}_zero_point"].float()
    return ((whole - zero) * arrays[f"{name}_scale"]).T


def _product(arrays: Mapping[str, Tensor], number: int, name: str) -> tuple[Tensor, Tensor]:
    """The matrix (outputs, inputs) and the bias of a product of a layer, as they are before it is smoothed."""
    own = f"layers.{number}.{name}"
    if f"{own}.inverse" in arrays:
        return _matrix(arrays, f"{own}.linear.weight") * arrays[f"{own}.inverse"], arrays[f"{own}.linear.bias"]
    own = own if f"{own}.bias" in arrays else f"{_PREFIX}{own}"
    return _matrix(arrays, f"{own}.weight"), arrays[f"{own}.bias"]


def _attention(arrays: Mapping[str, Tensor], number: int) -> dict[str, Tensor]:
    """Query, key and value of a layer, which are written with the scale of attention in the query.

    Older weights have them as one product.
    """
    own = f"layers.{number}.mixed"
    if f"{own}.query.bias" in arrays:
        inverse = arrays.get(f"{own}.inverse", torch.ones(()))
        matrices = [_matrix(arrays, f"{own}.{name}.weight") * inverse for name in ATTENDED]
        biases = [arrays[f"{own}.{name}.bias"] for name in ATTENDED]
    else:
        matrices, biases = (list(whole.chunk(3)) for whole in _product(arrays, number, "mixed"))
    state = {}
    for name, matrix, bias in zip(ATTENDED, matrices, biases, strict=True):
        scale = math.sqrt(HEAD_WIDTH) if name == "query" else 1.0
        state[f"layers.{number}.{name}.weight"] = matrix * scale
        state[f"layers.{number}.{name}.bias"] = bias * scale
    return state


def _heads(tables: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """What numpy applies at run time: the tables of the heads for roles, and the head for whole claims."""
    state = {}
    for prefix, head in (("", "roles"), ("part_", "parts")):
        state[f"{head}.distance.weight"] = tables[f"{prefix}distance"]
        for name in ("product", "told", "label", "opening", "closing"):
            state[f"{head}.{name}.weight"] = tables[f"{prefix}{name}"].T
            if f"{prefix}{name}_bias" in tables:
                state[f"{head}.{name}.bias"] = tables[f"{prefix}{name}_bias"]
    for name in ("widen", "kind", "traits"):
        state[f"claim.{name}.weight"] = tables[f"claim_{name}"].T
        state[f"claim.{name}.bias"] = tables[f"claim_{name}_bias"]
    return state
