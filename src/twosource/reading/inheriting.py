"""A claim of an event takes the place and the day that the report gives the same event elsewhere, where that is likely.

How likely it is rests on measures of the claim and of those that tell the place or the day, weighed by a model.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

import msgspec

from twosource.closed_sets import ClaimType, Status, family_of
from twosource.knowledge.inheriting import Inheriting, Likelihood
from twosource.knowledge.word_sets import WordSets
from twosource.reading.merging import Apart, agree
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
_FORCEFUL = frozenset({"force", "persons", "harm", "control", "posture"})
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
    a claim whose event word is not there are certain.
    """

    def __init__(
        self,
        claims: Iterable[Claim],
        tree: Tree,
        apart: Apart,
        sets: WordSets,
        pointed: Mapping[Span, Sequence[Part]],
    ) -> None:
        self.claims = sorted(claims, key=lambda c: (c.trigger, c.type))
        self._tree = tree
        self._apart = apart
        self._sets = sets
        self._pointed = pointed
        self._sentences = [tree.sentences_of(claim.trigger).start for claim in self.claims]

    def places(self, at: int) -> list[Offer]:
        """The places that the claim at this index might take, those told first before the others."""
        claim = self.claims[at]
        names = tuple(named.name for named in claim.places)
        tellings = self._by_value(at, lambda c: tuple(named.name for named in c.places))
        own, whereabouts = self._sureness(claim), float(self._says_whereabouts(at))
        shared = {"own": own, "whereabouts": whereabouts} | self._of_claim(claim)
        before = {value: max(n for n in where if n < at) for value, where in tellings.items() if where[0] < at}
        last = max(before, key=before.__getitem__, default=None)
        offers = []
        for value, where in tellings.items():
            if value == names:
                continue
            measures = shared | self._of_tellings(at, where) | {"last": float(value == last)}
            measures["own_often"] = own * measures["often"]
            measures["lead"] = float(any(name in self._tree.text[:_LEAD] for name in value))
            offers.append(Offer(self.claims[_nearest(where, at)].places, measures))
        return offers

    def _sureness(self, claim: Claim) -> float:
        """How sure the claim's own place is, from 0 (there is none, or none that the reader points at) to 1."""
        if claim.trigger not in self._pointed:
            return float(bool(claim.places))
        parts = self._pointed[claim.trigger]
        return max((p.score for p in parts for named in claim.places if p.span.meets(named.said_at)), default=0.0)

    def times(self, at: int) -> list[Offer]:
        """The times that the claim at this index might take."""
        claim = self.claims[at]
        tellings = self._by_value(at, lambda c: (c.when.start, c.when.end) if c.when else ())
        offers = []
        for where in tellings.values():
            when = self.claims[_nearest(where, at)].when
            if when is None or not (when.start or when.end):
                continue
            days = (when.end - when.start).days + 1 if when.start and when.end else _LONG
            measures = self._of_claim(claim) | self._of_tellings(at, where)
            offers.append(Offer(when, measures | {"short": float(days <= _SHORT), "long": float(days >= _LONG)}))
        return offers

    def _by_value(self, at: int, value_of: Callable[[Claim], _Value]) -> dict[_Value, list[int]]:
        """Where among the claims around this one each value is told; a claim itself tells it nothing."""
        found: dict[_Value, list[int]] = {}
        for other in range(max(0, at - _BEFORE), min(len(self.claims), at + _BEHIND)):
            value = value_of(self.claims[other])
            if other != at and value:
                found.setdefault(value, []).append(other)
        return found

    def _of_claim(self, claim: Claim) -> dict[str, float]:
        family = family_of(claim.type)
        return {
            "deed": float(family in _FORCEFUL),
            "speech": float(family == "diplomacy"),
            "relation": float(family == "support"),
            "ongoing": float(claim.status is Status.ONGOING),
        }

    def _of_tellings(self, at: int, where: Sequence[int]) -> dict[str, float]:
        """What the tellings of one value, by their indices, have to do with the claim."""
        claim, sentence = self.claims[at], self._sentences[at]
        before = [sentence - self._sentences[n] for n in where if n < at]
        others = [self.claims[n] for n in where]
        kin = [one for one in others if _is_kin(one, claim)]
        return {
            "back": 1 / (1 + min(before)) if before else 0.0,
            "beside": float(any(self._sentences[n] == sentence for n in where)),
            "often": min(_MANY, len(where)) / _MANY,
            "alike": float(any(one.status is claim.status for one in others)),
            "kin": float(bool(kin)),
            "pointed_at": float(bool(kin) and self._points_back(claim)),
            "one_event": float(any(self._may_be_one(one, claim) for one in kin)),
        }

    def _may_be_one(self, a: Claim, b: Claim) -> bool:
        """Whether the two may tell of one event: both of what happened or neither, and no party against it."""
        if (a.status is Status.HAPPENED) != (b.status is Status.HAPPENED):
            return False
        return agree(a.actors, b.actors, self._apart) and agree(a.targets, b.targets, self._apart)

    def _points_back(self, claim: Claim) -> bool:
        """Whether the event word is a noun with 'the' or 'this': 'the attack'."""
        token = self._tree.at(claim.trigger.start)
        return token is not None and self._tree[token].pos == "NOUN" and self._is_pointed_at(token)

    def _says_whereabouts(self, at: int) -> bool:
        """Whether the claim's sentence points at a place told before: 'the town', 'there'."""
        tree = self._tree
        for number in tree.between(tree.sentences[self._sentences[at]].span):
            word = tree[number].text.lower()
            if word == "there" and tree[number].dep != "expl":
                return True
            if tree[number].lemma.lower() in self._sets.place_nouns and self._is_pointed_at(number):
                return True
        return False

    def _is_pointed_at(self, token: int) -> bool:
        return any(self._tree[n].text.lower() in _POINTING for n in self._tree.under(token, ("det",)))


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
    likely = [(known.of(offer.measures), offer) for offer in offers]
    best = max(likely, key=lambda pair: pair[0], default=None)
    return best[1].value if best is not None and best[0] >= known.least else None


def _is_kin(a: Claim, b: Claim) -> bool:
    """Whether one may tell of the other's event by their types: a like deed, or what it cost."""
    tolls = {a.type, b.type} <= _TOLLS
    return a.type == b.type or tolls or (b.type in _TOLLS and family_of(a.type) == "force")


def _nearest(where: Sequence[int], at: int) -> int:
    """The telling nearest before the claim, else the first behind it."""
    return max((n for n in where if n < at), default=where[0])
