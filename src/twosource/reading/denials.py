"""Denials and the claims that they deny: each finds its claim in the same report, or becomes one by it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from twosource.closed_sets import Certainty, ClaimType, Stance, Status, family_of
from twosource.ids import make_id
from twosource.knowledge.denials import DenialWords
from twosource.reading.speakers import is_pronoun
from twosource.reading.tree import Tree
from twosource.records import Claim, Mention, Named, Reading, Reason
from twosource.spans import Span, merge_touching

__all__ = ["Denial", "find_denials", "spot_denials"]

_DEEDS = frozenset({"force", "control", "posture", "persons", "harm", "support", "relief"})
_BACK = 4  # sentences between an accusation and its denial
_STEM = 4  # letters by which 'Ardan' goes with 'Ardania'
_ANSWERING = frozenset({"confirm", "deny"})
_OBJECTS = ("dobj", "nsubjpass", "ccomp", "xcomp", "pcomp", "pobj")
_SAYING = frozenset({"say", "add", "tell", "claim", "insist", "argue", "accuse", "confirm", "admit"})
_THING = 2  # words, at most, of a denied thing that tells nothing by itself: 'this', 'the charge'
_LEAST = 1  # what a claim must score to be taken for the one that is denied


class Denial(msgspec.Struct, frozen=True, kw_only=True):
    """One place where somebody denies: the words of it, who denies (None if unnamed), and the words' own rule.

    ``inner`` is the run of what is denied, where the words themselves tell it. ``bare`` tells whether they name it by a
    word for an accusation, so that what is denied stands elsewhere; ``things`` are those words.
    """

    span: Span
    at: int
    rule: str
    denier: Named | None = None
    inner: Span | None = None
    bare: bool = True
    things: tuple[Span, ...] = ()


def find_denials(reading: Reading, tree: Tree, known: DenialWords) -> tuple[Claim, ...]:
    """The reading's claims with ``denies`` set on those that deny another, and with new ones for bare denials.

    'The council rejected the charge' holds no event of its own: it becomes the denied claim again, in the council's
    voice. A negated claim that answers one of another source is a denial of that one.
    """
    plain = [_asserted(claim) for claim in reading.claims]
    claims = [_answering(claim, plain) for claim in plain]
    unsaid = _unsaid(tree, known)
    claims = [claim for claim in claims if not any(span.holds(claim.trigger) for span in unsaid)]
    for denial in spot_denials(reading, tree, known):
        claims = [c for c in claims if c.trigger not in denial.things]
        claims = _of_verb(tree, denial, claims)
        inside = [k for k, c in enumerate(claims) if denial.inner and denial.inner.holds(c.trigger)]
        if inside:
            first = min(
                inside, key=lambda k: (family_of(claims[k].type) not in _DEEDS, _depth(tree, claims[k].trigger))
            )
            claims[first] = _denied(claims[first], denial, claims)
            continue
        accused = _accusation(denial, claims, tree) if denial.bare else None
        told = next((c for c in claims if accused is not None and _is_told(c, accused, denial)), None)
        if told is not None:
            runs = tuple(merge_touching(sorted({*told.evidence, denial.span})))
            claims[claims.index(told)] = msgspec.structs.replace(told, evidence=runs)
        elif accused is not None:
            claims.append(_denial_of(accused, denial, reading.report.digest))
    return tuple(sorted(claims, key=lambda c: (c.trigger, c.type)))


def _of_verb(tree: Tree, denial: Denial, claims: Sequence[Claim]) -> list[Claim]:
    """The claims without one on the denying verb itself, where what is denied is a claim or stands elsewhere.

    Where it is the only one, it is what is denied.
    """
    verb = Span(tree[denial.at].start, tree[denial.at].end)
    inside = any(denial.inner and denial.inner.holds(c.trigger) for c in claims)
    told = denial.inner is not None and len(denial.inner.of(tree.text).split()) > _THING
    kept: list[Claim] = []
    for claim in claims:
        if not claim.trigger.meets(verb):
            kept.append(claim)
        elif told and not inside:
            kept.append(_denied(claim, denial, claims))
    return kept


def spot_denials(reading: Reading, tree: Tree, known: DenialWords) -> Iterator[Denial]:
    """The places of the report where somebody denies, in order; refusals to comment are none."""
    mentions = {m.head: m for m in reading.mentions}
    for index, token in enumerate(tree.tokens):
        found = None
        if token.pos == "VERB" and not _keeps_silent(tree, index, known):
            found = _by_verb(tree, index, known) or _by_verdict(tree, index, known)
        elif token.pos == "NOUN" and known.find("noun", token.lemma):
            found = _by_noun(tree, index)
        if found is not None:
            yield _with_denier(reading, tree, found, mentions)


def _asserted(claim: Claim) -> Claim:
    """The claim as one that is asserted, unless a denial says otherwise: of what is told inside a denial, only what
    the denial is about is denied.
    """
    return msgspec.structs.replace(claim, stance=Stance.ASSERTS) if claim.stance is Stance.DENIES else claim


def _depth(tree: Tree, trigger: Span) -> int:
    """How many words stand above the event word in the parse."""
    index = tree.last_in(trigger)
    return len(list(tree.ancestors(index))) if index is not None else 0


def _unsaid(tree: Tree, known: DenialWords) -> list[Span]:
    """What somebody 'neither confirmed nor denied' or 'declined to confirm': nobody tells it there."""
    found = []
    for index, token in enumerate(tree.tokens):
        if token.pos == "VERB" and token.lemma in _ANSWERING and _is_refused(tree, index, known):
            found += [tree.span(tree.subtree(n)) for n in tree.under(index, ("ccomp", "dobj"))]
    return found


def _is_refused(tree: Tree, index: int, known: DenialWords) -> bool:
    """Whether the verb stands under 'declined to' or behind 'neither' and 'nor'."""
    above = [tree[n].lemma for n in tree.ancestors(index)][:2] if tree[index].dep in ("xcomp", "conj") else []
    near = [tree[n].text for n in (*tree.children[index], *tree.children[tree[index].head], max(0, index - 1))]
    return any(known.find("silence", word) for word in (*above, *near))


def _keeps_silent(tree: Tree, index: int, known: DenialWords) -> bool:
    """'neither confirmed nor denied', 'declined to deny', 'did not deny'."""
    negated = any(tree[n].dep == "neg" for n in tree.children[index])
    return negated or _is_refused(tree, index, known)


def _by_verb(tree: Tree, index: int, known: DenialWords) -> Denial | None:
    """'denied the charge', 'an accusation dismissed by', 'denied that', 'denies using'."""
    rule = known.find("verb", tree[index].lemma)
    if rule is None:
        return None
    passive = tree.is_passive(index)
    objects = [n for n in tree.under(index, _OBJECTS) if passive or n > index]
    described = tree[index].dep in ("acl", "relcl", "amod") and tree[index].tag == "VBN"
    objects = [tree[index].head, *objects] if described else objects
    things = [n for n in objects if _is_thing(tree, n, known)]
    if not objects or (rule.thing and not things):
        return None
    inner = _denied_words(tree, index, objects[0]) if not described else None
    return Denial(
        span=_clause(tree, index), at=index, rule=rule.id, inner=inner, bare=bool(things), things=_words(tree, things)
    )


def _denied_words(tree: Tree, index: int, head: int) -> Span:
    """What is denied: all under its head, on its side of the verb, up to what the same people said beside denying."""
    below = [n for n in tree.subtree(head) if (n > index) == (head > index)]
    beside = [n for n in below if tree[n].dep == "conj" and tree[n].lemma.lower() in _SAYING]
    end = min((min(tree.subtree(n)) for n in beside), default=below[-1] + 1)
    return tree.span([n for n in below if n < end] or below)


def _by_verdict(tree: Tree, index: int, known: DenialWords) -> Denial | None:
    """'called the charge a lie', 'dismissed it as propaganda'."""
    if known.find("calling", tree[index].lemma) is None:
        return None
    below = tree.subtree(index)
    things = [n for n in below if _is_thing(tree, n, known)]
    verdicts = [n for n in below if known.find("verdict", tree[n].text)]
    if not things or not verdicts:
        return None
    return Denial(span=_clause(tree, index), at=index, rule="verdict", things=_words(tree, things))


def _by_noun(tree: Tree, index: int) -> Denial | None:
    """'denials from the council', 'the council's denial'."""
    owners = [n for word in ("from", "by", "of") for n in tree.after(index, word)] + tree.under(index, ("poss",))
    return Denial(span=tree.span(tree.subtree(index)), at=index, rule="denial") if owners else None


def _words(tree: Tree, things: Sequence[int]) -> tuple[Span, ...]:
    return tuple(Span(tree[n].start, tree[n].end) for n in things)


def _is_thing(tree: Tree, n: int, known: DenialWords) -> bool:
    return known.find("thing", tree[n].lemma) is not None or known.find("thing", tree[n].text) is not None


def _clause(tree: Tree, index: int) -> Span:
    """The verb with its subject and object, without the clauses beside it."""
    aside = {n for child in tree.under(index, ("conj", "advcl", "relcl", "parataxis")) for n in tree.subtree(child)}
    kept = [n for n in tree.subtree(index) if n not in aside and tree[n].pos != "PUNCT"]
    return tree.span(kept)


def _with_denier(reading: Reading, tree: Tree, denial: Denial, mentions: dict[int, Mention]) -> Denial:
    """The denial with whom the attribution at its words names, or else its subject."""
    token = tree[denial.at]
    here = Span(token.start, token.end)
    said = next((one for one in reading.attributions if one.sources and one.cue.holds(here)), None)
    if said is not None and not is_pronoun(said.sources[0]):
        voice = said.sources[0]
        denier = Named(name=voice.name, span=voice.span, said_at=voice.said_at or voice.span)
        return msgspec.structs.replace(denial, denier=denier)
    nouns = (
        tree.agents(denial.at)
        if token.pos == "VERB"
        else [n for word in ("from", "by", "of") for n in tree.after(denial.at, word)]
        + tree.under(denial.at, ("poss",))
    )
    named = next((mentions[n] for n in nouns if n in mentions), None)
    if named is None and nouns and tree[nouns[0]].pos == "PROPN":
        words = [n for n in tree.subtree(nouns[0]) if n <= nouns[0] and tree[n].dep in ("compound", "amod")]
        span = tree.span([*words, nouns[0]])
        return msgspec.structs.replace(denial, denier=Named(name=span.of(tree.text), span=span, said_at=span))
    if named is None:
        return denial
    return msgspec.structs.replace(denial, denier=Named(name=named.name, span=named.named_at, said_at=named.span))


def _denied(claim: Claim, denial: Denial, claims: Sequence[Claim]) -> Claim:
    """The claim that the words of a denial hold, as denied by who denies, with the claim of another that it answers."""
    sources = (denial.denier,) if denial.denier and not claim.sources else claim.sources
    claim = msgspec.structs.replace(claim, stance=Stance.DENIES, negated=False, sources=sources)
    against = [c for c in claims if c.id != claim.id and c.stance is Stance.ASSERTS and c.type == claim.type]
    likely = [c for c in against if _alike(c.actors, claim.actors) or _alike(c.targets, claim.targets)]
    return msgspec.structs.replace(claim, denies=likely[0].id) if likely else claim


def _answering(claim: Claim, claims: Sequence[Claim]) -> Claim:
    """A negated claim as a denial, where another source asserts of the same actor what it negates."""
    if not claim.negated or not _is_past_deed(claim):
        return claim
    names = {n.name for n in claim.sources}
    for other in claims:
        told = other.stance is Stance.ASSERTS and not other.negated and _is_past_deed(other)
        by_other = bool(other.sources or names) and not names & {n.name for n in other.sources}
        if told and by_other and _same_deed(other, claim) and _alike(other.actors, claim.actors or claim.sources):
            return msgspec.structs.replace(claim, stance=Stance.DENIES, negated=False, denies=other.id)
    return claim


def _is_past_deed(claim: Claim) -> bool:
    return family_of(claim.type) in _DEEDS and claim.status in (Status.HAPPENED, Status.ONGOING)


def _same_deed(a: Claim, b: Claim) -> bool:
    return a.type == b.type or (family_of(a.type) == family_of(b.type) == "force")


def _accusation(denial: Denial, claims: Sequence[Claim], tree: Tree) -> Claim | None:
    """The claim that a bare denial answers: near before it, told of the denier, in another's voice or with doubt."""
    here = tree[denial.at].sentence
    best: tuple[float, Claim] | None = None
    for claim in claims:
        first = tree.sentences_of(claim.trigger).start
        if not here - _BACK <= first <= here or not _is_accusing(claim):
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
    told = family_of(claim.type) in _DEEDS or claim.type is ClaimType.ACCUSES
    return told and claim.stance is Stance.ASSERTS and not claim.negated


def _fit(claim: Claim, denial: Denial) -> float:
    """How likely the claim is what the denier denies: told of them, by another, and not by themselves."""
    if denial.denier is None:
        return 2.0 * bool(claim.sources)
    own = (denial.denier,)
    if _alike(claim.sources, own):
        return -9.0
    told_of = claim.targets if claim.type is ClaimType.ACCUSES else claim.actors
    return 3.0 * _alike(told_of, own) + 2.0 * bool(claim.sources) + (claim.certainty is not Certainty.CERTAIN)


def _alike(a: Sequence[Named], b: Sequence[Named]) -> bool:
    """Whether a word of one side's names begins like one of the other's."""
    return bool(_stems(a) & _stems(b))


def _stems(names: Sequence[Named]) -> set[str]:
    return {word.lower()[:_STEM] for named in names for word in named.name.split() if len(word) >= _STEM}


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
