"""Whom a title stands for: 'the minister' is the person beside whose name the report puts that office."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from twosource.closed_sets import ActorKind
from twosource.knowledge.actors import ActorWords, WordUse
from twosource.reading.tree import Tree
from twosource.records import Mention

__all__ = ["Holders"]

_PERSONS = frozenset({ActorKind.PERSON, ActorKind.OFFICIAL})
_BEFORE, _BEHIND = 6, 7  # words of a title before a name, and behind it
_STEM = 4  # letters by which 'Ardan' goes with 'Ardania'
_DEFINITE = frozenset({"the", "this", "that"})
_DESCRIBING = ("amod", "compound", "poss", "nmod")


class _Holder(msgspec.Struct, frozen=True):
    """A person named in the report, with the words of office beside the name there, by their stems."""

    mention: Mention
    words: frozenset[str]


class Holders:
    """Answers which person of one report a title stands for."""

    def __init__(self, tree: Tree, mentions: Sequence[Mention], words: ActorWords) -> None:
        self._tree = tree
        self._words = words
        self._people = list(self._named_people(mentions))

    def of(self, head: int) -> Mention | None:
        """The mention that names who holds the office; None for another noun, and where the report names nobody."""
        token = self._tree[head]
        if token.pos != "NOUN" or token.tag == "NNS" or not self._is_definite(head):
            return None
        lemma = token.lemma.lower()
        return self._office(head, lemma) if self._words.has_use(lemma, WordUse.TITLE) else None

    def _is_definite(self, head: int) -> bool:
        below = self._tree.under(head, ("det", "poss"))
        return any(self._tree[n].dep == "poss" or self._tree[n].text.lower() in _DEFINITE for n in below)

    def _office(self, head: int, lemma: str) -> Mention | None:
        """The latest holder before the noun whose office fits it, else the first behind it."""
        tree = self._tree
        asked = {_stem(tree[n].text) for n in tree.under(head, _DESCRIBING) if tree[n].tag not in ("PRP$",)}
        asked |= {_stem(tree[n].text) for prep in tree.under(head, ("prep",)) for n in tree.under(prep, ("pobj",))}
        asked.add(_stem(lemma))
        fitting = [h for h in self._people if asked <= h.words]
        before = [h for h in fitting if h.mention.head < head]
        chosen = before[-1] if before else next(iter(fitting), None)
        return chosen.mention if chosen else None

    def _named_people(self, mentions: Sequence[Mention]) -> Iterator[_Holder]:
        for mention in mentions:
            if mention.kind in _PERSONS and self._tree[mention.head].pos == "PROPN":
                yield _Holder(mention, frozenset(_stem(word) for word in self._beside(mention)))

    def _beside(self, mention: Mention) -> Iterator[str]:
        """The words of an office: in one run before the name, or between commas behind it."""
        tree = self._tree
        first = next(iter(tree.between(mention.span)), mention.head)
        for n in range(first - 1, max(-1, first - 1 - _BEFORE), -1):
            if tree[n].sentence != tree[first].sentence or not _belongs(tree, n):
                break
            yield tree[n].text
            yield tree[n].lemma
        last = mention.head + 1
        if last < len(tree.tokens) and tree[last].text == ",":
            for n in range(last + 1, min(len(tree.tokens), last + 1 + _BEHIND)):
                if tree[n].sentence != tree[first].sentence or not _belongs(tree, n) or tree[n].text == ",":
                    break
                yield tree[n].text
                yield tree[n].lemma


def _belongs(tree: Tree, n: int) -> bool:
    token = tree[n]
    return token.pos in ("NOUN", "PROPN", "ADJ", "PART", "DET") or token.text in (",", "of", "for", "-", "’s", "'s")


def _stem(word: str) -> str:
    return word.lower()[:_STEM]
