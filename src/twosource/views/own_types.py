"""Which own types has a project, how many claims are of each, and of which is a claim?"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from twosource.corpus_records import Event, OwnType
from twosource.deciding.own_types import own_type, own_types
from twosource.records import Claim
from twosource.store import Project
from twosource.store.event_query import claim_records
from twosource.store.own_types import is_of
from twosource.views.claims import ClaimFilter, count_claims

__all__ = ["OwnTypeRow", "list_own_types", "names_of", "own_type_named", "own_types", "own_types_of_events"]

_claim_decoder = msgspec.json.Decoder(Claim)
_evidence_decoder = msgspec.json.Decoder(tuple[str, ...])


class OwnTypeRow(msgspec.Struct, frozen=True):
    """An own type and how many claims are of it, as they stand."""

    type: OwnType
    claims: int


def list_own_types(project: Project) -> tuple[OwnTypeRow, ...]:
    """The own types of a project, by their names."""
    return tuple(OwnTypeRow(one, count_claims(project, ClaimFilter(own=one))) for one in own_types(project))


def own_type_named(project: Project, name: str) -> OwnType:
    """The own type of this name, whatever its case. Raises UsageError for none, and says which are near."""
    return own_type(own_types(project), name)


def names_of(types: Sequence[OwnType], claim: Claim, evidence: Sequence[str]) -> tuple[str, ...]:
    """The names of the own types that a claim is of, in their order; a claim can be of several, or of none."""
    return tuple(one.name for one in types if is_of(one, claim, evidence))


def own_types_of_events(project: Project, found: Sequence[Event]) -> dict[str, tuple[str, ...]]:
    """For each of the events (their ids) the names of the own types that a claim of it is of, in their order."""
    types = own_types(project)
    names: dict[str, set[str]] = {one.id: set() for one in found}
    if types:
        event_of = {claim: one.id for one in found for claim in one.claims}
        with project.looking() as connection:
            rows = claim_records(connection, sorted(event_of))
        for row in rows:
            claim, evidence = _claim_decoder.decode(row["record"]), _evidence_decoder.decode(row["evidence"])
            if claim.id in event_of:  # a claim that was fixed may go by another id
                names[event_of[claim.id]].update(names_of(types, claim, evidence))
    return {id_: tuple(one.name for one in types if one.name in theirs) for id_, theirs in names.items()}
