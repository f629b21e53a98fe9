"""How a source is worded: the noun that heads it, the name in it, what describes it, who issued it, how many it is."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Sequence

from twosource.closed_sets import ActorKind
from twosource.knowledge.speakers import SpeakerWords
from twosource.reading.proper_names import ProperNames
from twosource.reading.tree import Tree
from twosource.records import Voice
from twosource.spans import Span

__all__ = ["BODIES", "PERSONS", "Phrases"]

PERSONS = frozenset({ActorKind.PERSON, ActorKind.OFFICIAL, ActorKind.ANONYMOUS})
"""The kinds that 'he', 'she' and 'the official' can stand for."""
BODIES = frozenset(
    {
        ActorKind.ARMED_GROUP,
        ActorKind.ORGANISATION,
        ActorKind.MONITOR,
        ActorKind.AGENCY,
        ActorKind.STATE_FORCE,
        ActorKind.OUTLET,
    }
)
"""The kinds that 'it' and 'the group' can stand for."""

_BEFORE = frozenset({"amod", "compound", "nummod", "nmod", "poss", "quantmod", "case"})
_NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
_MODIFIERS = frozenset({"det", "amod", "compound", "nmod"})
_OPENING = _MODIFIERS | {"nummod"}
_GROWTH = 4  # words that a cut-off noun phrase may be missing at its end
_BEHIND = frozenset({"of", "at", "in", "from", "for", "with", "on", "to", "close", "inside", "near", "among"})
_TO_WHOM = frozenset({"to", "with", "on", "anonymously"})
_SHARED = frozenset({ActorKind.ANONYMOUS, ActorKind.OFFICIAL, ActorKind.OUTLET})
_COUNTS = {
    w: n for n, w in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 1)
}


class Phrases:
    """The wordings of one report's sources. ``known`` are the words for speakers."""

    def __init__(
        self, tree: Tree, known: SpeakerWords, is_outlet: Callable[[str], bool], places: Collection[Span] = ()
    ) -> None:
        self.tree = tree
        self.known = known
        self.is_outlet = is_outlet
        self.names = ProperNames(tree, known, is_outlet, places)
        self._starts = [token.start for token in tree.tokens]
        self._run_starts = [run[0] for run in self.names.runs]
        self._run_ends = [run[-1] for run in self.names.runs]

    def inside(self, span: Span) -> range:
        """The tokens that share a code point with the span."""
        first, end = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        if first and self.tree.tokens[first - 1].end > span.start:
            first -= 1
        return range(first, end) if first < end else range(0)

    def grown(self, inside: range) -> range:
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
        last = self._to_noun(last)
        nominal = tree[head].pos in ("NOUN", "PROPN") and not self.names.stripped
        while nominal and first and tree[first - 1].dep in _OPENING and tree.is_below(first - 1, head):
            first -= 1
        return range(self._after_lost_comma(self.names.start_of(first), last), last + 1)

    def _to_noun(self, last: int) -> int:
        """The noun that the run stops short of behind an article or an adjective: 'outlets of the | harbour groups'."""
        tokens = self.tree.tokens
        while tokens[last].pos in ("DET", "ADJ") and last < tokens[last].head <= last + 2 * _GROWTH:
            last = tokens[last].head
        return last

    def _after_lost_comma(self, first: int, last: int) -> int:
        """In a text without commas: the article that opens a second noun phrase, 'the mayor' of 'bridge the mayor'."""
        if self.names.stripped:
            for n in range(last - 1, first, -1):
                if self.tree[n].tag == "DT" and self.tree[n - 1].pos in ("NOUN", "PROPN", "NUM"):
                    return n
        return first

    def head(self, inside: range) -> int:
        """The token of the run that hangs outside it, nouns first; days, and 'X' of 'X-based', head nothing."""
        tree, tokens = self.tree, self.tree.tokens
        outer = [n for n in inside if tokens[n].head not in inside or tokens[n].head == n]
        counts = (n for n in outer if tokens[n].pos == "NUM" and tree.after(n, "of"))
        nouns = (n for n in (*outer, *inside) if tokens[n].pos in _NOUNS and not self._heads_nothing(n))
        return next(n for fit in (counts, nouns, outer) for n in fit)

    def _heads_nothing(self, n: int) -> bool:
        return self.names.is_day(n) or self._only_where(n)

    def _only_where(self, n: int) -> bool:
        """'Britain' and 'based' of 'the Britain-based group', also where the parse takes them for nouns."""
        tokens = self.tree.tokens
        behind = [token.text.lower() for token in tokens[n + 1 : n + 3]]
        return tokens[n].text.lower() == "based" or behind == ["-", "based"] or behind[:1] == ["based"]

    def named(self, head: int, inside: range) -> Span | None:
        """The name that stands for the source whose words these are; None where it is only described."""
        return self._person_in(head, inside) or self._name_of(head, inside)

    def _name_of(self, head: int, inside: range) -> Span | None:
        """The proper name that the head belongs to, or that stands beside it ('the mayor, Ilan Moro')."""
        tree = self.tree
        kind = self.known.kind_of(tree[head].lemma)
        if kind in (ActorKind.AGENCY, ActorKind.OUTLET):
            for run in self._runs_in(range(min(inside.start, head + 1), max(inside.stop, head + 2))):
                follows = run[0] == head + 1
                if not (follows or (run[0] in inside and run[-1] < head)):
                    continue
                if not self.is_outlet(tree.span(run).of(tree.text)):
                    continue
                if follows:
                    return tree.span(run)
                whole = tree.words[head - 1] == "news" and not tree.span(run).of(tree.text).isupper()
                return tree.span([*run, head] if whole else run)
        if tree[head].pos == "NOUN" and kind in BODIES:
            for run in self._runs_in(inside):
                behind = tree.tokens[run[-1] + 1 : head]
                if len(run) > 2 and len(behind) < 2 and all(t.text.islower() for t in behind):
                    return tree.span(run)
        if tree[head].pos == "PROPN" and not tree[head].text.islower():
            return self.names.run_at(head, inside)
        for child in tree.under(head, ("appos",)):
            if child in inside and tree[child].pos == "PROPN":
                return self.names.run_at(child, inside)
        return None

    def _runs_in(self, inside: range) -> list[list[int]]:
        """The names that begin at one of the tokens."""
        starts = self._run_starts
        return self.names.runs[bisect_left(starts, inside.start) : bisect_left(starts, inside.stop)]

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
        opening: Span | None = None
        ends = self._run_ends
        for whole in self.names.runs[bisect_left(ends, inside.start) : bisect_left(ends, inside.stop)]:
            run = self.names.name_part(whole)
            if head < run[0] and run[-1] == inside[-1] and kind in PERSONS:
                run = self.names.person_at_end(run)
            if run[0] not in inside or not self.names.is_person(run):
                continue
            if opening is not None and run != whole:
                continue
            if run[-1] == inside[-1] and not (run[0] > 0 and tree[run[0] - 1].pos in ("ADP", "CCONJ", "DET")):
                return tree.span(run)
            if self._is_followed_by(run, head, kind):
                return tree.span(run)
            if opening is None and run[0] - inside[0] <= 1 and self._opens(run, head, kind):
                opening = tree.span(run)
        return opening

    def _is_followed_by(self, run: list[int], head: int, kind: ActorKind | None) -> bool:
        """Whether the noun describes the person's name before it, in a text without commas: 'Ilan Moro a writer'."""
        behind = self.tree.tokens[run[-1] + 1 : head]
        told = bool(behind) and behind[0].tag == "DT" and all(token.pos in ("DET", "ADJ") for token in behind)
        return self.names.stripped and kind in PERSONS and told and self.names.is_whole_person(run)

    def _opens(self, run: list[int], head: int, kind: ActorKind | None) -> bool:
        """Whether the person's name stands before the noun without belonging to it: 'Ilan Moro, the mayor of Ardan'."""
        tree = self.tree
        apart = head - run[-1] > 1 or (kind is ActorKind.OFFICIAL and bool(tree.after(head, "of")))
        lost = self.names.stripped and kind in PERSONS and self.names.is_whole_person(run)
        return run[-1] < head and (apart or lost) and tree[run[-1] + 1].text not in ("'s", "’s")

    def _called(self, inside: range) -> Span | None:
        """The name that 'named', 'known as' or 'call sign' gives: 'a witness named Dana'."""
        tree = self.tree
        for run in self._runs_in(inside):
            if run[0] - 2 > inside[0]:
                before = [tree.words[n] for n in (run[0] - 1, run[0] - 2)]
                word = before[1] if before[0] in (",", "the") else before[0]
                if word in self.known.wordings.naming:
                    return tree.span(run)
        return None

    def issuer(self, head: int, inside: range) -> int | None:
        """Whose statement it is: 'a statement from X', 'X's statement', 'an X statement', 'issued by X'."""
        tree = self.tree
        nouns = [n for word in ("from", "by", "of") for n in tree.after(head, word)] + tree.under(head, ("poss",))
        issued = [n for n in tree.under(head, ("acl",)) if tree.lemmas[n] in self.known.wordings.issuing]
        nouns += [n for verb in issued for n in tree.agents(verb) + tree.after(verb, "by")]
        if self.known.is_issued(tree[head].lemma):
            nouns += [n for n in inside if n < head and tree[n].pos == "PROPN" and tree[n].dep in ("compound", "nmod")]
        return next((n for n in nouns if n in inside and n != head and tree[n].pos in ("NOUN", "PROPN")), None)

    def described(self, head: int, inside: range) -> Span:
        """The noun with what describes it, without its article: 'source at the harbour office'."""
        tree = self.tree
        first = head
        while first - 1 in inside and (
            tree[first - 1].dep in _BEFORE
            or tree[first - 1].pos in ("ADJ", "PROPN", "NUM")
            or self._is_joined(first - 1, head)
            or self._is_coordinate(first - 1, head)
            or self._is_shared(first - 1, head)
        ):
            first -= 1
        if self.known.kind_of(tree[head].lemma) in BODIES:
            first = next((n + 1 for n in range(head - 1, first, -1) if tree.words[n] == "based"), first)
        while first < head and (tree[first].pos in ("DET", "PUNCT", "PART") or tree[first].tag in ("PRP$", "DT")):
            first += 1
        last = head
        if head + 1 in inside and tree.words[head + 1] in _BEHIND:
            last = self._before_clause(range(head + 1, inside[-1] + 1))
        elif head + 1 in inside and self._is_bare(head, first) and self._is_told_apart(head):
            last = self._until_comma(range(head + 1, inside[-1] + 1))
        return Span(tree[first].start, tree[last].end)

    def _is_joined(self, n: int, head: int) -> bool:
        """The hyphen of an adjective of the noun, such as 'Ardan-led', or the word before it."""
        tokens = self.tree.tokens
        hyphens = [m for m in (n, n + 1) if tokens[m].text in "-–" and m > 0 and tokens[m + 1].head == head]
        return any(tokens[m - 1].end == tokens[m].start and tokens[m].end == tokens[m + 1].start for m in hyphens)

    def _is_coordinate(self, n: int, head: int) -> bool:
        """Whether the token joins two adjectives of the noun: 'and' of 'Ardan and Karesh officials'."""
        tokens = self.tree.tokens
        if tokens[n].dep != "cc" or n == 0:
            return False
        parts = [tokens[n - 1], tokens[n + 1]]
        return all(part.pos in ("ADJ", "PROPN") for part in parts) and any(part.head == head for part in parts)

    def shares(self, n: int, noun: int) -> bool:
        """Whether the noun is the second one's too: 'official' of 'official and private media', 'army' of 'army and
        police sources'. No singular noun for a person or a body stands without an article before such a noun.
        """
        tree = self.tree
        joined = tree[noun].head == n and tree[noun].tag == "NNS" and n + 1 < noun and tree[n + 1].dep == "cc"
        bare = tree[n].tag == "NN" and not tree.under(n, ("det", "poss", "nummod"))
        person = self.known.kind_of(tree[n].lemma) is not None
        return joined and bare and person and self.known.kind_of(tree[noun].lemma) in _SHARED

    def _is_shared(self, n: int, head: int) -> bool:
        """Whether the token is such a noun before the head, or the 'and' behind it."""
        return self.shares(n, head) or (self.tree[n].dep == "cc" and n > 0 and self.shares(n - 1, head))

    def _is_told_apart(self, head: int) -> bool:
        """Whether the clause behind the noun is all that tells who it is: 'doctor treating ...', 'people who ...'.

        'Sources speaking to the agency' are sources: to whom they spoke, or on what terms, does not tell who they are.
        """
        following = self.tree[head + 1]
        speaks = following.tag == "VBG" and following.lemma.lower() in self.known.wordings.talking
        if speaks and self.tree.words[head + 2] in _TO_WHOM:
            return False
        return following.tag in ("VBG", "JJ") or (
            following.tag == "WP" and self.tree.lemmas[head] in self.known.wordings.anybody
        )

    def _is_bare(self, head: int, first: int) -> bool:
        """Whether nothing but a number stands before the noun: then its clause is what tells who it is."""
        return all(self.tree[n].pos == "NUM" for n in range(first, head))

    def _before_clause(self, behind: range) -> int:
        """The last of the tokens before a comma, a clause, or the paper in which it was said."""
        last = behind[0] - 1
        for n in behind:
            token, following = self.tree[n], self.tree.tokens[n + 1 : n + 3]
            if token.text in (",", "(", "—", "–", "as") or token.tag in ("WP", "WDT", "VBG", "VBD"):
                break
            if token.pos == "ADP" and self.names.is_day(min(n + 1, len(self.tree.tokens) - 1)):
                break
            if token.text == "in" and any(t.lemma.lower() in self.known.wordings.papers for t in following):
                break
            last = n
        return last

    def _until_comma(self, behind: range) -> int:
        stops = (n for n in behind if self.tree[n].text in (",", "(", "—", "–", ";"))
        return next(stops, behind[-1] + 1) - 1

    def voice_of_name(self, named: Span, said: Span | None, around: Sequence[int] = ()) -> Voice:
        """The voice of a name, under the fullest form that the report gives it."""
        full = self.names.fullest(named)
        return Voice(name=full.of(self.tree.text), span=full, kind=self._kind_of_name(full, around), said_at=said)

    def _kind_of_name(self, full: Span, around: Sequence[int]) -> ActorKind:
        tree = self.tree
        for n in [*self.inside(full)][::-1]:
            kind = self.known.kind_of(tree[n].lemma)
            if kind is not None and kind is not ActorKind.PERSON:
                return kind
        if any(tree[n].tag == "NNPS" for n in self.inside(full)):
            return ActorKind.ORGANISATION
        words = full.of(tree.text).split()
        if not self.names.is_human(words):
            return ActorKind.ORGANISATION
        described = any(self.known.kind_of(tree[n].lemma) in PERSONS for n in around)
        likely = 2 <= len(words) <= 4 and not {"of", "for"} & set(words)
        return ActorKind.PERSON if likely or described else ActorKind.ORGANISATION

    def count(self, head: int) -> int | None:
        """How many persons a number at the noun says that they are."""
        tree = self.tree
        if tree.words[head] == "one":
            return 1
        for child in tree.under(head, ("nummod",)):
            word = tree.words[child]
            return int(word) if word.isdecimal() else _COUNTS.get(word)
        return None
