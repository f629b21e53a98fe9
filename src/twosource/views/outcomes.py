"""What did people find to have come of a plan?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import msgspec

from twosource.corpus.outcomes import OutcomeWord, is_plan
from twosource.corpus_records import Decision, DecisionKind
from twosource.records import Claim
from twosource.store import Project
from twosource.store.decisions import decisions_in_force, entry, last_numbers, last_on
from twosource.store.outcomes import outcomes_among, outcomes_of

__all__ = ["Outcome", "OutcomeWord", "PlanOutcome", "last_words", "outcome_of", "outcomes_on", "plan_outcomes"]


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody found to have come of a plan, beside what the report says of it, and why.

    ``claim``, of ``report`` and with these ``words``, or ``event`` tells so; all are None where none was named.
    ``number`` is the entry's in the log, ``made`` its time (UTC, ISO 8601).
    """

    word: OutcomeWord
    number: int
    who: str
    made: str
    reason: str
    claim: str | None = None
    report: str | None = None
    words: str | None = None
    event: str | None = None


class PlanOutcome(msgspec.Struct, frozen=True):
    """What came of one plan, None where nobody said, and the last entry of the log on it, 0 for none."""

    outcome: Outcome | None
    seen: int


def outcome_of(entry: Decision) -> Outcome:
    """The outcome that an entry of the log keeps."""
    told = {name: entry.value.get(name) for name in ("claim", "report", "words", "event")}
    word = OutcomeWord(entry.verdict)
    return Outcome(word=word, number=entry.number, who=entry.who, made=entry.made, reason=entry.reason, **told)


def outcomes_on(project: Project, reports: Collection[str]) -> dict[str, Outcome]:
    """What people found to have come of the plans that these reports (ids) tell, by the claim's id."""
    with project.looking() as connection:
        return {claim: outcome_of(one) for claim, one in outcomes_among(connection, reports).items()}


def last_words(project: Project, plans: Mapping[tuple[str, str], Outcome | None]) -> dict[str, int]:
    """The number of the last entry of the log on each of these plans, by the claim's id; 0 for none.

    ``plans`` are the report and the claim of each, with its outcome. An outcome may stand on an earlier id of the
    claim, and the last entry on it may take another back: so the number isn't always the outcome's own.
    """
    found: dict[str, int] = {}
    with project.looking() as connection:
        last = last_numbers(connection, DecisionKind.OUTCOME)
        for plan, outcome in plans.items():
            kept = entry(connection, outcome.number) if outcome else None
            found[plan[1]] = last.get(kept.subjects if kept else plan, 0)
    return found


def plan_outcomes(project: Project, claims: Iterable[Claim]) -> dict[str, PlanOutcome]:
    """What came of those of these claims that tell of plans, by the claim's id."""
    told = [one for one in claims if is_plan(one)]
    if not told:
        return {}
    with project.looking() as connection:
        any_kept = bool(decisions_in_force(connection, DecisionKind.OUTCOME))
        laid = {id_: outcomes_of(connection, id_) for id_ in {one.report for one in told}} if any_kept else {}
        found: dict[str, PlanOutcome] = {}
        for one in told:
            kept = laid[one.report].on.get(one.id) if any_kept else None
            subjects = kept.subjects if kept else (one.report, one.id)
            last = last_on(connection, DecisionKind.OUTCOME, subjects)
            found[one.id] = PlanOutcome(outcome_of(kept) if kept else None, last.number if last else 0)
    return found
