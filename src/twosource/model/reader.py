"""The trained reader: word pieces in windows through an int8 encoder, and heads over what it tells.

Each window is a run of its own. The encoder's activations are scaled window by window, so that a window's scores depend
on nothing but its own words: the same report reads alike alone, in any batch and in any worker.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from twosource.errors import KnowledgeError
from twosource.model.claim_head import ClaimHead, sigmoid
from twosource.model.events import EventReader, Told
from twosource.model.roles import Floats, RoleHead, find_anchors, softmax
from twosource.model.runs import moved, role_runs, steadied
from twosource.model.windows import Pieces, Window, cut_pieces, pack_windows, pieces_within, whole_words
from twosource.reading.signals import Doubt, EventSignal, Signals, Utterance
from twosource.spans import Span

__all__ = ["ReaderSettings", "TrainedReader"]

FILES = ("settings.json", "tokenizer.json", "tables.npz", "encoder.onnx")
_SOURCE, _CONTENT = 1, 2
_NONE = np.zeros((0, 0), dtype=np.float32)
_LEAST = 3e-4  # a probability below this counts as this, so that no single piece outweighs a run


class ReaderSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the windows are cut (in word pieces), and from which probability on a cue or a doubt counts.

    The pieces of a cue reach as far as they are likely at ``cue_piece``, but its first must be as likely as ``cue``.
    ``switch`` is what it costs, as a logarithm, that the content of an utterance begins or ends. ``event`` and ``part``
    are the probabilities from which on a word may carry an event, and has a role for it; ``confidence`` holds the
    weights of model.confidence, where they were fitted. ``marked`` tells whether the weights were trained with line
    breaks marked.
    """

    core: int = 176
    before: int = 24
    after: int = 0
    cue: float = 0.6
    cue_piece: float = 0.2
    doubt: float = 0.8
    switch: float = 2.5
    event: float = 0.55
    part: float = 0.5
    confidence: dict[str, float] = {}
    marked: bool = False
    doubts: tuple[str, ...] = ("probable", "doxastic", "condition", "investigation")


class _Scores(msgspec.Struct, frozen=True, kw_only=True):
    """What the encoder tells of one window, a row a piece; the pieces that open and close the window are cut off."""

    anchor: Floats
    hedge: Floats
    voice: Floats
    piece: Floats
    event: Floats
    part_piece: Floats
    states: Floats


class TrainedReader:
    """Reads speech and doubt. ``digest`` is the hex SHA-256 of the weights and settings."""

    def __init__(self, folder: Path) -> None:
        """Loads the weights. Raises KnowledgeError that names a file which is missing."""
        missing = [name for name in FILES if not (folder / name).is_file()]
        if missing:
            raise KnowledgeError(f"{folder / missing[0]} is missing from the package: install twosource again")
        self.settings = msgspec.json.decode((folder / "settings.json").read_bytes(), type=ReaderSettings)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._ends = (self._tokenizer.token_to_id("[CLS]"), self._tokenizer.token_to_id("[SEP]"))
        with np.load(folder / "tables.npz") as arrays:
            self._roles = RoleHead.from_arrays(arrays)
            claims = ClaimHead.from_arrays(arrays) if "claim_kind" in arrays else None
        self._claims = EventReader(claims, self.settings.part, self.settings.confidence) if claims else None
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"]
        )
        told = {output.name for output in self._session.get_outputs()}
        self._outputs = [name for name in _Scores.__struct_fields__ if name in told]
        self.digest = _digest(folder)

    def read(self, text: str, kept: Sequence[Span] | None = None) -> Signals:
        """The signals of one text: utterances, words of doubt, and how far each word piece is somebody's word.

        Of ``kept`` spans, in order, nothing else is read; they are seen as if the text between them were a line break.
        """
        known = self.settings
        pieces = cut_pieces(text, self._tokenizer, marked=known.marked)
        if kept is not None:
            pieces = pieces_within(pieces, kept)
        utterances: list[Utterance] = []
        doubts: list[Doubt] = []
        events: list[EventSignal] = []
        voiced: list[float] = []
        for window in pack_windows(pieces, known.core, before=known.before, after=known.after):
            scores = self._score(pieces, window)
            core = slice(window.core - window.first, window.core_end - window.first)
            utterances += self._utterances(text, pieces, window, scores)
            doubts += self._doubts(text, pieces, window, softmax(scores.hedge[core]))
            events += self._events(text, pieces, window, scores)
            voiced += (1 / (1 + np.exp(-scores.voice[core, 0]))).tolist()
        return Signals(
            utterances=tuple(utterances),
            doubts=tuple(doubts),
            events=tuple(events),
            tells_events=self._claims is not None,
            starts=pieces.starts,
            ends=pieces.ends,
            voiced=tuple(voiced),
        )

    def _score(self, pieces: Pieces, window: Window) -> _Scores:
        opening, closing = self._ends
        ids = np.array([opening, *pieces.ids[window.first : window.last], closing], dtype=np.int64)
        rows = dict(zip(self._outputs, self._session.run(self._outputs, {"ids": ids}), strict=True))
        return _Scores(**{name: rows[name][1:-1] if name in rows else _NONE for name in _Scores.__struct_fields__})

    def _events(self, text: str, pieces: Pieces, window: Window, scores: _Scores) -> list[EventSignal]:
        """The events whose anchors stand in the window's core."""
        if self._claims is None:
            return []
        core = slice(window.core - window.first, window.core_end - window.first)
        sure = sigmoid(scores.event[:, 0])
        at = [int(n) + core.start for n in np.flatnonzero(sure[core] >= self.settings.event)]
        if not at:
            return []
        told = Told(self._claims.head.parts.anchors(scores.states, at, at), scores.part_piece, scores.states, sure)
        return self._claims.events(text, pieces, window, told, at)

    def _utterances(self, text: str, pieces: Pieces, window: Window, scores: _Scores) -> list[Utterance]:
        tags = softmax(scores.anchor)
        core = range(window.core - window.first, window.core_end - window.first)
        known = self.settings
        found_at = find_anchors(tags, min(known.cue, known.cue_piece), known.cue)
        anchors = [anchor for anchor in found_at if anchor[0] in core]
        words = _words(text, pieces, window) if anchors else []
        found: list[Utterance] = []
        firsts, lasts = [first for first, _ in anchors], [last for _, last in anchors]
        rows = self._roles.anchors(scores.states, firsts, lasts) if anchors else ()
        asked = ((row, first, last) for row, (first, last) in zip(rows, anchors, strict=True))
        given = self._roles.given_each(asked, scores.piece)
        for (first, last), (near, told) in zip(anchors, given, strict=True):
            roles = softmax(told)
            anchor = (first - near.start, last - near.start)
            labels = _labels(roles, anchor, known.switch)
            source, content = (
                moved(role_runs(labels, role, anchor, words[near], roles[:, role]), near.start)
                for role in (_SOURCE, _CONTENT)
            )
            if content:
                found.append(
                    Utterance(
                        cue=pieces.span(window.first + first, window.first + last),
                        source=_spans(pieces, window, source),
                        content=_spans(pieces, window, content),
                        score=round(float(1 - tags[first, 0]), 3),
                    )
                )
        return found

    def _doubts(self, text: str, pieces: Pieces, window: Window, tags: Floats) -> list[Doubt]:
        """Runs of pieces that are rather some kind of doubt than none; each of the kind that its first piece has."""
        found: list[Doubt] = []
        none = tags[:, 0]
        for first, last in find_anchors(np.stack([none, 0 * none, 1 - none], -1), self.settings.doubt):
            kind = self.settings.doubts[int(tags[first, 1:].argmax())]
            span = whole_words(text, pieces.span(window.core + first, window.core + last))
            found.append(Doubt(span=span, kind=kind, score=round(float(1 - tags[first : last + 1, 0].min()), 3)))
        return found


def _labels(roles: Floats, anchor: tuple[int, int], switch: float) -> NDArray[np.int64]:
    """The role of every piece: the source where it is likeliest, the content in steady runs, the anchor none."""
    first, last = anchor
    logs = np.log(np.maximum(roles, _LEAST))
    gains = logs[:, _CONTENT] - np.maximum(logs[:, 0], logs[:, _SOURCE])
    gains[first : last + 1] = np.log(_LEAST)
    content = np.array(steadied(gains.tolist(), anchor, switch))
    labels = np.where(roles.argmax(-1) == _SOURCE, _SOURCE, np.where(content, _CONTENT, 0))
    labels[first : last + 1] = 0
    return labels


def _words(text: str, pieces: Pieces, window: Window) -> list[str]:
    numbers = range(window.first, window.last)
    return [text[pieces.starts[number] : pieces.ends[number]] for number in numbers]


def _spans(pieces: Pieces, window: Window, runs: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
    return tuple(pieces.span(window.first + first, window.first + last) for first, last in runs)


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for name in FILES:
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()
