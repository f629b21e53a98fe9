"""A headline's claim that the body tells again is the same claim: with the body's voice, and the values of both."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from twosource.closed_sets import family_of
from twosource.reading.merging import Apart, agree
from twosource.records import Claim, Named
from twosource.spans import Span, merge_touching

__all__ = ["with_headline"]

_LONGEST = 160  # code points of a headline
_NEAR = 1200  # code points of the body in which a headline's claim is told again
_TOLD_AGAIN = frozenset({"force", "persons", "harm", "control"})


def with_headline(claims: Sequence[Claim], text: str, apart: Apart) -> list[Claim]:
    """The claims, where one of the headline is made one with the first of the body that tells the same."""
    line = _headline(text)
    if line is None:
        return list(claims)
    above = [c for c in claims if line.holds(c.evidence[0]) and family_of(c.type) in _TOLD_AGAIN]
    kept = [c for c in claims if c not in above]
    for claim in above:
        at = next((n for n, other in enumerate(kept) if _tells_again(other, claim, line, apart)), None)
        if at is None:
            kept.append(claim)
        else:
            kept[at] = _joined(kept[at], claim)
    return sorted(kept, key=lambda c: (c.trigger, c.type))


def _headline(text: str) -> Span | None:
    """The first line, where it is short and more follows."""
    start = len(text) - len(text.lstrip())
    end = text.find("\n", start)
    return Span(start, end) if 0 < end - start <= _LONGEST and text[end:].strip() else None


def _tells_again(other: Claim, claim: Claim, line: Span, apart: Apart) -> bool:
    """Whether a claim of the body tells the headline's: the same deed, with no party, place or figure against it."""
    same = (other.type, other.stance, other.negated) == (claim.type, claim.stance, claim.negated)
    if not same or not line.end <= other.evidence[0].start < line.end + _NEAR:
        return False
    shared = {f.low for f in claim.figures} & {f.low for f in other.figures}
    if claim.figures and other.figures and not shared:
        return False
    voices = ({n.name for n in one.sources} for one in (claim, other))
    if not shared and len(set(map(frozenset, voices))) > 1:
        return False
    sides = ((claim.actors, other.actors), (claim.targets, other.targets), (claim.places, other.places))
    return all(agree(a, b, apart) or _of_one_kind(a, b) for a, b in sides)


def _of_one_kind(a: Sequence[Named], b: Sequence[Named]) -> bool:
    """Whether both name a thing by the same noun: 'Darfur camp market', 'a crowded market'."""
    return bool({n.name.casefold().split()[-1] for n in a} & {n.name.casefold().split()[-1] for n in b})


def _joined(body: Claim, head: Claim) -> Claim:
    return msgspec.structs.replace(
        body,
        evidence=merge_touching(sorted((*head.evidence, *body.evidence))),
        actors=body.actors or head.actors,
        targets=body.targets or head.targets,
        places=body.places or head.places,
        when=body.when or head.when,
        figures=body.figures or head.figures,
    )
