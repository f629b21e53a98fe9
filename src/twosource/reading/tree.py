"""Questions about the parse of one report: whose subject, which object, how far a phrase reaches.

All indices are token indices of the reading. This is the one module that knows the parser's dependency labels.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from twosource.records import Reading, Token
from twosource.spans import Span

__all__ = ["CLAUSES", "Tree"]

CLAUSES = frozenset({"relcl", "acl", "advcl", "ccomp", "xcomp", "parataxis", "csubj", "pcomp"})
"""Labels under which a clause hangs."""

_SUBJECTS = frozenset({"nsubj", "csubj", "expl"})
_PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})
_OF_PASSIVES = _PASSIVE_SUBJECTS | {"auxpass"}
_ANY_SUBJECTS = _SUBJECTS | _PASSIVE_SUBJECTS
_OBJECTS = frozenset({"dobj", "dative", "oprd"})
_FIXED = frozenset({"according", "due", "owing", "thanks", "prior", "contrary"})
"""Words that make one preposition with the one behind them: nothing goes 'to' anybody in 'according to'."""
_DEEPEST = 40  # steps up a chain of heads; a parse of running text is never so deep, a cyclic one by hand might be


class Tree(list[Token]):
    """The parse of one reading: the list of its tokens, with the children of every one worked out once.

    ``words`` and ``lemmas`` are the tokens' texts and dictionary forms in lower case, ``capitalised`` the tokens with
    a capital first; ``name_spans`` keeps for a head token where its name stands, once ``names.name_span`` has told it,
    and ``dashes`` for a sentence which of its tokens are dashes and brackets, once ``colour`` has asked.
    Two trees are the same only if they are one. Nothing may be added to a tree or taken away.
    """

    def __init__(self, reading: Reading) -> None:
        super().__init__(reading.tokens)
        self.tokens: tuple[Token, ...] = reading.tokens
        self.sentences = reading.sentences
        self.text = reading.report.text
        self.children: list[list[int]] = [[] for _ in self.tokens]
        self._starts = [token.start for token in self.tokens]
        self._at = dict(zip(reversed(self._starts), range(len(self) - 1, -1, -1), strict=True))
        self._ends = [token.end for token in self.tokens]
        self._sentence_starts = [sentence.span.start for sentence in self.sentences]
        self._sentence_ends = [sentence.span.end for sentence in self.sentences]
        texts = [token.text for token in self.tokens]
        self.words = list(map(str.lower, texts))
        self.lemmas = list(map(str.lower, [token.lemma for token in self.tokens]))
        self.capitalised = [n for n, text in enumerate(texts) if text != self.words[n] and text[0].isupper()]
        self.name_spans: dict[int, Span] = {}
        self.dashes: dict[int, list[int]] = {}
        self._labels = [token.dep for token in self.tokens]
        self._touched: dict[Span, range] = {}
        self._inside: dict[Span, range] = {}
        self._heads: dict[Span, int | None] = {}
        self._tops: dict[Span, int | None] = {}
        self._above: dict[int, tuple[int, ...]] = {}
        self._passive: dict[int, bool] = {}
        self._subject_of: dict[int, int | None] = {}
        self._after: dict[int, dict[str, list[int]]] = {}
        children = self.children
        for index, head in enumerate([token.head for token in self.tokens]):
            if head != index:
                children[head].append(index)

    def __eq__(self, other: object) -> bool:
        return self is other

    def __ne__(self, other: object) -> bool:
        return self is not other

    def __hash__(self) -> int:  # type: ignore[override]  # lists have none, as they change
        return id(self)

    def subtree(self, index: int) -> list[int]:
        """The token and everything under it, in order of the text."""
        if not self.children[index]:
            return [index]
        found = [index]
        for at in found:
            found += self.children[at]
        return sorted(found)

    def is_below(self, index: int, head: int, since: int | None = None) -> bool:
        """Whether the token is the head or stands under it, however deep.

        ``since`` is the first of the tokens before the head that are all known to: who asks of one after the other
        back from the head is answered in as many steps as there are tokens.
        """
        tokens = self.tokens
        first = head if since is None else since
        while not first <= index <= head:
            above = tokens[index].head
            if above == index:
                return False
            index = above
        return True

    def ancestors(self, index: int) -> tuple[int, ...]:
        """The heads above the token, nearest first."""
        known = self._above.get(index)
        if known is None:
            known = self._above[index] = tuple(self._climbed(index))
        return known

    def _climbed(self, index: int) -> Iterator[int]:
        for _ in range(_DEEPEST):
            above = self.tokens[index].head
            if above == index:
                return
            yield above
            index = above

    def under(self, index: int, labels: Sequence[str] | frozenset[str]) -> list[int]:
        """The token's children with one of the labels, in order."""
        children = self.children[index]
        if not children:
            return []
        found, label_of = [], self._labels
        for child in children:
            if label_of[child] in labels:
                found.append(child)  # noqa: PERF401 - most tokens have one child or two: a comprehension costs more
        return found

    def span(self, indices: Sequence[int]) -> Span:
        """The span from the first to the last of the tokens (in order)."""
        return Span(self.tokens[indices[0]].start, self.tokens[indices[-1]].end)

    def last_in(self, span: Span) -> int | None:
        """The index of the last token that lies in the span, or None."""
        at = bisect_right(self._ends, span.end) - 1
        return at if at >= 0 and self.tokens[at].start >= span.start else None

    def at(self, offset: int) -> int | None:
        """The index of the token that begins at the offset, or None."""
        return self._at.get(offset)

    def sentences_of(self, span: Span) -> range:
        """The numbers of the sentences that the span touches, in order."""
        known = self._touched.get(span)
        if known is None:
            first = bisect_right(self._sentence_ends, span.start)
            known = self._touched[span] = range(first, bisect_left(self._sentence_starts, span.end))
        return known

    def between(self, span: Span) -> range:
        """The indices of the tokens that begin in the span."""
        known = self._inside.get(span)
        if known is None:
            starts = self._starts
            known = self._inside[span] = range(bisect_left(starts, span.start), bisect_left(starts, span.end))
        return known

    def head_of(self, span: Span) -> int | None:
        """The first token that begins in the span and hangs on one outside it, or None."""
        if span not in self._heads:
            inside = self.between(span)
            self._heads[span] = next((n for n in inside if self.tokens[n].head not in inside), None)
        return self._heads[span]

    def top_of(self, span: Span) -> int | None:
        """The token on which the last one in the span hangs within it, however deep, or None for a span without any."""
        if span not in self._tops:
            tokens, top = self.tokens, self.last_in(span)
            while top is not None and tokens[top].head != top:
                if not span.start <= tokens[tokens[top].head].start < span.end:
                    break
                top = tokens[top].head
            self._tops[span] = top
        return self._tops[span]

    def conjuncts(self, index: int) -> list[int]:
        """The token and those joined to it by 'and', 'or' or a comma, in order."""
        found = [index]
        for at in found:
            found += self.under(at, ("conj",))
        return sorted(found) if len(found) > 1 else found

    def is_passive(self, verb: int) -> bool:
        """Whether the verb stands in the passive, or is a bare participle after its noun ('troops sent by X')."""
        if verb not in self._passive:
            self._passive[verb] = self._is_in_passive(verb)
        return self._passive[verb]

    def _is_in_passive(self, verb: int) -> bool:
        if self.under(verb, _OF_PASSIVES):
            return True
        token = self.tokens[verb]
        return token.tag == "VBN" and token.dep in ("acl", "relcl", "amod") and not self.under(verb, ("aux", "nsubj"))

    def subject(self, verb: int) -> int | None:
        """The head of the verb's grammatical subject, its own or the one that it shares with a verb above it."""
        if verb not in self._subject_of:
            self._subject_of[verb] = self._find_subject(verb)
        return self._subject_of[verb]

    def _find_subject(self, verb: int) -> int | None:
        for _ in range(_DEEPEST):
            own = self.own_subject(verb)
            if own is not None:
                return self._antecedent(own, verb)
            token = self.tokens[verb]
            if token.dep in ("acl", "relcl") and token.tag in ("VBG", "VBN"):
                return token.head
            shared = token.dep in ("conj", "advcl", "xcomp", "aux", "auxpass", "ccomp") and token.head != verb
            if not shared or (token.dep == "ccomp" and token.tag not in ("VBG", "VB")):
                return None
            if token.dep == "xcomp":
                controller = self.under(token.head, ("dobj", "dative"))
                if controller and self.tokens[token.head].pos == "VERB" and token.tag == "VB":
                    return controller[0]
            if self.tokens[token.head].pos not in ("VERB", "AUX"):
                return self._noun_subject(token)
            verb = token.head
        return None

    def own_subject(self, verb: int) -> int | None:
        """The head of the verb's own subject; else what the parse gives to the verb before as an object though it
        stands behind what joins this verb to it: 'the council denied it, but a diplomat last month confirmed that'.
        """
        own = self.under(verb, _ANY_SUBJECTS)
        if own:
            return own[0]
        token = self.tokens[verb]
        joining = [n for n in self.under(token.head, ("cc",)) if n < verb] if token.dep == "conj" else []
        objects = self.under(token.head, ("dobj", "dative", "oprd")) if joining else []
        return next((n for n in objects if joining[-1] < n < verb), None)

    def _noun_subject(self, token: Token) -> int | None:
        """'a plan to attack', 'troops ready to enter': the noun's own subject is not the verb's, so nobody is."""
        return token.head if token.dep == "acl" and token.tag == "VBG" else None

    def _antecedent(self, subject: int, verb: int) -> int:
        """'who', 'which' and 'that' stand for the noun that their clause describes."""
        if self.tokens[subject].tag in ("WDT", "WP") and self.tokens[verb].dep == "relcl":
            return self.tokens[verb].head
        return subject

    def described(self, relative: int) -> int:
        """The noun that the clause of 'who' or 'which' describes; the token itself where no clause is found."""
        for above in self.ancestors(relative):
            if self.tokens[above].dep == "relcl":
                return self.tokens[above].head
        return relative

    def agents(self, index: int) -> list[int]:
        """Who does it: an active verb's subject, or what stands after 'by' (of a verb or a noun)."""
        if self.tokens[index].pos in ("VERB", "AUX") and not self.is_passive(index):
            subject = self.subject(index)
            return [subject] if subject is not None else []
        by = [child for at in self.under(index, ("agent",)) for child in self.under(at, ("pobj",))]
        return by or self.after(index, "by")

    def patients(self, index: int) -> list[int]:
        """To whom it is done: a passive verb's subject, or an active verb's direct objects."""
        if self.tokens[index].pos not in ("VERB", "AUX"):
            return []
        if self.is_passive(index):
            subject = self.subject(index)
            return [subject] if subject is not None else []
        return self.under(index, _OBJECTS)

    def bearers(self, noun: int) -> list[int]:
        """Whom a noun for a relation means: what it is put to, the subject of which it is said, or a name put to it.

        Those of several that are named are meant too: 'its allies, including the Front'.
        A name behind a comma is put to it also where the parse takes it for the next in a list: 'his ally, the Front'.
        """
        token = self.tokens[noun]
        if token.dep == "appos":
            return [token.head]
        if token.dep in ("attr", "oprd") and (subject := self.subject(token.head)) is not None:
            return [subject]
        if cases := self.after(noun, "including"):
            return cases
        listed = [] if self.under(noun, ("cc",)) else self.under(noun, ("conj",))
        return self.under(noun, ("appos",)) or [n for n in listed if self.tokens[n].pos == "PROPN"]

    def after(self, index: int, preposition: str) -> list[int]:
        """The heads of what stands after the preposition under the token, also behind another one ('out of')."""
        if index not in self._after:
            self._after[index] = self._behind_prepositions(index)
        return self._after[index].get(preposition, [])

    def _behind_prepositions(self, index: int) -> dict[str, list[int]]:
        """The same for every preposition under the token, in lower case."""
        found: dict[str, list[int]] = {}
        for child in self.under(index, ("prep", "agent", "dative", "prt", "advmod")):
            lemma, text = self.tokens[child].lemma.lower(), self.tokens[child].text.lower()
            for word in dict.fromkeys((lemma, text)):
                found.setdefault(word, []).extend(self.under(child, ("pobj", "pcomp")))
            for inner in self.under(child, ("prep",)) if text not in _FIXED else ():
                found.setdefault(self.tokens[inner].text.lower(), []).extend(self.under(inner, ("pobj",)))
        return found

    def prepositions(self, index: int) -> set[str]:
        """The prepositions and particles right under the token, in lower case."""
        return {self.tokens[c].text.lower() for c in self.under(index, ("prep", "prt", "agent", "dative", "mark"))}

    def clause_head(self, index: int) -> int:
        """The verb of the clause in which the token stands (the token itself where it is one), or the root."""
        if self.tokens[index].pos in ("VERB", "AUX") and self.tokens[index].dep not in ("amod", "compound"):
            return index
        last = index
        for above in self.ancestors(index):
            last = above
            if self.tokens[above].pos in ("VERB", "AUX"):
                return above
        return last
