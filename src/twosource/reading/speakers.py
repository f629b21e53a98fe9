"""Names the sources of a report: from the words at the attribution to the fullest name that the report gives."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

import msgspec

from twosource.closed_sets import ActorKind
from twosource.knowledge.speakers import SpeakerWords
from twosource.reading.antecedents import PRONOUNS, Antecedents
from twosource.reading.phrases import BODIES, Phrases
from twosource.reading.tree import Tree
from twosource.records import Voice
from twosource.spans import Span

__all__ = ["Speakers", "is_pronoun"]

_LABEL = re.compile(r"^\s*(?:and\s+|[A-Z][\w’' -]{0,40}:\s+)")


def is_pronoun(voice: Voice) -> bool:
    """Whether the voice is a pronoun that nobody was found for."""
    return voice.name.lower() in PRONOUNS


class Speakers:
    """Who speaks in one report. ``known`` are the words for speakers, ``places`` the spans of places' names."""

    def __init__(
        self,
        tree: Tree,
        known: SpeakerWords,
        is_outlet: Callable[[str], bool] = lambda name: False,
        places: Collection[Span] = (),
    ) -> None:
        self.tree = tree
        self.known = known
        self.phrases = Phrases(tree, known, is_outlet, places)
        self.meant = Antecedents(self.phrases)

    def inside(self, span: Span) -> range:
        """The tokens that share a code point with the span."""
        return self.phrases.inside(span)

    def head(self, inside: range) -> int:
        """The token of the run that hangs outside it."""
        return self.phrases.head(inside)

    def voices(self, said: Span, before: Sequence[Voice]) -> tuple[Voice, ...]:
        """The voices that the words at ``said`` stand for; ``before`` are those who spoke earlier, in order."""
        inside = self.phrases.grown(self.inside(self._own_words(said)))
        if not inside:
            return ()
        head = self.phrases.head(inside)
        if self._is_pronoun(head, inside):
            return self.meant.of_pronoun(inside[0] if head not in inside[:2] else head, said, before)
        heads = self._heads(head, inside)
        found: dict[str, Voice] = {}
        for n in heads:
            voice = self._voice(n, inside, said, before)
            again = self._described(n, inside, said) if voice.name in found else voice
            found.setdefault(again.name, again)
        return tuple(found.values())

    def _heads(self, head: int, inside: range) -> list[int]:
        """The nouns of the run that each name a source: joined by the parse, named one by one, or left apart by it."""
        tree = self.tree
        for apposed in tree.under(head, ("appos",)) if tree[head].tag == "NNS" else ():
            named = [n for n in tree.conjuncts(apposed) if n in inside and tree[n].pos == "PROPN"]
            if len(named) > 1:
                return named
        joined = [n for n in tree.conjuncts(head) if n in inside]
        apart = [n for n in inside if n > head and (tree[n].head not in inside or tree[tree[n].head].pos == "PUNCT")]
        listed = [m for n in apart if self._is_listed(n, inside) for m in tree.conjuncts(n) if m in inside]
        return self._without_shared(sorted({*joined, *listed}))

    def _is_listed(self, n: int, inside: range) -> bool:
        """Whether the noun's phrase stands behind a comma or 'and': 'from the paper, officials and residents'."""
        first = min(self.tree.subtree(n))
        nouns = self.tree[n].pos in ("NOUN", "PROPN") and self.tree[n].dep not in ("appos", "pobj", "compound")
        return nouns and first - 1 in inside and self.tree.words[first - 1] in (",", "and", "or")

    def _without_shared(self, heads: list[int]) -> list[int]:
        """Without the first of two words for one noun that the parse took for a noun: 'official and private media'."""
        return [n for n in heads if not any(self.phrases.shares(n, other) for other in heads)]

    def _is_pronoun(self, head: int, inside: range) -> bool:
        first = self.tree[inside[0]]
        short = len(inside) <= 2 and self.tree.words[head] in PRONOUNS
        return short or first.tag in ("WDT", "WP")

    def _own_words(self, said: Span) -> Span:
        """The words behind the last line break and the name of who has the word: 'ODEH: The army' is the army."""
        words = said.of(self.tree.text)
        start = words.rstrip().rfind("\n") + 1
        label = _LABEL.match(words[start:])
        if label and label.end() < len(words[start:]):
            start += label.end()
        return Span(said.start + start, said.end)

    def _voice(self, head: int, inside: range, said: Span, before: Sequence[Voice]) -> Voice:
        lemma = self.tree.lemmas[head]
        issuer = self._issuer(head, inside)
        if issuer is not None:
            return self._voice(issuer, range(inside[0], inside[-1] + 1), said, before)
        named = self.phrases.named(head, inside)
        if named is not None:
            return self.phrases.voice_of_name(named, said, inside)
        if self.known.is_issued(lemma) and before and not self._is_new(head):
            return msgspec.structs.replace(before[-1], said_at=said)
        span = self.phrases.described(head, inside)
        earlier = self._whose(head, lemma, said, before) or self.meant.of_noun(head, span, before)
        if earlier is not None:
            return msgspec.structs.replace(earlier, said_at=said)
        return self._described(head, inside, said)

    def _described(self, head: int, inside: range, said: Span) -> Voice:
        """The voice that the noun with what describes it stands for, whoever was named before."""
        span = self.phrases.described(head, inside)
        nouns = [head, *self.tree.after(head, "of")] if self.tree[head].pos == "NUM" else [head]
        kinds = (self.known.kind_of(word) for n in nouns for word in (self.tree[n].lemma, self.tree[n].text))
        kind = next((one for one in kinds if one is not None), ActorKind.GENERIC)
        count = self.phrases.count(head)
        return Voice(name=span.of(self.tree.text), span=span, kind=kind, count=count, said_at=said)

    def _is_new(self, head: int) -> bool:
        """Whether an article tells that the paper was not spoken of before: 'an intelligence estimate'."""
        return any(self.tree.words[n] in ("a", "an") for n in self.tree.under(head, ("det",)))

    def _issuer(self, head: int, inside: range) -> int | None:
        """Who issued the words on paper that the source is, where the source says so."""
        kind = self.known.kind_of(self.tree[head].lemma)
        return self.phrases.issuer(head, inside) if kind is ActorKind.DOCUMENT else None

    def _whose(self, head: int, lemma: str, said: Span, before: Sequence[Voice]) -> Voice | None:
        """The body whose office speaks: 'its media office wrote'."""
        own = [n for n in self.tree.under(head, ("poss",)) if self.tree.words[n] == "its"]
        if not own or lemma not in self.known.wordings.own_offices:
            return None
        meant = self.meant.of_pronoun(own[0], said, before)
        return next((voice for voice in meant if voice.kind in BODIES or voice.kind is ActorKind.STATE), None)
