"""'The attack', 'the strike': words for an attack of no kind of their own are of the kind that was told before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from twosource.closed_sets import ClaimType
from twosource.knowledge.word_sets import WordSets
from twosource.reading.tree import Tree
from twosource.records import Claim, Reason

__all__ = ["kinds_told_before"]

_DEFINITE = frozenset({"the", "this", "that"})
_KINDS = frozenset(
    {
        ClaimType.AIRSTRIKE,
        ClaimType.DRONE_STRIKE,
        ClaimType.SHELLING,
        ClaimType.BOMBING,
        ClaimType.SUICIDE_BOMBING,
        ClaimType.CHEMICAL_ATTACK,
        ClaimType.SHOOTING,
    }
)
_GIVING_WAY = frozenset({ClaimType.ATTACK, ClaimType.BOMBING})
_KEEPS = frozenset({"compound", "amod", "nmod", "poss"})


def kinds_told_before(tree: Tree, claims: Sequence[Claim], sets: WordSets) -> list[Claim]:
    """The claims in order of the text; those that point back to an attack, of a kind not told before, are of the kind
    that was told most often; not where an attack of no kind was told last.
    """
    done: list[Claim] = []
    told: Counter[ClaimType] = Counter()
    last: ClaimType | None = None
    for claim in sorted(claims, key=lambda c: (c.trigger, c.type)):
        points = claim.type in _GIVING_WAY and claim.type not in told and _points_back(tree, claim, sets)
        kind = told.most_common(1)[0][0] if points and last in _KINDS else claim.type
        if claim.type in _KINDS | _GIVING_WAY and not points:
            last = claim.type
        if claim.type in _KINDS and not points:
            told[claim.type] += 1
        done.append(claim if kind is claim.type else _of_kind(claim, kind))
    return done


def _of_kind(claim: Claim, kind: ClaimType) -> Claim:
    others = [reason for reason in claim.reasons if reason.field != "type"]
    why = Reason(field="type", rule="told-before", span=claim.trigger)
    return msgspec.structs.replace(claim, type=kind, reasons=(why, *others))


def _points_back(tree: Tree, claim: Claim, sets: WordSets) -> bool:
    """Whether its words name no kind, but an attack told before: 'was accused of carrying out the attack'."""
    run = claim.evidence[0]
    nouns = [n for n in tree.between(run) if tree.lemmas[n] in sets.attacks and tree[n].pos == "NOUN"]
    anchor = tree.at(claim.trigger.start)
    if len(nouns) != 1 or anchor is None:
        return False
    noun = nouns[0]
    bare = not tree.under(noun, _KEEPS) and not tree.under(noun, ("prep", "acl", "relcl"))
    definite = any(tree.words[n] in _DEFINITE for n in tree.under(noun, ("det",)))
    return bare and definite and tree.lemmas[anchor] in sets.attacks | sets.about_attacks
