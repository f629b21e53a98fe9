"""Claims of events made by hand, as members: no reader, no project."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Literal

import msgspec

from twosource.closed_sets import ClaimType, FigureKind, Stance, Status
from twosource.corpus.events.building import build_event
from twosource.corpus.events.members import Member
from twosource.corpus.events.traits import Equipment, Traits, claim_traits, report_traits
from twosource.corpus_records import Event
from twosource.ids import make_id
from twosource.knowledge.corrections import load_correction_words
from twosource.knowledge.counted import load_counted
from twosource.knowledge.event_rules import load_event_rules
from twosource.records import Claim, Figure, Named, Place, Report, When
from twosource.spans import Span

RULES = load_event_rules()
ACTORS = {"Norland": "actor:norland", "Sudria": "actor:sudria", "Watch": "actor:watch", "Vale Hospital": "name:vale"}
EQUIPMENT = Equipment(lambda name, _report: ACTORS.get(name), RULES, load_correction_words(), load_counted())
DAY = datetime.date(2024, 3, 5)


Scope = Literal["event", "total"]
Toll = tuple[str, int | None, int | None, Scope] | tuple[str, int | None, int | None, Scope, str]
"""A phrase, its bounds, its scope, and its kind where that is not 'killed'."""


def member(
    report: str,
    words: str,
    *,
    type_: ClaimType = ClaimType.SHELLING,
    actor: str | None = None,
    target: str | None = None,
    place: str | None = "Vale",
    day: datetime.date | None = DAY,
    killed: tuple[int | None, int | None] | None = None,
    tolls: Sequence[Toll] = (),
    since: bool = False,
    source: str | None = None,
    published: datetime.date | None = DAY,
    outlet: str | None = None,
    lineages: Sequence[str] = (),
    status: Status = Status.HAPPENED,
    stance: Stance = Stance.ASSERTS,
    negated: bool = False,
) -> Member:
    """A claim whose evidence is all the words of its report; the names are put behind them.

    ``killed`` is a toll that no words give, ``tolls`` are of phrases among the words. With ``since`` the claim's time
    runs from ``day`` to the day of publication.
    """
    names = " ".join(name for name in (actor, target, place, source) if name)
    text = f"{words} {names}"
    evidence = Span(0, len(words))
    of_report = Report(id=report, text=text, published=published, outlet=outlet, digest=report)
    claim = Claim(
        id=make_id("claim", report, words, type_, actor, source),
        report=report,
        type=type_,
        evidence=(evidence,),
        trigger=evidence,
        actors=_named(text, actor),
        targets=_named(text, target),
        places=_named(text, place),
        sources=_named(text, source),
        when=_when(day, evidence, until=published if since else day) if day else None,
        figures=(*((_figure(killed),) if killed else ()), *(_toll(words, *one) for one in tolls)),
        status=status,
        stance=stance,
        negated=negated,
    )
    return _member(claim, of_report, words, lineages)


def with_figures(one: Member, figures: Sequence[Figure]) -> Member:
    """The same member with other figures."""
    names = " ".join(named.name for named in (*one.claim.actors, *one.claim.targets, *one.claim.places))
    text = f"{one.evidence[0]} {names}"
    of_report = Report(id=one.report, text=text, published=one.published, outlet=one.outlet, digest=one.report)
    return _member(msgspec.structs.replace(one.claim, figures=tuple(figures)), of_report, one.evidence[0], ())


def _member(claim: Claim, of_report: Report, words: str, lineages: Sequence[str]) -> Member:
    places = tuple(_place(one) for one in claim.places)
    traits = Traits(
        claim_traits(claim, 0, of_report, places, EQUIPMENT),
        report_traits(of_report, places, frozenset(lineages), EQUIPMENT),
    )
    return Member(claim=claim, traits=traits, evidence=(words,))


def event_of(*members: Member) -> Event:
    """The event of these claims, with nobody an organ of anybody and every two actors rivals."""
    return build_event(members, RULES, lambda _name: None, lambda a, b: a == b)


def _named(text: str, name: str | None) -> tuple[Named, ...]:
    if name is None:
        return ()
    span = Span(text.rindex(name), text.rindex(name) + len(name))
    return (Named(name=name, span=span, said_at=span),)


def _place(named: Named) -> Place:
    return Place(
        span=named.span, name=named.name, rule="made", place=f"made:{named.name}", country="NL", precision="town"
    )


def _when(day: datetime.date, span: Span, until: datetime.date | None) -> When:
    phrase = str(day) if until == day else f"since {day}"
    return When(phrase=phrase, span=span, start=day, end=until)


def _toll(words: str, phrase: str, low: int | None, high: int | None, scope: Scope, kind: str = "killed") -> Figure:
    span = Span(words.index(phrase), words.index(phrase) + len(phrase))
    return Figure(
        span=span, phrase=phrase, number=span, kind=FigureKind(kind), rule="made", low=low, high=high, scope=scope
    )


def _figure(bounds: tuple[int | None, int | None]) -> Figure:
    low, high = bounds
    return Figure(
        span=Span(0, 1),
        phrase=f"{low} dead",
        number=Span(0, 1),
        kind=FigureKind.KILLED,
        rule="made",
        low=low,
        high=high,
    )
