"""Which figures of one report are two values of one: headline and body, or two voices on one matter."""

from __future__ import annotations

from collections.abc import Sequence

from twosource.closed_sets import family_of
from twosource.corpus.counting import Count, gap
from twosource.corpus.disagreements.verdicts import comparable, same_speaker
from twosource.corpus.tellings import Naming, Telling

__all__ = ["days_meet", "one_matter"]

_STATES = frozenset(["posture", "control", "support"])
"""Families whose claims last: what is counted of one actor at one place is one number, however often it is told."""


def one_matter(first: Count, second: Count, every: Sequence[Count], naming: Naming) -> bool:
    """Whether two figures of one report are values of one figure."""
    one, other = first.telling, second.telling
    if one.report.id != other.report.id or one.claim.id == other.claim.id or first.figure.span == second.figure.span:
        return False
    if not comparable(first, second) or not days_meet(one, other):
        return False
    if one.in_headline != other.in_headline:
        headline, body = (first, second) if one.in_headline else (second, first)
        return _stands_against(headline, body, every)
    if family_of(one.claim.type) in _STATES and family_of(other.claim.type) in _STATES:
        return _one_state(one, other, naming)
    if one.claim.type is not other.claim.type or same_speaker(one, other, naming):
        return False
    return bool(one.places & other.places)


def days_meet(first: Telling, second: Telling) -> bool:
    """Whether two claims can be of one day; a claim without a day meets any."""
    (start, end), (other_start, other_end) = first.days, second.days
    if start and other_end and start > other_end:
        return False
    return not (other_start and end and other_start > end)


def _stands_against(headline: Count, body: Count, every: Sequence[Count]) -> bool:
    """Whether the body never gives the headline's value, and this is the first that it gives in its place."""
    if headline.telling.claim.type is not body.telling.claim.type:
        return False
    rivals = [one for one in every if not one.telling.in_headline and one.counted.kind is headline.counted.kind]
    if any(gap(headline.figure, one.figure) == 0 for one in rivals):
        return False
    same = [one for one in rivals if comparable(headline, one)]
    places = headline.telling.places, body.telling.places
    met = not places[0] or not places[1] or bool(places[0] & places[1])
    return met and same[:1] == [body] and not _is_sum(headline, same)


def _is_sum(whole: Count, parts: Sequence[Count]) -> bool:
    """Whether the headline adds up what the body tells one by one."""
    lows = [one.figure.low or 0 for one in parts]
    return len(lows) > 1 and any(sum(lows[:upto]) == whole.figure.low for upto in range(2, len(lows) + 1))


def _one_state(first: Telling, second: Telling, naming: Naming) -> bool:
    """Whether both tell how many of one actor there are at one place."""
    actors = first.keys(first.claim.actors, naming) & second.keys(second.claim.actors, naming)
    return bool(actors and first.places & second.places)
