"""Families: the reports that come from one text. A report that mixes two texts belongs to both families.

A pair of reports is a bond. A report whose bonds fall into groups that neither know each other nor rest on the same
passages of it is split into as many parts, one a group, and only then are families formed; so a digest of two agencies
does not make one family of both. People's decisions come first: 'same' is a bond, 'different' keeps families apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from twosource.corpus_records import Decision, Dependence, Judgement, Lineage, Relation
from twosource.ids import make_id
from twosource.spans import Span

__all__ = ["families", "with_decisions"]

Part = tuple[str, int]
"""A report and which part of it, from 0."""

_SAME_WORDS = 0.5  # of the shorter of two runs of passages must lie in the other for both to rest on the same words


def with_decisions(found: Iterable[Dependence], decisions: Sequence[Decision]) -> tuple[Dependence, ...]:
    """The dependences as people leave them, in order of their pairs; of several decisions on a pair the last counts.

    What the engine found is kept in the reason. 'unsure' gives the pair back to the engine.
    """
    by_pair = {one.pair: one for one in found}
    for pair, decision in _last(decisions).items():
        if decision.verdict != Judgement.UNSURE:
            by_pair[pair] = _decided(pair, decision, by_pair.get(pair))
    return tuple(by_pair[pair] for pair in sorted(by_pair))


def _last(decisions: Sequence[Decision]) -> dict[tuple[str, str], Decision]:
    found: dict[tuple[str, str], Decision] = {}
    for one in decisions:
        first, second = sorted(one.subjects)
        found[first, second] = one
    return found


def _decided(pair: tuple[str, str], decision: Decision, found: Dependence | None) -> Dependence:
    same = decision.verdict == Judgement.SAME
    kept = found.relation if found and found.relation is not Relation.NONE else Relation.REWRITE
    engine = f" The engine said: {found.reason}" if found else ""
    return Dependence(
        earlier=found.earlier if found else pair[0],
        later=found.later if found else pair[1],
        relation=kept if same else Relation.NONE,
        reason=f"A person says {'one origin' if same else 'different origins'}: {decision.reason}.{engine}",
        directed=found.directed if found else False,
        likelihood=1.0 if same else 0.0,
        origin=found.origin if found and same else None,
        passages=found.passages if found and same else (),
        decided=True,
    )


def families(dependences: Sequence[Dependence]) -> tuple[Lineage, ...]:
    """The families of two reports and more, by their ids; reports without a bond are in none.

    The same dependences give the same families, in whatever order they are given.
    """
    bonds = sorted((one for one in dependences if one.relation is not Relation.NONE), key=_strongest)
    apart = {one.pair for one in dependences if one.decided and one.relation is Relation.NONE}
    parts = _parts(bonds)
    groups = _Groups(apart)
    for bond in bonds:
        groups.join(parts[bond.earlier, bond.later], parts[bond.later, bond.earlier])
    members = groups.members()
    in_how_many = Counter(report for group in members for report in group)
    return tuple(sorted((_lineage(group, bonds, in_how_many) for group in members), key=lambda one: one.reports))


def _strongest(bond: Dependence) -> tuple[bool, float, tuple[str, str]]:
    return (not bond.decided, -bond.likelihood, bond.pair)


def _parts(bonds: Sequence[Dependence]) -> dict[tuple[str, str], Part]:
    """For each report and the other one of a bond of it, the part of the report that the bond rests on."""
    around: dict[str, dict[str, tuple[Span, ...]]] = defaultdict(dict)
    for bond in bonds:
        around[bond.earlier][bond.later] = tuple(passage.first for passage in bond.passages)
        around[bond.later][bond.earlier] = tuple(passage.second for passage in bond.passages)
    pairs = {bond.pair for bond in bonds}
    parts: dict[tuple[str, str], Part] = {}
    for report, neighbours in around.items():
        for number, group in enumerate(_acquainted(neighbours, pairs)):
            parts.update({(report, other): (report, number) for other in group})
    return parts


def _acquainted(neighbours: Mapping[str, Sequence[Span]], pairs: set[tuple[str, str]]) -> list[list[str]]:
    """The neighbours of a report in groups: those bound to each other, or resting on the same words, are together."""
    groups: list[list[str]] = []
    for one in sorted(neighbours):
        known = [group for group in groups if any(_know(one, other, neighbours, pairs) for other in group)]
        merged = sorted({one, *(other for group in known for other in group)})
        groups = [group for group in groups if group not in known] + [merged]
    return sorted(groups)


def _know(one: str, other: str, neighbours: Mapping[str, Sequence[Span]], pairs: set[tuple[str, str]]) -> bool:
    if (min(one, other), max(one, other)) in pairs:
        return True
    mine, theirs = neighbours[one], neighbours[other]
    shorter = min(sum(map(len, mine)), sum(map(len, theirs)))
    return not shorter or sum(a.shared(b) for a in mine for b in theirs) >= _SAME_WORDS * shorter


class _Groups:
    """Parts of reports that are joined one bond after the other, unless that would join what is to stay apart."""

    def __init__(self, apart: set[tuple[str, str]]) -> None:
        self._apart: dict[str, set[str]] = defaultdict(set)
        for first, second in apart:
            self._apart[first].add(second)
            self._apart[second].add(first)
        self._group_of: dict[Part, frozenset[Part]] = {}

    def join(self, one: Part, other: Part) -> None:
        mine, theirs = (self._group_of.setdefault(part, frozenset([part])) for part in (one, other))
        if mine is theirs or mine == theirs:
            return
        reports = {report for report, _ in theirs}
        if any(self._apart[report] & reports for report, _ in mine if report in self._apart):
            return
        both = mine | theirs
        self._group_of.update(dict.fromkeys(both, both))

    def members(self) -> list[tuple[str, ...]]:
        """The reports of each group of several reports, sorted, none twice."""
        groups = {tuple(sorted({report for report, _ in group})) for group in self._group_of.values()}
        return sorted(group for group in groups if len(group) > 1)


def _lineage(group: tuple[str, ...], bonds: Sequence[Dependence], in_how_many: Mapping[str, int]) -> Lineage:
    inside = [bond for bond in bonds if bond.earlier in group and bond.later in group]
    origins = Counter(bond.origin for bond in inside if bond.origin)
    origin = min(origins, key=lambda name: (-origins[name], name)) if origins else None
    kinds = Counter(bond.relation for bond in inside)
    told = ", ".join(f"{kinds[kind]} {kind}{'s' if kinds[kind] > 1 else ''}" for kind in Relation if kinds[kind])
    credited = f"; {origins[origin]} of them go back to {origin}" if origin else ""
    return Lineage(
        id=make_id("lineage", _named_by(group, in_how_many)),
        reports=group,
        origin=origin,
        reason=f"{len(group)} reports with {told} among their pairs{credited}.",
    )


def _named_by(group: tuple[str, ...], in_how_many: Mapping[str, int]) -> list[str]:
    """What the id is made of: the first report that is in no other family, else all of them."""
    own = [report for report in group if in_how_many[report] == 1]
    return own[:1] or list(group)
