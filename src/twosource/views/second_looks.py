"""Which decisions wait for a second person, and where do two people disagree?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from twosource.corpus.decided_claims import DecidedClaim
from twosource.corpus_records import Decision, DecisionKind
from twosource.deciding.second import Seconded, decisions_to_second, person_key, same_person
from twosource.store import Project
from twosource.store.decided_query import decided_with
from twosource.store.decisions import last_numbers

__all__ = ["MOST_SECONDED", "SecondLook", "Waiting", "second_looks", "waiting_for"]

MOST_SECONDED = 2000
"""Decisions that are gone through for those that wait: the last ones."""


class SecondLook(msgspec.Struct, frozen=True, kw_only=True):
    """A decision, the words of others on it, and those claims that it is about as they stand.

    ``seen`` is the number of the last entry on it of whoever asks, 0 for none.
    """

    seconded: Seconded
    claims: tuple[DecidedClaim, ...] = ()
    seen: int = 0


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """The decisions that wait for a person, those in dispute first; ``more`` where older ones were not gone through."""

    decisions: tuple[Seconded, ...]
    more: bool


def waiting_for(project: Project, who: str) -> Waiting:
    """The decisions that wait for this person: first those in dispute, whoever made them, then those of others on
    which nobody but who made them has said a word; the newest first."""
    with project.looking() as connection:
        every, more = decisions_to_second(connection, MOST_SECONDED)
    disputed = [one for one in every if one.is_disputed]
    silent = [one for one in every if not one.words and not same_person(one.decision.who, who)]
    return Waiting(decisions=(*disputed, *silent), more=more)


def second_looks(project: Project, decisions: Sequence[Seconded], who: str) -> tuple[SecondLook, ...]:
    """These decisions, in their order, with the claims that they are about, for this person."""
    with project.looking() as connection:
        claims = {
            one.claim.id: one
            for one in decided_with(connection, sorted({id_ for one in decisions for id_ in _claims_of(one.decision)}))
        }
        seen = last_numbers(connection, DecisionKind.SECOND) if decisions else {}
    return tuple(_look(one, claims, seen, who) for one in decisions)


def _claims_of(decision: Decision) -> tuple[str, ...]:
    """The ids of the claims that a decision is about."""
    if decision.kind in (DecisionKind.CLAIM, DecisionKind.OUTCOME):
        return decision.subjects[1:]
    return decision.subjects if decision.kind is DecisionKind.EVENT else ()


def _look(
    one: Seconded, claims: Mapping[str, DecidedClaim], seen: Mapping[tuple[str, ...], int], who: str
) -> SecondLook:
    about = tuple(claims[id_] for id_ in _claims_of(one.decision) if id_ in claims)
    last = seen.get((str(one.decision.number), person_key(who)), 0)
    return SecondLook(seconded=one, claims=about, seen=last)
