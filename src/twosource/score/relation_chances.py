"""How likely two entities are the parties of one event, by the trained encoder: what the rules' claims can't weigh.

The reader of claims keeps what is likely; here every word that might carry an event counts by how sure the encoder is
of it, so that a doubtful event still tells who may have done something to whom.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import NamedTuple

import numpy as np

from twosource.closed_sets import ClaimType
from twosource.errors import KnowledgeError
from twosource.knowledge.relation_signs import RelationSign
from twosource.model.claim_head import ROLES, ClaimHead, sigmoid
from twosource.model.reader import TrainedReader
from twosource.model.roles import Floats
from twosource.model.windows import Pieces, Window, cut_pieces, pack_windows
from twosource.spans import Span

__all__ = ["Likely", "MaybeEvent", "PartyReader", "TextEvents", "load_party_reader"]

_SURE = 0.02  # a word that carries an event less likely than this counts for nothing
_REACH = 200  # pieces on either side of an event's word that can have a role for it, as in model.events
_EVIDENCE = 0.5
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
    """The offsets of a text's word pieces, and its events, likely or not."""

    starts: Sequence[int]
    ends: Sequence[int]
    events: Sequence[MaybeEvent]


class PartyReader(TrainedReader):
    """The trained reader, asked for every event that might be told."""

    def __init__(self, folder: Path) -> None:
        """Loads the weights. Raises KnowledgeError where they know no claims."""
        super().__init__(folder)
        with np.load(folder / "tables.npz") as arrays:
            if "claim_kind" not in arrays:
                raise KnowledgeError(f"{folder / 'tables.npz'} tells no claims: install twosource again")
            self._head = ClaimHead.from_arrays(arrays)

    def events_of(self, text: str) -> TextEvents:
        """The words of the text that may carry an event, in order."""
        known = self.settings
        pieces = cut_pieces(text, self._tokenizer, marked=known.marked)
        windows = pack_windows(pieces, known.core, before=known.before, after=known.after)
        found = [event for window in windows for event in self._in_window(pieces, window)]
        return TextEvents(pieces.starts, pieces.ends, found)

    def _in_window(self, pieces: Pieces, window: Window) -> list[MaybeEvent]:
        scores, head, found = self._score(pieces, window), self._head, []
        sure = sigmoid(scores.event[:, 0])
        for at in range(window.core - window.first, window.core_end - window.first):
            if sure[at] < _SURE:
                continue
            near = max(0, at - _REACH)
            told = sigmoid(head.parts.given(scores.part_anchor[at], scores.part_piece, at, at, _REACH))
            evidence = told[:, 0] >= _EVIDENCE
            evidence[at - near] = True
            states = scores.states[near : near + len(told)][evidence].mean(0)
            types, _ = head.whole(scores.states[[at]], states[None])
            found.append(MaybeEvent(float(sure[at]), types[0], window.first + near, told))
        return found


@lru_cache(maxsize=1)
def load_party_reader() -> PartyReader:
    """The reader with the packaged weights, kept for the process."""
    with as_file(files("twosource").joinpath("model", "weights")) as folder:
        return PartyReader(folder)


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
            told = self._told
            pieces = range(max(0, bisect_right(told.starts, span.start) - 1), bisect_left(told.starts, span.end))
            inside = [piece for piece in pieces if told.ends[piece] > span.start]
            self._roles[span] = np.stack([_mean(event, inside) for event in told.events])
        return self._roles[span]


def _mean(event: MaybeEvent, pieces: Sequence[int]) -> Floats:
    rows = [piece - event.first for piece in pieces if 0 <= piece - event.first < len(event.roles)]
    return event.roles[rows].mean(0) if rows else np.zeros(len(ROLES), dtype=np.float32)


def _by_kind(event: MaybeEvent, kinds: Sequence[Sequence[int]]) -> Floats:
    """The chance that there is an event of each kind, and of none of them."""
    told = [float(event.types[list(types)].sum()) for types in kinds]
    return np.array([event.sure * chance for chance in (*told, max(0.0, 1 - sum(told)))], dtype=np.float32)
