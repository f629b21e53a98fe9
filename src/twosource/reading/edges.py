"""The edges of a run of evidence: whole words and phrases, its own clause, and no words that only lead on to others."""

from __future__ import annotations

from twosource.reading.tree import Tree
from twosource.records import Token
from twosource.spans import Span

__all__ = ["from_its_clause", "in_phrases", "without_loose_ends"]

_HELPING = frozenset({"AUX", "PART", "DET", "PRON"})
_JOINING = frozenset({"cc", "mark"})
_LEADING = frozenset({"det", "amod", "compound", "nmod", "nummod", "poss", "quantmod", "advmod", "prep", "case"})
_SERVING = frozenset({"aux", "auxpass", "neg", "det", "poss"})
_TAIL = 5  # words of the clause before that the reader may leave at the start of a run


def from_its_clause(tree: Tree, run: Span, anchor: Span) -> Span:
    """The run without the last words of the clause before: from behind an 'and' near its start that joins two verbs."""
    words = tree.between(run)
    for number in words[:_TAIL]:
        token = tree[number]
        joins = token.dep == "cc" and tree[token.head].pos in ("VERB", "AUX") and token.end < anchor.start
        if joins and not any(tree[n].dep in ("nsubj", "nsubjpass") for n in words if n < number):
            return Span(tree[number + 1].start, run.end)
    return run


def without_loose_ends(tree: Tree, run: Span) -> Span:
    """The run without words at its edges that only lead on to others: 'that ...', '... and', '... and have not'.

    'neither', 'whether' and 'if' at its beginning stay: without them it would say what is denied or asked.
    """
    words = list(tree.between(run))
    while len(words) > 1 and _only_joins(tree[words[0]]):
        words.pop(0)
    while len(words) > 1:
        last = tree[words[-1]]
        leads_on = last.dep in _SERVING and last.pos in _HELPING and last.head > words[-1]
        if not (leads_on or last.dep in (*_JOINING, "prep", "punct")):
            break
        words.pop()
    return Span(max(run.start, tree[words[0]].start), min(run.end, tree[words[-1]].end)) if words else run


def _only_joins(token: Token) -> bool:
    return token.dep == "cc" or (token.dep == "mark" and token.lemma.lower() == "that")


def in_phrases(tree: Tree, run: Span, limits: Span) -> Span:
    """The run widened to whole words, and at its end to the noun that its last word describes."""
    text, start, end = tree.text, run.start, run.end
    while start > limits.start and not text[start - 1].isspace():
        start -= 1
    while end < limits.end and not text[end].isspace():
        end += 1
    last = tree.last_in(Span(start, end))
    if last is not None and tree[last].dep in _LEADING and last < tree[last].head <= last + 3:
        end = max(end, min(tree[tree[last].head].end, limits.end))
    return Span(start, end)
