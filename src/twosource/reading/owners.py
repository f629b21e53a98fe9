"""Whose people or arms a phrase means: the body behind 'its fighters' and 'whose jets'."""

from __future__ import annotations

from collections.abc import Mapping

from twosource.closed_sets import ActorKind
from twosource.knowledge.actors import ActorWords, WordUse
from twosource.knowledge.word_sets import WordSets
from twosource.reading.tree import Tree
from twosource.records import Mention

__all__ = ["Owners"]

_BODIES = frozenset(ActorKind) - {ActorKind.CIVILIANS, ActorKind.DOCUMENT}


class Owners:
    """Answers who owns the people or arms of one report. ``by_head`` are its mentions by their head tokens."""

    def __init__(self, tree: Tree, by_head: Mapping[int, Mention], words: ActorWords, sets: WordSets) -> None:
        self._tree = tree
        self._by_head = by_head
        self._words, self._sets = words, sets

    def of(self, head: int) -> Mention | None:
        """The mention for which 'its', 'their', 'his' or 'whose' stands before the noun; None for any other phrase.

        An army is known by who has it, not by what it is: whatever 'its troops' did, the owner did. A commander or a
        single man does it himself.
        """
        if not self._is_force(head):
            return None
        for child in self._tree.under(head, ("poss",)):
            if self._tree[child].tag == "PRP$":
                return self._body(child)
            if self._tree[child].tag == "WP$":
                return self._body(self._tree.described(child))
        return None

    def _body(self, token: int) -> Mention | None:
        mention = self._by_head.get(token)
        return mention if mention is not None and mention.kind in _BODIES else None

    def _is_force(self, head: int) -> bool:
        """Whether the noun names arms, several armed people, or an army."""
        token = self._tree[head]
        lemma = token.lemma.lower()
        if token.pos != "NOUN":
            return False
        if self._words.is_equipment(lemma):
            return True
        many = token.tag == "NNS" or self._words.has_use(lemma, WordUse.COLLECTIVE)
        return many and (token.text.lower() in self._sets.anonymous_people or self._words.has_use(lemma, WordUse.ARMED))
