"""What somebody takes a thing for: 'the ministry sees them as a wing of the Front', 'justified it as an answer'."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from twosource.knowledge.reporting import ReportingWords
from twosource.reading.tree import Tree
from twosource.spans import Span

__all__ = ["VIEW", "View", "find_views"]

VIEW = "view"
"""The rule of attributions that are somebody's view of a thing."""

_CLAUSES = frozenset({"relcl", "appos"})


class View(msgspec.Struct, frozen=True, kw_only=True):
    """One view: the token of the verb, the noun of whose view it is, and the words for what is taken for what."""

    verb: int
    holder: int
    content: Span


def find_views(tree: Tree, words: ReportingWords) -> Iterator[View]:
    """The views that have a holder and a noun for what the thing is taken for, in order of the text.

    What a clause tells beside that noun is the report's own: 'regards them as a group that fought for years'.
    """
    for verb, token in enumerate(tree.tokens):
        if token.pos != "VERB" or token.lemma.lower() not in words.views:
            continue
        holders = tree.agents(verb)
        nouns = _predicates(tree, verb)
        if holders and nouns and tree[holders[0]].pos in ("NOUN", "PROPN"):
            yield View(verb=verb, holder=holders[0], content=_words(tree, verb, nouns[0]))


def _predicates(tree: Tree, verb: int) -> list[int]:
    """What stands behind 'as', or is said by 'to be'."""
    behind = [n for n in tree.after(verb, "as") if n > verb]
    clauses = tree.under(verb, ("ccomp", "xcomp"))
    called = [n for clause in clauses if tree.words[clause] == "be" for n in tree.under(clause, ("attr",))]
    return [n for n in (*behind, *called) if tree[n].pos in ("NOUN", "PROPN")]


def _words(tree: Tree, verb: int, noun: int) -> Span:
    """What is taken for something and for what, without the clauses beside the noun."""
    aside = {n for child in tree.under(noun, _CLAUSES) for n in tree.subtree(child)}
    kept = [n for n in tree.subtree(noun) if n not in aside]
    end = next((k for k, n in enumerate(kept) if n > noun and n != kept[k - 1] + 1), len(kept))
    kept = kept[:end]
    while kept[-1] > noun and tree[kept[-1]].pos == "PUNCT":
        kept.pop()
    things = [n for n in tree.under(verb, ("dobj",)) if verb < n < noun]
    things += [n for c in tree.under(verb, ("ccomp",)) for n in tree.under(c, ("nsubj",)) if verb < n < noun]
    first = min([kept[0], *(n for thing in things for n in tree.subtree(thing) if n > verb)])
    return tree.span([first, kept[-1]])
