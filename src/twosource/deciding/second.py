"""What a second person holds of a decision: the decision stands, and the project shows where two disagree."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection

from twosource.corpus_records import Decision, DecisionKind
from twosource.errors import UsageError
from twosource.store import Project
from twosource.store.decisions import append, decisions_in_force, entries_from, entry, in_force, latest

__all__ = ["SECONDED", "Seconded", "decisions_to_second", "person_key", "same_person", "second"]

SECONDED = frozenset(
    {
        DecisionKind.LINEAGE,
        DecisionKind.ENTITY,
        DecisionKind.ACTOR,
        DecisionKind.EVENT,
        DecisionKind.CLAIM,
        DecisionKind.PLACE,
        DecisionKind.TRUST,
        DecisionKind.OUTCOME,
    }
)
"""Kinds of decisions of which a second person may say what they hold."""


class Seconded(msgspec.Struct, frozen=True, kw_only=True):
    """A decision that counts, and the last word on it of each other person, the oldest first."""

    decision: Decision
    words: tuple[Decision, ...] = ()

    @property
    def is_disputed(self) -> bool:
        """Whether somebody disagrees with it."""
        return any(one.verdict == "disagree" for one in self.words)

    def of(self, who: str) -> Decision | None:
        """This person's word on it."""
        return next((one for one in self.words if same_person(one.who, who)), None)


def same_person(first: str, second: str) -> bool:
    """Whether two names are one person's: spaces and capitals tell nobody apart."""
    return person_key(first) == person_key(second)


def person_key(name: str) -> str:
    """What one person's names have in common."""
    return " ".join(name.split()).casefold()


def second(
    project: Project, number: int, verdict: str, *, who: str, reason: str, expected: int | None = None
) -> Decision:
    """Keeps what ``who`` holds of entry ``number`` ('agree', 'disagree', 'undecided'); returns the new entry.

    Nothing else changes by it: to take the decision back, or to decide otherwise, is a decision of its own. A later
    word of the same person counts in the place of the earlier one. ``expected`` is the number of their last word that
    was seen, 0 for none; None doesn't ask. Raises UsageError for an entry that isn't there or doesn't count, of which
    nobody is asked, or that the same person made.
    """
    with project.writing() as connection:
        first = entry(connection, number)
        if first is None:
            raise UsageError(f"the log has no entry {number}")
        if first.kind not in SECONDED or first.undoes is not None:
            raise UsageError(
                f"entry {number} is no decision on reports, names, actors, events, claims, places, trust or plans"
            )
        if same_person(first.who, who):
            raise UsageError(f"entry {number} is your own: a second word on it is another person's")
        if first not in decisions_in_force(connection, first.kind, first.subjects):
            raise UsageError(f"entry {number} counts no more: it was taken back, or decided anew since")
        word = Decision(
            kind=DecisionKind.SECOND,
            subjects=(str(number), person_key(who)),
            verdict=verdict,
            before={"verdict": first.verdict, "reason": first.reason, "who": first.who},
            reason=reason,
            who=who,
        )
        return append(connection, word, expected=expected)


def decisions_to_second(connection: Connection, most: int) -> tuple[list[Seconded], bool]:
    """The decisions that count among the ``most`` last entries that may be seconded, the newest first; and whether
    there are entries before those."""
    entries = latest(connection, SECONDED, most + 1)
    entries, more = entries[-most:], len(entries) > most
    counting = [one for kind in sorted(SECONDED) for one in in_force([each for each in entries if each.kind is kind])]
    words: dict[str, list[Decision]] = {}
    if counting:
        since = min(one.number for one in counting)
        for one in in_force(entries_from(connection, DecisionKind.SECOND, since)):
            words.setdefault(one.subjects[0], []).append(one)
    newest = sorted(counting, key=lambda one: one.number, reverse=True)
    return [Seconded(decision=one, words=tuple(words.get(str(one.number), ()))) for one in newest], more
