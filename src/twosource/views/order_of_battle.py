"""Which forces were at a place at a time, how many they were, and who says so?"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence

import msgspec

from twosource.closed_sets import ClaimType, FigureKind, Status
from twosource.corpus.disagreements.making import bounds_in_words
from twosource.corpus.tellings import Telling, in_order
from twosource.spans import Span
from twosource.store import Project
from twosource.store.claim_filter import Among, ClaimFilter
from twosource.views.tellings import Basis, Rows, Saying, basis_of, looked_at, names_in, saying

__all__ = ["Force", "Strength", "order_of_battle"]

_PRESENCE = (

        ClaimType.STATIONED, ClaimType.DEPLOYS, ClaimType.HOLDS, ClaimType.TAKES_CONTROL, ClaimType.PREPARES,
        ClaimType.SIEGE, ClaimType.ARMED_CLASH, ClaimType.OFFENSIVE, ClaimType.WITHDRAWS,
)  # fmt: skip
"""Claims that put their actor on the ground at their place."""
_COUNTED = frozenset([FigureKind.FIGHTERS, FigureKind.GROUPS, FigureKind.VEHICLES, FigureKind.AIRCRAFT])
_REAL = (Status.HAPPENED, Status.ONGOING)


class Strength(msgspec.Struct, frozen=True, kw_only=True):
    """How many, by one claim; where the claim names several forces, ``shared`` tells that it counts all of them."""

    kind: FigureKind
    value: str
    low: int | None
    high: int | None
    phrase: str
    at: Span
    shared: bool
    claim: str


class Force(msgspec.Struct, frozen=True, kw_only=True):
    """One force at the place: its usual name and others, what is said of it, its strength by each who gives one.

    ``acts`` are the types of the claims. ``left`` counts claims by which it withdrew, ``denied`` those that deny it was
    there. ``since`` and ``until`` are the first and last day of the claims. Strengths are never to be summed.
    """

    name: str
    names: tuple[str, ...]
    acts: tuple[ClaimType, ...]
    places: tuple[str, ...]
    since: datetime.date | None
    until: datetime.date | None
    strengths: tuple[Strength, ...]
    left: int
    denied: int
    sayings: tuple[Saying, ...]
    basis: Basis


def order_of_battle(project: Project, chosen: ClaimFilter | None = None, *, most: int | None = None) -> Rows[Force]:
    """The forces that the claims chosen put on the ground, those that most independent reports tell of first.

    The filter gives place and days; claims without a day count where no days are asked for. Plans are left out.
    Of more than ``most`` claims those published last are looked at.
    """
    found, left_out = looked_at(project, chosen, Among(types=_PRESENCE), most)
    names = names_in(project, found)
    groups: dict[str, dict[str, tuple[Telling, str]]] = {}
    for telling in found:
        if telling.claim.type in _PRESENCE and telling.claim.status in _REAL:
            for actor in telling.claim.actors:
                group = groups.setdefault(names.key(actor.name, telling.claim.report), {})
                group.setdefault(telling.claim.id, (telling, actor.name))
    rows = [_force(list(group.values())) for group in groups.values()]
    return Rows.made(sorted(rows, key=lambda row: (-row.basis.lineages, -row.basis.claims, row.name)), left_out)


def _force(told: Sequence[tuple[Telling, str]]) -> Force:
    used = Counter(name for _, name in told)
    names = sorted(used, key=lambda name: (-used[name], name))
    ordered = in_order(telling for telling, _ in told)
    holding = [telling for telling in ordered if telling.affirmed]
    days = [day for telling in holding for day in telling.days if day is not None]
    return Force(
        name=names[0],
        names=tuple(names),
        acts=tuple(sorted({telling.claim.type for telling in ordered})),
        places=tuple(sorted({named.name for telling in ordered for named in telling.claim.places})),
        since=min(days, default=None),
        until=max(days, default=None),
        strengths=tuple(one for telling in holding for one in _strengths(telling)),
        left=sum(telling.claim.type is ClaimType.WITHDRAWS for telling in holding),
        denied=len(ordered) - len(holding),
        sayings=tuple(map(saying, ordered)),
        basis=basis_of(ordered),
    )


def _strengths(telling: Telling) -> list[Strength]:
    return [
        Strength(
            kind=figure.kind,
            value=bounds_in_words(figure),
            low=figure.low,
            high=figure.high,
            phrase=figure.phrase,
            at=figure.span,
            shared=len(telling.claim.actors) > 1,
            claim=telling.claim.id,
        )
        for figure in telling.claim.figures
        if figure.kind in _COUNTED
    ]
