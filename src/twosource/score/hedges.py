"""Scores words of doubt by the sentence, against the form of the Szeged uncertainty data."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path

import msgspec

from twosource.errors import UsageError
from twosource.records import Reading, Report
from twosource.score.claims import f1
from twosource.score.gold import read_gold

__all__ = ["HedgeSentence", "is_kept_apart", "read_hedges", "score_hedges"]


class HedgeSentence(msgspec.Struct, frozen=True):
    """One line of the gold: a sentence of a document, and its cues; further keys are passed over."""

    doc_id: str
    text: str
    cues: tuple[dict[str, str | int], ...]


def is_kept_apart(document: str) -> bool:
    """Whether a document belongs to the third that training never sees: its name's SHA-1 divides by three."""
    return int(hashlib.sha1(document.encode()).hexdigest(), 16) % 3 == 0  # noqa: S324


def read_hedges(path: Path) -> list[HedgeSentence]:
    """The sentences of a JSON Lines file, in its order. Raises InputError that names the line of a broken one."""
    return read_gold(path, HedgeSentence)


def score_hedges(gold: Sequence[HedgeSentence], read: Callable[[Report], Reading]) -> dict[str, float]:
    """Precision, recall and F1 of the sentences that hold a cue, over the documents that are kept apart.

    A document is read as one report with a sentence a line. Raises UsageError where none of it is kept apart.
    """
    kept = [one for one in gold if is_kept_apart(one.doc_id)]
    if not kept:
        raise UsageError("the gold holds no sentence of the third that is kept apart")
    told = [is_told for _, rows in groupby(kept, lambda one: one.doc_id) for is_told in _told(list(rows), read)]
    hits = sum(bool(one.cues) and is_told for one, is_told in zip(kept, told, strict=True))
    precision, recall, both = f1(hits, sum(bool(one.cues) for one in kept), sum(told))
    return {"sentences": len(kept), "sentence_p": precision, "sentence_r": recall, "sentence_f1": both}


def _told(rows: Sequence[HedgeSentence], read: Callable[[Report], Reading]) -> list[bool]:
    """For each sentence of one document, whether a word of doubt begins in it."""
    text = "\n".join(row.text for row in rows)
    cues = read(Report(id=rows[0].doc_id, text=text)).cues
    at = sorted(cue.span.start for cue in cues if cue.rule.startswith("doubt:"))
    told, start = [], 0
    for row in rows:
        told.append(any(start <= offset < start + len(row.text) for offset in at))
        start += len(row.text) + 1
    return told
