"""The types of the codebook with what the engine has to know of each."""

from __future__ import annotations

import msgspec

from twosource.closed_sets import ClaimType, Status, family_of
from twosource.errors import KnowledgeError
from twosource.knowledge.toml_rules import Rule, data_digest, load_rules

__all__ = ["EventType", "EventTypes", "load_event_types"]

FILES = ("event_types.toml",)


class EventType(Rule, frozen=True, kw_only=True):
    """One type: its family, and whether it stands, is symmetric, is a speech act, takes a toll as its figures.

    ``apart``: two mentions in one report are two claims. ``befalls``: without an object, the verb's subject
    suffers it. ``one_sided``: nobody is its target. ``status`` is what every claim of the type has by the codebook,
    None where its words tell. ``unmet``: words whose negation is what the type says ('has not complied' is a breach),
    so that it negates no claim of it; ``refusing``: words that by themselves negate it ('rejected the truce' is no
    agreement).
    """

    family: str
    standing: bool = False
    symmetric: bool = False
    speech: bool = False
    harm_in: bool = False
    apart: bool = False
    befalls: bool = False
    one_sided: bool = False
    status: Status | None = None
    unmet: tuple[str, ...] = ()
    refusing: tuple[str, ...] = ()


class EventTypes(msgspec.Struct, frozen=True, kw_only=True):
    """A row for every type of the codebook."""

    rows: dict[ClaimType, EventType]
    digest: str

    def __getitem__(self, type_: ClaimType) -> EventType:
        return self.rows[type_]


def load_event_types() -> EventTypes:
    """The packaged rows. Raises KnowledgeError where a type is missing or stands under another family."""
    rows = {row.id: row for row in load_rules("event_types.toml", "event_type", EventType)}
    for type_ in ClaimType:
        if type_ not in rows or rows[type_].family != family_of(type_):
            raise KnowledgeError(f"data/event_types.toml: the row for {type_.value!r} is missing or in a wrong family")
    return EventTypes(rows={type_: rows[type_] for type_ in ClaimType}, digest=data_digest(FILES))
