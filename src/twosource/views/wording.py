"""Which words does each outlet use for the same actor?"""

from __future__ import annotations

from collections import Counter

import msgspec

from twosource.corpus.tellings import Telling
from twosource.records import Named
from twosource.store import Project
from twosource.store.claim_filter import ClaimFilter
from twosource.views.tellings import Basis, Rows, basis_of, looked_at, names_in

__all__ = ["ActorWording", "OutletWords", "wordings"]

_NO_OUTLET = "(no outlet named)"
_LONGEST = 80  # code points; longer runs are no name


class OutletWords(msgspec.Struct, frozen=True, kw_only=True):
    """One outlet's words for an actor: how often in its own voice, and how often as the words of its sources."""

    outlet: str
    words: str
    own_voice: int
    in_sources: int
    reports: tuple[str, ...]


class ActorWording(msgspec.Struct, frozen=True, kw_only=True):
    """One actor under its usual name, and the words for it, by outlet and then the most used first."""

    actor: str
    key: str
    words: tuple[OutletWords, ...]
    basis: Basis


def wordings(
    project: Project, *, actor: str | None = None, least_outlets: int = 1, most: int | None = None
) -> Rows[ActorWording]:
    """The words for each actor (one whose name holds the words of ``actor``, or all), most outlets first.

    Words are counted where a claim has the actor as who does it or to whom, once for each place in the text. What is
    only ever a target (a market, a bridge) is no actor. Of more than ``most`` claims those published last are looked
    at.
    """
    found, left_out = looked_at(project, ClaimFilter(actor=actor), None, most)
    names = names_in(project, found)
    uses: dict[str, list[tuple[Telling, Named]]] = {}
    acting: set[str] = set()
    for telling in found:
        acting.update(telling.keys(telling.claim.actors, names.key))
        for named in (*telling.claim.actors, *telling.claim.targets):
            uses.setdefault(names.key(named.name, telling.claim.report), []).append((telling, named))
    uses = {key: told for key, told in uses.items() if key in acting}
    rows = [_row(key, told) for key, told in uses.items() if actor is None or _about(told, actor)]
    kept = [row for row in rows if len({one.outlet for one in row.words}) >= least_outlets]
    kept.sort(key=lambda row: (-len({one.outlet for one in row.words}), -row.basis.claims, row.actor))
    return Rows.made(kept, left_out)


def _about(told: list[tuple[Telling, Named]], words: str) -> bool:
    return any(words.casefold() in named.name.casefold() for _, named in told)


def _row(key: str, told: list[tuple[Telling, Named]]) -> ActorWording:
    usual = Counter(named.name for _, named in told)
    counted: dict[tuple[str, str], Counter[bool]] = {}
    reports: dict[tuple[str, str], set[str]] = {}
    seen: set[tuple[str, int, int]] = set()
    for telling, named in told:
        place = (telling.report.id, named.said_at.start, named.said_at.end)
        words = _words(telling, named)
        if place in seen or not words:
            continue
        seen.add(place)
        group = (telling.report.outlet or _NO_OUTLET, words)
        counted.setdefault(group, Counter())[telling.own_voice] += 1
        reports.setdefault(group, set()).add(telling.report.id)
    rows = [
        OutletWords(
            outlet=outlet,
            words=words,
            own_voice=counts[True],
            in_sources=counts[False],
            reports=tuple(sorted(reports[outlet, words])),
        )
        for (outlet, words), counts in counted.items()
    ]
    rows.sort(key=lambda row: (row.outlet, -(row.own_voice + row.in_sources), row.words))
    return ActorWording(
        actor=min(usual, key=lambda name: (-usual[name], name)),
        key=key,
        words=tuple(rows),
        basis=basis_of(telling for telling, _ in told),
    )


def _words(telling: Telling, named: Named) -> str:
    """The words at the claim, without a pronoun; '' where they are one or too long to be a name."""
    words = " ".join(named.said_at.of(telling.report.text).split())
    return "" if words.casefold() in _PRONOUNS or len(words) > _LONGEST else words


_PRONOUNS = frozenset(
    ["he", "she", "it", "they", "we", "i", "his", "her", "its", "their", "them", "him", "who", "which"]
)
