"""What spaCy's network makes of a word alone, before it looks at the words around it, worked out once a form.

That takes a third of what the network takes, and most words of a text have been seen before. Words are worked out so
many together that each comes out the same to the last bit, whatever stands beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["keep_word_rows"]

_TOGETHER = 16  # matrices of a few rows are multiplied in another order of sums
_KEPT = 20_000  # forms, at some 700 bytes each; a project's reports have some tens of thousands


def keep_word_rows(network: Any, kept: int = _KEPT) -> None:
    """Makes a spaCy tok2vec network, which embeds words and then encodes them, embed each form of a word once.

    It answers as before. No more than ``kept`` forms are held in memory beside those of the texts at hand.
    """
    from thinc.api import Model

    embed = network.layers[0]
    width = embed.get_dim("nO")
    rows = _WordRows(embed.layers[0], embed.layers[1:], width, kept)

    def forward(model: Any, docs: Sequence[Any], is_train: bool) -> tuple[list[NDArray[np.float32]], Any]:
        return rows.of(docs), None  # it is never trained

    network.replace_node(embed, Model("kept_word_rows", forward, dims={"nO": width}))


class _WordRows:
    """The rows of words by their features, which ``features`` takes from documents and ``layers`` make rows of."""

    def __init__(self, features: Any, layers: Sequence[Any], width: int, kept: int) -> None:
        self._features, self._layers, self._width, self._kept = features, layers, width, kept
        self._known: dict[bytes, NDArray[np.float32]] = {}

    def of(self, docs: Sequence[Any]) -> list[NDArray[np.float32]]:
        """For each document its rows (words, width)."""
        features = [np.ascontiguousarray(one) for one in self._features.predict(docs)]
        keys = [_keys(one) for one in features]
        asked = {key for some in keys for key in some}
        known = self._known
        if len(known) + len(asked) > self._kept:
            known = self._known = {}
        missing = sorted(asked.difference(known))
        if missing:
            known.update(zip(missing, self._worked_out(missing, features[0].dtype), strict=False))
        none = np.zeros((0, self._width), dtype=np.float32)
        return [np.stack([known[key] for key in some]) if some else none for some in keys]

    def _worked_out(self, keys: Sequence[bytes], kind: np.dtype[Any]) -> NDArray[np.float32]:
        """A row for each key, and some more behind them."""
        filled = [*keys, *[keys[0]] * (-len(keys) % _TOGETHER)]
        rows: Any = [np.frombuffer(b"".join(filled), dtype=kind).reshape(len(filled), -1)]
        for layer in self._layers:
            rows = layer.predict(rows)
        return np.asarray(rows[0], dtype=np.float32)


def _keys(features: NDArray[Any]) -> list[bytes]:
    """The features of each word as bytes."""
    content, size = features.tobytes(), features.shape[1] * features.itemsize
    return [content[at : at + size] for at in range(0, len(content), size)]
