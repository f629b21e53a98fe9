"""Where a claim's event happened: the places that the trained reader points at, whole, the most specific of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from twosource.closed_sets import ActorKind
from twosource.reading.evidence import EDGES
from twosource.reading.names import name_span
from twosource.reading.nearby import Nearby
from twosource.reading.roles import Cast, describes_another
from twosource.reading.signals import Part
from twosource.reading.tree import Tree
from twosource.records import Mention, Named, Place
from twosource.spans import Span

__all__ = ["places_told"]

_NOMINAL = ("NOUN", "PROPN")
_DESCRIBING = ("compound", "amod", "nmod")
_HYPHENS = "-–‑"
_PEOPLE = frozenset({ActorKind.CIVILIANS, ActorKind.ARMED_GROUP, ActorKind.STATE_FORCE, ActorKind.ANONYMOUS})
_VAGUE = frozenset({"region", "area", "territory", "country", "place", "east", "west", "north", "south"})
_HOLDER = 60  # code points between a place and the larger one that holds it: ', a town in the eastern'
_RANK = {"country": 0, "region": 1, "province": 2, "district": 3, "town": 4, "exact": 5}
_UNKNOWN = 4  # a place that the gazetteer doesn't know is most often a part of a town


class _Spot(msgspec.Struct, frozen=True):
    """A place as told: its name, the words, and how fine it is."""

    name: str
    span: Span
    rank: int


def places_told(
    cast: Cast, near: Sequence[Nearby], parts: Iterable[Part], others: Iterable[Part] = ()
) -> tuple[Named, ...]:
    """The places that the parts name, once each, in their order; of a place and what holds it, the place.

    ``near`` holds what touches each sentence. ``others`` are less sure: of them only those are taken that are told in
    one row with a place of the parts ('in Karesh, Oru and Vale'). Words that the gazetteer doesn't know stand as they
    are.
    """
    tree = cast.tree
    found: list[_Spot] = []
    for part in parts:
        for spot in _spots(cast, near, part.span):
            _take(found, spot)
    surest = list(found)
    for part in others:
        for spot in _spots(cast, near, part.span):
            if any(_in_one_row(tree, spot, one) for one in surest):
                _take(found, spot)
    finest = [s for s in found if not any(_holds(tree, s, other) for other in found)]
    ordered = sorted(finest, key=lambda s: s.span)
    return tuple(Named(name=s.name, span=s.span, said_at=s.span) for s in ordered)


def _take(found: list[_Spot], spot: _Spot) -> None:
    """Adds the place to those found; of two in the same words, or of one name, the one of the longer words stays."""
    rival = next((s for s in found if s.span.meets(spot.span) or s.name == spot.name), None)
    if rival is None:
        found.append(spot)
    elif len(rival.span) < len(spot.span):
        found[found.index(rival)] = spot


def _spots(cast: Cast, near: Sequence[Nearby], part: Span) -> list[_Spot]:
    tree = cast.tree
    known = [p for number in tree.sentences_of(part) for p in near[number].places if p.span.meets(part)]
    own = _whole(cast, part)
    if known and len(own) <= 2 * sum(len(p.span) for p in known):
        whole = {place: _from_its_word(tree, _premises(cast, place.span)) for place in known}
        spots = [_Spot(span.of(tree.text), span, _rank(place)) for place, span in whole.items()]
    elif len(own) and _names_a_place(cast, own):
        spots = [_Spot(own.of(tree.text), own, _UNKNOWN)]
    else:
        spots = []
    return [s for s in spots if not (describes_another(tree.text, s.span) or _speaks(near, tree, s.span))]


def _rank(place: Place) -> int:
    return _RANK.get(place.precision or "town", _UNKNOWN)


def _speaks(near: Sequence[Nearby], tree: Tree, span: Span) -> bool:
    """Whether the words are part of a source's: 'the Britain-based Observatory said'."""
    voices = (
        voice for number in tree.sentences_of(span) for said in near[number].attributions
        for voice in (*said.sources, *said.via)
    )  # fmt: skip
    return any((voice.said_at or voice.span).meets(span) for voice in voices)


def _premises(cast: Cast, name: Span) -> Span:
    """The name with the building or the ground that bears it: 'Karesh magistrates court'."""
    tree = cast.tree
    last = tree.last_in(name)
    if last is None:
        return name
    head = last
    while tree[head].dep in _DESCRIBING and head < tree[head].head <= head + 3:
        head = tree[head].head
    if head == last or tree[head].lemma.lower() not in cast.sets.premises:
        return name
    return Span(name.start, tree[head].end)


def _from_its_word(tree: Tree, name: Span) -> Span:
    """The name with the rest of its first word, where a hyphen joins them: 'north-east Oru', 'the Oru-Vale line'."""
    return Span(_word_start(tree, name.start), name.end)


def _word_start(tree: Tree, start: int) -> int:
    """Where the word begins that a hyphen joins to what stands here."""
    at = start
    while at > 1 and tree.text[at - 1] in _HYPHENS and tree.text[at - 2].isalpha():
        at -= 1
        while at > 0 and tree.text[at - 1].isalpha():
            at -= 1
    return at


def _whole(cast: Cast, part: Span) -> Span:
    """The words of the part, widened to whole names, without an article; empty where they name no thing."""
    tree = cast.tree
    nouns = [n for n in tree.between(part) if tree[n].pos in _NOMINAL and any(map(str.isalpha, tree[n].text))]
    if not nouns:
        return Span(part.start, part.start)
    spans = [name_span(tree, nouns[-1], cast.words, cast.sets), part]
    start = _word_start(tree, min(s.start for s in spans))
    whole = Span(start, max(s.end for s in spans)).trimmed(tree.text, EDGES)
    for article in ("the ", "a ", "an "):
        if whole.of(tree.text).lower().startswith(article):
            return Span(whole.start + len(article), whole.end)
    return whole


def _names_a_place(cast: Cast, words: Span) -> bool:
    """Whether words that the gazetteer doesn't know can name a place: neither people, nor 'the region' alone."""
    tree = cast.tree
    head = _head(tree, words)
    if head is None:
        return False
    mention = cast.mentions.get(head)
    if mention is not None and (mention.kind in _PEOPLE or _stands_for_another(tree, mention)):
        return False
    return len(words) > len(tree[head].text) or tree[head].lemma.lower() not in _VAGUE


def _stands_for_another(tree: Tree, mention: Mention) -> bool:
    """Whether the words are short for somebody's name: 'DARUNE' before what Lisk Darune says."""
    named = mention.kind in (ActorKind.PERSON, ActorKind.ORGANISATION)
    return named and mention.name.casefold() != mention.span.of(tree.text).casefold()


def _head(tree: Tree, span: Span) -> int | None:
    """The token on which the others in the span hang."""
    head = tree.last_in(span)
    while head is not None and tree[head].head != head and span.start <= tree[tree[head].head].start < span.end:
        head = tree[head].head
    return head


def _in_one_row(tree: Tree, a: _Spot, b: _Spot) -> bool:
    """Whether the two are told in one row: 'in Karesh, Oru and Vale'."""
    heads = [_head(tree, s.span) for s in (a, b)]
    if a is b or heads[0] is None or heads[1] is None:
        return False
    return _first_in_row(tree, heads[0]) == _first_in_row(tree, heads[1])


def _first_in_row(tree: Tree, index: int) -> int:
    for above in tree.ancestors(index):
        if tree[index].dep != "conj":
            break
        index = above
    return index


def _holds(tree: Tree, outer: _Spot, inner: _Spot) -> bool:
    """Whether the one is told as what holds the other: 'Karesh, a town in Orle', 'Ardania's northern hills'."""
    if outer is inner or _in_one_row(tree, outer, inner):
        return False
    if outer.rank < inner.rank:
        return True
    if outer.rank > inner.rank:
        return False
    between = tree.text[inner.span.end : outer.span.start]
    beside = inner.span.end <= outer.span.start <= inner.span.end + _HOLDER and between.strip() in (",", "in", ", in")
    return beside or _lies_by(tree, inner, outer)


def _lies_by(tree: Tree, inner: _Spot, outer: _Spot) -> bool:
    """Whether the parse hangs the outer on the inner: 'the Karesh camp on the Ardan border'."""
    low, high = _head(tree, inner.span), _head(tree, outer.span)
    if low is None or high is None or low >= high:
        return False
    return tree[high].dep in ("pobj", "appos") and low in list(tree.ancestors(high))[:2]
