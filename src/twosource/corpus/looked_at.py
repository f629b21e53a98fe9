"""Lays people's ticks over a report: which words somebody has looked at and found no claim in.

A tick is bound to the version of the report in which it was made, and to words at a place in it. In another version it
holds where the same words stand just once; one that holds nowhere is told with the reason, and never dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from twosource.corpus.decided_claims import Lapsed
from twosource.corpus_records import Decision
from twosource.records import Report
from twosource.spans import Span

__all__ = ["Look", "Looks", "lay_looks", "looks_at", "tick_of"]


class Look(msgspec.Struct, frozen=True):
    """Words of the report as it stands, as code points of its text, that somebody has looked at, and the entry."""

    span: Span
    decision: Decision


class Looks(msgspec.Struct, frozen=True):
    """What was looked at in a report, by its place in the text, and the ticks that no longer apply."""

    looks: tuple[Look, ...] = ()
    lapsed: tuple[Lapsed, ...] = ()


def tick_of(span: Span, text: str) -> dict[str, Any]:
    """The value of a tick on these words."""
    return {"start": span.start, "end": span.end, "words": span.of(text)}


def lay_looks(report: Report, decisions: Iterable[Decision]) -> Looks:
    """The ticks in force laid over the current version of their report."""
    looks: list[Look] = []
    lapsed: list[Lapsed] = []
    for one in decisions:
        words = one.value["words"]
        span = _place_of(words, Span(one.value["start"], one.value["end"]), report, one.before.get("digest"))
        if span is None:
            many = report.text.count(words) > 1
            why = "stands in several places of the report now" if many else "stands in the report no more"
            lapsed.append(Lapsed(one, f"{words!r} {why}"))
        else:
            looks.append(Look(span, one))
    looks.sort(key=lambda one: (one.span, one.decision.number))
    return Looks(tuple(looks), tuple(sorted(lapsed, key=lambda one: one.decision.number)))


def looks_at(sentence: Span, text: str, looks: Sequence[Look]) -> tuple[Look, ...]:
    """The ticks that together cover every word of the sentence; empty where a word of it was not looked at."""
    found = tuple(one for one in looks if one.span.meets(sentence))
    covered = {at for one in found for at in range(one.span.start, one.span.end)}
    bare = any(at not in covered and not text[at].isspace() for at in range(sentence.start, sentence.end))
    return () if bare else found


def _place_of(words: str, span: Span, report: Report, digest: str | None) -> Span | None:
    if digest == report.digest and span.of(report.text) == words:
        return span
    at = report.text.find(words)
    if at < 0 or report.text.find(words, at + 1) >= 0:
        return None
    return Span(at, at + len(words))
