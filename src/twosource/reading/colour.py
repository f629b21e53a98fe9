"""Stance, certainty, status and negation of a claim: by the cues in whose reach it stands and its verb's form."""

from __future__ import annotations

from bisect import bisect_left
from itertools import chain

import msgspec

from twosource.closed_sets import Certainty, CueKind, Stance, Status
from twosource.knowledge.events import TriggerRule
from twosource.knowledge.word_sets import WordSets
from twosource.reading.evidence import governing_verb
from twosource.reading.tree import Tree
from twosource.records import Attribution, Cue, Reason, Trigger
from twosource.spans import Span

__all__ = ["Colour", "colour_of", "governs", "innermost", "is_announced", "is_beyond_doubt", "is_shown"]

_WEAKEST = (Certainty.CERTAIN, Certainty.PROBABLE, Certainty.POSSIBLE, Certainty.UNKNOWN)
_DOUBTFUL = frozenset({CueKind.HEDGE, CueKind.DISTANCE})
_BEFORE_A_WORD = ("det", "preconj", "cc")  # where 'no', 'neither' and 'nor' negate the word that they stand before
_NOBODY = ("nsubj", "nsubjpass")  # where 'nobody' and 'nothing' negate their verb
_PAST = frozenset({"VBD", "VBN"})
_UPON_A_WORD = frozenset({"neg", "aux", "advmod", "amod", "acomp", "attr", "mark"})
_OBJECTS = frozenset({"dobj", "nsubjpass", "compound", "oprd"})
_OF_A_VERB = frozenset({"nsubj", "attr", "acomp"})
_INNER = frozenset({"xcomp", "ccomp", "pcomp", "prep", "acl", "conj", "dep"})


class Colour(msgspec.Struct, frozen=True, kw_only=True):
    """How a claim is said, and which rule and words decided it."""

    stance: Stance
    certainty: Certainty
    status: Status
    negated: bool
    reasons: tuple[Reason, ...]


def colour_of(
    tree: Tree,
    trigger: Trigger,
    rule: TriggerRule | None,
    cues: tuple[Cue, ...],
    said: Attribution | None,
    sets: WordSets,
    *,
    standing: bool,
    closely: bool = False,
) -> Colour:
    """The four values for one claim. ``said`` is the attribution that holds it, ``standing`` if its type is a state.

    ``closely`` leaves out the doubts under which the event word does not stand directly, so that 'there were rumours of
    a deal after the raid' doubts the deal alone.
    """
    near = [c for c in cues if c.scope.holds(trigger.span) and not c.span.meets(trigger.span)]
    reasons: list[Reason] = []
    stance = _stance(near, said, reasons)
    doubts = [c for c in near if _upon(tree, c, trigger, sets)]
    if closely:
        doubts = [c for c in doubts if governs(tree, c, trigger.token, sets)]
    doubts += [c for c in cues if c.certainty is Certainty.UNKNOWN and c.span.meets(trigger.span)]
    certainty = _certainty(doubts, reasons)
    negated = _negated(tree, near, trigger, sets, reasons) and stance is not Stance.DENIES
    negated = negated and certainty is not Certainty.UNKNOWN
    status = _status(tree, trigger, rule, near, _goes_on(tree, trigger, sets, standing=standing), reasons)
    return Colour(stance=stance, certainty=certainty, status=status, negated=negated, reasons=tuple(reasons))


def _stance(near: list[Cue], said: Attribution | None, reasons: list[Reason]) -> Stance:
    for cue in near:
        if cue.kind is CueKind.DENIAL:
            reasons.append(Reason(field="stance", rule=cue.rule, span=cue.span))
            return Stance.DENIES
    if said is not None and said.stance is not Stance.ASSERTS:
        reasons.append(Reason(field="stance", rule=said.rule, span=said.cue))
        return said.stance
    return Stance.ASSERTS


def _certainty(near: list[Cue], reasons: list[Reason]) -> Certainty:
    """The weakest that any cue makes of it."""
    doubts = [c for c in near if c.certainty is not None]
    if not doubts:
        return Certainty.CERTAIN
    weakest = max(doubts, key=lambda c: _WEAKEST.index(c.certainty or Certainty.CERTAIN))
    reasons.append(Reason(field="certainty", rule=weakest.rule, span=weakest.span))
    return weakest.certainty or Certainty.CERTAIN


def _negated(tree: Tree, near: list[Cue], trigger: Trigger, sets: WordSets, reasons: list[Reason]) -> bool:
    """A 'no' before a noun negates that noun's claim alone; 'not' and 'never' the claim of their verb."""
    for cue in near:
        if cue.kind is CueKind.NEGATION and _negates(tree, cue, trigger, sets):
            reasons.append(Reason(field="negated", rule=cue.rule, span=cue.span))
            return True
    return False


def _negates(tree: Tree, cue: Cue, trigger: Trigger, sets: WordSets) -> bool:
    index = tree.at(cue.span.start)
    if index is None:
        return False
    if tree[index].dep in _BEFORE_A_WORD:
        head = tree[index].head
        carried = tree[head].dep in ("dobj", "nsubjpass", "nsubj", "attr") and tree[head].head == trigger.token
        part = tree[trigger.token].dep == "compound" and tree[trigger.token].head == head
        trace = tree.lemmas[head] in sets.traces and trigger.token in tree.after(head, "of")
        return head == trigger.token or carried or part or trace
    return _upon(tree, cue, trigger, sets) and not _is_spoken_of(tree, trigger.token, tree[index].head, sets)


def _is_spoken_of(tree: Tree, noun: int, verb: int, sets: WordSets) -> bool:
    """'the raid was not linked to it', 'did not condemn the raid': what is said of a raid says nothing against it."""
    done_to = tree[noun].dep in ("dobj", "nsubjpass") and tree[noun].head == verb
    return done_to and tree[noun].pos == "NOUN" and tree.lemmas[verb] in sets.about_deeds


def _upon(tree: Tree, cue: Cue, trigger: Trigger, sets: WordSets) -> bool:
    """Whether a word upon a verb ('not', 'may', 'probably') colours the claim: it does for the verb's own, and for a
    noun that the verb is done to; 'the raid may not end the war' says nothing against the raid.
    """
    index = tree.at(cue.span.start)
    if index is None or tree[index].dep not in ("neg", "aux", "advmod", *_NOBODY * (cue.kind is CueKind.NEGATION)):
        return True
    verb, own = tree[index].head, trigger.token
    of_subject = tree[index].dep == "advmod" or (tree[index].dep == "aux" and not tree.under(verb, ("dobj",)))
    if cue.kind in _DOUBTFUL and of_subject and tree[own].head == verb and tree[own].dep == "nsubj":
        return True
    if tree[own].dep == "pobj" and tree.lemmas[verb] == "be" and tree[tree[own].head].head == verb:
        return True
    if cue.kind in _DOUBTFUL and verb in (_outcome_of(tree, own, sets), _said_to_be_in(tree, own)):
        return True
    if verb == own or (verb in (tree[own].head,) and tree[own].dep in ("dobj", "nsubjpass", "xcomp", "attr", "amod")):
        return True
    return (
        tree[own].pos in ("VERB", "AUX") and verb in tree.ancestors(own) and tree[own].dep in ("xcomp", "ccomp", "conj")
    )


def governs(tree: Tree, cue: Cue, token: int, sets: WordSets) -> bool:
    """Whether the word stands right under the cue: as the verb that it opens or colours, or as what that is done to.

    'Believed to have shelled the camp' and 'reports of shelling' doubt the shelling; 'believed to have left after the
    shelling' does not.
    """
    index = tree.at(cue.span.start)
    if index is None:
        return True
    way = tree[index].head if tree[index].dep == "pobj" else index  # 'in all probability' is upon its verb
    upon = tree[way].dep in _UPON_A_WORD or way != index
    tops = {index, tree[way].head} if upon else {index}
    at = _outcome_of(tree, token, sets)
    if tree[at].dep == "acl" and tree[at].tag == "VBN" and tree[tree[at].head].dep == "attr":
        at = tree[at].head  # 'believed to be the fifth man killed'
    told_of_it = tree[at].dep in ("attr", "acomp") and tree.words[tree[at].head] in ("be", "being")
    if at not in tops and (tree[at].dep in _OBJECTS or told_of_it or (upon and tree[at].dep in _OF_A_VERB)):
        at = tree[at].head
    elif tree[at].dep == "pobj" and tree[tree[at].head].head == index:
        return True
    for above in chain((at,), tree.ancestors(at)):
        if above in tops:
            return True
        if tree[above].dep not in _INNER and not _is_whereabouts(tree, above):
            return False
    return False


def _said_to_be_in(tree: Tree, token: int) -> int | None:
    """The 'to be' of 'is in talks over moving troops', for the moving."""
    over = tree[token].head
    noun = tree[over].head
    if tree[token].dep != "pcomp" or tree[noun].dep != "pobj":
        return None
    return tree[tree[noun].head].head if _is_whereabouts(tree, noun) else None


def _is_whereabouts(tree: Tree, noun: int) -> bool:
    """Whether 'to be' says what somebody is in, at or under: 'is reportedly in talks over moving troops'."""
    preposition = tree[noun].head
    return tree[noun].dep == "pobj" and tree[tree[preposition].head].lemma == "be"


def _outcome_of(tree: Tree, token: int, sets: WordSets) -> int:
    """The verb of which the event is the outcome or the answer: 'believed to have resulted in casualties', 'reportedly
    responded with shelling'; else the event itself.
    """
    preposition = tree[token].head
    if tree[token].dep not in ("pobj", "pcomp") or tree[preposition].pos != "ADP":
        return token
    verb = tree[preposition].head
    answers = tree.words[preposition] == "with" and tree.lemmas[verb] in sets.answering
    return verb if answers or tree.lemmas[verb] in sets.resulting else token


def _status(
    tree: Tree,
    trigger: Trigger,
    rule: TriggerRule | None,
    near: list[Cue],
    going_on: bool,
    reasons: list[Reason],
) -> Status:
    if rule is not None and rule.status is not None:
        reasons.append(Reason(field="status", rule=rule.id, span=trigger.span))
        return rule.status
    for kind in (CueKind.CONDITION, CueKind.PLAN):
        for cue in near:
            if cue.kind is kind and cue.status is not None:
                reasons.append(Reason(field="status", rule=cue.rule, span=cue.span))
                return cue.status
    return Status.ONGOING if going_on else Status.HAPPENED


def _goes_on(tree: Tree, trigger: Trigger, sets: WordSets, *, standing: bool) -> bool:
    """States and relations go on unless told in the past; an act goes on where its verb is progressive or present."""
    token = trigger.token
    if trigger.rule.startswith("modifier:"):
        return standing
    verb: int | None = token if tree[token].pos in ("VERB", "AUX") else governing_verb(tree, token)
    if verb is None:
        return standing
    if any(tree.lemmas[a] in sets.going_on for a in (verb, *tree.ancestors(verb))):
        return True
    aids = tree.under(verb, ("aux", "auxpass"))
    now = any(tree[n].tag in ("VBP", "VBZ") for n in aids)
    if tree[verb].tag == "VBG" and (standing or any(tree.lemmas[n] == "be" for n in aids)):
        return now or standing
    if not standing:
        return False
    return tree[verb].tag not in _PAST or now or tree[verb].dep in ("acl", "amod")


def is_shown(tree: Tree, cues: tuple[Cue, ...], anchor: Span) -> bool | None:
    """Whether a word of negation stands beside the anchor, with no semicolon between; None where there is none at all.

    'A raid began; nobody was hurt' negates no raid.
    """
    spans = [cue.span for cue in cues if cue.kind is CueKind.NEGATION]
    gaps = [Span(min(s.end, anchor.end), max(s.start, anchor.start)) for s in spans]
    return any(";" not in gap.of(tree.text) for gap in gaps) if gaps else None


def is_beyond_doubt(tree: Tree, cues: tuple[Cue, ...], token: int) -> bool:
    """'are known to have died'; and where the doubt is of another: 'the men - likely scouts - went'."""
    verb = tree[token].head
    known = tree[token].dep == "xcomp" and tree[verb].lemma == "know" and tree.is_passive(verb)
    if known and not tree.under(verb, ("neg",)):
        return True
    doubts = [cue.span for cue in cues if cue.kind in _DOUBTFUL]
    return bool(doubts) and all(_is_aside(tree, span, token) or _is_of_object(tree, span, token) for span in doubts)


def is_announced(tree: Tree, cues: tuple[Cue, ...], token: int) -> bool:
    """Whether a plain 'will' is upon the event's verb, and no doubt stands in its sentence: 'raids will be followed by
    an advance'.
    """
    verb = tree[token].head if tree[token].dep in _NOBODY else token
    plain = any(tree.words[n] in ("will", "’ll", "'ll") for n in tree.under(verb, ("aux",)))
    return plain and not any(cue.kind in (*_DOUBTFUL, CueKind.CONDITION) for cue in cues)


def _is_aside(tree: Tree, span: Span, token: int) -> bool:
    """Whether the words stand between two dashes or brackets, or before a noun put to another, and the token does not:
    'the men, possibly scouts, left'.
    """
    number = tree[token].sentence
    sentence = tree.sentences[number].tokens
    here = tree.at(span.start)
    if here is None or not sentence.start <= here < sentence.end:
        return False
    noun = tree[here].head
    if here < noun and tree[noun].dep == "appos" and tree[noun].pos == "NOUN":
        return not tree.is_below(token, noun)
    dashes = _dashes(tree, number)
    behind = bisect_left(dashes, here)
    inside = behind < len(dashes) and behind % 2 == 1
    return inside and not dashes[behind - 1] < token < dashes[behind]


def _is_of_object(tree: Tree, span: Span, token: int) -> bool:
    """'stopped a possible attack': whether the words describe what the verb does something to."""
    index = tree.at(span.start)
    if index is None or tree[index].dep != "amod":
        return False
    noun = tree[index].head
    return tree[token].pos == "VERB" and tree[noun].dep == "dobj" and tree[noun].head == token


def _dashes(tree: Tree, sentence: int) -> list[int]:
    """The dashes and brackets of the sentence, in order; the tree keeps them, as every doubt asks for them."""
    known = tree.dashes.get(sentence)
    if known is None:
        tokens = tree.sentences[sentence].tokens
        known = tree.dashes[sentence] = [n for n in range(tokens.start, tokens.end) if _is_dash(tree, n)]
    return known


def _is_dash(tree: Tree, n: int) -> bool:
    """Whether the token is a bracket or a dash that stands apart: no hyphen."""
    token, text = tree[n], tree.text
    if token.text in ("-", "--"):
        return (text[token.start - 1 : token.start] + text[token.end : token.end + 1]).isspace()
    return token.text in "()—–"


def innermost(attributions: tuple[Attribution, ...], span: Span) -> Attribution | None:
    """The attribution that counts whose content holds the span most closely; None where the report speaks itself."""
    holding = [(len(part), a.cue.start, a) for a in attributions if a.counts for part in a.content if part.holds(span)]
    return min(holding, key=lambda found: found[:2])[2] if holding else None
