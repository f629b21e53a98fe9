"""The layers in which spaCy's network looks at the words beside each word: the same sums as thinc's, in less time.

thinc also works out what training needs, and looks for the greatest of three values that lie side by side; here the
three lie in columns apart, which are compared whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["quicken_word_layers"]

_Floats = NDArray[np.float32]
_TINY = 1e-8  # what thinc adds to a variance


def quicken_word_layers(network: Any) -> None:
    """Puts the layers of a spaCy tok2vec network, which embeds words and then encodes them, into their quick form."""
    from thinc.api import Model

    encoder = network.layers[1]
    [stack] = encoder.layers
    layers = [_layer_of(one) for one in stack.layers]

    def forward(model: Any, words: _Floats, is_train: bool) -> tuple[_Floats, Any]:
        for layer in layers:
            words = words + layer(words)
        return words, None  # it is never trained

    network.replace_node(stack, Model("word_layers", forward, dims={"nO": encoder.get_dim("nO")}))


class _Layer(NamedTuple):
    """Each word with the ones beside it, the greatest of some weighted sums of these, and what is even of that."""

    weights: _Floats
    """(words seen x width, sums x width): the first sums of all values, then the second ones."""
    bias: _Floats
    scale: _Floats
    shift: _Floats

    def __call__(self, words: _Floats) -> _Floats:
        """What the layer adds to the words (words, width)."""
        count, width = words.shape
        seen = np.zeros((count, 3 * width), dtype=np.float32)
        seen[1:, :width] = words[:-1]
        seen[:, width : 2 * width] = words
        seen[:-1, 2 * width :] = words[1:]
        sums = seen @ self.weights
        sums += self.bias
        best: _Floats = np.maximum.reduce([sums[:, at : at + width] for at in range(0, sums.shape[1], width)])
        best -= best.mean(axis=1, keepdims=True)
        best *= (np.square(best).mean(axis=1, keepdims=True) + _TINY) ** -0.5
        best *= self.scale
        best += self.shift
        return best


def _layer_of(residual: Any) -> _Layer:
    """The layer from thinc's. Raises ValueError where that is of another form."""
    nodes: Sequence[Any] = [node for node in residual.walk() if not node.layers and node.name != "dropout"]
    if [node.name for node in nodes] != ["expand_window", "maxout", "layernorm"] or nodes[0].attrs["window_size"] != 1:
        raise ValueError(f"the parser's network has a layer of another form: {residual.name}")
    _, maxout, norm = nodes
    weights, bias = maxout.get_param("W"), maxout.get_param("b")
    return _Layer(
        weights=np.ascontiguousarray(weights.transpose(2, 1, 0).reshape(weights.shape[2], -1)),
        bias=bias.T.ravel(),
        scale=norm.get_param("G"),
        shift=norm.get_param("b"),
    )
