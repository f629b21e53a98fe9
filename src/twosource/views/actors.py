"""Which actors do the reports name, under which names, and what is said of them?"""

from __future__ import annotations

import msgspec

from twosource.corpus_records import Entity
from twosource.store import Project
from twosource.store import entities as stored

__all__ = ["ActorListing", "list_actors"]


class ActorListing(msgspec.Struct, frozen=True, kw_only=True):
    """One actor, and how many reports and claims name it."""

    entity: Entity
    reports: int
    claims: int


def list_actors(
    project: Project, *, name: str | None = None, generic: bool = False, limit: int | None = None, offset: int = 0
) -> tuple[ActorListing, ...]:
    """The actors, those that most reports name first; with ``name`` those of which a name has these words.

    People without a name of their own are left out unless ``generic``.
    """
    with project.looking() as connection:
        found = stored.listed(connection, name=name, generic=generic, limit=limit, offset=offset)
        return tuple(ActorListing(entity=one.entity, reports=one.reports, claims=one.claims) for one in found)
