"""Scores the sub-event of a snippet of news, in five folds, against the form of the CASE 2021 shared task.

A snippet is told by what the trained reader takes its claims for, by the signs of data/en/sub_events.toml, and by its
words. A linear classifier is fitted on four folds and asked about the fifth. A snippet's fold is the SHA-1 of its id,
as a number, modulo five.
"""

from __future__ import annotations

import hashlib
import itertools
import math
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from twosource.closed_sets import ClaimType
from twosource.errors import UsageError
from twosource.knowledge.sub_events import SubEventSign, load_sub_events
from twosource.pipeline import ReaderKind, default_reader
from twosource.score.gold import read_gold
from twosource.score.linear import Floats, classify

__all__ = ["NOT_SCORED", "Snippet", "fold_of", "read_snippets", "score_event_types", "type_chances"]

NOT_SCORED = frozenset({"ATTRIB", "DIPLO", "ORG_CRIME", "NATURAL_DISASTER", "MAN_MADE_DISASTER"})
"""Labels of the task that are no sub-events of ACLED."""

_FOLDS = 5
_WORDS, _SIGNS = 1.5, 0.4  # how much the words and each sign count beside the chances of the types
_SENTENCE_END = re.compile(r"(?<=[.!?])\s")


class Snippet(msgspec.Struct, frozen=True):
    """One line of the gold; further keys are passed over."""

    id: str
    text: str
    label: str


def read_snippets(path: Path) -> list[Snippet]:
    """The snippets of a JSON Lines file, in its order. Raises InputError that names the line of a broken one."""
    return read_gold(path, Snippet)


def fold_of(snippet: str) -> int:
    """The fold, from 0 to 4, that the snippet of this id belongs to."""
    return int(hashlib.sha1(snippet.encode()).hexdigest(), 16) % _FOLDS  # noqa: S324


def type_chances(text: str) -> tuple[float, ...]:
    """The greatest chance that the trained reader gives each type in the text; empty where it tells no claim."""
    speech = default_reader(ReaderKind.TRAINED).equipment.speech
    events = speech.reader.read(text).events if speech else ()
    return tuple(
        max(column) for column in zip(*([e.score * chance for chance in e.types] for e in events), strict=True)
    )


def score_event_types(gold: Sequence[Snippet], chances: Callable[[str], Sequence[float]]) -> dict[str, float]:
    """``weighted_f1``: F1 of every label, weighted by how often it stands in the gold; accuracy; and F1 by label.

    ``chances`` gives the chances of the types in a text, or none. Raises UsageError where fewer than two labels, or
    fewer than two folds, are left to score.
    """
    rows = [row for row in gold if row.label not in NOT_SCORED]
    labels = sorted({row.label for row in rows})
    folds = np.array([fold_of(row.id) for row in rows])
    if len(labels) < 2 or len(set(folds.tolist())) < 2:
        raise UsageError("the gold holds too few snippets of sub-events of ACLED: give it two labels and two folds")
    wanted = np.array([labels.index(row.label) for row in rows])
    found = np.zeros_like(wanted)
    signs = load_sub_events()
    steady = np.stack([_steady(row.text, chances(row.text), signs) for row in rows])
    terms = [set(_terms(row.text)) for row in rows]
    for fold in sorted(set(folds.tolist())):
        kept = folds == fold
        rarity = _rarity([mine for mine, apart in zip(terms, kept, strict=True) if not apart])
        features = np.hstack([steady, np.stack([_worded(mine, rarity) for mine in terms])])
        found[kept] = classify(features[~kept], wanted[~kept], features[kept])
    return _figures(labels, wanted, found)


def _steady(text: str, chances: Sequence[float], signs: Sequence[SubEventSign]) -> Floats:
    """What no fold changes: the signs in the text and in its first sentence, the chances, and a constant."""
    first = _SENTENCE_END.split(text, maxsplit=1)[0]
    shown = [_SIGNS * sign.shows_in(part) for part in (text, first) for sign in signs]
    return np.array([*shown, *(chances or [0.0] * len(ClaimType)), 1.0])


def _worded(terms: set[str], rarity: Mapping[str, float]) -> Floats:
    """The rarity of every known term that the text has, all scaled to one length."""
    words = np.array([rare if term in terms else 0.0 for term, rare in rarity.items()])
    length = float(np.linalg.norm(words)) or 1.0
    scaled: Floats = _WORDS * words / length
    return scaled


def _rarity(counted: Sequence[set[str]]) -> dict[str, float]:
    """For each word and pair of words that stands in two texts or more: the logarithm of one over its share of them."""
    often = Counter(term for terms in counted for term in terms)
    return {term: math.log(len(counted) / count) for term, count in sorted(often.items()) if count > 1}


def _terms(text: str) -> list[str]:
    words = re.findall(r"[^\W\d_]+", text.lower())
    return [*words, *(f"{one} {two}" for one, two in itertools.pairwise(words))]


def _figures(labels: Sequence[str], wanted: NDArray[np.int64], found: NDArray[np.int64]) -> dict[str, float]:
    by_label: dict[str, float] = {}
    weighted = 0.0
    for number, label in enumerate(labels):
        mine, theirs = wanted == number, found == number
        by_label[label] = 2 * float((mine & theirs).sum()) / float(mine.sum() + theirs.sum())
        weighted += by_label[label] * float(mine.mean())
    return {
        "snippets": len(wanted),
        "labels": len(labels),
        "weighted_f1": weighted,
        "accuracy": float((wanted == found).mean()),
        **{f"f1_{label}": value for label, value in by_label.items()},
    }
