"""How likely two entities are the parties of one event, by the trained encoder: what the rules' claims can't weigh.

The reader of claims keeps what is likely; here every word that might carry an event counts by how sure the encoder is
of it, so that a doubtful event still tells who may have done something to whom.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from twosource.closed_sets import ClaimType
from twosource.knowledge.relation_signs import RelationSign
from twosource.model.claim_head import ROLES
from twosource.model.roles import Floats
from twosource.spans import Span

__all__ = ["Likely", "MaybeEvent", "TextEvents"]

_LEAST = 3e-3  # chances below this count alike; the amounts are their logarithms above it
_ENDS = (
    ("actors", "targets"), ("actors", "places"), ("targets", "actors"), ("places", "actors"), ("actors", "actors"),
    ("targets", "targets"), ("evidence", "evidence"), ("targets", "places"), ("places", "targets"),
    ("sources", "actors"), ("sources", "targets"),
)  # fmt: skip
"""The roles of source and target that are asked for."""


class MaybeEvent(NamedTuple):
    """A word that may carry an event: how likely, its types, and each role's chance for pieces from ``first`` on."""

    sure: float
    types: Floats
    first: int
    roles: Floats


class TextEvents(NamedTuple):
    """The offsets of a text's word pieces, its events, likely or not, and the encoder's ``states``, a row a piece."""

    starts: Sequence[int]
    ends: Sequence[int]
    events: Sequence[MaybeEvent]
    states: Floats | None = None

    def pieces(self, span: Span) -> list[int]:
        """The numbers of the pieces that share code points with the span."""
        near = range(max(0, bisect_right(self.starts, span.start) - 1), bisect_left(self.starts, span.end))
        return [piece for piece in near if max(self.starts[piece], span.start) < min(self.ends[piece], span.end)]


class Likely:
    """Answers, for any two spans of one text, how likely they have two roles in one event, by the kinds of events."""

    def __init__(self, told: TextEvents, signs: Sequence[RelationSign]) -> None:
        """The kinds are those of the signs that name types of claims."""
        self._told, order = told, list(ClaimType)
        kinds = {sign.id: [order.index(one) for one in sign.types] for sign in signs if sign.types}
        self._names = (*kinds, "other")
        self._sure = np.stack([_by_kind(event, list(kinds.values())) for event in told.events]) if told.events else None
        self._roles: dict[Span, Floats] = {}

    def amounts(self, source: Span, target: Span) -> Mapping[str, float]:
        """For two roles and a kind of event the greatest chance of any, as a logarithm; none where it is small."""
        if self._sure is None:
            return {}
        first, second = self._of(source), self._of(target)
        found: dict[str, float] = {}
        for one, other in _ENDS:
            both = first[:, ROLES.index(one)] * second[:, ROLES.index(other)]
            for name, chance in zip(self._names, (both[:, None] * self._sure).max(0).tolist(), strict=True):
                if chance > _LEAST / 10:
                    found[f"likely:{one}:{other}:{name}"] = math.log(1 + chance / _LEAST) / 2
        return found

    def _of(self, span: Span) -> Floats:
        """The mean chance of every role for the span's pieces, a row an event."""
        if span not in self._roles:
            inside = self._told.pieces(span)
            self._roles[span] = np.stack([_mean(event, inside) for event in self._told.events])
        return self._roles[span]


def _mean(event: MaybeEvent, pieces: Sequence[int]) -> Floats:
    rows = [piece - event.first for piece in pieces if 0 <= piece - event.first < len(event.roles)]
    return event.roles[rows].mean(0) if rows else np.zeros(len(ROLES), dtype=np.float32)


def _by_kind(event: MaybeEvent, kinds: Sequence[Sequence[int]]) -> Floats:
    """The chance that there is an event of each kind, and of none of them."""
    told = [float(event.types[list(types)].sum()) for types in kinds]
    return np.array([event.sure * chance for chance in (*told, max(0.0, 1 - sum(told)))], dtype=np.float32)
