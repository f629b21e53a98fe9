"""How a report names an actor: where a name begins and ends, and which of its names in the report is the fullest."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

import msgspec

from twosource.knowledge.actors import ActorRow, ActorTable, ActorWords, WordUse
from twosource.knowledge.word_sets import WordSets
from twosource.reading.tree import Tree
from twosource.records import Token
from twosource.spans import Span

__all__ = ["FullNames", "full_names", "name_head", "name_span"]

_LEFT = frozenset({"compound", "amod", "nmod", "punct", "poss", "case", "appos", "advmod", "npadvmod"})
_APART = frozenset({"det", "nummod", "predet", "cc", "conj", "quantmod", "neg", "prep", "relcl", "acl"})
_MARKS = frozenset({",", "(", ")", '"', "“", "”", ";", ":", "–", "—"})
_DETERMINERS = frozenset({"PRP$", "WP$", "DT"})
_ACRONYM = re.compile(
    r"((?:[A-Z][\w’'-]{1,40} |al-|el-|(?:of|for|the|and|in) ){1,8}[A-Z][\w’'-]{1,40}"
    r"(?: (?:party|front|movement|army|forces?|union|council|alliance|brigades?|militia|group))?"
    r"|[A-Z][\w’']{1,40}-[A-Z][\w’'-]{1,40}),? [(\[]([A-Z][A-Za-z0-9-]{1,9})[)\]]"
)
_IN_BRACKETS = re.compile(r"[(\[][A-Z][A-Za-z0-9-]{1,9}[)\]]")
_WORD = re.compile(r"[^\W_][\w’']*")
_SMALL = frozenset({"of", "for", "the", "and", "in", "The", "In"})
_WHERE = frozenset({"in", "at"})
_WORDS_AT_MOST = 9  # in a name that the table knows
_PARTING = frozenset(" \n-–")
"""Signs that part two words of a name; without one a word may be the rest of the one before: 'km' of '5km'."""
_SURNAME_AT_MOST = 4  # words in a person's name, titles set aside


def name_head(tree: Tree, index: int, words: ActorWords, places: Collection[int] = ()) -> int:
    """The token that truly names the actor: 'members of the X' and 'hundreds of fighters' stand for what follows.

    A place, whose tokens are ``places``, is where armed people are and not whose they are: 'rebel forces in the north'.
    """
    for _ in range(3):
        token = tree[index]
        if token.pos not in ("NOUN", "NUM", "PROPN") or not words.is_container(token.lemma):
            break
        where = places if words.has_use(token.lemma.lower(), WordUse.ARMED) else ()
        inner = [
            noun
            for word in sorted(tree.prepositions(index))
            if words.is_container(token.lemma, word)
            for noun in tree.after(index, word)
            if not (word in _WHERE and noun in where)
        ]
        if not inner:
            break
        index = inner[0]
    return index


def name_span(tree: Tree, head: int, words: ActorWords, sets: WordSets) -> Span:
    """The name around a head noun: without article, number, quantity and title, with what belongs to it behind it.

    The tree keeps the answer, since all layers of a report ask with the same words and sets.
    """
    if head not in tree.name_spans:
        tree.name_spans[head] = _find_name_span(tree, head, words, sets)
    return tree.name_spans[head]


def _find_name_span(tree: Tree, head: int, words: ActorWords, sets: WordSets) -> Span:
    first = _left_edge(tree, head, sets)
    last = _hyphens_out(tree, _right_edge(tree, head))
    first = _without_titles(tree, first, head, words)
    first = _behind_participle(tree, first, head, sets)
    while first < head and (step := _step_over(tree, first, head, sets)):
        first += step
    return Span(tree[first].start, tree[last].end)


def _behind_participle(tree: Tree, first: int, head: int, sets: WordSets) -> int:
    """The first token behind a verb that the parse takes for part of the name: 'rebels' of 'forces battling rebels'.

    'warring parties' and 'the ruling party' are names: no noun stands before the participle, and no preposition that
    leads on to a deed ('in subduing rebels').
    """
    for at in range(head - 1, first - 1, -1):
        token = tree[at]
        if token.tag != "VBG" or not token.text.islower() or token.text in sets.describing:
            continue
        before = tree[at - 1] if at else None
        if before is not None and (before.pos == "ADP" if at == first else before.tag in ("NNS", "NNPS")):
            return at + 1
    return first


def _left_edge(tree: Tree, head: int, sets: WordSets) -> int:
    """The first token of the unbroken run of describing words before the head."""
    first = head
    while first > 0 and _belongs(tree, first - 1, head) and tree.is_below(first - 1, head, first):
        first -= 1
    while first < head and (
        tree[first].text in "-–'’\"“”(,:" or tree[first].dep == "cc" or _base_of(tree, first, sets)
    ):
        first += 1
    return first


def _base_of(tree: Tree, index: int, sets: WordSets) -> bool:
    """'based' of 'Britain-based', which only tells who speaks."""
    return tree.words[index] in sets.identifying


def _belongs(tree: Tree, index: int, head: int) -> bool:
    token = tree[index]
    if token.dep in _APART:
        beside = token.dep in ("conj", "cc") and tree[token.head].head == head
        return beside and (tree[token.head].dep == "amod" or (token.dep == "conj" and token.pos == "PROPN"))
    if token.text in _MARKS or token.tag in _DETERMINERS or _is_number(token):
        return False
    return token.dep in _LEFT or token.pos in ("PROPN", "ADJ", "PART") or tree[token.head].dep in _LEFT


def _step_over(tree: Tree, first: int, head: int, sets: WordSets) -> int:
    """How many words at the start are no part of the name: counts, dates, plain words, 'X-backed' before a name."""
    dated = tree.words[first] in sets.calendar and first > 0 and tree[first - 1].tag == "CD"
    if _is_dropped(tree, first, sets) or _is_before_name(tree, first, head) or dated:
        return 1
    if first + 2 >= head or tree[head].pos != "PROPN" or tree[first + 1].text not in "-–‑":
        return 0
    joined = tree[first].end == tree[first + 1].start and tree[first + 1].end == tree[first + 2].start
    return 3 if joined and tree[first + 2].tag in ("VBN", "VBD") else 0


def _is_dropped(tree: Tree, index: int, sets: WordSets) -> bool:
    token = tree[index]
    number = token.pos == "NUM" and _is_number(token)
    return token.text.lower() in sets.unnamed_quantities or token.pos == "DET" or number or token.text in "-–'’'s,"


def _is_number(token: Token) -> bool:
    """Whether the word counts something; the parse may take the 'N' of 'KPM-N' for a number."""
    return token.tag == "CD" and not token.text.isupper()


def _is_before_name(tree: Tree, index: int, head: int) -> bool:
    """'agency' of 'the agency Sarho': a plain word before a proper name, which hyphens don't join to it."""
    token, following = tree[index], tree[index + 1]
    if tree[head].pos != "PROPN" or not token.text[:1].islower():
        return False
    return token.pos in ("NOUN", "ADJ", "VERB", "PART") and token.end != following.start


def _hyphens_out(tree: Tree, last: int) -> int:
    """The end of the words that hyphens join to the token: the parse may take 'al' of 'al-Karesh' for the head."""
    while last + 2 < len(tree.tokens) and tree[last + 1].text in "-–‑" and tree[last].end == tree[last + 1].start:
        if tree[last + 1].end != tree[last + 2].start or tree[last + 2].pos != "PROPN":
            break
        last += 2
    return last


def _right_edge(tree: Tree, head: int) -> int:
    """The head itself, or the end of an 'of X' or 'for X' that is part of the name."""
    behind = head + 1
    if behind >= len(tree) or tree.words[behind] not in ("of", "for"):
        return head
    nouns = tree.under(behind, ("pobj",)) if tree[behind].dep == "prep" and tree[behind].head == head else []
    named = nouns and tree[nouns[0]].pos == "PROPN" and tree[head].tag != "CD"
    return nouns[0] if nouns and (named or tree[head].pos == "PROPN") else head


def _without_titles(tree: Tree, first: int, head: int, words: ActorWords) -> int:
    """The index after the last title, where a proper name follows it."""
    if tree[head].pos != "PROPN":
        return first
    ends = words.title_ends([tree[i].text for i in range(first, head + 1)])
    behind = (first + end for at, end in enumerate(ends) if end > at)
    return next((after for after in behind if after <= head and tree[after].pos == "PROPN"), first)


class FullNames(msgspec.Struct, frozen=True):
    """For a short form (folded), where the report's fullest name for it stands."""

    by_short: dict[str, Span]

    def of(self, name: str) -> Span | None:
        """The span of the fullest name for this form, if the report gives a fuller one; none for plain words."""
        is_name = name != name.lower() or name.startswith(("al-", "el-"))
        return self.by_short.get(name.casefold()) if is_name else None


def full_names(tree: Tree, table: ActorTable, mentions: Iterable[Span]) -> FullNames:
    """The short forms that the report itself spells out: acronyms in brackets, surnames, known aliases."""
    text = tree.text
    found: dict[str, Span] = {}
    for short, spelled in _acronyms(text):
        found.setdefault(short, spelled)
    spans = sorted(set(mentions))
    _add_surnames(text, spans, found)
    _add_aliases(text, sorted({*spans, *_known_names(tree, table)}), table, found)
    return FullNames(found)


@lru_cache(maxsize=1)  # the mentions and the claims of a report ask the same
def _acronyms(text: str) -> tuple[tuple[str, Span], ...]:
    """The acronyms in brackets (folded), each with where it is spelled out, in order of the text."""
    matches = _ACRONYM.finditer(text) if _IN_BRACKETS.search(text) else ()
    return tuple(
        (match.group(2).casefold(), _trim_article(text, _spelled(text, Span(*match.span(1)), match.group(2))))
        for match in matches
    )


def _spelled(text: str, span: Span, acronym: str) -> Span:
    """The last words of the span whose first letters are the acronym's; the span itself where none are."""
    letters = [c for c in acronym.casefold() if c.isalnum()]
    words = [Span(span.start + m.start(), span.start + m.end()) for m in _WORD.finditer(span.of(text))]
    for at in range(len(words) - 1, -1, -1):
        firsts = [word.of(text)[0].casefold() for word in words[at:] if word.of(text)[0].isupper()]
        if firsts == letters and words[at].of(text)[0].isupper():
            return Span(words[at].start, span.end)
    return span


def _trim_article(text: str, span: Span) -> Span:
    """The span without small words at its start, and without what stands before a 'the' there: 'While the'."""
    while True:
        word = span.of(text).split(" ", 1)
        if len(word) == 2 and (word[0] in _SMALL or word[1].startswith("the ")):
            span = Span(span.start + len(word[0]) + 1, span.end)
        else:
            return span


def _add_surnames(text: str, spans: list[Span], found: dict[str, Span]) -> None:
    """'Bahra' is 'Hadi al-Bahra' where the report names him so anywhere, and nobody else of that surname."""
    people: dict[str, set[str]] = {}
    where: dict[str, Span] = {}
    for span in spans:
        name = span.of(text)
        parts = name.split()
        if 2 <= len(parts) <= _SURNAME_AT_MOST and all(part[:1].isupper() or part.startswith("al-") for part in parts):
            surname, folded = parts[-1].casefold(), name.casefold()
            for short in (surname, surname.removeprefix("al-").removeprefix("el-")):
                people.setdefault(short, set()).add(folded)
                where.setdefault(short, span)
    for surname, names in people.items():
        words = set(max(names, key=len).split())
        if len(names) == 1 or all(words.issuperset(name.split()) for name in names):
            found.setdefault(surname, where[surname])


@lru_cache(maxsize=1)  # the mentions and the claims of a report ask the same
def _known_names(tree: Tree, table: ActorTable) -> tuple[Span, ...]:
    """Where names of several words stand that the table knows, the longest from each word on: also in 'X fighters'."""
    tokens, text = tree.tokens, tree.text
    words = [token.text for token in tokens]
    found: list[Span] = []
    for first in tree.capitalised:
        if not table.may_begin(words, first):
            continue
        start = tokens[first].start
        for last in range(min(first + _WORDS_AT_MOST, len(tokens)) - 1, first, -1):
            if not words[last][:1].isalnum():
                continue
            if text[tokens[last].start - 1] in _PARTING and not table.may_end(words[last]):
                continue
            if table.find(text[start : tokens[last].end]):
                found.append(Span(start, tokens[last].end))
                break
    return tuple(found)


def _add_aliases(text: str, spans: list[Span], table: ActorTable, found: dict[str, Span]) -> None:
    """Of one known actor's names in the report, the longest serves all of them; states keep the name they are given."""
    best: dict[str, Span] = {}
    known: list[tuple[str, str]] = []
    for span in spans:
        name = span.of(text)
        rows = table.find(name)
        if len(rows) != 1 or rows[0].kind == "state" or name.split()[-1].islower():
            continue
        known.append((name, rows[0].id))
        if rows[0].id not in best or len(span) > len(best[rows[0].id]):
            best[rows[0].id] = span
    for name, row in known:
        if best[row].of(text) != name:
            found.setdefault(name.casefold(), best[row])
    for span in best.values():
        _add_shorter(span, table.find(span.of(text))[0], found)


def _add_shorter(span: Span, row: ActorRow, found: dict[str, Span]) -> None:
    """The actor's shorter names, also where the report has them in words that are no mention: 'strikes against X'."""
    for alias in (row.name, *row.aliases):
        if alias not in row.ambiguous and len(alias) < len(span):
            found.setdefault(alias.casefold(), span)
