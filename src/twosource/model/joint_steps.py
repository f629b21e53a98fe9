"""The steps of spaCy's parser taken for several reports at once, while its network sees each report by itself.

spaCy takes a step for one text after the other, and what it calls in between asks for Python's lock a dozen times each:
that is most of what its parse costs. Here the states of all texts make one matrix, and spaCy is asked only where each
stands and what it may do next. Sums are made in the order in which spaCy makes them. In what order a row of a product
is summed depends on the rows beside it; so products are made in double precision and then rounded, which leaves nothing
of that. The network's vectors are made for each report apart. So a text is parsed alike in any company.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["JointSteps"]

_Floats = NDArray[np.float32]


class JointSteps:
    """Runs a spaCy parser over the documents of several reports at once."""

    def __init__(self, parser: Any) -> None:
        """Raises ValueError where the parser is of another form than this knows."""
        self._parser = parser
        vectors, features, scores = parser.model.layers
        if parser.cfg["beam_width"] != 1 or features.get_dim("nP") != 2 or parser.model.attrs["unseen_classes"]:
            raise ValueError("the parser's network is of another form")
        self._vectors, self._features = vectors, features
        self._bias = features.get_param("b").ravel()
        self._weights = np.ascontiguousarray(scores.get_param("W").T, dtype=np.float64)
        self._score_bias = scores.get_param("b")
        self._places = _Places(_Asked(features.get_dim("nF")))

    def __call__(self, reports: Sequence[Sequence[Any]]) -> None:
        """Sets heads, labels and sentences of the documents of each report."""
        held = [docs for docs in reports if any(len(doc) for doc in docs)]
        docs = [doc for some in held for doc in some]
        if not docs:
            return
        told = [self._features.predict(self._vectors.predict(some)) for some in held]
        self._parser.set_annotations(
            docs, self._parsed(docs, np.concatenate([told[0][:1], *(one[1:] for one in told)]))
        )

    def _parsed(self, docs: Sequence[Any], told: _Floats) -> Any:
        """The last states of the documents, by what each word adds to a state in each of its places.

        ``told`` is (1 + words, places, values, 2), behind what an empty place adds. The greater of two values counts.
        """
        states = self._parser.moves.init_batch(docs)
        count = told.shape[1]
        rows = told.reshape(len(told) * count, -1)
        places = np.arange(count)
        going = [state for state in states if not state.is_final()]
        while going:
            at = (self._places.of(going) + 1) * count + places
            sums = rows[at[:, 0]]
            for place in range(1, count):
                sums += rows[at[:, place]]
            sums += self._bias
            best = np.maximum(sums[:, ::2], sums[:, 1::2], dtype=np.float64)
            scores = (best @ self._weights).astype(np.float32)
            scores += self._score_bias
            going = self._parser.transition_states(going, scores)
        return states


class _Asked(NamedTuple):
    """How many words of a state count."""

    nF: int  # noqa: N815


class _Places(NamedTuple):
    """Asks spaCy which words count in a state; it looks here for how many they are."""

    state2vec: _Asked

    def of(self, states: Sequence[Any]) -> NDArray[np.int32]:
        """The numbers of the words (states, places), -1 where a place is empty."""
        from spacy.ml.parser_model import ParserStepModel

        found: NDArray[np.int32] = ParserStepModel.get_token_ids(self, states)
        return found
