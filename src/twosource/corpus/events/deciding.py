"""People's decisions on events: which claims are of one event, and which never are, however reports are read again.

A decision names claims by their report, type and words, since the ids of claims change with a report's text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import Any

import msgspec

from twosource.closed_sets import ClaimType
from twosource.corpus.events.members import Member
from twosource.corpus.words import fold_words
from twosource.corpus_records import Decision

__all__ = ["MERGE", "SPLIT", "ClaimName", "Word", "claim_name", "decision_value", "names_in", "words_of"]

MERGE = "merge"
SPLIT = "split"
_LIKE = 0.6  # of the words of two runs of evidence that must be the same for both to be one claim, read twice


class ClaimName(msgspec.Struct, frozen=True, kw_only=True):
    """A claim by what stays of it when its report is read again: the report's id, the type, and its words."""

    report: str
    type: ClaimType
    words: str


class Word(msgspec.Struct, frozen=True, order=True):
    """What a person's decision makes of two claims (ids, in order): one event or never one, and why."""

    first: str
    second: str
    together: bool
    reason: str


def claim_name(one: Member) -> ClaimName:
    """The name of a claim."""
    return ClaimName(report=one.report, type=one.claim.type, words=" ".join(one.evidence))


def decision_value(parts: Sequence[Sequence[ClaimName]]) -> dict[str, Any]:
    """What a decision keeps as its value: the claims in parts. To merge takes one part; to split at least two."""
    return {"parts": msgspec.to_builtins(parts)}


def names_in(decision: Decision) -> Iterator[ClaimName]:
    """Every claim that the decision names."""
    for part in _parts(decision):
        yield from part


def _parts(decision: Decision) -> list[list[ClaimName]]:
    return msgspec.convert(decision.value.get("parts", []), list[list[ClaimName]])


def words_of(decisions: Sequence[Decision], members: Iterable[Member]) -> list[Word]:
    """What the decisions make of pairs of claims, in order; of several on one pair the last counts.

    ``members`` are the claims of the reports that the decisions name. A claim that is not read any more is passed over,
    until it is read again.
    """
    by_report: dict[str, list[Member]] = {}
    for one in members:
        by_report.setdefault(one.report, []).append(one)
    found: dict[tuple[str, str], Word] = {}
    for decision in decisions:
        parts = [[id_ for name in part if (id_ := _read_again(name, by_report))] for part in _parts(decision)]
        for first, second in _pairs(decision.verdict, parts):
            if first != second:
                pair = (min(first, second), max(first, second))
                found[pair] = Word(*pair, decision.verdict == MERGE, decision.reason)
    return [found[pair] for pair in sorted(found)]


def _pairs(verdict: str, parts: Sequence[Sequence[str]]) -> Iterator[tuple[str, str]]:
    if verdict == MERGE:
        yield from combinations([id_ for part in parts for id_ in part], 2)
    if verdict == SPLIT:  # nothing follows from being unsure
        for one, other in combinations(parts, 2):
            yield from product(one, other)


def _read_again(name: ClaimName, by_report: Mapping[str, Sequence[Member]]) -> str | None:
    """The claim (its id) that a name means now: of the report's claims the likest in words, of its type first."""
    best: tuple[bool, float, str] | None = None
    for one in by_report.get(name.report, ()):
        like = _likeness(name.words, " ".join(one.evidence))
        if like >= _LIKE:
            found = (one.claim.type is not name.type, -like, one.id)
            best = found if best is None else min(best, found)
    return best[2] if best else None


def _likeness(one: str, other: str) -> float:
    mine, theirs = set(fold_words(one).keys), set(fold_words(other).keys)
    return len(mine & theirs) / len(mine | theirs) if mine | theirs else 1.0
