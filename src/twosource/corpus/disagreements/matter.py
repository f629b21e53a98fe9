"""Whether two claims can tell of one matter, by place, and whether two figures of it can be weighed at all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from twosource.closed_sets import ClaimType, FigureKind
from twosource.corpus.counting import Count, gap, said_number
from twosource.corpus.disagreements.making import Ground
from twosource.corpus.events.traits import sound_of
from twosource.corpus.tellings import Telling
from twosource.knowledge.disagreement_words import DisagreementWords
from twosource.knowledge.name_index import fold_actor
from twosource.records import Report

__all__ = ["HARM", "adds_up", "one_event", "one_place", "unlike_places", "weighable"]

HARM = frozenset([FigureKind.KILLED, FigureKind.INJURED, FigureKind.CAPTURED, FigureKind.MISSING])
_TWO_SIDED = frozenset([ClaimType.ARMED_CLASH, ClaimType.OFFENSIVE])
_FARTHEST = 3.0
"""Figures of harm more than eight times apart are mostly of two matters, or one of them is no such figure."""
_SUBGROUPS = frozenset(["children", "women", "men", "families", "medics", "journalists", "refugees"])
_NAMES = 3
_AROUND = 300  # code points before and after a claim in which names speak for its event
_RARE = 0.06  # share of the reports below which a name is rare
_NAME = re.compile(r"\b[A-Z][^\W\d_]{3,}")
_WORD = re.compile(r"[^\W\d_]+")
_NEAR = 12  # code points before and after a figure in which another number is looked for
_NUMBER_BEFORE = re.compile(r"\d\s+$")
_NUMBER_AFTER = re.compile(r"^\s+\d")


def one_event(first: Telling, second: Telling, by: Ground, names: int = _NAMES) -> bool:
    """Whether two claims of unlike reports surely tell of one event: by rare names that the words around both share.

    A day and a town are not enough: a city at war has several raids in a day. Nor is one number.
    """
    if first.lineages & second.lineages:
        return True
    return len(_rare(first, by) & _rare(second, by)) >= names


def _rare(telling: Telling, by: Ground) -> frozenset[str]:
    """The proper names around a claim that few reports use, by their sound; each claim is paired with many."""
    known = by.rare.get(telling.claim.id)
    if known is None:
        known = by.rare[telling.claim.id] = _rare_around(telling, by)
    return known


def _rare_around(telling: Telling, by: Ground) -> frozenset[str]:
    span, text = telling.span, telling.report.text
    around = text[max(0, span.start - _AROUND) : span.end + _AROUND]
    words = {fold_actor(word) for word in _NAME.findall(around)}
    return frozenset(sound_of(word) for word in words if by.share(word) < _RARE) - {""}


def one_place(first: Telling, second: Telling, words: DisagreementWords) -> bool:
    """Whether the places can be one: some are alike by their sound, and not each side has others that it keeps alone.

    A province in common is no common place where each side names a town of its own, and a country never is one.
    """
    ours, theirs = _sounds(first.places, words.countries), _sounds(second.places, words.countries)
    shared = ours & theirs
    return bool(shared) and not (ours - shared and theirs - shared)


@lru_cache(4096)
def _sounds(places: frozenset[str], countries: frozenset[str]) -> frozenset[str]:
    """How the places sound, countries left out."""
    return frozenset(sound_of(name) for name in places - countries) - {""}


def adds_up(first: Count, second: Count) -> bool:
    """Whether the higher figure is of more places than the lower one, and so may be a sum that holds it."""
    less, more = sorted((first, second), key=lambda one: said_number(one.figure) or one.figure.low or 0)
    return len(more.telling.places) > len(less.telling.places) > 0


def unlike_places(first: Telling, second: Telling, words: DisagreementWords) -> bool:
    """Whether both name places below a country, none alike, and neither report names the other's anywhere.

    A report that names both may tell of a town and of its province, so that nothing is held against it.
    """
    ours, theirs = (one.places - words.countries for one in (first, second))
    if not ours or not theirs or any(_sound_alike(one, other) for one in ours for other in theirs):
        return False
    return not (_names(first.report, theirs) or _names(second.report, ours))


def _sound_alike(first: str, second: str) -> bool:
    """Whether two names may be spellings of one: 'Kubra' and 'Kubrah' begin with the same consonants."""
    one, other = sound_of(first), sound_of(second)
    return one.startswith(other) or other.startswith(one)


def _names(report: Report, places: Iterable[str]) -> bool:
    """Whether a report names one of the places, however it is spelt: by the sound of each word of the name."""
    heard = {sound_of(word) for word in _WORD.findall(report.text)}
    return any(all(sound_of(word) in heard for word in place.split() if sound_of(word)) for place in places)


def weighable(first: Count, second: Count) -> bool:
    """Whether two figures can be held against each other; those that are not of harm always can.

    Of harm both must give a number, of everybody or of one side's, in an act that is no fight, and within eightfold.
    """
    if first.counted.kind not in HARM:
        return True
    if {first.telling.claim.type, second.telling.claim.type} & _TWO_SIDED or first.counted.whom & _SUBGROUPS:
        return False
    if any(said_number(one.figure) is None or _beside_a_number(one) for one in (first, second)):
        return False
    return gap(first.figure, second.figure) <= _FARTHEST


def _beside_a_number(count: Count) -> bool:
    """Whether another bare number stands right beside: two in a row are leftovers of a page and count nothing."""
    text, span = count.telling.report.text, count.figure.span
    return bool(
        _NUMBER_BEFORE.search(text[max(0, span.start - 12) : span.start]) or _NUMBER_AFTER.match(text[span.end :])
    )
