"""Doubt, denial, negation, intention and condition, each with the run of words that it colours."""

from __future__ import annotations

from twosource.closed_sets import CueKind
from twosource.knowledge.cues import CueRule, CueWords
from twosource.reading.tree import Tree
from twosource.records import Cue
from twosource.spans import Span

__all__ = ["find_cues"]

_MORE = frozenset({"just", "only", "merely", "simply"})  # 'not only' says more, and not less
_CLAUSAL = frozenset({"xcomp", "ccomp", "pcomp"})
_SENSING = frozenset({"see", "hear", "feel", "smell"})
_GOVERNED = frozenset({"xcomp", "ccomp", "dobj", "acl", "prep", "nsubjpass", "nsubj", "pobj", "pcomp"})


def find_cues(tree: Tree, words: CueWords) -> tuple[Cue, ...]:
    """The cues in order of the text; a word that fits several rules gives a cue for each of different kinds."""
    found: list[Cue] = []
    for index, (lemma, text) in enumerate(zip(tree.lemmas, tree.words, strict=True)):
        if lemma not in words.by_lemma and text not in words.by_lemma:
            continue
        kinds = set()
        for rule in _rules_for(lemma, text, words):
            if rule.kind not in kinds and _fits(tree, index, rule):
                kinds.add(rule.kind)
                found.append(_cue(tree, index, rule))
    return tuple(found)


def _rules_for(lemma: str, text: str, words: CueWords) -> tuple[CueRule, ...]:
    by_text = words.by_lemma.get(text, ())
    return by_text if lemma == text else (*words.by_lemma.get(lemma, ()), *by_text)


def _fits(tree: Tree, index: int, rule: CueRule) -> bool:
    token = tree[index]
    if rule.pos and token.pos not in rule.pos:
        return False
    if rule.tags and token.tag not in rule.tags:
        return False
    if rule.labels and token.dep not in rule.labels:
        return False
    following = tree.words[index + 1] if index + 1 < len(tree.tokens) else ""
    if token.pos == "PROPN" or (rule.kind is CueKind.NEGATION and following in _MORE):
        return False
    if rule.governs and not any(tree[n].dep in _CLAUSAL and tree[n].pos != "ADP" for n in tree.children[index]):
        return False
    if rule.object and not any(tree.lemmas[n] in rule.object for n in tree.under(index, ("pobj",))):
        return False
    if rule.bare and tree.under(index, ("det", "poss", "amod", "nummod")):
        return False
    if rule.passive and not (
        tree.is_passive(index) or (token.tag == "VBN" and not tree.under(index, ("aux", "nsubj")))
    ):
        return False
    after = [*range(index + 1, min(index + 2, len(tree.tokens))), *tree.under(index, ("prt",))]
    if rule.behind and not any(tree.words[n] in rule.behind for n in after):
        return False
    return (not rule.negated or _is_negated(tree, index)) and not (token.lemma == "could" and _is_able(tree, index))


def _is_able(tree: Tree, index: int) -> bool:
    """'could see', 'could not flee': what somebody was or was not able to do is certain."""
    verb = tree[index].head
    return tree.lemmas[verb] in _SENSING or (tree[index].dep == "aux" and bool(tree.under(verb, ("neg",))))


def _is_negated(tree: Tree, index: int) -> bool:
    """'not confirmed', and 'not clear', whose 'not' stands at the verb before it."""
    at = (index, tree[index].head) if tree[index].dep in ("acomp", "attr") else (index,)
    return any(tree.under(n, ("neg",)) for n in at)


def _cue(tree: Tree, index: int, rule: CueRule) -> Cue:
    token = tree[index]
    return Cue(
        span=Span(token.start, token.end),
        kind=rule.kind,
        scope=_scope(tree, index, rule.reach),
        rule=rule.id,
        certainty=rule.certainty,
        status=rule.status,
    )


def _scope(tree: Tree, index: int, reach: str) -> Span:
    if reach == "word":
        return Span(tree[index].start, tree[index].end)
    sentence = tree.sentences[tree[index].sentence]
    if reach == "sentence":
        subject = [n for child in tree.under(index, ("nsubjpass",)) for n in tree.subtree(child)]
        return Span(tree[min([index, *subject])].start, sentence.span.end)
    if reach == "governed":
        return _governed(tree, index)
    if reach == "next":
        return _next(tree, index)
    if reach == "whether":
        return _left_open(tree, index)
    return _within_semicolons(tree, index, _clause(tree, index))


def _within_semicolons(tree: Tree, index: int, scope: Span) -> Span:
    """The part of the scope around the word that no semicolon cuts off: 'a raid began; nobody was hurt'."""
    start = tree.text.rfind(";", scope.start, tree[index].start) + 1
    end = tree.text.find(";", tree[index].end, scope.end)
    return Span(start or scope.start, scope.end if end < 0 else end)


def _governed(tree: Tree, index: int) -> Span:
    """What stands under the word, or the noun that it describes with all under it."""
    token = tree[index]
    if token.dep == "amod":
        behind = tree.subtree(index) if index > token.head else ()
        return tree.span(sorted({index, token.head, *behind}))
    if token.dep == "acl" and token.tag == "VBN":
        return tree.span(sorted({token.head, *tree.subtree(index)}))
    under = [i for child in tree.under(index, _GOVERNED) for i in tree.subtree(child)]
    return tree.span(sorted({index, *under}))


def _next(tree: Tree, index: int) -> Span:
    """The word with the noun right under a preposition, or with the verb under a verb: 'failed to', 'kept from'."""
    inner = tree.under(index, ("pobj", "xcomp"))
    inner += [n for prep in tree.under(index, ("prep",)) for n in tree.under(prep, ("pcomp",))]
    return tree.span(sorted({index, *inner}))


def _left_open(tree: Tree, index: int) -> Span:
    """The clauses behind the word that hang on it or on its verb."""
    at = (index, tree[index].head)
    clauses = [c for n in at for c in tree.under(n, ("ccomp", "advcl", "csubj", "xcomp")) if c > index]
    return tree.span(sorted({index, *(n for c in clauses for n in tree.subtree(c))}))


def _clause(tree: Tree, index: int) -> Span:
    """The clause of the word, without the clauses beside it that have a subject of their own."""
    head = tree.clause_head(tree[index].head if tree[index].pos not in ("VERB",) else index)
    aside = [
        child
        for child in tree.under(head, ("conj", "parataxis", "advcl", "ccomp"))
        if tree.under(child, ("nsubj", "nsubjpass")) and tree[child].dep != "ccomp"
    ]
    left_out = {i for child in aside for i in tree.subtree(child)}
    kept = [i for i in tree.subtree(head) if i not in left_out]
    start = _joined_from(kept, kept.index(index) if index in kept else 0)
    return tree.span(start) if start else Span(tree[index].start, tree[index].end)


def _joined_from(kept: list[int], at: int) -> list[int]:
    """The unbroken run of indices around position ``at``."""
    first = last = at
    while first > 0 and kept[first - 1] >= kept[first] - 2:
        first -= 1
    while last + 1 < len(kept) and kept[last + 1] <= kept[last] + 2:
        last += 1
    return kept[first : last + 1]
