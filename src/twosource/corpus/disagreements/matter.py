"""Whether two claims can tell of one matter, by place, and whether two figures of it can be weighed at all."""

from __future__ import annotations

import re
from collections.abc import Iterable

from twosource.closed_sets import ClaimType, FigureKind
from twosource.corpus.counting import Count, gap, said_number
from twosource.corpus.events.traits import sound_of
from twosource.corpus.tellings import Telling
from twosource.knowledge.disagreement_words import DisagreementWords
from twosource.records import Report

__all__ = ["HARM", "one_place", "unlike_places", "weighable"]

HARM = frozenset([FigureKind.KILLED, FigureKind.INJURED, FigureKind.CAPTURED, FigureKind.MISSING])
_TWO_SIDED = frozenset([ClaimType.ARMED_CLASH, ClaimType.OFFENSIVE])
_FARTHEST = 3.0
"""Figures of harm more than eight times apart are mostly of two matters, or one of them is no such figure."""
_SUBGROUPS = frozenset(["children", "women", "men", "families", "medics", "journalists", "refugees"])
_WORD = re.compile(r"[^\W\d_]+")
_NEAR = 12  # code points before and after a figure in which another number is looked for
_NUMBER_BEFORE = re.compile(r"\d\s+$")
_NUMBER_AFTER = re.compile(r"^\s+\d")


def one_place(first: Telling, second: Telling, words: DisagreementWords) -> bool:
    """Whether the places can be one: some are alike by their sound, and not each side has others that it keeps alone.

    A province in common is no common place where each side names a town of its own, and a country never is one.
    """
    ours, theirs = ({sound_of(name) for name in one.places - words.countries} - {""} for one in (first, second))
    shared = ours & theirs
    return bool(shared) and not (ours - shared and theirs - shared)


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
