"""The words of a source, whole, where the trained reader stops inside a hyphenated word: 'media of the Ardan|-led'."""

from __future__ import annotations

import msgspec

from twosource.reading.signals import Utterance
from twosource.reading.tree import Tree
from twosource.spans import Span

__all__ = ["whole_source"]

_HYPHENS = "-–‑"
_NOUNS = frozenset({"NOUN", "PROPN"})
_MODIFIERS = frozenset({"amod", "compound", "nmod", "npadvmod", "punct"})
_AWAY = 6  # words, at most, from a hyphenated word to the noun that it describes
_JOINING = frozenset({",", "and", "or"})


def whole_source(tree: Tree, utterance: Utterance) -> Utterance:
    """The utterance with each source that ends in a hyphenated word told to the noun that this word describes, and on
    to the nouns joined to it, up to a comma: 'media of the Ardan-led groups, radios and drivers, the raid ...'.
    """
    whole = tuple(_whole(tree, utterance, span) for span in utterance.source)
    return utterance if whole == utterance.source else msgspec.structs.replace(utterance, source=whole)


def _whole(tree: Tree, utterance: Utterance, span: Span) -> Span:
    words = tree.between(span)
    noun = _described(tree, words[-1]) if words else None
    if noun is None:
        return span
    last = _last_joined(tree, words[0], noun)
    told = [Span(span.start, tree[n].end) for n in (last, noun)]
    return next((one for one in told if not any(one.meets(other) for other in _others(utterance))), span)


def _others(utterance: Utterance) -> tuple[Span, ...]:
    """The words of the utterance that no source can run into."""
    return (utterance.cue, *utterance.content)


def _described(tree: Tree, last: int) -> int | None:
    """The noun that a hyphenated word describes, of which the token is the first half; None where it is none."""
    if last + 2 >= len(tree.tokens) or tree[last + 1].text not in _HYPHENS:
        return None
    if tree[last].end != tree[last + 1].start or tree[last + 1].end != tree[last + 2].start:
        return None
    at = last + 2
    while tree[at].dep in _MODIFIERS and at < tree[at].head <= last + _AWAY + 2:
        at = tree[at].head
    return at if tree[at].pos in _NOUNS else None


def _last_joined(tree: Tree, first: int, noun: int) -> int:
    """The last token of the nouns that 'and' joins to those from the first token to the noun, where a comma ends them;
    else the noun.
    """
    ends = noun
    joined = {m for at in range(first, noun + 1) for m in tree.conjuncts(at)}
    sentence = tree.sentences[tree[noun].sentence].tokens
    for n in range(noun + 1, sentence.end):
        below = tree.subtree(n)
        opens = min(below) - 1
        if opens == ends + 1 and tree[opens].text in _JOINING and (n in joined or _is_one_subject_too_many(tree, n)):
            ends = max(below)
    closes = ends + 1 < len(tree.tokens) and tree[ends + 1].text == ","
    return ends if closes else noun


def _is_one_subject_too_many(tree: Tree, n: int) -> bool:
    """Whether the parse gives the noun's verb another subject behind it: 'radios and drivers, the army left'."""
    return tree[n].dep == "nsubj" and any(n < other < tree[n].head for other in tree.under(tree[n].head, ("nsubj",)))
