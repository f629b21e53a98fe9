"""Which figures of one report are two values of one: headline and body, or two voices on one matter."""

from __future__ import annotations

from collections.abc import Sequence

from twosource.closed_sets import family_of
from twosource.corpus.counting import Count, gap
from twosource.corpus.disagreements.making import Ground
from twosource.corpus.disagreements.matter import adds_up, one_place, weighable
from twosource.corpus.disagreements.verdicts import comparable, room_for_others, same_speaker
from twosource.corpus.tellings import Naming, Telling

__all__ = ["days_meet", "one_matter"]

_STATES = frozenset(["posture", "control", "support"])
"""Families whose claims last: what is counted of one actor at one place is one number, however often it is told."""


def one_matter(first: Count, second: Count, every: Sequence[Count], by: Ground) -> bool:
    """Whether two figures of one report are values of one figure."""
    one, other = first.telling, second.telling
    if one.report.id != other.report.id or one.claim.id == other.claim.id or first.figure.span == second.figure.span:
        return False
    if not comparable(first, second) or not days_meet(one, other):
        return False
    if first.in_headline != second.in_headline:
        headline, body = (first, second) if first.in_headline else (second, first)
        return _stands_against(headline, body, every)
    if family_of(one.claim.type) in _STATES and family_of(other.claim.type) in _STATES:
        return _one_state(one, other, by.naming)
    if one.claim.type is not other.claim.type or same_speaker(one, other, by.naming):
        return False
    if room_for_others(first, second) or room_for_others(second, first):
        return False
    if first.counted.extent == "total" or not weighable(first, second) or not _may_clash(first, second):
        return False
    return one_place(one, other, by.words) and not adds_up(first, second)


def days_meet(first: Telling, second: Telling) -> bool:
    """Whether two claims can be of one day; a claim without a day meets any."""
    (start, end), (other_start, other_end) = first.days, second.days
    if start and other_end and start > other_end:
        return False
    return not (other_start and end and other_start > end)


def _stands_against(headline: Count, body: Count, every: Sequence[Count]) -> bool:
    """Whether the body never gives the headline's value but this other one in its place.

    Where the headline gives more than the body, and the body tells of several, it may add them up.
    """
    if headline.telling.claim.type is not body.telling.claim.type or not weighable(headline, body):
        return False
    rivals = [one for one in every if not one.in_headline and one.counted.kind is headline.counted.kind]
    if any(gap(headline.figure, one.figure) == 0 for one in rivals):
        return False
    places = headline.telling.places, body.telling.places
    met = not places[0] or not places[1] or bool(places[0] & places[1])
    same = [one for one in rivals if comparable(headline, one)]
    more = (headline.figure.low or 0) > (body.figure.low or 0)
    return met and same[:1] == [body] and (len(rivals) == 1 or not more)


def _may_clash(first: Count, second: Count) -> bool:
    """Whether neither voice sums up the other: a report in its own voice adds up what its sources tell one by one."""
    for lead, part in ((first, second), (second, first)):
        open_ended = lead.figure.high is None or part.figure.high is None
        if lead.telling.own_voice and (open_ended or (lead.figure.low or 0) > (part.figure.low or 0)):
            return False
    return True


def _one_state(first: Telling, second: Telling, naming: Naming) -> bool:
    """Whether both tell how many of one actor there are at one place."""
    actors = first.keys(first.claim.actors, naming) & second.keys(second.claim.actors, naming)
    return bool(actors and first.places & second.places)
