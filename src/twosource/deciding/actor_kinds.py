"""Decisions on what an actor is: a state, an armed group, officials, civilians."""

from __future__ import annotations

import difflib

from twosource.closed_sets import ActorKind
from twosource.corpus_records import Decision, DecisionKind
from twosource.errors import UsageError
from twosource.store import Project
from twosource.store.decisions import append
from twosource.store.entities import entities_with
from twosource.store.entity_kinds import lay_kinds

__all__ = ["actor_kind", "classify"]


def classify(
    project: Project, actor: str, kind: ActorKind, *, who: str, reason: str, expected: int | None = None
) -> Decision:
    """Keeps that an actor (its id) is of this kind; returns the entry. The actor is of it from then on.

    It stays when reports are read again and names are brought together anew; where the actor is found to be part of
    another, it counts for that one. Raises UsageError for an id that no actor has, ConflictError where somebody else
    has decided meanwhile.
    """
    with project.writing() as connection:
        known = entities_with(connection, ids=[actor])
        if not known:
            raise UsageError(f"there is no actor {actor!r}: see 'twosource actors'")
        entry = Decision(
            kind=DecisionKind.ACTOR,
            subjects=(actor,),
            verdict="classify",
            value={"kind": kind.value},
            before={"kind": known[0].kind.value, "names": {actor: known[0].name}},
            reason=reason,
            who=who,
        )
        kept = append(connection, entry, expected=expected)
        lay_kinds(connection)
    return kept


def actor_kind(word: str) -> ActorKind:
    """The kind that a word means, as 'armed group'. Raises UsageError, with what it may be, for none."""
    plain = word.strip().casefold().replace("-", "_").replace(" ", "_")
    if plain in tuple(ActorKind):
        return ActorKind(plain)
    near = difflib.get_close_matches(plain, list(ActorKind), n=2)
    hint = f"did you mean {' or '.join(near)}?" if near else f"it is one of {', '.join(ActorKind)}"
    raise UsageError(f"there is no kind of actor {word!r}: {hint}")
