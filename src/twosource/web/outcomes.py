"""What came of plans, in words and with where it is told, for the card of a claim, an event and the list of plans."""

from __future__ import annotations

from twosource.corpus.outcomes import OutcomeWord
from twosource.views.outcomes import Outcome
from twosource.web.decision_words import Link
from twosource.web.event_words import event_path
from twosource.web.wording import report_path

__all__ = ["NOTHING_TELLS", "OUTCOME_WORDS", "told_in"]

OUTCOME_WORDS = {
    OutcomeWord.HAPPENED: "It happened",
    OutcomeWord.NOT_HAPPENED: "It did not happen",
    OutcomeWord.NOT_KNOWN: "Not known yet",
}
"""What came of a plan, in the order in which it is offered."""

NOTHING_TELLS = "nothing tells yet"
"""Why it is not known what came of a plan, where nothing else is said."""


def told_in(outcome: Outcome) -> Link | None:
    """The claim or event that tells what came of the plan, with where it is shown; None where none was named."""
    if outcome.event is not None:
        return Link(outcome.event, event_path(outcome.event))
    if outcome.claim is None or outcome.report is None:
        return None
    return Link(f"“{outcome.words}”", f"{report_path(outcome.report)}#{outcome.claim}")
