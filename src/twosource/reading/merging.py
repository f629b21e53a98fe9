"""Mentions of one event within a report become one claim with several evidence runs and the most specific values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Set

import msgspec

from twosource.closed_sets import ClaimType
from twosource.ids import make_id
from twosource.records import Claim, Named, When
from twosource.spans import Span, merge_touching

__all__ = ["Apart", "agree", "merge_claims", "words_agree", "words_of"]

_LOOK_BACK = 60  # claims of one type and colour with which a claim is compared; no report of usual length has more


class Apart(msgspec.Struct, frozen=True):
    """What keeps claims apart: types of which no two mentions are taken for one, and words that no name is known by."""

    types: frozenset[ClaimType]
    small: frozenset[str]


def merge_claims(claims: list[Claim], digest: str, apart: Apart) -> tuple[Claim, ...]:
    """The claims in order of the text, with those made one that tell of the same thing in the same voice."""
    merged: list[Claim] = []
    alike: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for claim in sorted(claims, key=lambda c: (c.trigger, c.type)):
        hosts = alike[claim.type, claim.stance, claim.status, claim.negated]
        for at in hosts[-_LOOK_BACK:]:
            if _same(merged[at], claim, apart):
                merged[at] = _join(merged[at], claim)
                break
        else:
            hosts.append(len(merged))
            merged.append(claim)
    return tuple(_with_id(claim, digest) for claim in merged)


def _with_id(claim: Claim, digest: str) -> Claim:
    parties = [[n.name for n in names] for names in (claim.actors, claim.targets, claim.sources)]
    new = make_id("claim", digest, claim.type, claim.evidence, claim.trigger, parties)
    return msgspec.structs.replace(claim, id=new)


def _same(a: Claim, b: Claim, apart: Apart) -> bool:
    """Whether two claims of one type and colour tell one thing: no voice, party, place, day or figure against it."""
    if any(x.meets(y) for x in a.evidence for y in b.evidence) and agree(a.actors, b.actors, apart):
        return agree(a.targets, b.targets, apart)
    if a.type in apart.types or not _same_voice(a, b) or not (a.actors and b.actors):
        return False
    if not all(agree(x, y, apart) for x, y in ((a.actors, b.actors), (a.targets, b.targets), (a.places, b.places))):
        return False
    return bool(a.targets) == bool(b.targets) and _same_days(a.when, b.when) and not _figures_differ(a, b)


def _same_voice(a: Claim, b: Claim) -> bool:
    return {n.name for n in a.sources} == {n.name for n in b.sources}


def words_of(names: tuple[Named, ...], apart: Apart) -> set[str]:
    """The words by which the names are known, folded."""
    return {w for n in names for w in n.name.casefold().replace("-", " ").split() if w not in apart.small}


def agree(a: tuple[Named, ...], b: tuple[Named, ...], apart: Apart) -> bool:
    """Nothing said on one side, or most of the words of the shorter side shared."""
    return words_agree(words_of(a, apart), words_of(b, apart))


def words_agree(x: Set[str], y: Set[str]) -> bool:
    """The same of the words of the names, as ``words_of`` gives them."""
    return not x or not y or len(x & y) / min(len(x), len(y)) >= 0.6


def _same_days(a: When | None, b: When | None) -> bool:
    return a is None or b is None or (a.start, a.end) == (b.start, b.end)


def _figures_differ(a: Claim, b: Claim) -> bool:
    x = {(f.kind, f.low, f.high) for f in a.figures}
    y = {(f.kind, f.low, f.high) for f in b.figures}
    return bool(x and y and not x & y)


def _surer(a: float | None, b: float | None) -> float | None:
    return max((value for value in (a, b) if value is not None), default=None)


def _join(a: Claim, b: Claim) -> Claim:
    runs: tuple[Span, ...] = merge_touching((*a.evidence, *b.evidence))
    known = {(f.kind, f.low, f.high) for f in a.figures}
    return msgspec.structs.replace(
        a,
        evidence=runs,
        actors=a.actors or b.actors,
        targets=a.targets or b.targets,
        places=a.places or b.places,
        when=a.when or b.when,
        figures=(*a.figures, *(f for f in b.figures if (f.kind, f.low, f.high) not in known)),
        via=a.via or b.via,
        confidence=_surer(a.confidence, b.confidence),
        reasons=tuple(dict.fromkeys((*a.reasons, *b.reasons))),
    )
