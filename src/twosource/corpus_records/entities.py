"""Actors under all their names, and why those are held to be names of one."""

from __future__ import annotations

import msgspec

from twosource.closed_sets import ActorKind
from twosource.corpus_records.decisions import Judgement

__all__ = ["Entity", "NameJudgement", "NameUse", "Suggestion"]


class NameUse(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One name of an entity: who uses it, and why it is held to be its name.

    ``reports`` counts those that use it, ``outlets`` are theirs, sorted. ``loaded`` holds those of its words by which
    an outlet takes sides ('terrorists', 'resistance'). ``rule`` names what decided, ``reason`` is a sentence.
    """

    name: str
    reports: int
    outlets: tuple[str, ...]
    judgement: Judgement
    rule: str
    reason: str
    loaded: tuple[str, ...] = ()


class Entity(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One actor under its names, of which ``name`` is the first to show; ``names`` are sorted by how many use them.

    ``id`` is made of the row in the table of actors ('actor:hezbollah'), else of a name ('name:ahfad-rasul'), else of
    a report and the words in it ('generic:r12:rebels'): a ``generic`` entity is never the same in another report, and
    ``report`` is the one it belongs to. ``read_kind`` is the kind that tables and form tell, where a person gave it
    another ``kind``, else None. ``actor`` is the id of the row in a table, where one is known; ``owner`` the
    entity whose people or things its name tells of ('Russian warplanes': actor:russia). ``succeeds`` are entities
    that it was renamed from or grew out of, which are other entities.
    """

    id: str
    name: str
    kind: ActorKind
    uses: tuple[NameUse, ...]
    generic: bool = False
    report: str | None = None
    actor: str | None = None
    owner: str | None = None
    succeeds: tuple[str, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    read_kind: ActorKind | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """All its names, in the order of ``uses``."""
        return tuple(use.name for use in self.uses)


class Suggestion(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Another entity (id) that may be the same one, which only a person can say; ``reason`` tells why it may."""

    entity: str
    name: str
    rule: str
    reason: str


class NameJudgement(msgspec.Struct, frozen=True, kw_only=True):
    """Whether two names mean one actor, and the sentence that tells why.

    ``rule`` names what decided. ``decided`` marks a person's word. ``entities`` are the two entities' ids.
    """

    first: str
    second: str
    judgement: Judgement
    rule: str
    reason: str
    entities: tuple[str, str]
    decided: bool = False
