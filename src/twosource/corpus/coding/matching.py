"""Which claims of several coders are of the same words: units, one claim of each coder at most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from twosource.closed_sets import family_of
from twosource.corpus.coding.coded import CodedClaim, field_values, plain_name
from twosource.corpus.given_claims import FIELDS
from twosource.ids import make_id
from twosource.spans import Span, merge_touching

__all__ = ["Unit", "found_f1", "match"]

_LEAST_SHARED = 0.3  # of the words of both together
_INSIDE, _LONGER = 0.9, 4  # or so much of the shorter evidence lies in the longer, if that is at most so much longer
_SAME_TYPE, _SAME_FAMILY, _SAME_ACTORS = 0.5, 0.25, 0.1  # what else makes two claims the likelier match


class Unit(msgspec.Struct, frozen=True):
    """What several coders coded of the same words: each one's claim, None where a coder has none, in coders' order."""

    id: str
    claims: tuple[CodedClaim | None, ...]

    @property
    def start(self) -> int:
        """Where its first words stand."""
        return min(claim.evidence[0].start for claim in self.claims if claim)

    @property
    def present(self) -> tuple[CodedClaim, ...]:
        """The claims that there are."""
        return tuple(claim for claim in self.claims if claim)

    @property
    def differs(self) -> tuple[str, ...]:
        """The fields in which the claims are not the same, in the codebook's order; dates are one field, 'when'."""
        found: list[str] = []
        for field in _COMPARED:
            rows = [_rows(field, claim) for claim in self.present]
            if any(row != rows[0] for row in rows):
                found.append(field)
        return tuple(found)

    @property
    def is_agreed(self) -> bool:
        """Whether every coder has the claim, and all alike."""
        return None not in self.claims and not self.differs


_COMPARED = tuple(name for name in FIELDS if name != "evidence")


def match(report: str, coded: Sequence[Sequence[CodedClaim]]) -> tuple[Unit, ...]:
    """The units of a report that each coder coded, in the order of the text.

    Claims match whose words overlap, the best first and one to one; a claim of the same type, family or actors is the
    better match, but none need be. Each further coder's claims are matched to the units of those before.
    """
    units: list[list[CodedClaim | None]] = []
    for at, claims in enumerate(coded):
        taken = _assign(units, claims)
        for number, claim in enumerate(claims):
            if number in taken:
                units[taken[number]].append(claim)
            else:
                units.append([*([None] * at), claim])
        for unit in units:
            unit.extend([None] * (at + 1 - len(unit)))
    made = [
        Unit(make_id("unit", report, [claim.id if claim else None for claim in unit]), tuple(unit)) for unit in units
    ]
    return tuple(sorted(made, key=lambda unit: (unit.start, unit.id)))


def found_f1(units: Sequence[Unit], first: int, second: int) -> float | None:
    """F1 of what two coders (their numbers) found, in what both did; None where neither found anything."""
    both = sum(unit.claims[first] is not None and unit.claims[second] is not None for unit in units)
    each = sum((unit.claims[first] is not None) + (unit.claims[second] is not None) for unit in units)
    return 2 * both / each if each else None


def _assign(units: Sequence[Sequence[CodedClaim | None]], claims: Sequence[CodedClaim]) -> Mapping[int, int]:
    """The unit of each claim that has one."""
    ranked = []
    for number, claim in enumerate(claims):
        for at, unit in enumerate(units):
            scores = [_likeness(claim, other) for other in unit if other]
            if scores and all(scores):
                ranked.append((-sum(scores) / len(scores), at, number))
    taken: dict[int, int] = {}
    used: set[int] = set()
    for _, at, number in sorted(ranked):
        if at not in used and number not in taken:
            taken[number] = at
            used.add(at)
    return taken


def _likeness(one: CodedClaim, other: CodedClaim) -> float:
    """How well two claims match; 0 where their words hardly overlap."""
    shared = _shared(merge_touching(one.evidence), merge_touching(other.evidence))
    if not shared:
        return 0.0
    if one.type is other.type:
        shared += _SAME_TYPE
    elif family_of(one.type) == family_of(other.type):
        shared += _SAME_FAMILY
    alike = {plain_name(name) for name in one.actors} == {plain_name(name) for name in other.actors}
    return shared + (_SAME_ACTORS if alike else 0.0)


def _shared(one: Sequence[Span], other: Sequence[Span]) -> float:
    both = sum(a.shared(b) for a in one for b in other)
    short, long = sorted((sum(map(len, one)), sum(map(len, other))))
    share = both / (short + long - both) if both else 0.0
    inside = both >= _INSIDE * short and long <= _LONGER * short
    return share if share >= _LEAST_SHARED or inside else 0.0


def _rows(field: str, claim: CodedClaim) -> object:
    if field == "when":
        return [list(field_values(day, [claim])) for day in ("start", "end")]
    if field == "figures":
        return sorted((one.kind, one.low or -1, one.high or -1) for one in claim.figures)
    return list(field_values(field, [claim]))
