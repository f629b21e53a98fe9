"""Whether an event happened, goes on, is to come or is only supposed: the trained reader's word for it, corrected by
the words of time, condition and intention at the event word.
"""

from __future__ import annotations

from twosource.closed_sets import CueKind, Status
from twosource.knowledge.event_types import EventType
from twosource.knowledge.word_sets import WordSets
from twosource.reading.colour import governs
from twosource.reading.tree import Tree
from twosource.records import Cue
from twosource.spans import Span

__all__ = ["is_capable", "is_supposed", "is_to_end", "status_of"]

_AHEAD = frozenset({Status.PLANNED, Status.HYPOTHETICAL})
_CAPABLE = frozenset({"capable", "incapable"})
_DEPENDING = frozenset({"could", "would", "might"})
_INVERTED = frozenset({"should", "were", "had"})  # 'should the camp be shelled'
_IN_CUSTODY = frozenset({"arrests", "abducts"})  # who 'is now held' was taken, and is held
_IN_CASE = frozenset({"in-case", "in-the-event"})
_THREAT = "threatens"
_POSSIBLY = frozenset({"could", "may", "might"})
_SUBJECTS = ("nsubj", "nsubjpass")
_TOLD_WITH = frozenset({"nsubj", "dobj", "pobj", "prep", "pcomp", "xcomp"})
_AIDS = ("aux", "auxpass")


def status_of(
    tree: Tree, token: int, told: Status, by_cues: Status, cues: tuple[Cue, ...], sets: WordSets, kind: EventType
) -> Status:
    """The status of the event that the token carries.

    ``told`` is the reader's, ``by_cues`` that of the cues in whose reach the token stands, ``cues`` are those of its
    sentence. Of some speech acts the codebook says it: pledges are planned, demands hypothetical, condemnations
    happened; where the act itself is announced ('will demand'), it is planned.
    """
    if kind.status is not None:
        return Status.PLANNED if _is_due(tree, token, cues, sets) else kind.status
    if is_supposed(tree, cues, token) or _is_potential(tree, token, sets):
        return Status.HYPOTHETICAL
    status = _by_its_time(tree, token, told, sets, kind)
    if status is Status.PLANNED and _is_conditional(tree, cues, token):
        return Status.HYPOTHETICAL
    if status is Status.HYPOTHETICAL and _is_settled(tree, token, cues, sets, kind):
        return Status.PLANNED
    ahead = by_cues in _AHEAD and not _is_past(tree, token) and _stands_under(tree, token, cues, sets)
    if _is_able(tree, token, sets, kind):
        return Status.HYPOTHETICAL
    ahead = ahead or _may_grow(tree, token, sets)
    if status is Status.HAPPENED and (ahead or _is_put_off(tree, cues, token) or _is_decided(tree, token, sets)):
        return Status.HYPOTHETICAL if _is_imagined(tree, token, cues) else Status.PLANNED
    return Status.PLANNED if status is Status.ONGOING and _announces(tree, token, cues, sets) else status


def is_supposed(tree: Tree, cues: tuple[Cue, ...], token: int) -> bool:
    """Whether the word is the verb of an if-clause ('if it falls', 'should it fall'), or stands behind 'in case of'."""
    conditions = [cue for cue in cues if cue.kind is CueKind.CONDITION and cue.status is not None]
    if not conditions:
        return _is_turned_round(tree, token)
    marks = [tree.at(cue.span.start) for cue in conditions]
    if any(n is not None and tree[n].dep == "mark" and tree[n].head == token for n in marks):
        return True
    cases = {tree.at(cue.span.start) for cue in conditions if cue.rule in _IN_CASE}
    return (bool(cases) and not cases.isdisjoint(tree.ancestors(token))) or _is_turned_round(tree, token)


def is_to_end(tree: Tree, token: int, sets: WordSets) -> bool:
    """Whether the event is what stops or is stopped: 'the raids would cease', 'will stall its offensive'."""
    at = tree[token].head if tree[token].dep == "conj" else token
    verb = tree[at].head
    ends = tree[verb].pos == "VERB" and tree.lemmas[verb] in sets.ending
    return ends and tree[token].pos == "NOUN" and tree[at].dep in ("dobj", *_SUBJECTS)


def _is_turned_round(tree: Tree, verb: int) -> bool:
    """'should the camp be shelled, ...': the auxiliary opens the clause, and it is no question."""
    turned = [n for n in tree.under(verb, ("aux", "auxpass")) if tree.words[n] in _INVERTED]
    subjects = tree.under(verb, _SUBJECTS) if turned else []
    if not subjects or turned[0] > subjects[0] or turned[0] != min(tree.subtree(verb)):
        return False
    sentence = tree.sentences[tree[verb].sentence].tokens
    return "?" not in {tree[n].text for n in range(verb, sentence.end)}


def _is_conditional(tree: Tree, cues: tuple[Cue, ...], token: int) -> bool:
    """Whether the word is a verb that hangs on a condition: 'could flee if the camp is shelled', 'in case of'."""
    for cue in cues:
        case = tree.at(cue.span.start) if cue.rule in _IN_CASE else None
        if case is not None and tree[tree[case].head].head == token:
            return True
    bound = any(is_supposed(tree, cues, child) for child in tree.under(token, ("advcl", "ccomp")))
    return bound and any(tree.lemmas[n] in _DEPENDING for n in tree.under(token, ("aux",)))


def _is_settled(tree: Tree, token: int, cues: tuple[Cue, ...], sets: WordSets, kind: EventType) -> bool:
    """Whether what the reader takes for supposed is planned: a thing decided or called planned, or a plain threat."""
    if kind.id == _THREAT:
        sentence = tree.sentences[tree[token].sentence].tokens
        words = {tree.words[n] for n in range(sentence.start, sentence.end)}
        ifs = any(cue.kind is CueKind.CONDITION and cue.rule in ("if", *_IN_CASE) for cue in cues)
        return not ifs and not words & sets.open_ended
    called = any(cue.rule == "planned" and tree.at(cue.span.start) in tree.under(token, ("amod",)) for cue in cues)
    return called or _is_decided(tree, token, sets)


def _is_decided(tree: Tree, token: int, sets: WordSets) -> bool:
    """'the decision to withdraw', 'an order to advance': what somebody has decided is to come.

    An order that was obeyed, or that cost something, was carried out: 'the decision to bomb the school killed 11'.
    """
    noun = tree[token].head
    to = tree[token].tag == "VB" and tree[token].dep in ("acl", "relcl")
    if not to or tree[noun].pos != "NOUN" or tree.lemmas[noun] not in sets.decisions:
        return False
    verb = tree[noun].head
    costs = tree[noun].dep == "nsubj" and tree.lemmas[verb] in sets.costing
    return not (costs or (tree[noun].dep in ("dobj", "nsubjpass") and tree.lemmas[verb] in sets.obeying))


def _is_potential(tree: Tree, token: int, sets: WordSets) -> bool:
    """'potential attacks', 'the risk of an attack', 'to forestall an attack', 'risks being shot'."""
    called = {tree.lemmas[n] for n in tree.under(token, ("amod",))}
    if tree[token].pos == "NOUN" and called & sets.potential:
        return True
    above = tree[token].head
    if tree[token].dep == "pobj" and tree.words[above] == "of":
        above = tree[above].head
        return tree[above].pos == "NOUN" and tree.lemmas[above] in sets.risks
    if tree[token].dep in ("dobj", "xcomp", "acl", "pcomp") and tree.lemmas[above] == "risk":
        return True
    aimed = tree[above].tag in ("VB", "VBG") and tree.lemmas[above] in sets.forestalling
    return aimed and tree[token].pos == "NOUN" and tree[token].dep == "dobj"


def _is_able(tree: Tree, token: int, sets: WordSets, kind: EventType) -> bool:
    """'a road by which it can supply them': what somebody is able to do is not done yet. What 'can be seen' is."""
    able = any(tree.lemmas[n] == "can" for n in tree.under(token, ("aux",))) or is_capable(tree, token)
    around = (token, *tree.under(token, ("advmod", *_SUBJECTS)))
    denied = [n for at in around for n in tree.under(at, ("neg", "det"))]
    plain = not kind.speech and tree.lemmas[token] not in sets.perceived
    return able and plain and not any(tree[n].dep == "neg" or tree.words[n] == "no" for n in denied)


def is_capable(tree: Tree, token: int) -> bool:
    """'the army is capable of holding it': what somebody is judged to be able to do."""
    of = tree[token].head
    adjective = tree[of].head if tree[token].dep in ("pcomp", "pobj") and tree.words[of] == "of" else token
    return tree.lemmas[adjective] in _CAPABLE and tree[adjective].dep == "acomp"


def _may_grow(tree: Tree, token: int, sets: WordSets) -> bool:
    """'the toll could rise'."""
    verb = tree[token].head
    if tree[token].dep not in _SUBJECTS or tree[verb].tag != "VB" or tree.lemmas[verb] not in sets.growing:
        return False
    return any(tree.lemmas[n] in _POSSIBLY for n in tree.under(verb, ("aux",)))


def _stands_under(tree: Tree, token: int, cues: tuple[Cue, ...], sets: WordSets) -> bool:
    """Whether a word of intention or condition bears on the event itself, and not on something told beside it."""
    here = Span(tree[token].start, tree[token].end)
    noun = tree[token].head if tree[token].dep in ("compound", "amod") else token
    near = [cue for cue in cues if cue.status in _AHEAD and cue.scope.holds(here)]
    return any(governs(tree, cue, n, sets) or _is_subject_of(tree, cue, n) for cue in near for n in {token, noun})


def _is_subject_of(tree: Tree, cue: Cue, token: int) -> bool:
    """'its fall would cut the road', 'the toll is expected to rise': the cue is upon the verb of the subject."""
    index = tree.at(cue.span.start)
    if index is None or tree[token].dep not in _SUBJECTS:
        return False
    return tree[token].head in (index, tree[index].head if tree[index].dep == "aux" else index)


def _is_imagined(tree: Tree, token: int, cues: tuple[Cue, ...]) -> bool:
    """Whether a 'would' that is nobody's reported 'will' bears on the event: 'its fall would cut the road'."""
    here = Span(tree[token].start, tree[token].end)
    for cue in cues:
        index = tree.at(cue.span.start)
        if cue.rule != "if" or index is None or tree.lemmas[index] != "would" or not cue.scope.holds(here):
            continue
        verb = tree[index].head
        said = any(tree[n].dep in ("ccomp", "parataxis") for n in (verb, *tree.ancestors(verb)))
        return not said and not tree.under(verb, ("ccomp", "parataxis"))
    return False


def _is_due(tree: Tree, verb: int, cues: tuple[Cue, ...], sets: WordSets) -> bool:
    """Whether an act of speech is itself announced: 'will demand', 'is expected to condemn'."""
    for cue in cues:
        index = tree.at(cue.span.start) if cue.kind is CueKind.PLAN else None
        if index is not None and tree[index].dep == "aux" and tree[index].head == verb:
            return True
        if index is not None and tree.lemmas[index] in sets.scheduled and tree[verb].head == index:
            return tree[verb].dep == "xcomp"
    return _is_for_later(tree, verb)


def _is_for_later(tree: Tree, verb: int) -> bool:
    """'will appear in court to be charged': the purpose of what is to come."""
    purpose = tree[verb].dep in ("advcl", "xcomp") and any(tree[n].text == "to" for n in tree.under(verb, ("aux",)))
    return purpose and any(tree.lemmas[n] == "will" for n in tree.under(tree[verb].head, ("aux",)))


def _is_put_off(tree: Tree, cues: tuple[Cue, ...], token: int) -> bool:
    """Whether the event word puts off what was planned, or is what is put off: 'the talks were put off'."""
    words = (tree.at(cue.span.start) for cue in cues if cue.kind is CueKind.NEGATION and cue.status is not None)
    done_to = tree[token].head if tree[token].dep in ("dobj", "nsubjpass") else token
    return any(n in (token, done_to) for n in words)


def _announces(tree: Tree, token: int, cues: tuple[Cue, ...], sets: WordSets) -> bool:
    """Whether a word of intention is the auxiliary of the verb, or of that whose subject or doer the event is.

    'The attack will be supported' is to come, and so is 'will be supported by raids'; 'the attack will be halted' goes
    on.
    """
    by = tree[token].head
    verb = tree[token].head if tree[token].dep in _SUBJECTS else token
    if tree[token].dep == "pobj" and tree[by].dep == "agent":
        verb = tree[by].head
    if verb != token and tree.lemmas[verb] in sets.of_what_goes_on:
        return False
    own = set(tree.under(verb, ("aux",)))
    return any(cue.kind is CueKind.PLAN and tree.at(cue.span.start) in own for cue in cues)


def _is_past(tree: Tree, token: int) -> bool:
    """Whether the word is a verb told as done: 'flouted', 'has flouted', and not 'would have flouted'."""
    aids = [tree[n] for n in tree.under(token, ("aux",))]
    done = tree[token].tag == "VBD" or (tree[token].tag == "VBN" and any(a.lemma.lower() == "have" for a in aids))
    return done and not any(a.tag == "MD" for a in aids)


def _by_its_time(tree: Tree, token: int, status: Status, sets: WordSets, kind: EventType) -> Status:
    """The status where the words beside the event word settle it: 'a former ally' is over, 'now held' goes on."""
    at = [token, *tree.children[token]]
    if tree[token].dep in ("acomp", "attr"):
        at += [tree[token].head, *tree.children[tree[token].head]]
    beside = {tree.words[n] for n in at}
    if status is Status.ONGOING and (beside & sets.no_longer or _is_done(tree, token, sets, standing=kind.standing)):
        return Status.HAPPENED
    lasts = kind.standing or kind.id in _IN_CUSTODY
    if tree[token].pos == "NOUN" and "then" in beside and status is Status.ONGOING:
        return Status.HAPPENED  # 'their then last pocket'
    goes_on = (bool(beside & sets.up_to_now) and lasts) or (kind.standing and tree[token].tag in ("VBP", "VBZ"))
    return Status.ONGOING if status is Status.HAPPENED and (goes_on or _is_under_way(tree, token, sets)) else status


def _is_done(tree: Tree, token: int, sets: WordSets, *, standing: bool) -> bool:
    """Whether an act is told in the simple past ('led the campaign'), or a state as over ('held it until 2016')."""
    if not standing:
        return _is_over(tree, token, sets)
    verb = tree.clause_head(token)
    aids = {tree.words[n] for n in tree.under(verb, ("aux",))}
    ended = tree[verb].tag == "VBD" and any(tree.words[n] == "until" for n in tree.under(verb, ("prep", "mark")))
    return ended or {"to", "have"} <= aids


def _is_under_way(tree: Tree, token: int, sets: WordSets) -> bool:
    """'reinforcements being sent', 'an attack is ongoing', 'services are suspended'; not 'are often closed'."""
    if any(tree.words[n] == "being" for child in tree.under(token, ("acl",)) for n in tree.under(child, _AIDS)):
        return tree[token].pos == "NOUN"
    verb = tree[token].head if tree[token].dep == "nsubj" else token
    is_ = tree[verb].lemma == "be" and tree[verb].tag in ("VBZ", "VBP")
    if is_ and any(tree.words[n] in sets.under_way for n in tree.children[verb]):
        return True
    if _was_under_way_by_report(tree, token):
        return True
    kept = tree.lemmas[token] in sets.kept_so and tree[token].tag == "VBN"
    if not kept or not _has_aids(tree, token, ["is"], ["are"]):
        return False
    return sets.now_and_again.isdisjoint(tree.words[n] for n in tree.subtree(token))


def _was_under_way_by_report(tree: Tree, verb: int) -> bool:
    """'they said that the army was massing tanks': what somebody said went on then goes on."""
    reported = tree[verb].dep == "ccomp" and tree[tree[verb].head].tag == "VBD"
    return reported and tree[verb].tag == "VBG" and _has_aids(tree, verb, ["was"], ["were"])


def _has_aids(tree: Tree, verb: int, *wanted: list[str]) -> bool:
    return [tree.words[n] for n in tree.under(verb, _AIDS)] in wanted


def _is_over(tree: Tree, token: int, sets: WordSets) -> bool:
    """Whether the word is a verb in the simple past, or a part of what one tells: 'led the campaign', 'the offensive
    began', 'came in response to raids', 'drove them to retaliate by shelling the camp'.
    """
    verb = token
    while tree[verb].tag != "VBD" and _is_told_with(tree, verb, sets):
        verb = tree[verb].head
    return tree[verb].tag == "VBD" and tree[verb].pos == "VERB" and tree.lemmas[verb] not in sets.going_on


def _is_told_with(tree: Tree, word: int, sets: WordSets) -> bool:
    """Whether the word is a part of what its head tells; of what somebody is to do, only what he was led to."""
    if tree[word].dep == "xcomp" and any(tree.words[n] == "to" for n in tree.under(word, ("aux",))):
        return tree.lemmas[tree[word].head] in sets.prompting
    return tree[word].dep in _TOLD_WITH and not tree.under(word, ("auxpass",))
