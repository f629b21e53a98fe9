"""Whom the runs of words stand for that the trained reader gives a part in an event: whole names, each once.

The reader marks word pieces, and often only some of a name. A run is widened to the noun phrase that it belongs to, and
the phrase is known by its fullest name in the report.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from twosource.closed_sets import ActorKind
from twosource.knowledge.actors import WordUse
from twosource.reading.evidence import EDGES
from twosource.reading.holders import Holders, Offices
from twosource.reading.names import FullNames, name_span
from twosource.reading.nearby import by_sentence
from twosource.reading.owners import Owners
from twosource.reading.roles import Cast, is_plain_adjective, joint_owners, named_maker
from twosource.reading.signals import Part
from twosource.reading.stems import LETTERS
from twosource.reading.tree import Tree
from twosource.records import Mention, Named, Reading
from twosource.spans import Span

__all__ = ["Parties", "Party"]

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "ADJ", "NUM"})
_INNER = frozenset({"NOUN", "PROPN", "PRON", "ADJ", "NUM", "ADP", "PART", "DET"})
_DESCRIBING = frozenset({"compound", "amod", "nmod", "nummod", "det", "quantmod"})
_BODIES = frozenset(ActorKind) - {ActorKind.CIVILIANS, ActorKind.PERSON, ActorKind.STATE, ActorKind.DOCUMENT}
_ADJECTIVAL = ("ish", "i", "ite", "an")
_HYPHENS = frozenset("-–‑")


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """One party as the reader sees it: its name, the words that stand for it, and the surest of its runs."""

    named: Named
    phrase: Span
    score: float


class Parties:
    """Answers who is meant by a run of words of one report."""

    def __init__(self, reading: Reading, cast: Cast, names: FullNames) -> None:
        self._tree = cast.tree
        self._cast = cast
        self._names = names
        mentions = [m for m in reading.mentions if m.kind is not ActorKind.DOCUMENT]
        offices = Offices(words=cast.words, table=cast.table, leaders=cast.leaders, sets=cast.sets)
        self._holders = Holders(cast.tree, mentions, offices)
        self._by_head = {mention.head: mention for mention in mentions}
        self._owners = Owners(cast.tree, self._by_head, cast.words, cast.sets)
        self._by_words = {mention.span: mention for mention in mentions if mention.rule == "word"}
        self._mentions = by_sentence(cast.tree, mentions, lambda m: (m.span,))
        self._times = by_sentence(cast.tree, reading.times, lambda t: (t.span,))
        self._full: dict[Named, Named] = {}

    def of(self, parts: Iterable[Part], anchor: Span) -> list[Party]:
        """The parties that the runs name, in order of the runs; of two in one phrase the one of the longer words."""
        found: list[Party] = []
        for part in parts:
            for party in self._parties(part, anchor):
                rival = next((p for p in found if p.phrase.meets(party.phrase) or _one(p.named, party.named)), None)
                if rival is None:
                    found.append(party)
                else:
                    longer = max(rival, party, key=lambda p: len(p.phrase))
                    best = max(rival.score, party.score)
                    found[found.index(rival)] = msgspec.structs.replace(longer, score=best)
        return found

    def with_owner(self, party: Party) -> Party:
        """The party that did what its people or arms did: the owner of 'its troops'; any other party itself."""
        head = self._tree.head_of(party.phrase)
        owner = self._owners.of(head) if head is not None else None
        if owner is None:
            return party
        named = Named(name=owner.name, span=owner.named_at, said_at=party.named.said_at)
        return msgspec.structs.replace(party, named=self.in_full(named))

    def as_hit(self, party: Party) -> Party | None:
        """The party as what is hit: arms stand for their owner where they strike, and for themselves where struck.

        None for those with which somebody strikes: 'fired its own rockets'.
        """
        words = self._tree.between(party.phrase)
        near = dict.fromkeys(m for n in words for m in (n, self._tree[n].head))
        head = next((n for n in near if (found := self._by_head.get(n)) is not None and found.rule == "owner"), None)
        if head is None:
            return party
        if self._tree.lemmas[head] in self._cast.sets.no_targets:
            return None
        span = name_span(self._tree, head, self._cast.words, self._cast.sets)
        return msgspec.structs.replace(party, named=Named(name=span.of(self._tree.text), span=span, said_at=span))

    def _parties(self, part: Part, anchor: Span) -> list[Party]:
        if not any(map(str.isalpha, part.span.of(self._tree.text))) or self.is_time(part.span):
            return []
        word = self._tree.at(anchor.start)
        heads = [head for head in self._heads(part.span, anchor) if head != word]
        return [party for head in heads for party in self._owners_or_one(head, part, anchor)]

    def _owners_or_one(self, head: int, part: Part, anchor: Span) -> list[Party]:
        owners = [self.in_full(named) for named in joint_owners(self._cast, head)]
        if owners:
            return [Party(named=named, phrase=named.said_at, score=part.score) for named in owners]
        party = self._party(head, part, anchor)
        return [party] if party is not None else []

    def is_time(self, span: Span) -> bool:
        """Whether the words are a time, and so nobody: 'on Wednesday' is neither who nor whom."""
        return any(t.span.meets(span) for number in self._tree.sentences_of(span) for t in self._times[number])

    def _heads(self, span: Span, anchor: Span) -> list[int]:
        """The nouns that the run is about, in order: its own, all that 'and' joins, or the one it describes."""
        tree = self._tree
        words = [n for n in _touching(tree, span) if tree[n].pos in _INNER and any(map(str.isalnum, tree[n].text))]
        inside = set(words)
        heads = dict.fromkeys(_climb(tree, n, inside) for n in words if tree[n].pos in _NOMINAL)
        return list(dict.fromkeys(self._described(n, anchor) for n in heads))

    def _described(self, index: int, anchor: Span) -> int:
        """The noun that the word describes, where that noun is somebody: 'Kurdish' in 'Kurdish forces'."""
        tree = self._tree
        if tree[index].tag in ("WP", "WDT"):
            index = tree.described(index)
        if tree[index].dep == "conj" and tree[tree[index].head].dep == "amod" and not self._is_of(index, anchor):
            index = tree[index].head
        index = self._behind_hyphen(index, anchor)
        for _ in range(3):
            token = tree[index]
            above = tree[token.head]
            if token.dep == "poss" and self._is_body(token.head) and not anchor.meets(Span(above.start, above.end)):
                return token.head
            if token.dep not in _DESCRIBING or token.head < index or self._is_apart(index):
                break
            if anchor.meets(Span(above.start, above.end)) or above.pos not in ("NOUN", "PROPN"):
                break
            one_name = token.pos == "PROPN" and above.pos == "PROPN"
            if not one_name and token.head not in self._by_head and not self._is_somebody(above.lemma):
                break
            index = token.head
        return index

    def _is_of(self, joined: int, anchor: Span) -> bool:
        """Whether the second of two adjectives describes the event word: 'Ardan and Karesh warplanes' that attack."""
        noun = self._tree[self._tree[self._tree[joined].head].head]
        return anchor.meets(Span(noun.start, noun.end))

    def _behind_hyphen(self, index: int, anchor: Span) -> int:
        """The noun of 'Ardan-backed rebels', of whom more is told than of Ardan; the word itself in other phrases."""
        if not self._is_apart(index):
            return index
        noun = self._tree[index + 2].head
        apart = any(anchor.meets(Span(self._tree[n].start, self._tree[n].end)) for n in (index + 2, noun))
        return noun if noun > index + 2 and not apart and noun in self._by_head else index

    def _is_body(self, head: int) -> bool:
        """Whether the noun names armed people, a body or an office, as whose owner nobody else is meant: 'X's army'."""
        mention = self._by_head.get(head)
        return mention is not None and mention.kind in _BODIES and self._is_somebody(self._tree[head].lemma)

    def _is_somebody(self, lemma: str) -> bool:
        return self._cast.words.kind_of(lemma.lower()) is not None or self._cast.words.is_equipment(lemma.lower())

    def _is_apart(self, index: int) -> bool:
        """Whether a hyphen and a small letter follow: 'Kurdish' of 'Kurdish-led' is another than those who are led."""
        tree = self._tree
        if index + 2 >= len(tree.tokens) or tree[index + 1].text not in _HYPHENS:
            return False
        return tree[index].end == tree[index + 1].start and tree[index + 2].text[:1].islower()

    def _party(self, head: int, part: Part, anchor: Span) -> Party | None:
        tree = self._tree
        mention = self._mention(head)
        if mention is not None and (mention.head == head or not self._is_at(mention.head, anchor)):
            here = Span(tree[mention.head].start, tree[mention.head].end)
            phrase = mention.span if mention.span.meets(part.span) or mention.rule != "owner" else here
            named = Named(name=mention.name, span=mention.named_at, said_at=mention.span)
            return Party(named=self.in_full(named), phrase=phrase, score=part.score)
        span = self._own_words(head, part.span, anchor)
        if not len(span) or self._is_nobody(head):
            return None
        token = tree[head]
        if token.pos == "ADJ" or token.dep in ("amod", "compound", "nmod"):
            maker = named_maker(self._cast, span)
            if maker is not None:
                return Party(named=self.in_full(maker), phrase=span, score=part.score)
        named = self.in_full(Named(name=span.of(tree.text), span=span, said_at=span))
        return Party(named=named, phrase=span, score=part.score)

    def _is_at(self, token: int, anchor: Span) -> bool:
        return anchor.meets(Span(self._tree[token].start, self._tree[token].end))

    def _is_nobody(self, head: int) -> bool:
        """Whether the word is a month or a day, a plain adjective ('longtime') or a pronoun for nobody named."""
        text = self._tree[head].text
        return (
            self._tree[head].pos == "PRON"
            or text.lower() in self._cast.sets.calendar
            or is_plain_adjective(self._cast, head)
        )

    def _mention(self, head: int) -> Mention | None:
        """The mention with this head; else the closest one that holds it in a name of several words."""
        own = self._by_head.get(head)
        if own is not None:
            return own
        token = self._tree[head]
        word = Span(token.start, token.end)
        holding = [m for m in self._mentions[token.sentence] if m.span.holds(word)]
        if self._is_apart(head):
            return None
        return min(holding, key=lambda m: len(m.span), default=None)

    def _own_words(self, head: int, part: Span, anchor: Span) -> Span:
        tree = self._tree
        if self._is_apart(head):
            return Span(tree[head].start, tree[head].end)
        span = name_span(tree, head, self._cast.words, self._cast.sets)
        if span.meets(anchor):
            span = Span(max(part.start, tree[head].start), tree[head].end)
        return span.trimmed(tree.text, EDGES)

    def in_full(self, named: Named) -> Named:
        """The name in its fullest form: who 'the minister' is, spelled out, no 'fighters' behind a group's name."""
        if named not in self._full:
            self._full[named] = self._spelled_out(named)
        return self._full[named]

    def _spelled_out(self, named: Named) -> Named:
        mention = self._by_words.get(named.said_at)
        unnamed = mention is not None and mention.name == named.name
        holder = self._beside(mention.head) or self._holders.of(mention.head) if mention and unnamed else None
        if holder is not None:
            named = Named(name=holder.name, span=holder.named_at, said_at=named.said_at)
        text, name = self._tree.text, named.name
        group = self._group_of(name)
        full = self._names.of(group or name) or self._people(name)
        if full is not None:
            return Named(name=full.of(text), span=full, said_at=named.said_at)
        if group is None:
            return named
        at = text.find(group, named.span.start)
        return Named(name=group, span=Span(at, at + len(group)), said_at=named.said_at)

    def _beside(self, head: int) -> Mention | None:
        """The name that the noun is put to, or that is put to it: 'the Front, a group that', 'the group, the Front'."""
        tree = self._tree
        put_to = self._by_head.get(tree[head].head) if tree[head].dep == "appos" else None
        behind = [self._by_head.get(n) for n in tree.under(head, ("appos",)) if tree[head].tag == "NN"]
        all_ = (named for named in (put_to, self._before_comma(head), *behind) if named is not None)
        return next((named for named in all_ if tree[named.head].pos == "PROPN"), None)

    def _before_comma(self, head: int) -> Mention | None:
        """The body named right before the noun's 'a', wherever the parse hangs it: 'the Front (PF), a group'."""
        tree = self._tree
        first = next((n for n in tree.under(head, ("det",)) if tree[n].text in ("a", "an")), 0)
        if first < 2 or tree[first - 1].text != "," or head + 1 >= len(tree.tokens):
            return None
        if tree[head + 1].tag not in ("WDT", "WP") and tree[head + 1].text not in (",", "."):
            return None
        named = self._mention(first - 3 if tree[first - 2].text == ")" else first - 2)
        return named if named is not None and named.kind in _BODIES else None

    def _group_of(self, name: str) -> str | None:
        """The group of 'ALF fighters', where the report spells it out or the table knows it; states keep their word."""
        group, _, last = name.rpartition(" ")
        if not group[:1].isupper() or not last.islower() or not self._cast.words.has_use(last, WordUse.ARMED):
            return None
        rows = self._cast.table.find(group)
        known = bool(rows) and all(row.kind is not ActorKind.STATE for row in rows)
        return group if known or (self._names.of(group) is not None and group.isupper()) else None

    def _people(self, name: str) -> Span | None:
        """Where the report names the people of an adjective: 'Kurds' for 'Kurdish'."""
        if " " in name or not name[:1].isupper() or len(name) <= LETTERS or name.endswith("s"):
            return None
        stem = re.escape(name[:LETTERS])
        found = re.search(rf"\b{stem}[a-z]{{0,3}}s\b", self._tree.text) if name.endswith(_ADJECTIVAL) else None
        return Span(found.start(), found.end()) if found else None


def _touching(tree: Tree, span: Span) -> list[int]:
    """The tokens that the span touches, also one in which it begins."""
    inside = tree.between(span)
    before = inside.start - 1
    begins_earlier = before >= 0 and tree[before].end > span.start
    return [before, *inside] if begins_earlier else list(inside)


def _climb(tree: Tree, index: int, inside: set[int]) -> int:
    """The head of the noun phrase within the words: up from word to word, but not over 'and'."""
    for _ in range(12):
        token = tree[index]
        joined = token.dep == "conj" and token.pos in ("NOUN", "PROPN")
        if token.head == index or token.head not in inside or joined:
            return index
        index = token.head
    return index


def _one(a: Named, b: Named) -> bool:
    return a.name == b.name
