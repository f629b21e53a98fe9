"""The claim heads in numpy: the roles of word pieces given an event's anchor, and what its claim is as a whole."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
import numpy as np
from numpy.typing import NDArray

from twosource.closed_sets import Certainty, ClaimType, Stance, Status
from twosource.model.roles import TABLES, Floats, RoleHead, softmax, table_of

__all__ = ["ROLES", "TRAITS", "ClaimHead", "sigmoid"]

ROLES = ("evidence", "actors", "targets", "places", "when", "figures", "sources", "via")
"""In the order of the role head's scores. A word piece can have several, so that each is a question of its own."""

TRAITS: tuple[tuple[str, int], ...] = (
    ("status", len(Status)),
    ("certainty", len(Certainty)),
    ("stance", len(Stance)),
    ("negated", 2),
    ("sourced", 2),
)
"""The traits in the order of their scores, with the number of values of each; the values stand as in the enums."""


def sigmoid(scores: Floats) -> Floats:
    """Probabilities of questions that are asked apart."""
    return np.asarray(1 / (1 + np.exp(-np.clip(scores, -30, 30))), dtype=np.float32)


class ClaimHead(msgspec.Struct, frozen=True, kw_only=True):
    """The tables of the head that tells a claim's type and traits."""

    parts: RoleHead
    widen: Floats
    widen_bias: Floats
    kind: Floats
    kind_bias: Floats
    traits: Floats
    traits_bias: Floats

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[np.float16]]) -> ClaimHead:
        """The head from arrays under its fields' names, those of the role head behind 'part_'."""
        own = {name: table_of(arrays[f"claim_{name}"]) for name in cls.__struct_fields__ if name != "parts"}
        parts = {name: arrays[f"part_{name}"] for name in TABLES}
        return cls(parts=RoleHead.from_arrays(parts), **own)

    def whole(self, anchors: Floats, evidence: Floats) -> tuple[Floats, dict[str, Floats]]:
        """Probabilities of the types (in the order of ClaimType), and of each trait's values, a row for each claim.

        Both arguments are states (claims, width): the anchors', and the mean over the evidence of each.
        """
        mixed = np.maximum(np.concatenate([anchors, evidence], -1) @ self.widen + self.widen_bias, 0)
        types = softmax(mixed @ self.kind + self.kind_bias)
        scores, traits, first = mixed @ self.traits + self.traits_bias, {}, 0
        for name, count in TRAITS:
            traits[name] = softmax(scores[:, first : first + count])
            first += count
        if types.shape[-1] != len(ClaimType):
            raise ValueError(f"the weights know {types.shape[-1]} types of claim, the codebook {len(ClaimType)}")
        return types, traits
