"""Events that one sentence tells twice: of two claims by nearly the same words one stays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from twosource.closed_sets import DEEDS, ClaimType, family_of
from twosource.knowledge.events import TriggerRule
from twosource.reading.stems import stem
from twosource.reading.tree import Tree
from twosource.records import Claim

__all__ = ["told_once"]

_MOSTLY, _WHOLLY = 0.7, 0.9  # how much of the longer of two runs they share, to tell one thing: of near types, of any
_IN_PROSPECT = frozenset({ClaimType.PREPARES, ClaimType.THREATENS})
_FOR = frozenset({"for", "of", "with"})


def told_once(
    made: Iterable[tuple[float, Claim]], sided: Sequence[Claim], tree: Tree, rules: Mapping[int, TriggerRule]
) -> list[Claim]:
    """The claims without those told twice by nearly the same words: of two the surer one stays.

    ``made`` are claims with how sure the reader is of them; ``sided`` are those of modifiers ('X-backed Y'), which are
    told in any case; ``rules`` are those that know the words of the report, by their tokens.
    """
    kept: list[Claim] = []
    told: dict[int, list[Claim]] = defaultdict(list)
    made = sorted(made, key=lambda pair: -pair[0])
    prospects = {
        token
        for _, claim in made
        if (token := tree.at(claim.trigger.start)) is not None
        and claim.type in _IN_PROSPECT
        and token in rules
        and rules[token].type is claim.type
    }
    for _, claim in made:
        sentences = tree.sentences_of(claim.evidence[0])
        if any(_tell_one(claim, other) for number in sentences for other in told[number]):
            continue
        if _is_in_prospect(tree, claim, prospects) or any(_spells_out(claim, other) for other in sided):
            continue
        kept.append(claim)
        for number in sentences:
            told[number].append(claim)
    return kept


def _tell_one(a: Claim, b: Claim) -> bool:
    """Whether two claims rest on nearly the same words, or one of the same type and stance within the other's."""
    x, y = a.evidence[0], b.evidence[0]
    if a.stance is not b.stance:
        return a.type == b.type and x.shared(y) >= _WHOLLY * max(len(x), len(y))
    if a.type == b.type:
        return x.shared(y) >= _MOSTLY * min(len(x), len(y))
    near = family_of(a.type) == family_of(b.type) or {family_of(a.type), family_of(b.type)} <= DEEDS
    return x.shared(y) >= (_MOSTLY if near else _WHOLLY) * max(len(x), len(y))


def _spells_out(claim: Claim, modifier: Claim) -> bool:
    """Whether it tells by more words what a modifier tells: 'the rebel-held town on the river'."""
    run = modifier.evidence[0]
    if claim.type != modifier.type or not claim.evidence[0].holds(run) or claim.trigger.meets(modifier.trigger):
        return False
    own, other = ({stem(n.name) for n in one.actors} for one in (claim, modifier))
    return own <= other


def _is_in_prospect(tree: Tree, claim: Claim, prospects: set[int]) -> bool:
    """Whether a deed is only what somebody prepares or threatens by another word of the sentence: 'plan an attack'."""
    token = tree.at(claim.trigger.start)
    if token is None or family_of(claim.type) not in DEEDS or tree[token].pos not in ("NOUN", "PROPN"):
        return False
    above = tree[token].head
    if tree[token].dep == "pobj" and tree.words[above] in _FOR:
        above = tree[above].head
    elif tree[token].dep not in ("dobj", "nsubjpass"):
        return False
    return above in prospects
