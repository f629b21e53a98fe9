"""Columns and letters: whoever signs is the source of everything that nobody else is said to have said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from twosource.closed_sets import ActorKind, Stance
from twosource.ids import make_id
from twosource.knowledge.bylines import Byline, Bylines
from twosource.records import Attribution, AttributionKind, Report, Voice
from twosource.spans import Span

__all__ = ["find_writers", "is_signed", "signed_parts", "with_writers"]

_SIGNED = "byline:"

_PART = re.compile(r"[^•]+")


def find_writers(report: Report, known: Bylines) -> list[Attribution]:
    """One attribution for each signed part of the report: its words up to the signature, with the writer as source.

    The cue is the signature. It is wider than any attribution inside it, so that who is named there has the word.
    """
    return [_attribution(report, byline, part, name) for byline, part, name in signed_parts(report.text, known.rows)]


def with_writers(found: Sequence[Attribution], writers: Sequence[Attribution]) -> list[Attribution]:
    """All of them; whom a column or a letter cites is no source there unless quoted whole, for its writer is."""
    signed = [part for one in writers for part in one.content]
    kept = [
        msgspec.structs.replace(one, counts=False)
        if one.kind is not AttributionKind.DIRECT and any(part.holds(one.cue) for part in signed)
        else one
        for one in found
    ]
    return [*kept, *writers]


def is_signed(one: Attribution) -> bool:
    """Whether the attribution holds the words that somebody signs."""
    return one.rule.startswith(_SIGNED)


def signed_parts(text: str, rows: Sequence[Byline]) -> Iterator[tuple[Byline, Span, Span]]:
    """The way to sign, the signed words and the writer's name, for each part of the text that somebody signs."""
    for byline in rows:
        if byline.rule.marker and not byline.marker.search(text):
            continue
        found = [(part, name) for part in _parts(text, byline) if (name := _name(text, byline, part)) is not None]
        if found:
            for part, name in found:
                yield byline, Span(part.start, name.start).trimmed(text), name
            return


def _parts(text: str, byline: Byline) -> list[Span]:
    if byline.rule.within == "text":
        return [Span(0, len(text)).trimmed(text)]
    return [Span(match.start(), match.end()).trimmed(text) for match in _PART.finditer(text)]


def _name(text: str, byline: Byline, part: Span) -> Span | None:
    match = byline.pattern.search(text[part.start : part.end])
    return Span(part.start + match.start("name"), part.start + match.end("name")) if match else None


def _attribution(report: Report, byline: Byline, part: Span, name: Span) -> Attribution:
    voice = Voice(name=name.of(report.text), span=name, kind=ActorKind.PERSON, said_at=name)
    return Attribution(
        id=make_id("attribution", report.digest, name, part, "writer"),
        cue=name,
        sources=(voice,),
        content=(part,),
        kind=AttributionKind.CARRIED,
        stance=Stance.ASSERTS,
        rule=f"{_SIGNED}{byline.rule.id}",
    )
