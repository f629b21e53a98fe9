"""What gathering claims into events knows: which types may tell of one occurrence, and what each sign weighs."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping

import msgspec

from twosource.closed_sets import ClaimType
from twosource.errors import KnowledgeError
from twosource.knowledge.toml_rules import data_bytes, data_digest

__all__ = ["SIGNS", "EventRules", "load_event_rules"]

FILE = "event_rules.toml"

SIGNS = (
    "same_type",
    "kin_type",
    "far_type",
    "same_day",
    "near_day",
    "implied_day",
    "other_day",
    "far_publication",
    "same_place",
    "same_area",
    "inside_place",
    "near_place",
    "same_province",
    "other_place",
    "lead_places",
    "lead_areas",
    "other_lead",
    "same_actor",
    "other_actor",
    "same_target",
    "same_toll",
    "near_toll",
    "other_toll",
    "words",
    "names",
    "lead_words",
    "lineage",
    "same_report",
    "other_status",
)
"""Every sign that the comparison of two claims knows; the file weighs each."""


class _Kin(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    types: tuple[ClaimType, ...]


class _Likeness(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    bias: float
    join: float
    weights: dict[str, float]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    small: frozenset[str]
    areas: frozenset[str]
    civilians: frozenset[str]
    mixed: frozenset[ClaimType]
    general: frozenset[ClaimType]
    admitted: frozenset[ClaimType]
    kin: tuple[_Kin, ...]
    likeness: _Likeness


class EventRules(msgspec.Struct, frozen=True, kw_only=True):
    """The rows of data/event_rules.toml, ready to look up.

    ``small`` are words that any two reports on violence share. ``kin`` holds for each type that is an occurrence
    the types that may tell of the same one, itself among them. ``join`` is the mean likeness from which two groups
    of claims are one event.
    """

    small: frozenset[str]
    areas: frozenset[str]
    civilians: frozenset[str]
    mixed: frozenset[ClaimType]
    general: frozenset[ClaimType]
    admitted: frozenset[ClaimType]
    kin: Mapping[ClaimType, frozenset[ClaimType]]
    bias: float
    weights: Mapping[str, float]
    join: float
    digest: str

    def is_occurrence(self, type_: ClaimType) -> bool:
        """Whether claims of this type tell of something that happens once, and not of a state or of speech."""
        return type_ in self.kin


def load_event_rules() -> EventRules:
    """The packaged rules. Raises KnowledgeError for a file of the wrong shape, or a sign without a weight."""
    try:
        file = msgspec.convert(tomllib.loads(data_bytes(FILE).decode("utf-8")), _File)
    except msgspec.ValidationError as fault:
        raise KnowledgeError(f"data/{FILE}: {fault}") from None
    if odd := set(SIGNS) ^ set(file.likeness.weights):
        raise KnowledgeError(f"data/{FILE}: missing, or asked about by nothing: {', '.join(sorted(odd))}")
    kin: dict[ClaimType, set[ClaimType]] = {}
    for row in file.kin:
        for type_ in row.types:
            kin.setdefault(type_, set()).update(row.types)
    return EventRules(
        small=file.small,
        areas=file.areas,
        civilians=file.civilians,
        mixed=file.mixed,
        general=file.general,
        admitted=file.admitted,
        kin={type_: frozenset(types) for type_, types in kin.items()},
        bias=file.likeness.bias,
        weights=file.likeness.weights,
        join=file.likeness.join,
        digest=data_digest([FILE]),
    )
