"""Turns named data into examples: windows of word pieces with the labels that their data set gives."""

from __future__ import annotations

import hashlib
import json
import random
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from pathlib import Path
from typing import Any, NamedTuple

from tokenizers import Tokenizer

from training.labels import HEDGE_TAGS
from twosource.model.windows import Pieces, Window, cut_pieces, pack_windows

Range = tuple[int, int]
LOST_SIGNS = ",'’"
"""What one publisher of war reports stripped from its texts; a part of the training texts is stripped alike."""

_TAG_OF_TYPE = {
    "speculation_modal_probable": "probable",
    "speculation_hypo_doxastic": "doxastic",
    "speculation_hypo_condition": "condition",
    "speculation_hypo_investigation": "investigation",
}


class Hand(IntEnum):
    """Whose coding a text carries: the measuring data's, or the project's own of others' texts and of composed ones.

    They differ in what they count as a claim, and how densely. Each has a piece of its own that opens its windows in
    training, so that the reader can keep them apart; at run time every window is opened as the measuring data's are.
    """

    MEASURE = 0
    OTHERS = 1
    OWN = 2


class Anchor(NamedTuple):
    """An anchor's first and last piece, and the role of every piece of its text."""

    first: int
    last: int
    roles: bytes


class EventAnchor(NamedTuple):
    """An event's anchor piece, its claim's type and traits by number, and a mask of roles for every piece.

    ``untold`` is a mask of roles of which nothing is said: who has them is told too far off to be pointed at.
    """

    piece: int
    type: int
    traits: tuple[int, ...]
    roles: bytes
    untold: int = 0


class Marked(NamedTuple):
    """A text in pieces with its labels; a label list is None where the data set does not say.

    ``voices`` holds for every piece 1 where a claim there is somebody's word, 2 where it is the report's own, else 0.
    ``hand`` tells whose coding it is.
    """

    pieces: Pieces
    anchors: tuple[Anchor, ...] | None
    hedges: tuple[int, ...] | None
    events: tuple[EventAnchor, ...] | None = None
    voices: bytes = b""
    hand: Hand = Hand.MEASURE


class Example(NamedTuple):
    """One window of a marked text, its labels cut to it; numbers count from the window's first piece."""

    ids: tuple[int, ...]
    tags: tuple[int, ...] | None
    anchors: tuple[Anchor, ...]
    hedges: tuple[int, ...] | None
    events: tuple[EventAnchor, ...] | None = None
    voices: bytes = b""
    hand: Hand = Hand.MEASURE


def rows_of(path: Path) -> list[dict[str, Any]]:
    """The JSON lines of a file."""
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]


def is_held_out(document: str) -> bool:
    """Whether a document of the hedge data belongs to the third that is kept for measuring."""
    return int(hashlib.sha1(document.encode()).hexdigest(), 16) % 3 == 0  # noqa: S324


def mark_stripped(text: str) -> tuple[str, list[int]]:
    """The text without the lost signs, and the new offset of each old one."""
    new, count = [], 0
    for sign in text:
        new.append(count)
        count += sign not in LOST_SIGNS
    new.append(count)
    return "".join(sign for sign in text if sign not in LOST_SIGNS), new


def covered(pieces: Pieces, spans: Iterable[Range]) -> list[int]:
    """The numbers of the pieces that share a code point with one of the spans, in order."""
    found: set[int] = set()
    for start, end in spans:
        found.update(range(bisect_right(pieces.ends, start), bisect_left(pieces.starts, end)))
    return sorted(found)


def _spans_of(part: list[dict[str, Any]]) -> list[Range]:
    return [(a, b) for item in part for a, b in item["spans"]]


def mark_attributions(row: dict[str, Any], tokenizer: Tokenizer, *, stripped: bool = False) -> Marked:
    """An article of PolNeAR with the attributions of its first annotator that have a cue and a content."""
    text = row["text"]
    parts = [
        tuple(_spans_of(found[name]) for name in ("cue", "source", "content"))
        for found in row["annotations"][0]["attributions"]
        if found["cue"] and found["content"]
    ]
    if stripped:
        text, new = mark_stripped(text)
        parts = [tuple([(new[a], new[b]) for a, b in spans] for spans in part) for part in parts]
    pieces = cut_pieces(text, tokenizer)
    anchors = [anchor for part in parts if (anchor := _anchor(pieces, *part)) is not None]
    return Marked(pieces, tuple(anchors), None)


def _anchor(pieces: Pieces, cue: list[Range], source: list[Range], content: list[Range]) -> Anchor | None:
    at = covered(pieces, cue)
    if not at:
        return None
    last = at[0]
    while last + 1 in at:
        last += 1
    roles = bytearray(len(pieces))
    for number in covered(pieces, content):
        roles[number] = 2
    for number in covered(pieces, source):
        roles[number] = 1
    return Anchor(at[0], last, bytes(roles))


def mark_hedges(rows: Sequence[dict[str, Any]], tokenizer: Tokenizer, *, stripped: bool = False) -> Marked:
    """The sentences of one document of the hedge data, with the tag of every piece of a cue."""
    text, cues = "", []
    for row in rows:
        for cue in row["cues"]:
            tag = HEDGE_TAGS.index(_TAG_OF_TYPE[cue["type"]])
            cues.append((len(text) + cue["start"], len(text) + cue["end"], tag))
        text += row["text"] + "\n"
    spans = [(start, end) for start, end, _ in cues]
    if stripped:
        text, new = mark_stripped(text)
        spans = [(new[start], new[end]) for start, end in spans]
    pieces = cut_pieces(text, tokenizer)
    tags = [0] * len(pieces)
    for span, (_, _, tag) in zip(spans, cues, strict=True):
        for number in covered(pieces, [span]):
            tags[number] = tag
    return Marked(pieces, None, tuple(tags))


def hedge_documents(path: Path) -> list[list[dict[str, Any]]]:
    """The documents of the hedge data that are not held out and hold at least one cue, sentences in order."""
    documents: dict[str, list[dict[str, Any]]] = {}
    for row in rows_of(path):
        documents.setdefault(row["doc_id"], []).append(row)
    return [rows for name, rows in documents.items() if not is_held_out(name) and any(row["cues"] for row in rows)]


def examples_of(marked: Marked, dice: random.Random) -> Iterator[Example]:
    """The windows of a text, cut elsewhere at each call so that no boundary is learned by heart."""
    limit = dice.randint(90, 180)
    for window in pack_windows(marked.pieces, limit, opening=dice.randint(40, limit)):
        yield _cut(marked, window)


def _cut(marked: Marked, window: Window) -> Example:
    first, last = window.first, window.last
    hedges = None if marked.hedges is None else marked.hedges[first:last]
    tags, anchors = _anchors_in(marked, window)
    events = None
    if marked.events is not None:
        events = tuple(
            event._replace(piece=event.piece - first, roles=event.roles[first:last])
            for event in marked.events
            if first <= event.piece < last
        )
    return Example(marked.pieces.ids[first:last], tags, anchors, hedges, events, marked.voices[first:last], marked.hand)


def _anchors_in(marked: Marked, window: Window) -> tuple[tuple[int, ...] | None, tuple[Anchor, ...]]:
    if marked.anchors is None:
        return None, ()
    first, last = window.first, window.last
    tags, anchors = [0] * (last - first), []
    for anchor in marked.anchors:
        if first <= anchor.first and anchor.last < last:
            begin, end = anchor.first - first, anchor.last - first
            anchors.append(Anchor(begin, end, anchor.roles[first:last]))
            if not any(tags[begin : end + 1]):
                tags[begin : end + 1] = [1, *[2] * (end - begin)]
    return tuple(tags), tuple(anchors)
