"""The records of one report's reading, frozen and checked at the border.

Every span is half-open, in Unicode code points of ``Report.text``. ``None`` means that the report does not say.
The words are those of the codebook (docs/reference/codebook.md); what crosses reports is in ``corpus_records``.
"""

from __future__ import annotations

import datetime
from enum import StrEnum

import msgspec

from twosource.closed_sets import (
    ActorKind,
    Certainty,
    ClaimType,
    CueKind,
    FigureKind,
    Severity,
    Stance,
    Status,
)
from twosource.spans import Span

__all__ = [
    "Attribution",
    "AttributionKind",
    "Claim",
    "Cue",
    "DateSighting",
    "Figure",
    "Issue",
    "Mention",
    "Named",
    "Origin",
    "Place",
    "Quotation",
    "Reading",
    "Reason",
    "Report",
    "Sentence",
    "Signal",
    "Time",
    "TimeKind",
    "Token",
    "Trigger",
    "Voice",
    "When",
]


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """Where a report's bytes came from: the file, the line or row in it (1-based), and the bytes' SHA-256 in hex."""

    path: str
    line: int | None = None
    sha256: str
    encoding: str


class DateSighting(msgspec.Struct, frozen=True, kw_only=True):
    """One date of publication that was found, and by which rule; ``span`` is None where it stood in the header."""

    day: datetime.date
    rule: str
    span: Span | None = None


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """One text as one outlet published it.

    ``text`` is the title, a blank line and the body (the title only once where the body opens with it).
    ``body`` is the offset at which the body begins. ``published`` is the preferred one of ``dates``.
    """

    id: str
    text: str
    body: int = 0
    title: str | None = None
    outlet: str | None = None
    published: datetime.date | None = None
    dates: tuple[DateSighting, ...] = ()
    url: str | None = None
    agency: str | None = None
    language: str | None = None
    origin: Origin | None = None
    digest: str = ""


class Issue(msgspec.Struct, frozen=True, kw_only=True):
    """Something the engine could not read or resolve: recorded, counted and shown, never silently dropped.

    ``code`` is a stable word for filters; ``reason`` is a sentence for people and says what to do where something
    can be done. ``path`` and ``line`` (1-based) name the place in the input, ``span`` the place in the text.
    """

    code: str
    stage: str
    reason: str
    severity: Severity = Severity.WARNING
    report: str | None = None
    path: str | None = None
    line: int | None = None
    span: Span | None = None


class Token(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One word of the parse. ``head`` is the index of its head in ``Reading.tokens`` (its own index at a root)."""

    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    sentence: int


class Sentence(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One sentence: its span, its paragraph's number, its tokens as a half-open range, and whether it is the title."""

    span: Span
    paragraph: int
    tokens: Span
    headline: bool = False


class Quotation(msgspec.Struct, frozen=True, kw_only=True):
    """Words between quotation marks: ``span`` with the marks, ``inner`` without; ``closed`` tells if a mark ends it.

    ``scare`` marks a few words in quotes that are nobody's speech but the writer's distance.
    """

    span: Span
    inner: Span
    closed: bool = True
    scare: bool = False


class Cue(msgspec.Struct, frozen=True, kw_only=True):
    """A word that colours what stands near it: doubt, denial, negation, intention, condition.

    ``scope`` is the run over which it has its effect. ``certainty`` and ``status`` are what it makes of a claim there.
    """

    span: Span
    kind: CueKind
    scope: Span
    rule: str
    certainty: Certainty | None = None
    status: Status | None = None


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """A run of words that names an actor. ``name`` is the fullest name the report gives it, and ``named_at`` where.

    ``head`` is the index of the head token. ``actor`` is the id of a row in the actor table, where one is known.
    """

    span: Span
    name: str
    named_at: Span
    kind: ActorKind
    head: int
    rule: str
    actor: str | None = None


class Voice(msgspec.Struct, frozen=True, kw_only=True):
    """A source or a relay as the report names it: the words, where they stand, what kind, and how many persons.

    ``said_at`` holds the words that stand for it at the attribution itself ('he', 'the second source, a diplomat').
    """

    name: str
    span: Span
    kind: ActorKind
    count: int | None = None
    said_at: Span | None = None


class AttributionKind(StrEnum):
    """How the words of a source reach the page."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"
    CARRIED = "carried"
    OWN = "own"
    """The report's own voice inside the words of a source: 'Iran-backed' in 'he said that Iran-backed fighters ...'."""


class Attribution(msgspec.Struct, frozen=True, kw_only=True):
    """Who says a run of words: ``sources`` with their cue, relays (``via``) from the source outwards, and the content.

    ``content`` holds one span or several parts of one utterance, in order of the text. ``counts`` tells whether its
    sources are those of the claims in it; attitudes and acts ('hoped that', 'was seen to') are read, but don't count.
    """

    id: str
    cue: Span
    sources: tuple[Voice, ...]
    content: tuple[Span, ...]
    kind: AttributionKind
    stance: Stance
    rule: str
    via: tuple[Voice, ...] = ()
    certainty: Certainty | None = None
    counts: bool = True


class TimeKind(StrEnum):
    """The four types of TIMEX3."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


class Time(msgspec.Struct, frozen=True, kw_only=True):
    """A time expression. ``value`` is TIMEX3's; ``start`` and ``end`` are the first and last day it can mean.

    Both are None where nothing anchors it; one is None where it is open on that side. ``anchor`` names what a relative
    time counts from: 'publication', 'text' (another time told before it), or None for an absolute one.
    ``relation`` is the word that governs it where that changes its days ('since', 'until', 'by', 'before', 'after', or
    'range' for both ends of 'from X to Y'); ``phrase`` is the span with that word ('since March 2011'), None where no
    preposition stands before it. ``other`` is the second reading of an ambiguous date.
    """

    span: Span
    text: str
    kind: TimeKind
    value: str
    rule: str
    start: datetime.date | None = None
    end: datetime.date | None = None
    granularity: str | None = None
    anchor: str | None = None
    relation: str | None = None
    phrase: Span | None = None
    other: str | None = None


class Signal(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One thing that spoke for a choice, and by how much more than for the runner-up."""

    name: str
    gain: float


class Place(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A named place. ``place`` is its id in the gazetteer, None where it is unresolved; degrees are WGS 84.

    ``precision`` is one of exact, town, district, province, region, country. ``rule`` names the signal that decided
    among the ``namesakes`` (how many were weighed), ``signals`` the strongest ones, the deciding one first.
    ``within`` is the id of the place that holds one that is unresolved: then all but the name is that place's.
    """

    span: Span
    name: str
    rule: str
    place: str | None = None
    kind: str | None = None
    country: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: str | None = None
    runner_up: str | None = None
    within: str | None = None
    namesakes: int = 0
    signals: tuple[Signal, ...] = ()


class Figure(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A number as the report words it. ``low`` and ``high`` are both included; None is open on that side.

    ``number`` is the span of the number's words alone, ``span`` of the phrase with what is counted.
    ``part_of`` is the index in ``Reading.figures`` of the total that it is a part of; where a person says so it is that
    in ``Claim.figures``, or -1 for a total that is none of the claim's.
    ``scope`` of a toll is 'event' or 'total' (one that runs on), None where it is not known. ``rate`` is what a sum is
    paid by ('year' in '$35 billion a year'), ``currency`` its mark or name as the report writes it, in lower case.
    """

    span: Span
    phrase: str
    number: Span
    kind: FigureKind
    rule: str
    low: int | None = None
    high: int | None = None
    unit: str | None = None
    approximate: bool = False
    part_of: int | None = None
    scope: str | None = None
    rate: str | None = None
    currency: str | None = None


class Trigger(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A run of words that tells of an event: ``token`` is the index of its head token, ``rule`` its row in data/."""

    span: Span
    token: int
    type: ClaimType
    rule: str


class Named(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A value of a claim: the report's fullest name (``span``), and the words that stand for it here (``said_at``)."""

    name: str
    span: Span
    said_at: Span


class When(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The time of a claim: the words, where they stand, the first and the last day that they can mean."""

    phrase: str
    span: Span
    start: datetime.date | None = None
    end: datetime.date | None = None


class Reason(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Which rule decided a field of a claim, and the words that made it do so."""

    field: str
    rule: str
    span: Span | None = None


class Claim(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One thing that a report says happened, is so or will be, as said by one source, with the words that say it.

    ``evidence`` holds one run or several in order of the text, each verbatim in the report. ``denies`` is the id of the
    claim of the same report that this one denies, where the report tells that claim too. ``confidence`` (0 to 1) is how
    likely the claim is found, typed and filled as a careful coder would, None where the reader that found it can't say.
    """

    id: str
    report: str
    type: ClaimType
    evidence: tuple[Span, ...]
    trigger: Span
    actors: tuple[Named, ...] = ()
    targets: tuple[Named, ...] = ()
    places: tuple[Named, ...] = ()
    when: When | None = None
    figures: tuple[Figure, ...] = ()
    sources: tuple[Named, ...] = ()
    via: tuple[Named, ...] = ()
    stance: Stance = Stance.ASSERTS
    certainty: Certainty = Certainty.CERTAIN
    status: Status = Status.HAPPENED
    negated: bool = False
    denies: str | None = None
    confidence: float | None = None
    reasons: tuple[Reason, ...] = ()


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """Everything read in one report, a layer for each stage; a stage returns the reading with one more layer."""

    report: Report
    tokens: tuple[Token, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    cues: tuple[Cue, ...] = ()
    times: tuple[Time, ...] = ()
    figures: tuple[Figure, ...] = ()
    places: tuple[Place, ...] = ()
    mentions: tuple[Mention, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    claims: tuple[Claim, ...] = ()
    issues: tuple[Issue, ...] = ()
    fingerprint: str = ""

    def words(self, span: Span) -> str:
        """The report's words at ``span``, verbatim."""
        return self.report.text[span.start : span.end]
