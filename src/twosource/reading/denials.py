"""Denials and the claims that they deny: each finds its claim in the same report, or becomes one by it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import msgspec

from twosource.closed_sets import Certainty, ClaimType, Stance, Status, family_of
from twosource.ids import make_id
from twosource.knowledge.denials import DenialWords
from twosource.reading.accusations import DEEDS, Accusations, is_past_deed, stems
from twosource.reading.denial_spots import (
    THING,
    Denial,
    is_denied_with,
    is_denying,
    is_left_open,
    spot_denials,
    spot_silence,
)
from twosource.reading.tree import Tree
from twosource.records import Claim, Named, Reading, Reason
from twosource.spans import Span, merge_touching

__all__ = ["find_denials"]

_BACK = 4  # sentences between an accusation and its denial
_LEAST = 1  # what a claim must score to be taken for the one that is denied


def find_denials(reading: Reading, tree: Tree, known: DenialWords) -> tuple[Claim, ...]:
    """The reading's claims with ``denies`` set on those that deny another, and with new ones for bare denials.

    'The council rejected the charge' holds no event of its own: it becomes the denied claim again, in the council's
    voice. A negated claim that answers one of another source is a denial of that one.
    """
    heard = {claim.id for claim in reading.claims if _is_heard(claim)}
    plain = [_asserted(claim) for claim in reading.claims]
    unsaid = spot_silence(tree, known)
    told_of = [c for c in plain if not any(span.holds(c.trigger) for span in unsaid)]
    told_before = Accusations(plain)
    claims = [c if _is_not_yet(tree, c) else _answering(c, told_before) for c in told_of]
    denied = {c.id for c in reading.claims if c.stance is Stance.DENIES}
    claims = [c for c in claims if not (c.id in denied and _is_told_twice(c, claims))]
    unrefused = {c.id for c in claims if is_left_open(tree, c.trigger, c.type, known)}
    claims = [_left_open(c) if c.id in unrefused else c for c in claims]
    spots = list(spot_denials(reading, tree, known))
    for denial in spots:
        claims = _with_denial(reading, tree, denial, claims, heard)
    told = {number for denial in spots for number in tree.sentences_of(denial.span)}
    heard -= unrefused | {
        c.id for c in claims if told & set(tree.sentences_of(c.trigger)) or is_denying(tree, c.trigger, known)
    }
    claims = [_as_heard(c) if c.id in heard else c for c in claims]
    return tuple(sorted(claims, key=lambda c: (c.trigger, c.type)))


def _with_denial(
    reading: Reading, tree: Tree, denial: Denial, claims: Sequence[Claim], heard: Collection[str]
) -> list[Claim]:
    """The claims with the one that the denial denies; ``heard`` are those that the trained reader takes for denials."""
    kept = [c for c in claims if c.trigger not in denial.things]
    kept = kept if denial.rule == "no-part" else _of_verb(tree, denial, kept)
    inside = [k for k, c in enumerate(kept) if denial.inner and denial.inner.holds(c.trigger)]
    if inside:
        kept = [c for k, c in enumerate(kept) if k in inside or c.trigger not in denial.verdicts]
        inside = [k for k, c in enumerate(kept) if denial.inner and denial.inner.holds(c.trigger)]
        first = min(inside, key=lambda k: (family_of(kept[k].type) not in DEEDS, _depth(tree, kept[k].trigger)))
        within = [k for k in inside if is_denied_with(tree, kept[k].trigger, kept[first].trigger)]
        relations = {kept[k].id for k in within if family_of(kept[k].type) == "support"}
        for number in [first, *within]:
            kept[number] = _denied(kept[number], denial, kept)
        return [c for c in kept if c.id not in relations or c is kept[first]]
    own = [k for k, c in enumerate(kept) if denial.rule == "no-part" and c.negated and denial.span.holds(c.trigger)]
    if own:
        kept[own[0]] = _denied(kept[own[0]], denial, kept)
        return kept
    accused = _accusation(denial, kept, tree) if denial.bare else None
    if accused is None:
        return [_as_heard(c) if c.id in heard and denial.span.holds(c.trigger) else c for c in kept]
    told = next((c for c in kept if _is_told(c, accused, denial)), None)
    if told is not None:
        runs = tuple(merge_touching(sorted({*told.evidence, denial.span})))
        kept[kept.index(told)] = msgspec.structs.replace(told, evidence=runs)
        return kept
    kept = [c for c in kept if c is accused or not (c.id in heard and denial.span.holds(c.trigger))]
    return [*kept, _denial_of(accused, denial, reading.report.digest)]


def _is_heard(claim: Claim) -> bool:
    """Whether it is a denial by the trained reader's word, and not by that of a rule."""
    return claim.stance is Stance.DENIES and not any(reason.field == "stance" for reason in claim.reasons)


def _as_heard(claim: Claim) -> Claim:
    reasons = tuple(reason for reason in claim.reasons if reason.field != "negated")
    return msgspec.structs.replace(claim, stance=Stance.DENIES, negated=False, reasons=reasons)


def _is_told_twice(claim: Claim, claims: Sequence[Claim]) -> bool:
    """Whether a claim that was a denial denied what another claim, by the same words, tells not to be so.

    'The council rejected a truce': of 'rejected' and of 'truce', no truce is all that is told.
    """
    if claim.stance is Stance.DENIES or claim.negated:
        return False
    same = (c for c in claims if c.type == claim.type and c.negated and c.evidence == claim.evidence)
    return any(c.stance is claim.stance for c in same)


def _left_open(claim: Claim) -> Claim:
    """What somebody 'did not reject' or 'never denied': not negated, and possible; a confirmation of a kind."""
    doubt = Certainty.POSSIBLE if claim.certainty is Certainty.CERTAIN else claim.certainty
    stance = Stance.CONFIRMS if claim.sources else claim.stance
    why = "certainty" if doubt is not claim.certainty else None
    reasons = (
        msgspec.structs.replace(reason, field=why, rule="left-open") if reason.field == "negated" and why else reason
        for reason in claim.reasons
    )
    kept = tuple(reason for reason in reasons if reason.field != "negated")
    return msgspec.structs.replace(claim, negated=False, certainty=doubt, stance=stance, reasons=kept)


def _of_verb(tree: Tree, denial: Denial, claims: Sequence[Claim]) -> list[Claim]:
    """The claims without one on the denying verb itself, where what is denied is a claim or stands elsewhere.

    Where it is the only one, it is what is denied.
    """
    verb = Span(tree[denial.at].start, tree[denial.at].end)
    inside = any(denial.inner and denial.inner.holds(c.trigger) for c in claims)
    told = denial.inner is not None and len(denial.inner.of(tree.text).split()) > THING
    kept: list[Claim] = []
    for claim in claims:
        if not claim.trigger.meets(verb):
            kept.append(claim)
        elif told and not inside:
            kept.append(_denied(claim, denial, claims))
    return kept


def _asserted(claim: Claim) -> Claim:
    """The claim as one that is asserted, unless a denial says otherwise: of what is told inside a denial, only what
    the denial is about is denied.
    """
    return msgspec.structs.replace(claim, stance=Stance.ASSERTS) if claim.stance is Stance.DENIES else claim


def _depth(tree: Tree, trigger: Span) -> int:
    """How many words stand above the event word in the parse."""
    index = tree.last_in(trigger)
    return len(list(tree.ancestors(index))) if index is not None else 0


def _denied(claim: Claim, denial: Denial, claims: Sequence[Claim]) -> Claim:
    """The claim that the words of a denial hold, as denied by who denies, with the claim of another that it answers."""
    sources = (denial.denier,) if denial.denier and not claim.sources else claim.sources
    if denial.rule == "disowned":
        sources = (denial.denier,) if denial.denier else ()
    plain = Certainty.CERTAIN
    claim = msgspec.structs.replace(claim, stance=Stance.DENIES, negated=False, sources=sources, certainty=plain)
    against = [c for c in claims if c.id != claim.id and c.stance is Stance.ASSERTS and c.type == claim.type]
    likely = [c for c in against if _alike(c.actors, claim.actors) or _alike(c.targets, claim.targets)]
    return msgspec.structs.replace(claim, denies=likely[0].id) if likely else claim


def _is_not_yet(tree: Tree, claim: Claim) -> bool:
    """'had yet to reach the town', 'has not yet reached it': what is still to come answers nobody."""
    verbs = [n for index in tree.between(claim.trigger) for n in (index, tree[index].head)]
    return any(tree.words[child] == "yet" for n in verbs for child in tree.under(n, ("advmod",)))


def _answering(claim: Claim, told: Accusations) -> Claim:
    """A negated claim as a denial, where another source asserts of the same actor what it negates."""
    other = told.answered_by(claim) if claim.negated and is_past_deed(claim) else None
    if other is None:
        return claim
    return msgspec.structs.replace(claim, stance=Stance.DENIES, negated=False, denies=other.id)


def _accusation(denial: Denial, claims: Sequence[Claim], tree: Tree) -> Claim | None:
    """The claim that a bare denial answers: near before it, told of the denier, in another's voice or with doubt."""
    here = tree[denial.at].sentence
    best: tuple[float, Claim] | None = None
    for claim in claims:
        first = tree.sentences_of(claim.trigger).start
        before = here - _BACK <= first <= here and claim.trigger.end <= denial.span.start
        if not before or not _is_accusing(claim):
            continue
        score = _fit(claim, denial) - (here - first) / 2
        if score >= _LEAST and (best is None or score >= best[0]):
            best = (score, claim)
    return _deed_in(best[1], claims) if best else None


def _deed_in(accusation: Claim, claims: Sequence[Claim]) -> Claim:
    """What 'accused the army of burning homes' accuses of, where that is a claim too; else the accusation itself."""
    if accusation.type is not ClaimType.ACCUSES:
        return accusation
    inside = (c for c in claims if c is not accusation and any(run.holds(c.trigger) for run in accusation.evidence))
    return next((c for c in inside if _is_accusing(c)), accusation)


def _is_told(claim: Claim, accused: Claim, denial: Denial) -> bool:
    """Whether the claim is that denial already, by the same denier."""
    denier = [denial.denier.name] if denial.denier else []
    return claim.stance is Stance.DENIES and claim.denies == accused.id and [n.name for n in claim.sources] == denier


def _is_accusing(claim: Claim) -> bool:
    told = family_of(claim.type) in DEEDS or claim.type is ClaimType.ACCUSES
    said = claim.stance is Stance.ASSERTS and not claim.negated and claim.certainty is not Certainty.UNKNOWN
    return told and said and claim.status is not Status.HYPOTHETICAL


def _fit(claim: Claim, denial: Denial) -> float:
    """How likely the claim is what the denier denies: told of them, by another, and not by themselves."""
    if denial.denier is None:
        return 2.0 * bool(claim.sources)
    own = (denial.denier,)
    if _alike(claim.sources, own):
        return -9.0
    told_of = claim.targets if claim.type is ClaimType.ACCUSES else claim.actors
    open_to = denial.telling and not claim.actors
    doubted = claim.certainty is not Certainty.CERTAIN
    return 3.0 * _alike(told_of, own) + 2.0 * bool(claim.sources) + doubted + open_to


def _alike(a: Sequence[Named], b: Sequence[Named]) -> bool:
    """Whether a word of one side's names begins like one of the other's."""
    return bool(stems(a) & stems(b))


def _denial_of(claim: Claim, denial: Denial, digest: str) -> Claim:
    """The denied claim in the denier's voice, with the words of the denial beside its own."""
    sources = (denial.denier,) if denial.denier else ()
    runs = merge_touching(sorted({*claim.evidence, denial.span}))
    return msgspec.structs.replace(
        claim,
        id=make_id("claim", digest, claim.id, denial.span, "denial"),
        evidence=tuple(runs),
        sources=sources,
        via=(),
        stance=Stance.DENIES,
        certainty=Certainty.CERTAIN,
        denies=claim.id,
        reasons=(*claim.reasons[:1], Reason(field="stance", rule=f"denial:{denial.rule}", span=denial.span)),
    )
