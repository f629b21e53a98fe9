"""What is chosen for a whole project, such as whose borders its map draws: kept in the log, with who and when."""

from __future__ import annotations

from collections.abc import Collection

from twosource.corpus_records import Decision, DecisionKind
from twosource.errors import UsageError
from twosource.store import Project
from twosource.store.decisions import append, decisions_in_force, lock_log

__all__ = ["BORDERS", "choose_setting", "setting"]

BORDERS = "borders"
"""The setting of whose borders are drawn."""


def setting(project: Project, name: str) -> Decision | None:
    """The entry that chose it, its ``value['value']`` being what was chosen; None where nobody has."""
    with project.looking() as connection:
        found = decisions_in_force(connection, DecisionKind.SETTING, (name,))
    return found[-1] if found else None


def choose_setting(
    project: Project, name: str, value: str, *, among: Collection[str], who: str, reason: str
) -> Decision:
    """Keeps what is chosen for the project; returns the entry, the one there is where it says so already.

    Raises UsageError for a value that isn't ``among`` those that can be chosen.
    """
    if value not in among:
        raise UsageError(f"{name} can't be {value!r}: it is one of {', '.join(among)}")
    with project.writing() as connection:
        lock_log(connection)
        known = decisions_in_force(connection, DecisionKind.SETTING, (name,))
        if known and known[-1].value["value"] == value:
            return known[-1]
        entry = Decision(
            kind=DecisionKind.SETTING,
            subjects=(name,),
            verdict="choose",
            value={"value": value},
            before={"value": known[-1].value["value"]} if known else {},
            reason=reason,
            who=who,
        )
        return append(connection, entry)
