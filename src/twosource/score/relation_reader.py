"""The trained encoder, asked for every word of a text that may carry an event, likely or not.

A module of its own, so that only who asks loads the runtime of the weights.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np

from twosource.errors import KnowledgeError
from twosource.model.claim_head import ClaimHead, sigmoid
from twosource.model.reader import TrainedReader
from twosource.model.roles import Floats
from twosource.model.windows import Pieces, Window, cut_pieces, pack_windows
from twosource.score.relation_chances import MaybeEvent, TextEvents

__all__ = ["PartyReader", "load_party_reader"]

_SURE = 0.02  # a word that carries an event less likely than this counts for nothing
_REACH = 200  # pieces on either side of an event's word that can have a role for it, as in model.events
_EVIDENCE = 0.5


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
        told = [self._in_window(pieces, window) for window in windows]
        states = np.concatenate([rows for _, rows in told]) if told else None
        return TextEvents(pieces.starts, pieces.ends, [event for found, _ in told for event in found], states)

    def _in_window(self, pieces: Pieces, window: Window) -> tuple[list[MaybeEvent], Floats]:
        """The events of the window's core, and its rows of states."""
        scores, head, found = self._score(pieces, window), self._head, list[MaybeEvent]()
        sure = sigmoid(scores.event[:, 0])
        for at in range(window.core - window.first, window.core_end - window.first):
            if sure[at] < _SURE:
                continue
            near = max(0, at - _REACH)
            [row] = head.parts.anchors(scores.states, [at], [at])
            told = sigmoid(head.parts.given(row, scores.part_piece, at, at, _REACH))
            evidence = told[:, 0] >= _EVIDENCE
            evidence[at - near] = True
            states = scores.states[near : near + len(told)][evidence].mean(0)
            types, _ = head.whole(scores.states[[at]], states[None])
            found.append(MaybeEvent(float(sure[at]), types[0], window.first + near, told))
        return found, scores.states[window.core - window.first : window.core_end - window.first]


@lru_cache(maxsize=1)
def load_party_reader() -> PartyReader:
    """The reader with the packaged weights, kept for the process."""
    with as_file(files("twosource").joinpath("model", "weights")) as folder:
        return PartyReader(folder)
