"""A claim of an event takes the place and the day that the report gives the same event elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from twosource.closed_sets import ClaimType, Status, family_of
from twosource.reading.merging import Apart, agree
from twosource.reading.tree import Tree
from twosource.records import Claim

__all__ = ["inherited"]

_DEEDS = frozenset({"force", "persons", "harm", "control", "posture", "relief", "other"})
_TOLLS = frozenset({ClaimType.KILLS, ClaimType.INJURES, ClaimType.DAMAGES, ClaimType.DISPLACES})
_NEAR = 4  # sentences between two claims of one event, where nothing points back
_LOOK_BACK = 100  # deeds told before a claim among which its event is looked for
_POINTING = frozenset({"the", "this", "that", "these", "those"})


def inherited(claims: Sequence[Claim], tree: Tree, apart: Apart) -> list[Claim]:
    """The claims in order of the text; deeds without a day have that of the same event told before.

    Its place they have where their words point back at it.
    """
    ordered = sorted(claims, key=lambda c: (c.trigger, c.type))
    deeds: list[Claim] = []
    filled: list[Claim] = []
    for claim in ordered:
        if family_of(claim.type) in _DEEDS:
            filled.append(_filled(claim, deeds[-_LOOK_BACK:], tree, apart))
            deeds.append(claim)
        else:
            filled.append(claim)
    return filled


def _filled(claim: Claim, before: Sequence[Claim], tree: Tree, apart: Apart) -> Claim:
    """The claim with what the latest telling of its event says; only what a telling itself says is handed on."""
    points = _points_back(tree, claim)
    if claim.when is not None and (claim.places or not points):
        return claim
    tellings = [c for c in reversed(before) if _one_event(c, claim, tree, apart, points=points)]
    places = claim.places or next((c.places for c in tellings if points and c.places), ())
    when = claim.when or next((c.when for c in tellings if c.when), None)
    return msgspec.structs.replace(claim, places=places, when=when)


def _one_event(a: Claim, b: Claim, tree: Tree, apart: Apart, *, points: bool) -> bool:
    """Whether the later claim may tell of the earlier's event: a like deed, the same parties, near or pointed at."""
    kin = a.type == b.type or (b.type in _TOLLS and family_of(a.type) == "force") or {a.type, b.type} <= _TOLLS
    if not kin or (a.status is Status.HAPPENED) != (b.status is Status.HAPPENED):
        return False
    if not agree(a.actors, b.actors, apart) or not agree(a.targets, b.targets, apart):
        return False
    apart_by = tree.sentences_of(b.trigger).start - tree.sentences_of(a.trigger).start
    return points or apart_by <= _NEAR


def _points_back(tree: Tree, claim: Claim) -> bool:
    """Whether the event word is a noun with 'the' or 'this': 'the attack'."""
    token = tree.at(claim.trigger.start)
    if token is None or tree[token].pos != "NOUN":
        return False
    return any(tree[n].text.lower() in _POINTING for n in tree.under(token, ("det",)))
