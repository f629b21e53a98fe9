"""Looks up the entity of a name, as one report uses it or as reports in general do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from twosource.corpus_records import Entity
from twosource.knowledge.name_index import fold_actor

__all__ = ["EntityIndex", "id_of_generic", "id_of_given_name", "id_of_name"]

_WORD = re.compile(r"[^\W_]+")


class EntityIndex:
    """The entities of a project, found by any name that a claim has for an actor, a target, a source or a relay.

    ``used`` holds the entity's id of every name (as the claims write it) in every report.
    """

    def __init__(self, entities: Iterable[Entity], used: Mapping[tuple[str, str], str]) -> None:
        self._entities = {entity.id: entity for entity in entities}
        self._used = used
        self._by_name: dict[str, str] = {}
        for entity in sorted(self._entities.values(), key=lambda one: one.id):
            if not entity.generic:
                for use in sorted(entity.uses, key=lambda one: one.name):
                    self._by_name.setdefault(use.name, entity.id)

    def __len__(self) -> int:
        return len(self._entities)

    def entity_of(self, name: str, report: str | None = None) -> str:
        """The id of the entity that the name means: in this report, else in most reports that use it.

        Always an id: that of a name which no report uses is made of the name alone.
        """
        if report is not None and (found := self._used.get((report, name))) is not None:
            return found
        return self._by_name.get(name) or (id_of_name(name) if report is None else id_of_generic(report, name))

    def get(self, entity_id: str) -> Entity | None:
        """The entity with this id, or None."""
        return self._entities.get(entity_id)

    def is_generic(self, entity_id: str) -> bool:
        """Whether the entity is people or things without a name of their own: 'rebels', 'two houses'."""
        found = self._entities.get(entity_id)
        return entity_id.startswith("generic:") if found is None else found.generic

    def owner_of(self, entity_id: str) -> str | None:
        """The entity whose people or things this one is, where its name tells: Russia's for 'Russian warplanes'."""
        found = self._entities.get(entity_id)
        return None if found is None else found.owner


def id_of_name(name: str) -> str:
    """The id of an entity that only its name is known of."""
    return f"name:{_slug(name)}"


def id_of_generic(report: str, name: str) -> str:
    """The id of an entity without a name of its own, which belongs to one report."""
    return f"generic:{report}:{_slug(name)}"


def id_of_given_name(report: str, name: str) -> str:
    """The id of somebody of whom a report gives one name alone that others bear too: 'Ahmad'."""
    return f"name:{_slug(name)}:{report}"


def _slug(name: str) -> str:
    return "-".join(_WORD.findall(fold_actor(name))) or name
