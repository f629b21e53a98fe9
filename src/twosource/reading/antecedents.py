"""Whom a pronoun, a short form or a title stands for: those who spoke before, then those whom the report names."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from operator import attrgetter

import msgspec

from twosource.closed_sets import ActorKind
from twosource.reading.phrases import BODIES, PERSONS, Phrases
from twosource.reading.stems import stem
from twosource.records import Token, Voice
from twosource.spans import Span

__all__ = ["PRONOUNS", "Antecedents"]

_HE = frozenset({"he", "she", "him", "her", "his"})
_SEVERAL = frozenset({"they", "them", "their"})
_FIRST = frozenset({"i", "we", "you"})
_RELATIVE = frozenset({"who", "which", "that"})
PRONOUNS = _HE | _RELATIVE | {"they", "it", "them", "we", "i", "you", "their", "its", "this"}
"""Words that stand for a source named elsewhere."""

_DEFINITE = frozenset({"the", "this", "that", "these", "both"})
_BACK = 250  # words to look back for a noun phrase that says more
_MEDIA = frozenset({ActorKind.AGENCY, ActorKind.OUTLET})


class Antecedents:
    """Who is meant in one report. The voices handed in are those that spoke before, in order."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases
        self.tree = phrases.tree
        self.known = phrases.known
        self.names = phrases.names

    def of_pronoun(self, index: int, said: Span, before: Sequence[Voice]) -> tuple[Voice, ...]:
        """The voices that the pronoun can stand for; none where nobody fits."""
        token = self.tree[index]
        word = token.text.lower()
        if word in _RELATIVE and token.tag in ("WDT", "WP"):
            described = self._before_relative(index, said, before)
            if described is not None:
                return (described,)
        last = self._last_fitting(word, before)
        since = last.said_at.start if last and last.said_at else -1
        if word in _HE:
            person = self._person_since(since, said.start, token.sentence)
            if person is not None:
                return (msgspec.structs.replace(person, said_at=said),)
        elif word in ("it", "they", "its"):
            body = self._subject_since(since, index, before, several=word == "they")
            if body is not None:
                spoke = next((voice for voice in reversed(before) if self._is_same(voice, body)), body)
                meant = (word in _SEVERAL and self._together(before, spoke.said_at)) or (body,)
                return tuple(msgspec.structs.replace(voice, said_at=said) for voice in meant)
        elif word in _FIRST:
            return ()
        together = self._together(before, last.said_at if last else None) if word in _SEVERAL else ()
        if together:
            return tuple(msgspec.structs.replace(voice, said_at=said) for voice in together)
        found = last or (self._person_nearby(index) if word in _HE else None)
        return (msgspec.structs.replace(found, said_at=said),) if found else ()

    def _is_same(self, voice: Voice, body: Voice) -> bool:
        """Whether the voice that spoke goes by that name, or in words in which that noun stands."""
        return voice.name == body.name or (voice.said_at is not None and voice.said_at.holds(body.span))

    def _together(self, before: Sequence[Voice], at: Span | None) -> tuple[Voice, ...]:
        """Those who spoke at the words, where they are several: 'his parents, Ilan Moro and Dana Levin'."""
        found = {voice.name: voice for voice in before if at is not None and voice.said_at == at}
        return tuple(found.values()) if len(found) > 1 else ()

    def _person_nearby(self, index: int) -> Voice | None:
        """The latest person, in this sentence or the one before it, who is described and not named: 'a driver'."""
        tree = self.tree
        for n in range(index - 1, -1, -1):
            if tree[n].sentence < tree[index].sentence - 1:
                return None
            if tree[n].tag == "NN" and tree[n].dep != "compound" and self.known.kind_of(tree[n].lemma) in PERSONS:
                return self._voice_at(n, range(max(0, n - 6), n + 1), None)
        return None

    def _last_fitting(self, word: str, before: Sequence[Voice]) -> Voice | None:
        """The latest speaker that can be 'he', or that can be 'it'; for 'it' and its like anybody rather than none."""
        if word in _HE:
            persons = (v for v in reversed(before) if v.kind in PERSONS or v.kind is ActorKind.GENERIC)
            return next((v for v in persons if not self._is_many(v) and not self._is_aside(v)), None)
        others = (v for v in reversed(before) if v.kind not in PERSONS or self._is_many(v))
        return next(others, before[-1] if before else None)

    def _is_many(self, voice: Voice) -> bool:
        """Whether the voice is several persons, by its number or its noun."""
        inside = self._at(voice.span)
        return (voice.count or 1) > 1 or (bool(inside) and self.tree[self.phrases.head(inside)].tag == "NNS")

    def _is_aside(self, voice: Voice) -> bool:
        """Whether the voice spoke in a clause that describes somebody: '..., who has said'."""
        inside = self._at(voice.said_at)
        return bool(inside) and self.tree[inside[0]].tag in ("WP", "WDT")

    def _before_relative(self, index: int, said: Span, before: Sequence[Voice]) -> Voice | None:
        """The noun that the clause of 'who' or 'which' describes."""
        tree = self.tree
        clause = next((n for n in tree.ancestors(index) if tree[n].dep == "relcl"), None)
        noun = tree[clause].head if clause is not None else index - 1
        if not 0 <= noun < index or tree[noun].pos not in ("NOUN", "PROPN"):
            return None
        voice = self._voice_at(noun, range(max(0, noun - 6), index), said, before)
        return msgspec.structs.replace(voice, said_at=said)

    def _voice_at(self, noun: int, around: range, said: Span | None, before: Sequence[Voice] = ()) -> Voice:
        named = self.phrases.named(noun, range(around[0], noun + 1))
        if named is not None:
            return self.phrases.voice_of_name(named, said)
        span = self.phrases.described(noun, around)
        earlier = self.of_noun(noun, span, before) if before else None
        if earlier is not None:
            return earlier
        kind = self.known.kind_of(self.tree[noun].lemma) or ActorKind.GENERIC
        return Voice(name=span.of(self.tree.text), span=span, kind=kind, count=self.phrases.count(noun), said_at=said)

    def _person_since(self, since: int, until: int, sentence: int) -> Voice | None:
        """The latest person named as a subject between two offsets, at most two sentences back."""
        tree = self.tree
        spans = self.names.spans
        for at in range(bisect_left(spans, until, key=attrgetter("start")) - 1, -1, -1):
            span, run = spans[at], self.names.runs[at]
            if span.start <= since:
                return None
            head = tree[run[-1]]
            if head.sentence < sentence - 2:
                return None
            label = tree[head.head].dep if head.dep == "appos" else head.dep
            if label in ("nsubj", "nsubjpass", "attr") and self.names.is_person(run):
                full = self.names.fullest(span)
                return Voice(name=full.of(tree.text), span=full, kind=ActorKind.PERSON)
        return None

    def _subject_since(self, since: int, index: int, before: Sequence[Voice], *, several: bool = False) -> Voice | None:
        """A body that is the subject of the sentence before 'it', or of this one, and has come up since ``since``.

        For 'they' (``several``) also persons; a sentence that has 'they' for its subject is looked past.
        """
        tree = self.tree
        here = tree[index].sentence
        for n in range(index - 1, -1, -1):
            token = tree[n]
            if token.sentence < here - 1 or token.start <= since:
                return None
            here -= several and token.text == "They"
            above = ("ROOT", "conj", "ccomp") if token.sentence == here else ("ROOT",)
            leads = token.dep in ("nsubj", "nsubjpass") and tree[token.head].dep in above
            if leads and (self._is_body(n, token) or (several and self._are_persons(token))):
                return self._voice_at(n, range(max(0, n - 6), index), None, before)
        return None

    def _are_persons(self, token: Token) -> bool:
        return token.tag == "NNS" and self.known.kind_of(token.lemma) in PERSONS

    def _is_body(self, n: int, token: Token) -> bool:
        kind = self.known.kind_of(token.lemma)
        if token.pos == "NOUN":
            return kind in BODIES
        run = self.names.run_of(n)
        return token.pos == "PROPN" and run is not None and not self.names.is_person(run) and kind not in PERSONS

    def of_noun(self, head: int, span: Span, before: Sequence[Voice]) -> Voice | None:
        """Who 'the official' or 'the second source' is: a speaker or a name under the same noun; None for nobody."""
        tree = self.tree
        words = [tree.lemmas[n] for n in self.phrases.inside(span)]
        monitor = next((found for one in words if (found := self._monitor(one))), None)
        monitor = monitor if tree[head].tag != "NNS" else None
        if monitor is not None:
            return monitor
        if not self._is_definite(head):
            return None
        word = tree.lemmas[head]
        if self._is_another(head):
            return None
        if len(words) <= 2:
            same = self._spoke_before(head, span.of(tree.text).split(), before)
            if same is not None:
                return same
        if self._is_based(head):
            return self._last_body(word, before)
        holder = self._holder_of(head, word) if len(words) <= 4 else None
        if holder is not None or len(words) > 2:
            return holder
        if len(words) == 1:
            said = self._last_body(word, before) or self._subject_before(head, word)
            return said or self._described_before(head, words)
        return self._described_before(head, words)

    def _is_based(self, head: int) -> bool:
        """'the Ardan-based rights group': a body told by where it sits."""
        before = {self.tree.words[n] for n in self.tree.under(head, ("amod", "compound"))}
        return "based" in before and self.known.is_short(self.tree.lemmas[head])

    def _is_definite(self, head: int) -> bool:
        tree = self.tree
        below = tree.under(head, ("det", "poss"))
        return any(tree.words[n] in _DEFINITE or tree[n].dep == "poss" for n in below)

    def _is_another(self, head: int) -> bool:
        """'the second source' is none that has spoken."""
        return any(
            self.tree.words[n] in self.known.wordings.others for n in self.tree.under(head, ("amod", "nummod", "det"))
        )

    def _spoke_before(self, head: int, words: Sequence[str], before: Sequence[Voice]) -> Voice | None:
        """The latest speaker under the same noun, one or several as the noun says, or with the same title."""
        tree, word = self.tree, self.tree.lemmas[head]
        several = tree[head].tag == "NNS"
        for voice in reversed(before):
            if several is not self._is_many(voice):
                continue
            apart = voice.said_at is None or not voice.said_at.holds(voice.span)
            places = [self._at(at) for at in ((voice.span, voice.said_at) if apart else (voice.span,))]
            heads = {tree.lemmas[self.phrases.head(near)] for near in places if near}
            titles = {tree.lemmas[n] for n in self._at(voice.said_at)} if voice.kind in PERSONS else set()
            known = word in heads or (word in titles and self.known.kind_of(word) in PERSONS)
            named = voice.name.split()
            if known and len(named) >= len(words) and not self.known.are_apart(words, named):
                return voice
        return None

    def _at(self, span: Span | None) -> range:
        return self.phrases.inside(span) if span else range(0)

    def _holder_of(self, head: int, word: str) -> Voice | None:
        """Who 'the Ardan president' is: the person beside whose name the same title stands, before it or else after."""
        tree = self.tree
        if self.known.kind_of(word) not in PERSONS or word in self.known.wordings.no_offices:
            return None
        titles = self.known.wordings.leaders if word == "leader" else {word}
        of = {stem(tree.words[n]) for n in tree.under(head, ("amod", "compound", "poss"))}
        for run in self._runs_around(head):
            around = self._around(run, head)
            words = [tree.lemmas[n] for n in around if n not in run and tree[n].sentence == tree[run[0]].sentence]
            fits = bool(titles & set(words)) and of <= {stem(w) for w in words}
            if fits and self.names.is_person(run):
                full = self.names.fullest(tree.span(run))
                return Voice(name=full.of(tree.text), span=full, kind=ActorKind.PERSON)
        return None

    def _around(self, run: Sequence[int], head: int) -> range:
        """The tokens beside the name, on its own side of the token, up to a verb or the end of the sentence."""
        first, last = run[0], run[-1] + 1
        while first > max(0, run[0] - 6) and not self._parts(first - 1):
            first -= 1
        while last < min(len(self.tree.tokens), run[-1] + 5) and not self._parts(last):
            last += 1
        return range(first, min(last, head)) if run[-1] < head else range(max(first, head + 1), last)

    def _parts(self, n: int) -> bool:
        """Whether the token parts a title from a name: 'the president praised Ilan Moro' is not he."""
        token = self.tree[n]
        return token.text in (".", ";", ":") or (token.pos in ("VERB", "AUX") and token.dep not in ("amod", "compound"))

    def _runs_around(self, head: int) -> Iterator[list[int]]:
        """The names before the token, nearest first, and then those behind it."""
        yield from reversed([run for run in self.names.runs if run[-1] < head])
        yield from (run for run in self.names.runs if run[0] > head)

    def _monitor(self, word: str) -> Voice | None:
        """Who 'the monitor' is: the one name of the report that is a monitor's."""
        if self.known.kind_of(word) is not ActorKind.MONITOR:
            return None
        tree = self.tree
        runs = [r for r in self.names.runs if len(r) > 1 and self._is_monitor(r)]
        if not runs:
            return None
        names = Counter(tree.span(run).of(tree.text) for run in runs)
        best = max(runs, key=lambda run: (names[tree.span(run).of(tree.text)], len(run)))
        return Voice(name=tree.span(best).of(tree.text), span=tree.span(best), kind=ActorKind.MONITOR)

    def _is_monitor(self, run: Sequence[int]) -> bool:
        return any(self.known.kind_of(self.tree[n].text) is ActorKind.MONITOR for n in run)

    def _last_body(self, word: str, before: Sequence[Voice]) -> Voice | None:
        """For 'the group' and its like: the latest speaker that is no person; an outlet is no group."""
        if not self.known.is_short(word):
            return None
        barred = _MEDIA if self.known.kind_of(word) is ActorKind.ARMED_GROUP else frozenset[ActorKind]()
        for voice in reversed(before):
            if voice.kind in BODIES - barred and not self._is_office(voice):
                return voice
        return None

    def _subject_before(self, head: int, word: str) -> Voice | None:
        """For 'the group' and its like: the named body that the sentence before is about."""
        tree = self.tree
        if not self.known.is_short(word) or tree[head].dep not in ("nsubj", "nsubjpass"):
            return None
        for n in range(head - 1, -1, -1):
            if tree[n].sentence < tree[head].sentence - 1:
                return None
            about = tree[n].dep in ("nsubj", "nsubjpass") and tree[tree[n].head].dep == "ROOT"
            if about and tree[n].sentence < tree[head].sentence and tree[n].pos == "PROPN":
                named = self._is_body(n, tree[n]) or self._may_be_body(n)
                return self._voice_at(n, range(max(0, n - 6), n + 1), None) if named else None
        return None

    def _may_be_body(self, n: int) -> bool:
        """Whether a name of one word can be a group's: it ends no longer name that has no article before it."""
        tree, run = self.tree, self.names.run_of(n)
        longer = [r for r in self.names.runs if len(r) > 1 and tree[r[-1]].text == tree[n].text]
        articles = all(r[0] > 0 and tree.words[r[0] - 1] == "the" for r in longer)
        return run is not None and len(run) == 1 and articles

    def _is_office(self, voice: Voice) -> bool:
        """A ministry, a court or an army is no 'group'; an assembly or a committee that nobody governs by may be."""
        words = voice.name.lower().split()
        kinds = {self.known.kind_of(word) for word in words if word not in self.known.wordings.civil}
        return bool(kinds & {ActorKind.STATE_FORCE, ActorKind.OFFICIAL, ActorKind.ORGANISATION})

    def _described_before(self, head: int, words: Sequence[str]) -> Voice | None:
        """The nearest phrase of the same noun that says more, of a body's also a later one: 'a border official'."""
        tree, word = self.tree, self.tree.lemmas[head]
        body, found = self.known.kind_of(word) in BODIES, list[Voice]()
        ahead = range(head + 1, min(head + _BACK, len(tree.tokens))) if body and tree[head].tag == "NN" else ()
        for n in (*range(head - 1, max(-1, head - _BACK), -1), *ahead):
            if tree.lemmas[n] == word and tree[n].pos in ("NOUN", "PROPN"):
                behind = 1 if self.known.kind_of(word) in BODIES else 8
                voice = self._voice_at(n, range(max(0, n - 6), min(len(tree.tokens), n + behind)), None)
                fuller = voice.name.split()
                if len(fuller) > 1 and not self.known.are_apart(words, fuller):
                    found.append(voice)
        named = (voice for voice in found if any(letter.isupper() for letter in voice.name))
        return next(named, found[0] if found else None) if body else next(iter(found), None)
