"""The sources that the trained reader sees for an event: each noun that heads one, without what only describes it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from twosource.reading.tree import Tree
from twosource.records import Named
from twosource.spans import Span

__all__ = ["heads_alone"]

_JOINED = re.compile(r"^[\s,;'\"”’]*(?:(?:and|or|as well as)\s+)?(?:the\s+|an?\s+|its\s+|their\s+)?$", re.IGNORECASE)
_NEAR = 40  # code points between a noun and what describes it
_NOUNS = ("NOUN", "PROPN", "PRON", "NUM")


def heads_alone(tree: Tree, seen: Iterable[Named], anchor: Span | None = None) -> tuple[Named, ...]:
    """Those of the names, in order of the text, that are no preposition and don't describe the one before.

    'members of the security services' are one source, 'a doctor and residents' are two. Where some stand in the clause
    of the ``anchor``, those of another sentence or behind a semicolon speak of something else.
    """
    named = sorted(seen, key=lambda one: one.said_at)
    near = [one for one in named if anchor is not None and _in_one_clause(tree, one.said_at, anchor)]
    kept: list[Named] = []
    for one in near or named:
        if not any(tree[n].pos in _NOUNS for n in tree.between(one.said_at)):
            continue
        if kept and _describes(tree, kept[-1], one):
            kept[-1] = _with(tree, kept[-1], one)
        else:
            kept.append(one)
    return tuple(kept)


def _in_one_clause(tree: Tree, at: Span, anchor: Span) -> bool:
    """Whether no end of a sentence and no semicolon lies between the two."""
    gap = Span(min(at.end, anchor.end), max(at.start, anchor.start))
    return tree.sentences_of(at) == tree.sentences_of(anchor) and ";" not in gap.of(tree.text)


def _describes(tree: Tree, before: Named, one: Named) -> bool:
    """Whether the second name hangs on a word right behind the first: 'residents of Karesh', 'medics treating Moro'.

    Or tells who the first is: 'Radio Karesh, the Front's station, said'.
    """
    heads = [n for n in tree.between(one.said_at) if tree[n].dep == "appos"]
    if any(before.said_at.start <= tree[tree[n].head].start < before.said_at.end for n in heads):
        return True
    gap = tree.text[before.said_at.end : one.said_at.start]
    same = tree.sentences_of(before.said_at) == tree.sentences_of(one.said_at)
    same = same and bool(tree.between(Span(before.said_at.end, one.said_at.start)))
    return same and 0 < len(gap) <= _NEAR and _JOINED.match(gap) is None and not re.search(r"\b(?:and|or)\b|[,;]", gap)


def _with(tree: Tree, before: Named, one: Named) -> Named:
    """The first name with what describes it, where a preposition or a participle leads on to that: 'members of ...'."""
    behind = tree[tree.between(Span(before.said_at.end, one.said_at.start))[0]]
    whole = Span(before.said_at.start, one.said_at.end)
    if before.span != before.said_at or not (behind.pos == "ADP" or behind.tag in ("VBN", "VBG")):
        return before
    return Named(name=whole.of(tree.text), span=whole, said_at=whole)
