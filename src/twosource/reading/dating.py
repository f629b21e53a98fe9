"""Whether a time told in a sentence is that of an event in it, or of something told beside the event."""

from __future__ import annotations

from twosource.knowledge.word_sets import WordSets
from twosource.reading.tree import Tree
from twosource.records import Time
from twosource.spans import Span

__all__ = ["came_then", "hangs_on", "is_of_another"]

_AIDS = ("aux", "auxpass")
_AMONG = frozenset({"since", "in", "for"})
_DATED = frozenset({"NNP", "CD"})
_DESCRIBING = frozenset({"relcl", "acl"})
_PAST = frozenset({"VBD", "VBN"})
_PRESENT = frozenset({"VBP", "VBZ"})
_RANKING = frozenset({"JJS", "RBS"})
_RELATIVE = frozenset({"WDT", "WP"})
_SUBJECTS = ("nsubj", "nsubjpass")
_SUBJECTS_AND_OBJECTS = frozenset({*_SUBJECTS, "dobj", "attr"})
_UNDONE = frozenset({"VB", "VBG"})
_VERBAL = frozenset({"VERB", "AUX"})


def is_of_another(tree: Tree, time: Span, event: int, sets: WordSets) -> bool:
    """Whether the parse hangs the time on something told beside the ``event`` (a token): on what describes a noun, on
    the rank of a thing, or on a deed that the event came before or behind, or that is told in another tense.

    A time in another sentence is left alone: what it is of, no parse tells.
    """
    words = tree.between(time)
    head = _head(tree, words)
    from_event = [event, *tree.ancestors(event)]
    if head is None or any(n in words for n in from_event):  # 'since 12 July, when it raided the post'
        return False
    from_time = [head, *tree.ancestors(head)]
    common = next((n for n in from_time if n in from_event), None)
    if common is None:
        return False
    above_time = from_time[: from_time.index(common)]
    above_event = from_event[: from_event.index(common)]
    if _ranks(tree, head, sets) or any(_describes_another(tree, n, event, sets) for n in above_time):
        return True
    if tree[head].dep == "dobj" and head not in from_event and _ends(tree, tree[head].head, sets):
        return True  # 'a truce was reached, ending 14 months of war'
    if any(tree[n].dep == "prep" and tree.words[n] in sets.asides for n in above_time[1:]):
        return True  # 'despite its focus on the border since May', 'after the fall of the town on Monday'
    return any(head < n and _stands_apart(tree, n, sets) for n in above_event)


def hangs_on(tree: Tree, time: Span, event: int) -> bool:
    """Whether the time stands right under the event word, or under the verb of which that is the subject or object."""
    verb = tree[event].head if tree[event].dep in _SUBJECTS_AND_OBJECTS else event
    head = _head(tree, tree.between(time))
    return head is not None and head != verb and tree[head].head in (verb, event)


def _head(tree: Tree, words: range) -> int | None:
    """The word of the time on which the others hang."""
    return next((n for n in words if tree[n].head not in words or tree[n].head == n), None)


def _describes_another(tree: Tree, clause: int, event: int, sets: WordSets) -> bool:
    """'an airfield from which a raid was launched', 'the 2,000 troops now stationed there', 'a front static since May'.

    'the attack in Karesh, which began on Monday' and 'a rally in Vale beside the rally held on Sunday' are the event's.
    """
    token = tree[clause]
    describes = token.dep in _DESCRIBING or (token.dep == "amod" and token.head < clause)
    if not describes or token.head == event or tree.lemmas[token.head] == tree.lemmas[event]:
        return False
    named = [n for n in tree.under(clause, _SUBJECTS) if tree[n].tag not in _RELATIVE]
    return bool(named) or tree[event].pos in _VERBAL or token.lemma.lower() not in sets.beginning


def _ranks(tree: Tree, time: int, sets: WordSets) -> bool:
    """'the largest raid since 2020', 'the first in a decade': the time says among which it ranks."""
    token = tree[time]
    among = token.text.lower()
    if token.dep != "prep" or among not in _AMONG:
        return False
    if among == "in" and all(_is_dated(tree, n) for n in tree.under(time, ("pobj",))):
        return False  # 'the largest raid in 2020' was in that year
    things = [token.head]
    if among == "since" and tree[token.head].pos in _VERBAL:  # 'marking the largest raid since 2020'
        things = tree.under(token.head, ("dobj", "attr"))
    described = [word for thing in things for word in tree.under(thing, ("amod",))]
    around = [*things, *described, *(most for word in described for most in tree.under(word, ("advmod",)))]
    return any(_is_rank(tree, n, sets) for n in around)


def _ends(tree: Tree, verb: int, sets: WordSets) -> bool:
    return tree[verb].pos == "VERB" and tree.lemmas[verb] in {"end", *sets.ending}


def _is_dated(tree: Tree, noun: int) -> bool:
    """'2020', 'May', 'the beginning of 2014'."""
    return tree[noun].tag in _DATED or any(tree[n].tag in _DATED for n in tree.after(noun, "of"))


def _is_rank(tree: Tree, word: int, sets: WordSets) -> bool:
    """'largest', 'first', the 'most' of 'most violent'; not that of 'most of the town'."""
    token = tree[word]
    whole = token.lemma.lower() in ("most", "least", "many", "much") and token.dep != "advmod"
    return (token.tag in _RANKING and not whole) or token.lemma.lower() in sets.ranking


def came_then(tree: Tree, time: Time, event: int | None) -> bool:
    """Whether the event is told as what came then: 'since 12 July, when it raided the post'."""
    return event is not None and tree[event].dep == "relcl" and tree[event].head in tree.between(time.span)


def _stands_apart(tree: Tree, clause: int, sets: WordSets) -> bool:
    """'fled after fighting', 'crossed in the wake of the fall of the town', 'soldiers whom it had captured', 'entered
    and are planning an attack'.
    """
    token = tree[clause]
    if token.dep in ("prep", "pobj"):
        return token.text.lower() in sets.sequels
    if token.dep == "conj":
        return _is_past(tree, token.head) and _goes_on(tree, clause)
    return token.dep == "relcl" and token.tag in _PAST


def _is_past(tree: Tree, verb: int) -> bool:
    aids = {tree.lemmas[n] for n in tree.under(verb, _AIDS)}
    return tree[verb].tag == "VBD" or (tree[verb].tag == "VBN" and bool(aids & {"have", "be"}))


def _goes_on(tree: Tree, verb: int) -> bool:
    """Whether the verb has an auxiliary of its own, of what goes on or is to come: 'are planning', 'will try'."""
    aids = [tree[n] for n in tree.under(verb, _AIDS)]
    return tree[verb].tag in _UNDONE and any(a.tag in _PRESENT or a.lemma.lower() == "will" for a in aids)
