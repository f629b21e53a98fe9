"""Holds on to what a person fixed in a claim where only other words of the claim were changed since.

A fix gives whole lists: of figures, of actors. What the person left in such a list as it was read follows the report,
and need not stand in it any more; what the person changed must be read as it was, or the fix no longer applies.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from twosource.corpus.given_claims import as_given, stands_in
from twosource.corpus.words import fold_words
from twosource.corpus_records import Decision
from twosource.records import Claim, Report

__all__ = ["is_still_fixed", "value_now"]

_LISTS = ("actors", "targets", "places", "figures", "sources", "via")
_FREE = frozenset({"evidence", "figures"})  # what may be read otherwise though the person said nothing of it
_LIKE = 0.7  # of the words of two runs of evidence that must be the same for both to be one claim, reworded


def value_now(decision: Decision, claim: Claim, report: Report) -> Mapping[str, Any]:
    """The fields that the decision gives; of a list, what was read then and is gone from the text is as read now."""
    read = decision.before.get("read") or {}
    lists = [name for name in _LISTS if name in decision.value and name in read]
    if not lists:
        return decision.value
    now = as_given(claim, report.text)
    followed = {name: _followed(decision.value[name], read[name], now[name], report.text) for name in lists}
    return {**decision.value, **followed}


def is_still_fixed(decision: Decision, claim: Claim, report: Report) -> bool:
    """Whether a claim is the one that was fixed, reworded: most words, what was changed, all else but figures."""
    read = decision.before["read"]
    if decision.verdict != "fix" or claim.type != read["type"] or "evidence" in decision.value:
        return False
    now = as_given(claim, report.text)
    if any(now[name] != read[name] for name in read.keys() & now.keys() - _FREE - decision.value.keys()):
        return False
    then = " ".join(run["words"] for run in read["evidence"])
    if _likeness(then, " ".join(run["words"] for run in now["evidence"])) < _LIKE:
        return False
    return all(name in read and _is_read_still(given, read[name], now[name]) for name, given in decision.value.items())


def _followed(given: Sequence[Any], read: Sequence[Any], now: Sequence[Any], text: str) -> list[Any]:
    gone = [one for one in given if _is_among(one, read) and not stands_in(_words(one), text)]
    if not gone:
        return list(given)
    known = {_words(one) for one in (*given, *read)}
    return [one for one in given if one not in gone] + [one for one in now if _words(one) not in known]


def _is_read_still(given: Any, read: Any, now: Any) -> bool:
    """Whether what the person changed of a field is read as it was."""
    if not isinstance(given, list):
        return bool(read == now)
    changed = [one for one in read if not _is_among(one, given)]
    return all(_is_among(one, now) for one in changed)


def _is_among(one: Any, others: Sequence[Any]) -> bool:
    return any(_is_same(one, other) for other in others)


def _is_same(one: Any, other: Any) -> bool:
    """Whether two values are the same in all that both tell; an entry may say nothing of a figure's scope."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return all(one[name] == other[name] for name in one.keys() & other.keys())
    return bool(one == other)


def _words(one: Any) -> str:
    return str(one["phrase"] if isinstance(one, Mapping) else one)


def _likeness(one: str, other: str) -> float:
    mine, theirs = set(fold_words(one).keys), set(fold_words(other).keys)
    return len(mine & theirs) / len(mine | theirs) if mine | theirs else 0.0
