"""Who has an interest in a claim: parties that speak of themselves or of their opponent, and the organs of parties.

A party's word against its own interest is an admission; its word to its own credit is a boast, and what it lays on its
opponent is an accusation. All three are kept beside the claim, and weigh differently.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from twosource.closed_sets import FigureKind, Stance
from twosource.corpus.events.members import Member, SpeaksFor, asserts
from twosource.corpus.events.traits import Party
from twosource.corpus_records import Interest, Stake
from twosource.knowledge.event_rules import EventRules
from twosource.knowledge.name_index import fold_actor

__all__ = ["interests_in"]


def interests_in(members: Sequence[Member], rules: EventRules, speaks_for: SpeaksFor) -> tuple[Interest, ...]:
    """The interests that sources and outlets have in the claims, in order of the claims."""
    return tuple(found for one in members for found in _of_claim(one, rules, speaks_for))


def _of_claim(one: Member, rules: EventRules, speaks_for: SpeaksFor) -> Iterator[Interest]:
    if one.claim.stance is Stance.DENIES:
        return
    for name, key in _speakers(one, speaks_for):
        if _among(key, name, one.traits.claim.actors):
            yield _of_doer(one, name, rules)
        elif _among(key, name, one.traits.claim.targets):
            yield _of_victim(one, name)


def _speakers(one: Member, speaks_for: SpeaksFor) -> Iterator[tuple[str, str | None]]:
    """Each who says it, with whom it speaks for: the sources, or the outlet where the report has none."""
    for source in one.claim.sources:
        own = next((key for key in one.sources if key.partition(":")[2] == fold_actor(source.name)), None)
        yield source.name, speaks_for(source.name) or own
    if not one.claim.sources and one.outlet is not None and (behind := speaks_for(one.outlet)) is not None:
        yield one.outlet, behind


def _among(key: str | None, name: str, parties: Sequence[Party]) -> bool:
    folded = fold_actor(name)
    return any((key is not None and party.key == key) or fold_actor(party.name) == folded for party in parties)


def _of_doer(one: Member, name: str, rules: EventRules) -> Interest:
    if one.claim.type in rules.admitted or _harms_civilians(one, rules):
        reason = f"{name} owns to a deed that is held against it."
        return Interest(claim=one.id, source=name, stake=Stake.ADMITS, reason=reason)
    return Interest(claim=one.id, source=name, stake=Stake.BOASTS, reason=f"{name} tells of its own deed.")


def _of_victim(one: Member, name: str) -> Interest:
    losses = any(
        figure.kind in (FigureKind.KILLED, FigureKind.INJURED, FigureKind.CAPTURED) for figure in one.claim.figures
    )
    if losses and asserts(one) and not one.traits.claim.actors:
        return Interest(claim=one.id, source=name, stake=Stake.ADMITS, reason=f"{name} tells of its own losses.")
    return Interest(claim=one.id, source=name, stake=Stake.ACCUSES, reason=f"{name} tells what was done to it.")


def _harms_civilians(one: Member, rules: EventRules) -> bool:
    if any(figure.kind is FigureKind.CIVILIANS for figure in one.claim.figures):
        return True
    words = {word for target in one.claim.targets for word in fold_actor(target.name).split()}
    return bool(words & rules.civilians)
