"""The words that disagreements are told by: whom a figure counts, what a toll is told by, and how somebody denies."""

from __future__ import annotations

import re

import msgspec

from twosource.closed_sets import ActorKind, FigureKind
from twosource.knowledge.actors import load_actor_table
from twosource.knowledge.counted import CountedWords, load_counted
from twosource.knowledge.denials import load_denials
from twosource.knowledge.name_index import fold_actor

__all__ = ["DisagreementWords", "load_disagreement_words"]

_FORMS = ("verb", "noun", "verdict")
_HARMED = {
    FigureKind.KILLED: r"kill|dead|death|die[sd]?\b|dying|toll|victim|bod(?:y|ies)|martyr|lives\b|fatal|massacre",
    FigureKind.INJURED: r"wound|injur|hurt|casualt|suffer",
}


class DisagreementWords(msgspec.Struct, frozen=True, kw_only=True):
    """``denial`` finds a word by which somebody denies, ``harm`` the words beside a figure of each kind of harm.

    ``countries`` holds the names of states, folded: as places they are too wide for one event.
    """

    counted: CountedWords
    denial: re.Pattern[str]
    harm: dict[FigureKind, re.Pattern[str]]
    countries: frozenset[str]


def load_disagreement_words() -> DisagreementWords:
    """The packaged words. Raises KnowledgeError for a row of the wrong shape."""
    denials = load_denials()
    words = [word for form in _FORMS for word in denials.by_form[form]]
    return DisagreementWords(
        counted=load_counted(),
        denial=re.compile(rf"\b(?:{'|'.join(map(_inflected, sorted(words)))})\b|\bnot so\b", re.IGNORECASE),
        countries=frozenset(fold_actor(row.name) for row in load_actor_table().rows if row.kind is ActorKind.STATE),
        harm={kind: re.compile(rf"\b(?:{words})", re.IGNORECASE) for kind, words in _HARMED.items()},
    )


def _inflected(word: str) -> str:
    """A pattern for the forms of an English verb or noun: 'deny' also finds 'denies', 'denied' and 'denying'."""
    stem = word[:-1] if word[-1] in "ye" else word
    return rf"{re.escape(stem)}(?:e|y|s|es|ed|d|ies|ied|ing|ying)?"
