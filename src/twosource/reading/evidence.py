"""The exact words that carry a claim: the clause or phrase of its event word, without its attribution."""

from __future__ import annotations

from collections.abc import Collection

from twosource.knowledge.word_sets import WordSets
from twosource.reading.tree import Tree
from twosource.records import Attribution, Trigger
from twosource.spans import Span

__all__ = ["EDGES", "evidence_run", "governing_verb", "holding_verb"]

EDGES = ' \t\r\n,;:.-–—"“”„«»()[]'
_ASIDE = frozenset({"conj", "parataxis", "advcl", "ccomp", "relcl", "cc"})
_NOUN_LINKS = frozenset({"prep", "pobj", "conj", "compound", "nmod", "amod", "pcomp", "dative", "agent", "appos"})
_HELD_BY = frozenset({"of", "for", "with"})


def evidence_run(
    tree: Tree,
    trigger: Trigger,
    triggers: Collection[int],
    attributions: tuple[Attribution, ...],
    sets: WordSets,
    *,
    speech: bool,
) -> Span:
    """The unbroken run of words around the trigger that carries its claim.

    ``triggers`` are the head tokens of all triggers: a clause beside this one that has its own is left out.
    ``speech`` keeps what is said inside the run.
    """
    if trigger.rule.startswith("modifier:"):
        return _modified(tree, trigger)
    head = _clause_head(tree, trigger.token, triggers)
    kept = _kept(tree, head, trigger.token, triggers, speech=speech)
    run = _around(kept, trigger.token)
    span = _without_attribution(tree.span(run), trigger.span, attributions)
    return _trimmed(tree.text, span, trigger.span, sets)


def _trimmed(text: str, span: Span, core: Span, sets: WordSets) -> Span:
    """The span without marks and joining words at its edges, never shorter than the core."""
    trimmed = span.trimmed(text, EDGES)
    while (space := text.find(" ", trimmed.start, core.start)) > 0:
        if text[trimmed.start : space].lower().strip(EDGES) not in sets.joining:
            break
        trimmed = Span(space, trimmed.end).trimmed(text, EDGES)
    return trimmed if trimmed.holds(core) else Span(min(span.start, core.start), max(span.end, core.end))


def _modified(tree: Tree, trigger: Trigger) -> Span:
    """'X-backed Y': from the first word of X to the last of the noun that it describes."""
    first = trigger.token
    while first > 0 and tree[first - 1].end == tree[first].start:
        first -= 1
    while first > 0 and tree[first - 1].pos == "PROPN" and tree[first - 1].sentence == tree[first].sentence:
        first -= 1
    last = trigger.token
    head = tree[trigger.token].head
    end = tree[trigger.token].sentence
    while last < head and last + 1 < len(tree.tokens) and tree[last + 1].sentence == end:
        last += 1
        if tree[last].pos == "PUNCT" and tree[last].text in ",;":
            break
    if last == trigger.token and last + 1 < len(tree.tokens):
        last += 1
    return Span(tree[first].start, tree[last].end).trimmed(tree.text, EDGES)


def governing_verb(tree: Tree, noun: int) -> int | None:
    """The verb to which a noun belongs as subject, object or by a preposition, if a short way leads there."""
    at = noun
    for _ in range(4):
        above = tree[at].head
        if above == at:
            return None
        if tree[above].pos in ("VERB", "AUX"):
            return above if tree[at].dep not in ("relcl", "acl") else None
        if tree[at].dep not in _NOUN_LINKS:
            return None
        at = above
    return None


def holding_verb(tree: Tree, token: int, verbs: Collection[str]) -> int | None:
    """The verb that holds somebody to account for the event: 'accused' for the shelling in 'accused it of shelling'.

    ``verbs`` are dictionary forms. What the event stands behind as a mere circumstance has none.
    """
    at = token
    for _ in range(4):
        if tree[at].dep in ("pcomp", "pobj"):
            way = tree[at].head
            verb = tree[way].head
            holds = tree.words[way] in _HELD_BY and tree[verb].pos == "VERB"
            return verb if holds and tree.lemmas[verb] in verbs else None
        if tree[at].dep not in ("dobj", "conj", "xcomp"):
            return None
        at = tree[at].head
    return None


def _clause_head(tree: Tree, token: int, triggers: Collection[int]) -> int:
    """The word whose subtree is the clause: up from a noun to its verb, up from an infinitive to what governs it."""
    head = token
    if tree[token].pos not in ("VERB", "AUX"):
        verb = governing_verb(tree, token)
        if verb is None or verb in triggers:
            return token
        head = verb
    while tree[head].dep == "xcomp" and tree[head].head not in triggers and tree[head].head != head:
        head = tree[head].head
    return head


def _kept(tree: Tree, head: int, token: int, triggers: Collection[int], *, speech: bool) -> list[int]:
    """The tokens of the clause, without the clauses beside it and those below it that tell of other events."""
    way, tokens = {token, *tree.ancestors(token)}, tree.tokens
    kept = [head]
    for at in kept:
        for child in tree.children[at]:
            apart = tokens[child].dep in _ASIDE and child not in way
            if not (apart and _stands_aside(tree, at, child, triggers, speech=speech)):
                kept.append(child)
    return sorted(kept)


def _stands_aside(tree: Tree, at: int, child: int, triggers: Collection[int], *, speech: bool) -> bool:
    """Whether the clause, which hangs under one of the labels for those that may, is beside the event's."""
    label = tree[child].dep
    verbal = tree[child].pos in ("VERB", "AUX")
    if label == "conj":
        return verbal
    if label == "cc":
        return any(tree[c].dep == "conj" and tree[c].pos in ("VERB", "AUX") for c in tree.children[at])
    if label == "ccomp":
        return not speech
    if label in ("advcl", "relcl"):
        return label == "relcl" or any(i in triggers for i in tree.subtree(child))
    return True


def _around(kept: list[int], token: int) -> list[int]:
    """The part of the tokens that is unbroken around the trigger; a gap of up to two words is bridged."""
    at = kept.index(token)
    first = last = at
    while first > 0 and kept[first] - kept[first - 1] <= 3:
        first -= 1
    while last + 1 < len(kept) and kept[last + 1] - kept[last] <= 3:
        last += 1
    return kept[first : last + 1]


def _without_attribution(span: Span, core: Span, attributions: tuple[Attribution, ...]) -> Span:
    """The span cut back to the content in which the trigger stands, where an attribution holds it."""
    holding = [part for a in attributions for part in a.content if part.holds(core)]
    if not holding:
        return span
    part = min(holding, key=len)
    return Span(max(span.start, part.start), min(span.end, part.end))
