"""The steps of spaCy's parser taken for several reports at once, while its network sees each report by itself.

Half of what a step costs is to lay out the matrix that it multiplies by, for however many texts it is taken together.
That multiplication sums each row in the same order whatever rows stand beside it. Those of the network, by another
library, do not where there are few: so each report's are made apart, and a text is parsed alike in any company.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["JointSteps"]

_Floats = NDArray[np.float32]


class JointSteps:
    """Runs a spaCy parser, whose network it changes, over the documents of several reports at once."""

    def __init__(self, parser: Any) -> None:
        self._parser = parser
        self._parts: list[int] = []
        """How many documents, then how many words, each report at hand has."""
        embed, features = parser.model.layers[:2]
        _replace(parser.model, embed, self._embedded)
        _replace(parser.model, features, self._features)

    def __call__(self, reports: Sequence[Sequence[Any]]) -> None:
        """Sets heads, labels and sentences of the documents of each report."""
        held = [docs for docs in reports if docs]
        docs = [doc for some in held for doc in some]
        self._parts = [len(some) for some in held]
        self._parser.set_annotations(docs, self._parser.predict(docs))

    def _embedded(self, model: Any, docs: Sequence[Any], is_train: bool) -> tuple[_Floats, Any]:
        """The vectors of the words of all documents (words, width)."""
        [layer] = model.layers
        ends = np.cumsum(self._parts).tolist()
        vectors = [layer.predict(docs[end - count : end]) for end, count in zip(ends, self._parts, strict=True)]
        self._parts = [len(one) for one in vectors]
        return np.concatenate(vectors), None  # it is never trained

    def _features(self, model: Any, vectors: _Floats, is_train: bool) -> tuple[_Floats, Any]:
        """What each word adds to a step in each of its places (1 + words, ...), behind what an empty place adds."""
        [layer] = model.layers
        told = [layer.predict(some) for some in np.split(vectors, np.cumsum(self._parts[:-1]))]
        return np.concatenate([told[0][:1], *(one[1:] for one in told)]), None


def _replace(network: Any, layer: Any, forward: Any) -> None:
    """Puts into the network's place of a layer one that answers by ``forward``, and is asked for the same sizes."""
    from thinc.api import Model

    dims = {name: layer.get_dim(name) for name in layer.dim_names}
    params = {name: layer.get_param(name) for name in layer.param_names}
    network.replace_node(layer, Model(f"{layer.name}_apart", forward, dims=dims, params=params, layers=[layer]))
