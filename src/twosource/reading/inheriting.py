"""A claim of an event takes the place and the day that the report gives the same event elsewhere, where that is likely.

How likely it is rests on measures of the claim and of those that tell the place or the day, weighed by a model.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple, TypeVar

import msgspec

from twosource.closed_sets import DEEDS, ClaimType, Status, family_of
from twosource.knowledge.inheriting import Inheriting, Likelihood
from twosource.knowledge.word_sets import WordSets
from twosource.reading.merging import Apart, words_agree, words_of
from twosource.reading.signals import Part
from twosource.reading.tree import Tree
from twosource.records import Claim, Named, When
from twosource.spans import Span

__all__ = ["PLACE_MEASURES", "TIME_MEASURES", "Offer", "Tellings", "inherited"]

PLACE_MEASURES = (
    *("own", "back", "last", "often", "own_often", "lead", "whereabouts", "kin", "pointed_at", "alike"),
    *("deed", "speech", "relation", "ongoing"),
)
"""What speaks for a place that others tell, or against it: how sure the claim's own place is; how near before it the
other stands, whether it is the one told last, how often it is told, both that and a place of its own, whether it stands
in the lead; whether the claim points at a place ('the town'); whether a like deed is there, whether the claim points at
it ('the attack'), whether one of like status is; what kind of claim it is.
"""
TIME_MEASURES = (
    *("back", "beside", "often", "kin", "pointed_at", "one_event", "alike", "short", "long"),
    *("deed", "speech", "relation", "ongoing"),
)
"""The same for a time; ``beside`` is one told in the claim's own sentence, of another event."""

_Value = TypeVar("_Value", bound=tuple[object, ...])
_TOLLS = frozenset({ClaimType.KILLS, ClaimType.INJURES, ClaimType.DAMAGES, ClaimType.DISPLACES})
_BEFORE, _BEHIND = 100, 40  # claims before and behind one that may tell its place or its day
_MANY = 6  # tellings of a place from which on more of them say no more
_POINTING = frozenset({"the", "this", "that", "these", "those"})
_LEAD = 250  # code points in which a report's headline and first words stand
_SHORT, _LONG = 2, 60  # days: up to the one a time is a day or a night, from the other on a season


class Offer(NamedTuple):
    """A place or a time that other claims tell, and what speaks for it and against it, by the names of measures."""

    value: tuple[Named, ...] | When
    measures: dict[str, float]


class Tellings:
    """The claims of one report in order of the text, and what each might take from the others.

    ``pointed`` has for the event word of a claim the words that the trained reader takes for its places; the places of
    a claim whose event word is not there are certain. ``countries`` are the names of places that are one.
    """

    def __init__(
        self,
        claims: Iterable[Claim],
        tree: Tree,
        apart: Apart,
        sets: WordSets,
        pointed: Mapping[Span, Sequence[Part]],
        countries: Container[str] = (),
    ) -> None:
        self.claims = sorted(claims, key=lambda c: (c.trigger, c.type))
        self._tree = tree
        self._sets = sets
        self._pointed = pointed
        self._countries = countries
        self._sentences = [tree.sentences_of(claim.trigger).start for claim in self.claims]
        self._whereabouts: dict[int, bool] = {}
        self._pointing: dict[int, bool] = {}
        self._types = [claim.type for claim in self.claims]
        self._statuses = [claim.status for claim in self.claims]
        self._happened = [status is Status.HAPPENED for status in self._statuses]
        self._acting = [words_of(claim.actors, apart) for claim in self.claims]
        self._hit = [words_of(claim.targets, apart) for claim in self.claims]
        self._places = [tuple([named.name for named in claim.places]) for claim in self.claims]
        self._days = [(claim.when.start, claim.when.end) if claim.when else () for claim in self.claims]
        self._told_places = [(n, value) for n, value in enumerate(self._places) if value]
        self._told_days = [(n, value) for n, value in enumerate(self._days) if value]
        lead = tree.text[:_LEAD]
        self._in_lead = {value: float(any(name in lead for name in value)) for value in set(self._places)}

    def places(self, at: int) -> list[Offer]:
        """The places that the claim at this index might take, those told first before the others.

        What has been counted since a day ('since 2011 over 500,000 have died') is of a country, if of any place.
        """
        claim, names = self.claims[at], self._places[at]
        tellings = self._by_value(at, self._told_places)
        if not tellings:
            return []
        last = next((n for n in range(at - 1, max(0, at - _BEFORE) - 1, -1) if self._places[n]), None)
        total = claim.type in _TOLLS and _is_running(claim.when)
        own, whereabouts = self._sureness(claim), float(self._says_whereabouts(at))
        shared = {"own": own, "whereabouts": whereabouts, **self._of_claim(claim)}
        offers = []
        for value, where in tellings.items():
            if value == names or (total and not all(name in self._countries for name in value)):
                continue
            behind = bisect_left(where, at)
            measures = {**shared, **self._of_tellings(at, where, behind, self._kin(at, where))}
            measures["last"] = float(last is not None and self._places[last] == value)
            measures["own_often"] = own * measures["often"]
            measures["lead"] = self._in_lead[value]
            nearest = where[behind - 1] if behind else where[0]
            offers.append(Offer(self.claims[nearest].places, measures))
        return offers

    def _sureness(self, claim: Claim) -> float:
        """How sure the claim's own place is, from 0 (there is none, or none that the reader points at) to 1."""
        if claim.trigger not in self._pointed:
            return float(bool(claim.places))
        parts = self._pointed[claim.trigger]
        return max((p.score for p in parts for named in claim.places if p.span.meets(named.said_at)), default=0.0)

    def times(self, at: int) -> list[Offer]:
        """The times that the claim at this index might take."""
        shared = self._of_claim(self.claims[at])
        offers = []
        for where in self._by_value(at, self._told_days).values():
            behind = bisect_left(where, at)
            when = self.claims[where[behind - 1] if behind else where[0]].when
            if when is None or not (when.start or when.end):
                continue
            days = (when.end - when.start).days + 1 if when.start and when.end else _LONG
            kin = self._kin(at, where)
            measures = {**shared, **self._of_tellings(at, where, behind, kin)}
            measures["short"], measures["long"] = float(days <= _SHORT), float(days >= _LONG)
            measures["beside"] = float(any(self._sentences[n] == self._sentences[at] for n in where))
            measures["one_event"] = float(self._is_one_of(kin, at))
            offers.append(Offer(when, measures))
        return offers

    def _by_value(self, at: int, told: Iterable[tuple[int, _Value]]) -> dict[_Value, list[int]]:
        """Where among the claims around this one each value is told; a claim itself tells it nothing.

        ``told`` has the claims that tell one, by their indices (in order), with what they tell.
        """
        found: dict[_Value, list[int]] = defaultdict(list)
        first, end = at - _BEFORE, at + _BEHIND
        for other, value in told:
            if first <= other < end and other != at:
                found[value].append(other)
        return found

    def _of_claim(self, claim: Claim) -> dict[str, float]:
        family = family_of(claim.type)
        return {
            "deed": float(family in DEEDS),
            "speech": float(family == "diplomacy"),
            "relation": float(family == "support"),
            "ongoing": float(claim.status is Status.ONGOING),
        }

    def _kin(self, at: int, where: Iterable[int]) -> list[int]:
        """Those of the claims that may tell of the claim's event by their type."""
        alike, types = _kin_of(self._types[at]), self._types
        return [n for n in where if types[n] in alike]

    def _of_tellings(self, at: int, where: Sequence[int], behind: int, kin: Sequence[int]) -> dict[str, float]:
        """What the tellings of one value, by their indices (in order), have to do with the claim; it stands behind so
        many of them, and some are its ``kin``.
        """
        back = self._sentences[at] - self._sentences[where[behind - 1]] if behind else None
        status, statuses = self._statuses[at], self._statuses
        return {
            "back": 1 / (1 + back) if back is not None else 0.0,
            "often": len(where) / _MANY if len(where) < _MANY else 1.0,
            "alike": float(status in [statuses[n] for n in where]),
            "kin": float(bool(kin)),
            "pointed_at": float(bool(kin) and self._points_back(at)),
        }

    def _is_one_of(self, others: Iterable[int], at: int) -> bool:
        """Whether the claim and any of the others may tell of one event: both of what happened or neither, and no
        party against it.
        """
        happened, acting, hit = self._happened[at], self._acting[at], self._hit[at]
        for other in others:
            alike = self._happened[other] == happened and words_agree(self._acting[other], acting)
            if alike and words_agree(self._hit[other], hit):
                return True
        return False

    def _points_back(self, at: int) -> bool:
        """Whether the event word is a noun with 'the' or 'this': 'the attack'."""
        if at not in self._pointing:
            token = self._tree.at(self.claims[at].trigger.start)
            noun = token is not None and self._tree[token].pos == "NOUN"
            self._pointing[at] = noun and token is not None and self._is_pointed_at(token)
        return self._pointing[at]

    def _says_whereabouts(self, at: int) -> bool:
        """Whether the claim's sentence points at a place told before: 'the town', 'there'."""
        sentence = self._sentences[at]
        if sentence not in self._whereabouts:
            self._whereabouts[sentence] = self._points_at_place(self._tree.sentences[sentence].span)
        return self._whereabouts[sentence]

    def _points_at_place(self, sentence: Span) -> bool:
        words, lemmas, nouns = self._tree.words, self._tree.lemmas, self._sets.place_nouns
        for number in self._tree.between(sentence):
            if words[number] == "there" and self._tree[number].dep != "expl":
                return True
            if lemmas[number] in nouns and self._is_pointed_at(number):
                return True
        return False

    def _is_pointed_at(self, token: int) -> bool:
        articles = self._tree.under(token, ("det",))
        return any(self._tree.words[n] in _POINTING for n in articles) if articles else False


def inherited(tellings: Tellings, known: Inheriting) -> list[Claim]:
    """The claims in order of the text, each with the likeliest place and time that others tell, if likely enough.

    A time of its own stays; so does a place, unless another is likely in spite of it.
    """
    return [_filled(tellings, at, known) for at in range(len(tellings.claims))]


def _filled(tellings: Tellings, at: int, known: Inheriting) -> Claim:
    claim = tellings.claims[at]
    place = _likeliest(tellings.places(at), known.places)
    if isinstance(place, tuple):
        claim = msgspec.structs.replace(claim, places=place)
    time = _likeliest(tellings.times(at), known.times) if claim.when is None else None
    return msgspec.structs.replace(claim, when=time) if isinstance(time, When) else claim


def _likeliest(offers: Sequence[Offer], known: Likelihood) -> tuple[Named, ...] | When | None:
    """The value of the likeliest offer; None where it is less likely than the model asks. Of two alike, the first."""
    likely = [known.of(offer.measures) for offer in offers]
    best = max(likely, default=0.0)
    return offers[likely.index(best)].value if offers and best >= known.least else None


def _is_running(when: When | None) -> bool:
    """Whether it is counted from then on: 'since 2011', 'since the beginning of the war'."""
    return when is not None and when.phrase.lower().startswith("since ")


@cache
def _kin_of(type_: ClaimType) -> frozenset[ClaimType]:
    """The types of which a claim may tell of the event of one of this type: a like deed, or of what it cost."""
    deeds = [other for other in ClaimType if family_of(other) == "force"] if type_ in _TOLLS else []
    return frozenset({type_, *deeds, *(_TOLLS if type_ in _TOLLS else ())})
