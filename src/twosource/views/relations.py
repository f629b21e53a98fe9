"""Who backs, arms, fights, leads or belongs to whom, according to whom, and since when?"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from twosource.closed_sets import FAMILIES, ClaimType
from twosource.corpus.entities.index import id_of_generic
from twosource.corpus.tellings import Telling, in_order
from twosource.errors import UsageError
from twosource.store import Project
from twosource.store.claim_filter import Among, ClaimFilter
from twosource.store.fold import fold
from twosource.views.tellings import Basis, Names, Rows, Saying, basis_of, looked_at, names_in, saying

__all__ = ["RELATIONS", "Relationship", "named_relationships", "relationships"]

RELATIONS: tuple[ClaimType, ...] = FAMILIES["support"]
"""The claim types that tell how two actors stand to each other."""
_MUTUAL = frozenset([ClaimType.ALLIED_WITH])
_Pair = tuple[ClaimType, str, str]


class Relationship(msgspec.Struct, frozen=True, kw_only=True):
    """How one actor stands to another, by everyone who says so.

    ``first`` and ``second`` are the names that most claims have; of allies they stand in order. ``since`` is the
    earliest day that a claim tells for it, ``first_told`` the earliest publication. ``ended`` counts claims that put it
    into the past ('a former affiliate'), ``denied`` those that deny it; the others hold it.
    """

    type: ClaimType
    first: str
    second: str
    since: datetime.date | None
    first_told: datetime.date | None
    last_told: datetime.date | None
    ended: int
    denied: int
    sayings: tuple[Saying, ...]
    basis: Basis


def relationships(
    project: Project,
    chosen: ClaimFilter | None = None,
    *,
    relation: ClaimType | None = None,
    whom: str | None = None,
    most: int | None = None,
) -> Rows[Relationship]:
    """The relations that the claims chosen tell, those that most independent reports tell first.

    ``whom`` keeps those in which an actor's or target's name holds these words too, whatever their case and accents:
    with the filter's actor both sides of a relation can be asked for. People without a name of their own are others in
    each report, but the same under the same words in reports of one lineage. Of more than ``most`` claims those
    published last are looked at. Raises UsageError for a type that is no relation.
    """
    return named_relationships(project, chosen, relation=relation, whom=whom, most=most)[0]


def named_relationships(
    project: Project,
    chosen: ClaimFilter | None = None,
    *,
    relation: ClaimType | None = None,
    whom: str | None = None,
    most: int | None = None,
) -> tuple[Rows[Relationship], Names]:
    """The same relations, and the naming of actors by which they were told apart."""
    if relation is not None and relation not in RELATIONS:
        raise UsageError(f"{relation} is no relation: it is one of {', '.join(RELATIONS)}")
    asked = (relation,) if relation else RELATIONS
    found, left_out = looked_at(project, chosen, Among(types=asked), most)
    names = names_in(project, found)
    groups: dict[_Pair, list[tuple[Telling, str, str]]] = {}
    for telling in found:
        if telling.claim.type in asked:
            for pair, first, second in _pairs(telling, names):
                groups.setdefault(pair, []).append((telling, first, second))
    rows = [_row(pair[0], told) for pair, told in groups.items() if whom is None or _about(told, whom)]
    rows.sort(key=lambda row: (-row.basis.lineages, -row.basis.claims, row.type, row.first, row.second))
    return Rows.made(rows, left_out), names


def _pairs(telling: Telling, names: Names) -> list[tuple[_Pair, str, str]]:
    claim = telling.claim
    firsts = [(_key(one.name, telling, names), one.name) for one in claim.actors]
    seconds = [(_key(one.name, telling, names), one.name) for one in claim.targets]
    if claim.type in _MUTUAL or not seconds:
        every = list(dict(firsts + seconds).items())
        ordered = sorted(every) if claim.type in _MUTUAL else every
        couples = [(one, other) for place, one in enumerate(ordered) for other in ordered[place + 1 :]]
    else:
        couples = [(one, other) for one in firsts for other in seconds if one[0] != other[0]]
    return [((claim.type, one[0], other[0]), one[1], other[1]) for one, other in couples]


def _key(name: str, telling: Telling, names: Names) -> str:
    """The key of an actor; of 'rebels' and the like one that all reports of a lineage share, since they copy words."""
    report = telling.claim.report
    key = names.key(name, report)
    of_report = id_of_generic(report, "")
    if not telling.lineages or not key.startswith(of_report):
        return key
    return id_of_generic(min(telling.lineages), "") + key.removeprefix(of_report)


def _row(type_: ClaimType, told: Sequence[tuple[Telling, str, str]]) -> Relationship:
    ordered = in_order({telling.claim.id: telling for telling, _, _ in told}.values())
    holding = [telling for telling in ordered if telling.affirmed]
    starts = [telling.days[0] for telling in holding if telling.days[0] is not None]
    published = [telling.report.published for telling in ordered if telling.report.published is not None]
    return Relationship(
        type=type_,
        first=_usual(first for _, first, _ in told),
        second=_usual(second for _, _, second in told),
        since=min(starts, default=None),
        first_told=min(published, default=None),
        last_told=max(published, default=None),
        ended=sum(telling.claim.status == "happened" for telling in holding),
        denied=len(ordered) - len(holding),
        sayings=tuple(map(saying, ordered)),
        basis=basis_of(ordered),
    )


def _usual(names: Iterable[str]) -> str:
    """The name used most; of several the first in order."""
    counted = Counter(names)
    return min(counted, key=lambda name: (-counted[name], name))


def _about(told: Sequence[tuple[Telling, str, str]], words: str) -> bool:
    wanted = fold(words)
    return bool(wanted) and any(wanted in fold(first) or wanted in fold(second) for _, first, second in told)
