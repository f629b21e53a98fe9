"""What came of a plan: recorded by a person beside what the report says of it, which stays as it is."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from twosource.corpus.decided_claims import DecidedClaim, Mark
from twosource.corpus.outcomes import OutcomeWord, is_plan, plan_told
from twosource.corpus_records import Decision, DecisionKind
from twosource.deciding.claims import held_report
from twosource.errors import UsageError
from twosource.store import Project
from twosource.store.decided_claims import overlay_of
from twosource.store.decided_query import decided_with
from twosource.store.decisions import append, lock_log
from twosource.store.events import claims_of_events
from twosource.store.outcomes import outcomes_of

__all__ = ["record_outcome"]


def record_outcome(
    project: Project,
    report: str,
    claim: str,
    word: str,
    *,
    who: str,
    reason: str,
    told_by: str | None = None,
    expected: int | None = None,
) -> Decision:
    """Keeps what came of the plan that a claim (its id) of a report tells: an ``OutcomeWord``; returns the entry.

    ``told_by`` is the id of the claim or event that tells so, or an address that ends with it. ``expected`` is the
    number of the last entry on the plan that was seen, 0 for none; None doesn't ask. Raises UsageError for a claim
    that isn't there, was rejected or tells of no plan, and for a claim or event that isn't there; ConflictError where
    somebody else has decided meanwhile.
    """
    with project.writing() as connection:
        lock_log(connection)
        source = held_report(connection, report)
        one = _plan(overlay_of(connection, report).claims, report, claim)
        known = outcomes_of(connection, report).on.get(one.claim.id)
        named = (told_by or "").strip()
        if named and word == OutcomeWord.NOT_KNOWN:
            raise UsageError("where it is not known what came of a plan, no claim or event can tell so: name none")
        entry = Decision(
            kind=DecisionKind.OUTCOME,
            subjects=known.subjects if known else (report, one.claim.id),
            verdict=word,
            value=_told_by(connection, named, one.claim.id) if named else {},
            before=plan_told(one.claim, source),
            reason=reason.strip() or ("as told there" if named else ""),
            who=who,
        )
        return append(connection, entry, expected=expected)


def _plan(claims: tuple[DecidedClaim, ...], report: str, claim: str) -> DecidedClaim:
    one = next((one for one in claims if one.claim.id == claim), None)
    if one is None:
        raise UsageError(f"{report} has no claim {claim!r}: it may have been read again; look at the report anew")
    if one.mark is Mark.REJECTED:
        raise UsageError(f"{claim} was rejected: take that back before you say what came of it")
    if not is_plan(one.claim):
        raise UsageError(f"{claim} tells of nothing planned, prepared, pledged or threatened: nothing can come of it")
    return one


def _told_by(connection: Connection, named: str, plan: str) -> dict[str, Any]:
    """The claim or event that tells what came, as the entry keeps it."""
    id_ = named.rpartition("#")[2].rpartition("/")[2]
    if id_ == plan:
        raise UsageError(f"{id_} is the plan itself: name what tells what came of it")
    if claims_of_events(connection, [id_]):
        return {"event": id_}
    found = [one for one in decided_with(connection, [id_]) if one.mark is not Mark.REJECTED]
    if not found:
        raise UsageError(f"there is no claim or event {id_!r}: give its id, or the address of its page")
    return {"claim": id_, "report": found[0].claim.report, "words": " … ".join(found[0].evidence)}
