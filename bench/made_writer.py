"""Puts made sentences together to a report, and keeps what is read in them: places, claims, figures."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from bench.made_words import Fills, Rendered, Template, render
from twosource.closed_sets import Certainty, ClaimType, FigureKind, Stance, Status
from twosource.ids import digest_of, make_id
from twosource.knowledge.gazetteer import GazetteerPlace
from twosource.records import Claim, Figure, Named, Place, Reading, Report, Sentence, When
from twosource.spans import Span

__all__ = ["FINGERPRINT", "MadeSentence", "Story", "Writer"]

FINGERPRINT = digest_of("made", 1)
"""The fingerprint of the made readings."""


class MadeSentence(NamedTuple):
    """One sentence of a story: a coded one with the words put into it, '' for its own, or words without a claim."""

    template: Template | None
    words: tuple[str, ...]


class Story(NamedTuple):
    """What the reports of one story share: its day and war, what fills its sentences, and the sentences.

    ``toll`` is the number of people that its first figure tells.
    """

    number: int
    day: datetime.date
    war: str
    fills: Fills
    places: dict[str, GazetteerPlace]
    toll: int
    sentences: tuple[MadeSentence, ...]


class Writer:
    """Puts sentences together to a text, and keeps what is read in them."""

    def __init__(self, text: str, fills: Fills, story: Story) -> None:
        self._parts, self._length, self._fills, self._story = [text], len(text), fills, story
        self._claims: list[tuple[dict[str, Any], Rendered, int]] = []
        self._places: list[Place] = []
        self._sentences: list[Sentence] = []

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._parts)

    def add(self, sentence: MadeSentence) -> None:
        """Writes the sentence behind the others, with a line's end."""
        start = self._length
        if sentence.template is None:
            words = " ".join(sentence.words).rstrip(".,;:")
            self._put(words[:1].upper() + words[1:] + ".")
        else:
            own = {("word", at): word for at, word in enumerate(sentence.words) if word}
            rendered = render(sentence.template, {**self._fills, **own})
            self._claims += [(row, rendered, start) for row in sentence.template.claims]
            self._places += self._places_in(sentence.template, rendered, start)
            self._put(rendered.text)
        run = Span(start, self._length - 1)
        self._sentences.append(Sentence(span=run, paragraph=len(self._sentences), tokens=Span(0, 0)))

    def _put(self, words: str) -> None:
        self._parts.append(words + "\n")
        self._length += len(words) + 1

    def _places_in(self, template: Template, rendered: Rendered, start: int) -> Iterator[Place]:
        for slot in template.slots:
            name = self._fills.get((slot.kind, slot.number))
            if slot.kind == "place" and name in self._story.places:
                yield _place(self._story.places[name], _moved(rendered, Span(slot.start, slot.end), start))

    def reading(self, report: Report, story: Story) -> Reading:
        """The reading of the whole text, which is the report's."""
        coded = enumerate(self._claims)
        return Reading(
            report=report,
            sentences=tuple(self._sentences),
            places=tuple(self._places),
            claims=tuple(_claim(rank, *one, report, story) for rank, one in coded),
            fingerprint=FINGERPRINT,
        )


def _moved(rendered: Rendered, old: Span, by: int) -> Span:
    new = rendered.span(old)
    return Span(new.start + by, new.end + by)


def _place(town: GazetteerPlace, span: Span) -> Place:
    return Place(
        span=span,
        name=town.name,
        rule="made",
        place=town.id,
        kind=town.kind,
        country=town.country,
        admin1=town.admin1,
        admin2=town.admin2,
        lat=town.lat,
        lon=town.lon,
        precision=town.precision,
    )


def _claim(rank: int, row: dict[str, Any], rendered: Rendered, start: int, report: Report, story: Story) -> Claim:
    def named(field: str) -> tuple[Named, ...]:
        spans = [_moved(rendered, one, start) for one in row[field]]
        return tuple(Named(name=span.of(report.text), span=span, said_at=span) for span in spans)

    evidence = tuple(_moved(rendered, one, start) for one in row["evidence"])
    return Claim(
        id=make_id("claim", report.id, rank),
        report=report.id,
        type=ClaimType(row["type"]),
        evidence=evidence,
        trigger=evidence[0],
        actors=named("actors"),
        targets=named("targets"),
        places=named("places"),
        when=_when(row["when"], rendered, start, report, story),
        figures=tuple(_figure(old, coded, rendered, start, report.text) for old, coded in row["figures"]),
        sources=named("sources"),
        via=named("via"),
        stance=Stance(row["stance"]),
        certainty=Certainty(row["certainty"]),
        status=Status(row["status"]),
        negated=row["negated"],
    )


def _when(spans: Sequence[Span], rendered: Rendered, start: int, report: Report, story: Story) -> When | None:
    if not spans:
        return None
    span = _moved(rendered, spans[0], start)
    day = story.day - datetime.timedelta(days=1)
    return When(phrase=span.of(report.text), span=span, start=day, end=day)


def _figure(old: Span, coded: dict[str, Any], rendered: Rendered, start: int, text: str) -> Figure:
    span = _moved(rendered, old, start)
    phrase = span.of(text)
    digits = "".join(sign for sign in phrase.split("-")[0] if sign.isdecimal())
    number = int(digits[:9]) if digits else None
    low, high = (None if coded[end] is None else number or coded[end] for end in ("low", "high"))
    return Figure(
        span=span, phrase=phrase, number=span, kind=FigureKind(coded["kind"]), rule="made", low=low, high=high
    )
