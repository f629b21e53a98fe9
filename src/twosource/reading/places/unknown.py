"""Names of places that the gazetteer need not know: shown by a preposition, or by the kind of place said with them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from twosource.reading.places.names_of_others import is_site
from twosource.reading.places.toponyms import PlaceKnowledge
from twosource.reading.tree import Tree

__all__ = ["unknown_names"]

_ARTICLES: Final = frozenset(
    {"al", "el", "an", "ar", "as", "ash", "at", "ad", "az", "ul", "es", "er", "et", "ed", "ez"}
)
_HYPHENS: Final = frozenset({"-", "‑", "–"})
_TO_SITES: Final = frozenset({"on", "from", "to", "along", "of"})
_LONGEST: Final = 4  # words of a name before its kind


def unknown_names(tree: Tree, known: PlaceKnowledge) -> Iterator[tuple[int, int]]:
    """The first and last token of each name, both included: those by their kind, then those by their preposition."""
    kinds = known.rules.words_of("kinds")
    for index, word in enumerate(tree.words):
        if word in kinds:
            yield from _before_kind(tree, index, known)
            yield from _behind_kind(tree, index, known)
    for index in tree.capitalised:
        token = tree[index]
        if token.dep == "pobj" and token.pos == "PROPN" and _stands_as_place(tree, index, known):
            first = _first_of(tree, index)
            if tree[first].text[:1].isupper() or first < index:
                yield from _told_apart(tree, first, index, known)


def _before_kind(tree: Tree, kind: int, known: PlaceKnowledge) -> Iterator[tuple[int, int]]:
    """'al-Karesh neighbourhood', 'Karesh village'."""
    last = kind - 1
    if last < 0 or not _is_name(tree, last) or tree[last].sentence != tree[kind].sentence or tree[kind].text.istitle():
        return
    first = last
    while last - first < 2 * _LONGEST and _goes_on(tree, first):
        first -= 1
    yield from _told_apart(tree, first, last, known)


def _behind_kind(tree: Tree, kind: int, known: PlaceKnowledge) -> Iterator[tuple[int, int]]:
    """'the towns of Karesh, Oru and al-Vale'."""
    at, end = kind + 2, tree.sentences[tree[kind].sentence].tokens.end
    if at > end or tree.words[kind + 1] != "of":
        return
    while at < end:
        first = last = at
        while last < end and (_is_name(tree, last) or _is_article(tree, last) or tree[last].text in _HYPHENS):
            last += 1
        last -= 1
        if last < first or not _is_name(tree, last):
            return
        yield from _told_apart(tree, first, last, known)
        at = last + 1
        if at >= end or tree[at].text not in (",", "and", "or"):
            return
        at += 1 + (tree[at].text == "," and at + 1 < end and tree[at + 1].text == "and")


def _is_name(tree: Tree, index: int) -> bool:
    token = tree[index]
    return token.text[:1].isupper() and token.pos in ("PROPN", "NOUN", "ADJ", "X", "VERB")


def _is_article(tree: Tree, index: int) -> bool:
    """The 'al' of 'al-Karesh'."""
    if tree.words[index] not in _ARTICLES or index + 1 >= len(tree.tokens):
        return False
    return tree[index + 1].text in _HYPHENS and tree[index].end == tree[index + 1].start


def _goes_on(tree: Tree, first: int) -> bool:
    """Whether the name that begins at this token begins further left."""
    if first == 0 or tree[first - 1].sentence != tree[first].sentence:
        return False
    if tree[first - 1].text in _HYPHENS:
        return tree[first - 1].end == tree[first].start
    if tree[first].text in _HYPHENS:
        return _is_article(tree, first - 1) or tree[first - 1].text[:1].isupper()
    return tree[first - 1].pos == "PROPN" and tree[first - 1].text[:1].isupper()


def _first_of(tree: Tree, last: int) -> int:
    """The first token of the name that ends here: its compounds, and an article with its hyphen."""
    first = last
    while first > 0 and (
        (tree[first - 1].dep == "compound" and tree[first - 1].pos == "PROPN")
        or (tree[first - 1].text in _HYPHENS and first > 1 and _is_article(tree, first - 2))
        or _is_article(tree, first - 1)
    ):
        first -= 1
    return first


def _told_apart(tree: Tree, first: int, last: int, known: PlaceKnowledge) -> Iterator[tuple[int, int]]:
    """The name, without directions before it, unless it is something else's: a day's, an actor's, a kind's."""
    while first < last and tree.words[first] in known.sets.directions:
        first += 1
    name = tree.span(range(first, last + 1)).of(tree.text)
    lower = tree.words[last]
    if first == last and (lower in known.sets.directions or lower in known.sets.place_nouns):
        return
    if any(sign.isdigit() for sign in name) or (name.isupper() and len(name) < 5):
        return
    parts = {part.lower() for part in name.replace("-", " ").split()}
    if first < last and is_site(tree[last], known):
        parts.discard(lower)
    others = (known.sets.calendar, known.rules.words_of("no_names"), known.rules.words_of("happenings"))
    if not all(parts.isdisjoint(words) for words in others):
        return
    if known.table.find(name) or known.words.kind_of(tree.lemmas[last]):
        return
    if any(known.rules.is_adjective(tree[at].text) for at in range(first, last + 1)):
        return
    if not any(known.words.is_group_form(part) or known.words.is_title((part,)) for part in name.split()):
        yield first, last


def _stands_as_place(tree: Tree, index: int, known: PlaceKnowledge) -> bool:
    """'in Karesh', 'on Karesh Avenue'."""
    token = tree[index]
    if not token.text[:1].isupper():
        return False
    preposition = tree.words[token.head]
    return preposition in known.sets.inside_of or (preposition in _TO_SITES and is_site(token, known))
