"""Names the sources of a report: from the words at the attribution to the fullest name that the report gives."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence

import msgspec

from twosource.closed_sets import ActorKind
from twosource.knowledge.speakers import SpeakerWords
from twosource.reading.proper_names import ProperNames
from twosource.reading.tree import Tree
from twosource.records import Token, Voice
from twosource.spans import Span

__all__ = ["Speakers"]

_HE = frozenset({"he", "she", "him", "her", "his"})
_PRONOUNS = _HE | {"they", "it", "them", "who", "which", "that", "we", "i", "you", "their", "its", "this"}
_PERSONS = frozenset({ActorKind.PERSON, ActorKind.OFFICIAL, ActorKind.ANONYMOUS})
_BEFORE = frozenset({"amod", "compound", "nummod", "nmod", "poss", "quantmod", "case"})
_MODIFIERS = frozenset({"det", "amod", "compound", "nmod"})
_NAMING = frozenset({"named", "called", "as", "sign", "name", "nicknamed"})
_STEM = 4  # letters by which 'Ardan' goes with 'Ardania'
_GROWTH = 4  # words that a cut-off noun phrase may be missing at its end
_GROUPS = frozenset({ActorKind.ARMED_GROUP, ActorKind.ORGANISATION, ActorKind.MONITOR, ActorKind.AGENCY})
_GROUPS |= {ActorKind.STATE_FORCE, ActorKind.OUTLET}
_BEHIND = frozenset({"of", "at", "in", "from", "for", "with", "on", "to", "close"})
_COUNTS = {
    w: n for n, w in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 1)
}


class Speakers:
    """Who speaks in one report. ``known`` are the words for speakers; mentions are not needed."""

    def __init__(self, tree: Tree, known: SpeakerWords, is_outlet: Callable[[str], bool] = lambda name: False) -> None:
        self.tree = tree
        self.is_outlet = is_outlet
        self.known = known
        self.starts = [token.start for token in tree.tokens]
        self.names = ProperNames(tree, known)

    def voices(self, said: Span, before: Sequence[Voice]) -> tuple[Voice, ...]:
        """The voices that the words at ``said`` stand for; ``before`` are those who spoke earlier, in order."""
        inside = self._grown(self.inside(self._last_line(said)))
        if not inside:
            return ()
        head = self.head(inside)
        token = self.tree[head]
        if len(inside) <= 2 and token.text.lower() in _PRONOUNS:
            return self._antecedent(token, said, before)
        heads = [n for n in self.tree.conjuncts(head) if n in inside]
        return tuple(self._voice(n, inside, said, before) for n in heads)

    def _last_line(self, said: Span) -> Span:
        """The words behind the last line break: a heading or a dateline above a source is no part of it."""
        return Span(said.start + said.of(self.tree.text).rstrip().rfind("\n") + 1, said.end)

    def inside(self, span: Span) -> range:
        """The tokens that share a code point with the span."""
        tokens = self.tree.tokens
        found = [n for n in self._near(span) if tokens[n].start < span.end and tokens[n].end > span.start]
        return range(found[0], found[-1] + 1) if found else range(0)

    def _grown(self, inside: range) -> range:
        """The run with the rest of its noun phrase, where it stops at an article or an adjective of a noun."""
        if not inside:
            return inside
        tree = self.tree
        first, last = inside[0], inside[-1]
        if tree[first].pos == "ADP" and first and tree[first - 1].pos in ("NOUN", "PROPN"):
            first -= 1
        head = self.head(range(first, last + 1))
        while tree[head].dep in _MODIFIERS and head < tree[head].head <= last + _GROWTH:
            head = tree[head].head
            last = max(last, head)
        below = set(tree.subtree(head)) if tree[head].pos in ("NOUN", "PROPN") else set()
        while first - 1 in below and tree[first - 1].dep in _MODIFIERS | {"nummod"}:
            first -= 1
        run = next((run for run in self.names.runs if run[0] < first <= run[-1]), None)
        first = run[0] if run else first
        return range(first, last + 1)

    def _near(self, span: Span) -> range:
        low = bisect_left(self.starts, span.start)
        high = bisect_left(self.starts, span.end)
        return range(max(0, low - 1), min(len(self.starts), high + 1))

    def head(self, inside: range) -> int:
        """The token of the run that hangs outside it, nouns first."""
        tree = self.tree
        outer = [n for n in inside if tree[n].head not in inside or tree[n].head == n]
        nouns = [n for n in outer if tree[n].pos in ("NOUN", "PROPN", "PRON", "NUM")]
        known = [n for n in inside if tree[n].pos in ("NOUN", "PROPN", "PRON")]
        return (nouns or known or list(outer))[0]

    def _voice(self, head: int, inside: range, said: Span, before: Sequence[Voice]) -> Voice:
        tree = self.tree
        named = self._person_in(head, inside) or self._named(head, inside)
        if named is not None:
            full = self.names.fullest(named)
            return Voice(name=full.of(tree.text), span=full, kind=self._kind_of_name(full, head, inside), said_at=said)
        lemma = tree[head].lemma.lower()
        if self.known.is_issued(lemma):
            issuer = self._issuer(head, inside)
            if issuer is not None:
                return self._voice(issuer, inside, said, before)
            if before:
                return msgspec.structs.replace(before[-1], said_at=said)
        span = self._described(head, inside)
        earlier = self._same_noun(head, span, before)
        if earlier is not None:
            return msgspec.structs.replace(earlier, said_at=said)
        kind = self.known.kind_of(lemma) or ActorKind.GENERIC
        return Voice(name=span.of(tree.text), span=span, kind=kind, count=self._count(head), said_at=said)

    def _named(self, head: int, inside: range) -> Span | None:
        """The proper name that the head belongs to, or that stands beside it ('the mayor, Ilan Moro')."""
        tree = self.tree
        if self.known.kind_of(tree[head].lemma) in (ActorKind.AGENCY, ActorKind.OUTLET):
            for run in self.names.runs:
                if run[0] in inside and run[-1] < head and self.is_outlet(tree.span(run).of(tree.text)):
                    return tree.span([*run, head] if tree[head - 1].text.lower() == "news" else run)
        if tree[head].pos == "NOUN" and self.known.kind_of(tree[head].lemma) in _GROUPS:
            for run in self.names.runs:
                behind = tree.tokens[run[-1] + 1 : head]
                if run[0] in inside and len(run) > 2 and len(behind) < 2 and all(t.text.islower() for t in behind):
                    return tree.span(run)
        if tree[head].pos == "PROPN" and not tree[head].text.islower():
            return self.names.run_at(head)
        for child in tree.under(head, ("appos",)):
            if child in inside and tree[child].pos == "PROPN":
                return self.names.run_at(child)
        return None

    def _person_in(self, head: int, inside: range) -> Span | None:
        """A person's name that opens or closes the words of a source that a common noun heads."""
        tree = self.tree
        kind = self.known.kind_of(tree[head].lemma)
        is_name = tree[head].pos == "PROPN" and kind is None and not tree[head].text.islower()
        if is_name or self.known.is_issued(tree[head].lemma):
            return None
        called = self._called(inside)
        if called is not None:
            return called
        for run in self.names.runs:
            run = self.names.name_part(run)
            if head < run[0] and run[-1] == inside[-1] and kind in _PERSONS:
                run = self.names.person_at_end(run)
            if run[0] not in inside or run[-1] not in inside or not self.names.is_person(run):
                continue
            before = tree[run[0] - 1] if run[0] > 0 else None
            apart = head - run[-1] > 1 or (kind is ActorKind.OFFICIAL and bool(tree.after(head, "of")))
            opens = run[0] - inside[0] <= 1 and run[-1] < head and apart and tree[run[-1] + 1].text not in ("'s", "’s")
            closes = run[-1] == inside[-1] and not (before is not None and before.pos in ("ADP", "CCONJ", "DET"))
            if opens or closes:
                return tree.span(run)
        return None

    def _called(self, inside: range) -> Span | None:
        """The name that 'named', 'known as' or 'call sign' gives: 'a witness named Dana'."""
        tree = self.tree
        for run in self.names.runs:
            if run[0] in inside and run[0] - 2 > inside[0]:
                before = [tree[n].text.lower() for n in (run[0] - 1, run[0] - 2)]
                word = before[1] if before[0] in (",", "the") else before[0]
                if word in _NAMING:
                    return tree.span(run)
        return None

    def _issuer(self, head: int, inside: range) -> int | None:
        tree = self.tree
        nouns = [n for word in ("from", "by", "of") for n in tree.after(head, word)] + tree.under(head, ("poss",))
        return next((n for n in nouns if n in inside and tree[n].pos in ("NOUN", "PROPN")), None)

    def _described(self, head: int, inside: range) -> Span:
        """The noun with what describes it, without its article: 'source at the harbour office'."""
        tree = self.tree
        first = head
        while first - 1 in inside and (
            tree[first - 1].dep in _BEFORE or tree[first - 1].pos in ("ADJ", "PROPN", "NUM")
        ):
            first -= 1
        while first < head and (tree[first].pos in ("DET", "PUNCT", "PART") or tree[first].tag in ("PRP$", "DT")):
            first += 1
        last = head
        if head + 1 in inside and tree[head + 1].text.lower() in _BEHIND:
            last = self._before_clause(range(head + 1, inside[-1] + 1))
        return Span(tree[first].start, tree[last].end)

    def _before_clause(self, behind: range) -> int:
        """The last of the tokens before a comma or a clause begins."""
        last = behind[0]
        for n in behind:
            if self.tree[n].text in (",", "(", "—", "–") or self.tree[n].tag in ("WP", "WDT", "VBG", "VBD"):
                break
            last = n
        return last

    def _same_noun(self, head: int, span: Span, before: Sequence[Voice]) -> Voice | None:
        """Who 'the official' or 'the second source' is: the latest speaker under the same noun with a fuller name."""
        tree = self.tree
        word = tree[head].lemma.lower()
        words = (tree[n].lemma.lower() for n in self.inside(span))
        monitor = next((found for one in words if (found := self._monitor(one))), None)
        if monitor is not None:
            return monitor
        definite = any(
            tree[n].text.lower() in ("the", "this", "that", "these", "both") for n in tree.under(head, ("det",))
        )
        if not definite or len(span.of(tree.text).split()) > 2:
            return None
        for voice in reversed(before):
            heads = {
                tree[self.head(near)].lemma.lower() for at in (voice.span, voice.said_at) if (near := self._at(at))
            }
            titles = {tree[n].lemma.lower() for n in self._at(voice.said_at)} if voice.kind in _PERSONS else set()
            known = word in heads or (word in titles and self.known.kind_of(word) in _PERSONS)
            if known and len(voice.name.split()) >= len(span.of(tree.text).split()):
                return voice
        return self._holder_of(head, word) or self._described_before(head, word) or self._last_group(word, before)

    def _at(self, span: Span | None) -> range:
        return self.inside(span) if span else range(0)

    def _holder_of(self, head: int, word: str) -> Voice | None:
        """Who 'the Ardan president' is: the person beside whose name the same title stands."""
        tree = self.tree
        if self.known.kind_of(word) not in _PERSONS or word in ("source", "official"):
            return None
        of = {tree[n].text.lower()[:_STEM] for n in tree.under(head, ("amod", "compound"))}
        for run in reversed([run for run in self.names.runs if run[-1] < head]):
            around = range(max(0, run[0] - 5), min(head, run[-1] + 5))
            words = [tree[n].lemma.lower() for n in around if n not in run]
            if word in words and of <= {w[:_STEM] for w in words} and self.names.is_person(run):
                full = self.names.fullest(tree.span(run))
                return Voice(name=full.of(tree.text), span=full, kind=ActorKind.PERSON)
        return None

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

    def _last_group(self, word: str, before: Sequence[Voice]) -> Voice | None:
        """For 'the group' and its like: the latest speaker that is no person."""
        if self.known.kind_of(word) not in _GROUPS:
            return None
        return next((voice for voice in reversed(before) if voice.kind in _GROUPS), None)

    def _described_before(self, head: int, word: str) -> Voice | None:
        """The nearest earlier noun phrase of the same noun that says more: 'a border official'."""
        tree = self.tree
        for n in range(head - 1, max(-1, head - 250), -1):
            if tree[n].lemma.lower() == word and tree[n].pos in ("NOUN", "PROPN"):
                named = self._named(n, range(max(0, n - 8), min(len(tree.tokens), n + 10)))
                span = named or self._described(n, range(max(0, n - 6), min(len(tree.tokens), n + 8)))
                full = self.names.fullest(span) if named else span
                if len(full.of(tree.text).split()) > 1:
                    kind = self.known.kind_of(word) or ActorKind.GENERIC
                    return Voice(name=full.of(tree.text), span=full, kind=kind)
        return None

    def _antecedent(self, pronoun: Token, said: Span, before: Sequence[Voice]) -> tuple[Voice, ...]:
        """The latest speaker that the pronoun can stand for, or a person who is the subject of a sentence since."""
        word = pronoun.text.lower()
        fits = [v for v in before if (v.kind in _PERSONS and not (v.count or 1) > 1) == (word in _HE)]
        last = (fits or ([] if word in _HE else list(before)))[-1:]
        since = last[0].said_at.start if last and last[0].said_at else -1
        if word in _HE:
            person = self._person_since(since, said.start, pronoun.sentence)
            if person is not None:
                return (msgspec.structs.replace(person, said_at=said),)
        return tuple(msgspec.structs.replace(voice, said_at=said) for voice in last)

    def _person_since(self, since: int, until: int, sentence: int) -> Voice | None:
        """The latest person named as a subject between two offsets, at most two sentences back."""
        tree = self.tree
        for run in reversed(self.names.runs):
            span = tree.span(run)
            if not since < span.start < until:
                continue
            head = tree[run[-1]]
            if head.sentence < sentence - 2:
                return None
            if head.dep in ("nsubj", "nsubjpass") and self.names.is_person(run):
                full = self.names.fullest(span)
                return Voice(name=full.of(tree.text), span=full, kind=ActorKind.PERSON)
        return None

    def _kind_of_name(self, full: Span, head: int, inside: range) -> ActorKind:
        tree = self.tree
        for n in [*self.inside(full)][::-1]:
            kind = self.known.kind_of(tree[n].lemma)
            if kind is not None and kind is not ActorKind.PERSON:
                return kind
        words = full.of(tree.text).split()
        described = any(self.known.kind_of(tree[n].lemma) in _PERSONS for n in inside)
        likely = 2 <= len(words) <= 4 and not {"of", "for"} & set(words)
        return ActorKind.PERSON if likely or described else ActorKind.ORGANISATION

    def _count(self, head: int) -> int | None:
        tree = self.tree
        for child in tree.under(head, ("nummod",)):
            word = tree[child].text.lower()
            return int(word) if word.isdecimal() else _COUNTS.get(word)
        return None
