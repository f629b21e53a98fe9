"""What is compared of a claim and its report: types, days, places, parties, tolls and words, each in a plain form."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache

import msgspec

from twosource.closed_sets import ClaimType, FigureKind, Stance, Status
from twosource.corpus.counting import Reach, count_of, reach_of
from twosource.corpus.tellings import Telling
from twosource.corpus.words import fold_words
from twosource.knowledge.corrections import CorrectionWords
from twosource.knowledge.counted import CountedWords
from twosource.knowledge.event_rules import EventRules
from twosource.records import Claim, Figure, Named, Place, Report
from twosource.spans import Span

__all__ = [
    "ClaimTraits",
    "EntityOf",
    "Equipment",
    "Party",
    "ReportTraits",
    "Spot",
    "TakesBack",
    "Toll",
    "Traits",
    "claim_traits",
    "report_traits",
    "sound_of",
    "sounds_of",
]

EntityOf = Callable[[str, str], str | None]
"""The id of the entity that a name means in a report (its id), None where it leads to nobody in particular."""

_LEAD = 600  # code points of a report that tell its main event: the title and the first sentences
_LONGEST_DAYS = 10  # a claim's time that runs longer tells of a campaign and no longer of a day
_BROAD = frozenset({"country", "region", "province"})
_WIDE = frozenset({"country", "region"})
_ARTICLES = frozenset({"al", "el", "the", "of"})
_TOLLS = frozenset({FigureKind.KILLED, FigureKind.INJURED, FigureKind.CAPTURED, FigureKind.DISPLACED})
_VOWELS = re.compile(r"[aeiouy\W_]+")
_DIGITS = re.compile(r"\b\d{1,6}\b")
_DOUBLED = re.compile(r"(.)\1+")


class Spot(msgspec.Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A place as it is compared: how each word of its name sounds, and where it was put.

    A sound is the consonants alone, for spellings differ. ``broad`` marks countries, provinces and their chief towns,
    which reports name for anything that happens around. One that is unresolved has only what holds it.
    """

    name: str
    sounds: tuple[str, ...]
    place: str | None = None
    precision: str | None = None
    country: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    lat: float | None = None
    lon: float | None = None
    broad: bool = False

    @property
    def sound(self) -> str:
        """The whole name's sound, however it is parted into words."""
        return "".join(self.sounds)

    @property
    def wide(self) -> bool:
        """Whether it is a country or a region."""
        return self.precision in _WIDE and self.place is not None


class Party(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An actor or a target by its name, and the entity that it means."""

    name: str
    key: str | None


class Toll(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A figure of persons; ``part`` marks a part of another one."""

    kind: FigureKind
    low: int | None
    high: int | None
    part: bool = False


class TakesBack(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The rule by which a claim's sentence takes something back, and the numbers that it writes in digits."""

    rule: str
    numbers: tuple[int, ...] = ()


class ClaimTraits(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One claim as it is compared. ``names`` are words with a capital, ``words`` the others, both folded.

    ``rank`` is its place in its reading. ``lead`` tells whether it stands in the report's lead. ``reaches`` tells
    of each of the claim's figures, in their order, how much of the occurrence it counts.
    """

    claim: str
    report: str
    rank: int
    offset: int
    type: ClaimType
    status: Status
    stance: Stance
    negated: bool
    lead: bool
    start: datetime.date | None = None
    end: datetime.date | None = None
    actors: tuple[Party, ...] = ()
    targets: tuple[Party, ...] = ()
    places: tuple[Spot, ...] = ()
    sources: tuple[Party, ...] = ()
    tolls: tuple[Toll, ...] = ()
    reaches: tuple[Reach, ...] = ()
    takes_back: TakesBack | None = None
    names: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()


class ReportTraits(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """One report as it is compared: when it was published, its lineages, and what its lead tells."""

    report: str
    outlet: str | None = None
    published: datetime.date | None = None
    lineages: frozenset[str] = frozenset()
    places: tuple[Spot, ...] = ()
    names: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()

    @cached_property
    def every_word(self) -> frozenset[str]:
        """Names and other words together."""
        return self.names | self.words

    @cached_property
    def exact(self) -> Mapping[str, Spot]:
        """Places by their sound, without countries, regions, provinces and their chief towns."""
        return {spot.sound: spot for spot in self.places if not (spot.broad or spot.wide)}

    @cached_property
    def areas(self) -> Mapping[str, Spot]:
        """Provinces and their chief towns by their sound."""
        return {spot.sound: spot for spot in self.places if spot.broad and not spot.wide}


class Traits(msgspec.Struct, frozen=True, gc=False):
    """A claim with its report."""

    claim: ClaimTraits
    report: ReportTraits


class Equipment(msgspec.Struct, frozen=True):
    """What traits are made with: who a name means, the rules, words of correction, and what a figure counts."""

    entity_of: EntityOf
    rules: EventRules
    corrections: CorrectionWords
    counted: CountedWords


def report_traits(
    report: Report, places: Sequence[Place], lineages: frozenset[str], equipment: Equipment
) -> ReportTraits:
    """What the report is compared by; ``places`` are all that were read in it."""
    lead = Span(0, _LEAD)
    names, words = _words([lead], report.text, equipment.rules.small)
    return ReportTraits(
        report=report.id,
        outlet=report.outlet,
        published=report.published,
        lineages=lineages,
        places=_distinct(_spot(place, equipment.rules) for place in places if lead.holds(place.span)),
        names=names,
        words=words,
    )


def claim_traits(claim: Claim, rank: int, report: Report, places: Sequence[Place], equipment: Equipment) -> ClaimTraits:
    """What the claim is compared by; ``rank`` is its place in its reading."""
    names, words = _words(claim.evidence, report.text, equipment.rules.small)
    start, end = _days(claim)
    offset = claim.evidence[0].start if claim.evidence else claim.trigger.start
    return ClaimTraits(
        claim=claim.id,
        report=claim.report,
        rank=rank,
        offset=offset,
        type=claim.type,
        status=claim.status,
        stance=claim.stance,
        negated=claim.negated,
        lead=offset < _LEAD,
        start=start,
        end=end,
        actors=_parties(claim.actors, report.id, equipment.entity_of),
        targets=_parties(claim.targets, report.id, equipment.entity_of),
        places=_spots(claim, places, equipment.rules),
        sources=_parties(claim.sources, report.id, equipment.entity_of),
        tolls=_tolls(claim.figures),
        reaches=_reaches(claim, report, equipment.counted),
        takes_back=_takes_back(claim, report.text, equipment.corrections),
        names=names,
        words=words,
    )


def _days(claim: Claim) -> tuple[datetime.date | None, datetime.date | None]:
    """The first and last day of a time that tells of days, else nothing."""
    if claim.when is None or claim.when.start is None or claim.when.end is None:
        return None, None
    if (claim.when.end - claim.when.start).days > _LONGEST_DAYS:
        return None, None
    return claim.when.start, claim.when.end


def _parties(values: Iterable[Named], report: str, entity_of: EntityOf) -> tuple[Party, ...]:
    return tuple(Party(one.name, entity_of(one.name, report)) for one in values)


def _spots(claim: Claim, places: Sequence[Place], rules: EventRules) -> tuple[Spot, ...]:
    """The claim's places as they were resolved, at their own words or at those that stand for them."""
    found: list[Spot] = []
    for named in claim.places:
        there = [place for place in places if place.span.meets(named.span) or place.span.meets(named.said_at)]
        found += [_spot(place, rules) for place in there]
        if not there:
            found.append(Spot(name=named.name, sounds=sounds_of(named.name, rules.areas)))
    return _distinct(found)


def _spot(place: Place, rules: EventRules) -> Spot:
    sounds = sounds_of(place.name, rules.areas)
    chief = place.admin1 is not None and "".join(sounds) == "".join(sounds_of(place.admin1, rules.areas))
    return Spot(
        name=place.name,
        sounds=sounds,
        place=place.place,
        precision=place.precision,
        country=place.country,
        admin1=place.admin1,
        admin2=place.admin2,
        lat=place.lat,
        lon=place.lon,
        broad=chief or (place.place is not None and place.precision in _BROAD),
    )


def _takes_back(claim: Claim, text: str, words: CorrectionWords) -> TakesBack | None:
    if not claim.evidence:
        return None
    start = max(text.rfind(mark, 0, claim.evidence[0].start) for mark in (". ", "\n")) + 1
    ends = [at for mark in (". ", "\n") if (at := text.find(mark, claim.evidence[-1].end)) >= 0]
    sentence = text[start : min(ends, default=len(text)) + 1]
    rule = words.rule_in(sentence)
    return TakesBack(rule, tuple(int(digits) for digits in _DIGITS.findall(sentence))) if rule else None


def _distinct(spots: Iterable[Spot]) -> tuple[Spot, ...]:
    return tuple({(spot.sounds, spot.place): spot for spot in spots if spot.sounds}.values())


def sounds_of(name: str, areas: frozenset[str]) -> tuple[str, ...]:
    """How the words of a place's name sound, without the Arabic article and words for areas ('district', 'northern').

    'Urum al-Joz' and 'Urom al Joz' are both ('rm', 'jz'). A name of such words alone has no sound.
    """
    words = (word for word in fold_words(name.replace("-", " ")).keys if word not in areas)
    return tuple(_DOUBLED.sub(r"\1", _VOWELS.sub("", word)) or word for word in words)


@lru_cache(16_384)
def sound_of(name: str) -> str:
    """The consonants of a whole name without the Arabic article: one for 'Urum al-Joz' and 'Urom al Joz'."""
    return "".join(sounds_of(name, _ARTICLES))


def _tolls(figures: Sequence[Figure]) -> tuple[Toll, ...]:
    told = (
        Toll(figure.kind, figure.low, figure.high, figure.part_of is not None)
        for figure in figures
        if figure.kind in _TOLLS and figure.scope != "total"
    )
    return tuple(dict.fromkeys(told))


def _reaches(claim: Claim, report: Report, words: CountedWords) -> tuple[Reach, ...]:
    telling = Telling(claim=claim, report=report)
    return tuple(reach_of(count_of(telling, figure, words), words) for figure in claim.figures)


def _words(runs: Iterable[Span], text: str, small: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The names and the other words of the runs, without small ones and numbers."""
    names: set[str] = set()
    words: set[str] = set()
    for run in runs:
        part = run.of(text)
        found = fold_words(part)
        for key, start in zip(found.keys, found.starts, strict=True):
            if len(key) > 2 and not key.isdecimal() and key not in small:
                (names if part[start].isupper() else words).add(key)
    return frozenset(names), frozenset(words - names)
