"""Whom a title stands for: 'the minister' is the person beside whose name the report puts that office."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set

import msgspec

from twosource.closed_sets import ActorKind
from twosource.knowledge.actors import ActorRow, ActorTable, ActorWords, WordUse
from twosource.knowledge.leaders import LeaderTable
from twosource.knowledge.word_sets import WordSets
from twosource.reading.stems import stem
from twosource.reading.tree import Tree
from twosource.records import Mention

__all__ = ["Holders", "Offices"]

_PERSONS = frozenset({ActorKind.PERSON, ActorKind.OFFICIAL})
_BEFORE, _BEHIND = 6, 7  # words of a title before a name, and behind it
_DEFINITE = frozenset({"the", "this", "that"})
_DESCRIBING = ("amod", "compound", "poss", "nmod")


class _Holder(msgspec.Struct, frozen=True):
    """A person named in the report, with the words of office beside the name there, by their stems."""

    mention: Mention
    words: frozenset[str]


class Offices(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of offices: words for them, states by their adjectives, who led which state, titles of leaders."""

    words: ActorWords
    table: ActorTable
    leaders: LeaderTable
    sets: WordSets


class Holders:
    """Answers which person of one report a title stands for."""

    def __init__(self, tree: Tree, mentions: Sequence[Mention], known: Offices) -> None:
        self._tree = tree
        self._known = known
        self._people = list(self._named_people(mentions))

    def of(self, head: int) -> Mention | None:
        """The mention that names who holds the office; None for another noun, and where the report names nobody."""
        token = self._tree[head]
        if token.pos != "NOUN" or token.tag == "NNS" or not self._is_definite(head):
            return None
        lemma = token.lemma.lower()
        if not self._known.words.has_use(lemma, WordUse.TITLE):
            return None
        return self._office(head, lemma) or (self._leader(head) if lemma in self._known.sets.state_heads else None)

    def _is_definite(self, head: int) -> bool:
        below = self._tree.under(head, ("det", "poss"))
        return any(self._tree[n].dep == "poss" or self._tree.words[n] in _DEFINITE for n in below)

    def _office(self, head: int, lemma: str) -> Mention | None:
        """The latest holder before the noun whose office fits it, else the first behind it."""
        tree = self._tree
        asked = {stem(tree[n].text) for n in tree.under(head, _DESCRIBING) if tree[n].tag not in ("PRP$",)}
        asked |= {stem(tree[n].text) for prep in tree.under(head, ("prep",)) for n in tree.under(prep, ("pobj",))}
        asked.add(stem(lemma))
        fitting = [h for h in self._people if asked <= h.words]
        before = [h for h in fitting if h.mention.head < head]
        chosen = before[-1] if before else next(iter(fitting), None)
        return chosen.mention if chosen else None

    def _leader(self, head: int) -> Mention | None:
        """Who is known to have led the state, where the report names one alone: 'the Ardan president'.

        A vice president, a foreign minister or an opposition leader leads no state.
        """
        before = [self._tree[n].text for n in self._tree.under(head, _DESCRIBING)]
        states = {word: {row.id for row in self._states(word)} for word in before}
        office = [word.lower() for word in before if not states[word]]
        if office != (["prime"] if self._tree.lemmas[head] == "minister" else []):
            return None
        led = {m.name: m for m in (holder.mention for holder in self._people) if self._has_led(m, states.values())}
        return next(iter(led.values())) if len(led) == 1 else None

    def _has_led(self, mention: Mention, states: Iterable[Set[str]]) -> bool:
        return any(row.state in ids for row in self._known.leaders.find(mention.name) for ids in states)

    def _states(self, word: str) -> tuple[ActorRow, ...]:
        """The states that an adjective or a name with a capital may mean."""
        return (*self._known.table.by_adjective(word), *(self._known.table.find(word) if word[:1].isupper() else ()))

    def _named_people(self, mentions: Sequence[Mention]) -> Iterator[_Holder]:
        for mention in mentions:
            if mention.kind in _PERSONS and self._tree[mention.head].pos == "PROPN":
                yield _Holder(mention, frozenset(stem(word) for word in self._beside(mention)))

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
