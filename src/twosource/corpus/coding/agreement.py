"""How far several coders agree on reports that each of them coded: in what they found, and field by field."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import msgspec

from twosource.corpus.coding.coded import FIELDS, field_values
from twosource.corpus.coding.matching import Unit, found_f1
from twosource.corpus.coding.reliability import Reliability, reliability

__all__ = ["Agreement", "FoundAgreement", "agreement_on"]


class FoundAgreement(msgspec.Struct, frozen=True, kw_only=True):
    """What two coders found: how many claims each has, how many both have, and F1 (None where neither has any)."""

    coders: tuple[str, str]
    claims: tuple[int, int]
    both: int
    f1: float | None


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """How far coders agree. ``found`` has an entry for each pair of coders, ``fields`` for each field of FIELDS."""

    coders: tuple[str, ...]
    units: int
    alike: int
    found: tuple[FoundAgreement, ...]
    fields: dict[str, Reliability]


def agreement_on(coders: Sequence[str], units: Sequence[Unit]) -> Agreement:
    """The agreement of coders, in their units' order, on all these units together.

    ``alike`` counts the units that all coders have, with all fields the same.
    """
    pairs = list(combinations(range(len(coders)), 2))
    rows = {field: [row for unit in units for row in field_values(field, unit.claims)] for field in FIELDS}
    return Agreement(
        coders=tuple(coders),
        units=len(units),
        alike=sum(unit.is_agreed for unit in units),
        found=tuple(_found(coders, units, first, second) for first, second in pairs),
        fields={field: reliability(rows[field], metric) for field, metric in FIELDS.items()},
    )


def _found(coders: Sequence[str], units: Sequence[Unit], first: int, second: int) -> FoundAgreement:
    has = [[unit.claims[at] is not None for unit in units] for at in (first, second)]
    return FoundAgreement(
        coders=(coders[first], coders[second]),
        claims=(sum(has[0]), sum(has[1])),
        both=sum(one and other for one, other in zip(*has, strict=True)),
        f1=found_f1(units, first, second),
    )
