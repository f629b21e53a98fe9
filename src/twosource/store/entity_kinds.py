"""The kinds that people gave actors, laid over those that tables and form tell, which are kept beside them."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection

from twosource.closed_sets import ActorKind
from twosource.corpus_records import Decision, DecisionKind, Entity
from twosource.store.decisions import decisions_in_force, last_numbers
from twosource.store.entities import entities_with, keep_record
from twosource.store.entity_lookup import part_of_now

__all__ = ["lay_kinds"]


def lay_kinds(connection: Connection) -> None:
    """Gives each actor on whose kind anybody ever decided the kind that counts, or the one that was read.

    A decision on an actor that is part of another one now counts for that, unless there is one on the other itself.
    """
    ever = {subjects[0] for subjects in last_numbers(connection, DecisionKind.ACTOR)}
    if not ever:
        return
    decided = {one.subjects[0]: one for one in decisions_in_force(connection, DecisionKind.ACTOR)}
    there = {one.id for one in entities_with(connection, ids=ever)}
    now = {id_: id_ if id_ in there else part_of_now(connection, id_) for id_ in sorted(ever)}
    for one in entities_with(connection, ids=[id_ for id_ in now.values() if id_]):
        words = [decided[id_] for id_, where in now.items() if where == one.id and id_ in decided]
        laid = _laid(one, decided.get(one.id) or max(words, key=lambda word: word.number, default=None))
        if laid != one:
            keep_record(connection, laid)


def _laid(entity: Entity, decision: Decision | None) -> Entity:
    read = entity.read_kind or entity.kind
    kind = ActorKind(decision.value["kind"]) if decision is not None else read
    return msgspec.structs.replace(entity, kind=kind, read_kind=read if kind is not read else None)
