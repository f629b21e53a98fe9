"""Taking an entry back from a page that is about one kind of them."""

from __future__ import annotations

from twosource.corpus_records import Decision, DecisionKind
from twosource.errors import UsageError
from twosource.store.decisions import entry
from twosource.web.desk import Desk

__all__ = ["check_on"]

_ABOUT = {
    DecisionKind.ACTOR: "the kind of an actor",
    DecisionKind.ENTITY: "names",
    DecisionKind.OUTCOME: "what came of a plan",
}


def check_on(desk: Desk, number: int, kind: DecisionKind) -> Decision:
    """The entry of the log with this number. Raises UsageError unless there is one, of this kind."""
    with desk.project.looking() as connection:
        found = entry(connection, number)
    if found is None or found.kind is not kind:
        raise UsageError(f"entry {number} of the log is no decision on {_ABOUT.get(kind, f'a {kind}')}")
    return found
