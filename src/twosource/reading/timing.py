"""Whether an event happened, goes on, is to come or is only supposed: the trained reader's word for it, corrected by
the words of time, condition and intention at the event word.
"""

from __future__ import annotations

from twosource.closed_sets import CueKind, Status
from twosource.knowledge.event_types import EventType
from twosource.knowledge.word_sets import WordSets
from twosource.reading.tree import Tree
from twosource.records import Cue

__all__ = ["is_supposed", "status_of"]

_AHEAD = frozenset({Status.PLANNED, Status.HYPOTHETICAL})
_DEPENDING = frozenset({"could", "would", "might"})


def status_of(
    tree: Tree, token: int, told: Status, by_cues: Status, cues: tuple[Cue, ...], sets: WordSets, kind: EventType
) -> Status:
    """The status of the event that the token carries.

    ``told`` is the reader's, ``by_cues`` that of the cues in whose reach the token stands, ``cues`` are those of its
    sentence. Of some speech acts the codebook says it: pledges are planned, demands hypothetical, condemnations
    happened.
    """
    if kind.status is not None:
        return kind.status
    if is_supposed(tree, cues, token):
        return Status.HYPOTHETICAL
    status = _by_its_time(tree, token, told, sets, standing=kind.standing)
    if status is Status.PLANNED and _is_conditional(tree, cues, token):
        return Status.HYPOTHETICAL
    ahead = by_cues in _AHEAD and not _is_past(tree, token)
    if status is Status.HAPPENED and (ahead or _is_put_off(tree, cues, token)):
        return Status.PLANNED
    return Status.PLANNED if status is Status.ONGOING and _announces(tree, token, cues) else status


def is_supposed(tree: Tree, cues: tuple[Cue, ...], token: int) -> bool:
    """Whether the word is the verb of an if-clause."""
    marks = (tree.at(cue.span.start) for cue in cues if cue.kind is CueKind.CONDITION and cue.status is not None)
    return any(n is not None and tree[n].dep == "mark" and tree[n].head == token for n in marks)


def _is_conditional(tree: Tree, cues: tuple[Cue, ...], token: int) -> bool:
    """Whether the word is a verb that an if-clause makes depend on something: 'could flee if the camp is shelled'."""
    bound = any(is_supposed(tree, cues, child) for child in tree.under(token, ("advcl",)))
    return bound and any(tree[n].lemma.lower() in _DEPENDING for n in tree.under(token, ("aux",)))


def _is_put_off(tree: Tree, cues: tuple[Cue, ...], token: int) -> bool:
    """Whether the event word puts off what was planned, or is what is put off: 'the talks were put off'."""
    words = (tree.at(cue.span.start) for cue in cues if cue.kind is CueKind.NEGATION and cue.status is not None)
    done_to = tree[token].head if tree[token].dep in ("dobj", "nsubjpass") else token
    return any(n in (token, done_to) for n in words)


def _announces(tree: Tree, verb: int, cues: tuple[Cue, ...]) -> bool:
    """Whether a word of intention is the verb's own auxiliary: 'will be supported' goes not on, it is to come."""
    own = set(tree.under(verb, ("aux",)))
    return any(cue.kind is CueKind.PLAN and tree.at(cue.span.start) in own for cue in cues)


def _is_past(tree: Tree, token: int) -> bool:
    """Whether the word is a verb told as done: 'flouted', 'has flouted', and not 'would have flouted'."""
    aids = [tree[n] for n in tree.under(token, ("aux",))]
    done = tree[token].tag == "VBD" or (tree[token].tag == "VBN" and any(a.lemma.lower() == "have" for a in aids))
    return done and not any(a.tag == "MD" for a in aids)


def _by_its_time(tree: Tree, token: int, status: Status, sets: WordSets, *, standing: bool) -> Status:
    """The status where the words beside the event word settle it: 'a former ally' is over, 'now held' goes on."""
    at = [token, *tree.children[token]]
    if tree[token].dep in ("acomp", "attr"):
        at += [tree[token].head, *tree.children[tree[token].head]]
    beside = {tree[n].text.lower() for n in at}
    if status is Status.ONGOING and (beside & sets.no_longer or (not standing and _is_over(tree, token, sets))):
        return Status.HAPPENED
    goes_on = bool(beside & sets.up_to_now) or (standing and tree[token].tag in ("VBP", "VBZ"))
    return Status.ONGOING if status is Status.HAPPENED and goes_on else status


def _is_over(tree: Tree, token: int, sets: WordSets) -> bool:
    """Whether the word is a verb in the simple past, or the object of one: 'led the campaign'."""
    verb = tree[token].head if tree[token].dep == "dobj" else token
    return tree[verb].tag == "VBD" and tree[verb].pos == "VERB" and tree[verb].lemma.lower() not in sets.going_on
