"""The grade of an event, in the manner of casualty recorders, and what became of what was planned."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from twosource.closed_sets import Stance, Status
from twosource.corpus.events.members import Member, asserts, origins_of
from twosource.corpus_records import Grade, Interest, Outcome, Stake

__all__ = ["OneSide", "denials_among", "grade_of", "outcome_of"]

OneSide = Callable[[str, str], bool]
"""Whether two entities (ids) are one side: a state and its army, a coalition and its leader."""

_KNOWN = "actor:"


def denials_among(members: Sequence[Member]) -> list[Member]:
    """The claims that deny the event."""
    return [one for one in members if one.claim.stance is Stance.DENIES]


def outcome_of(members: Sequence[Member]) -> Outcome | None:
    """What became of what was planned; None where no claim announces it."""
    if not any(one.claim.status is Status.PLANNED for one in members):
        return None
    if any(asserts(one) for one in members):
        return Outcome.CARRIED_OUT
    if any(one.claim.negated for one in members) or denials_among(members):
        return Outcome.CONTRADICTED
    return Outcome.NOT_REPORTED


def grade_of(members: Sequence[Member], interests: Sequence[Interest], one_side: OneSide) -> tuple[Grade, str]:
    """The grade and a sentence that says why: the first that fits, in the order of ``Grade``.

    ``one_side`` tells whether two entities are of one side, so that to name both is no contest.
    """
    told = [one for one in members if asserts(one)]
    if not told:
        return _untold(members)
    origins, denials = origins_of(told), denials_among(members)
    admitted = [one for one in interests if one.stake is Stake.ADMITS]
    if denials and len(origins) <= len(origins_of(denials)) and not admitted:
        return (
            Grade.DENIED,
            f"{_origins(len(origins))} {_tell(len(origins))} of it, and {_speakers(denials)} denied it.",
        )
    doers = _rival_doers(told, one_side)
    if doers is not None:
        return Grade.CONTESTED, f"Independent origins lay it on {doers[0]} and on {doers[1]}."
    if admitted:
        return Grade.CONFIRMED, f"{admitted[0].source} is a party to it: {admitted[0].reason}"
    note = f" {_speakers(denials)} denied it." if denials else ""
    if len(origins) > 1:
        return Grade.FAIR, f"{_origins(len(origins))} tell of it: no two share a text or a named source.{note}"
    boast = next((one for one in interests if one.stake is Stake.BOASTS), None)
    by = f" {boast.source} is a party to it and tells it to its own credit." if boast else ""
    return Grade.WEAK, f"All its reports go back to one origin.{by}{note}" if len(told) > 1 else f"One claim.{by}{note}"


def _untold(members: Sequence[Member]) -> tuple[Grade, str]:
    """The grade of what no claim tells to have happened."""
    denials = denials_among(members)
    if denials:
        return Grade.DENIED, f"{_speakers(denials)} denied it, and no report asserts it."
    outcome = outcome_of(members)
    if outcome is Outcome.CONTRADICTED:
        return Grade.PLANNED, "It was announced, and a report says that it did not come about."
    if outcome is Outcome.NOT_REPORTED:
        return Grade.PLANNED, "It was announced, and no report tells that it happened."
    return Grade.WEAK, "No report says outright that it happened."


def _rival_doers(told: Sequence[Member], one_side: OneSide) -> tuple[str, str] | None:
    """Two doers that independent origins name against each other; None where they agree or none is known."""
    named = [(one, doers) for one in told if (doers := _doers(one))]
    for at, (one, mine) in enumerate(named):
        for other, theirs in named[at + 1 :]:
            rivals = not any(a == b or one_side(a, b) for a in mine for b in theirs)
            if rivals and len(origins_of([one, other])) > 1:
                return next(iter(mine.values())), next(iter(theirs.values()))
    return None


def _doers(one: Member) -> dict[str, str]:
    """The doers that the table of actors knows, by key; of other names nobody can say whether they are rivals."""
    return {party.key: party.name for party in one.traits.claim.actors if party.key and party.key.startswith(_KNOWN)}


def _origins(count: int) -> str:
    return "One origin" if count == 1 else f"{count} independent origins"


def _tell(count: int) -> str:
    return "tells" if count == 1 else "tell"


def _speakers(members: Sequence[Member]) -> str:
    names = [source.name for one in members for source in one.claim.sources] or [
        one.outlet or one.report for one in members
    ]
    return " and ".join(list(dict.fromkeys(names))[:3])
