"""Where a claim's event happened: the places that the trained reader points at, whole, the most specific of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from twosource.reading.evidence import EDGES
from twosource.reading.names import name_span
from twosource.reading.nearby import Nearby
from twosource.reading.roles import Cast
from twosource.reading.signals import Part
from twosource.reading.tree import Tree
from twosource.records import Named
from twosource.spans import Span

__all__ = ["places_told"]

_NOMINAL = ("NOUN", "PROPN", "NUM")
_HOLDER = 60  # code points between a place and the larger one that holds it: ', a town in the eastern'
_RANK = {"country": 0, "region": 1, "province": 2, "district": 3, "town": 4, "exact": 5}
_UNKNOWN = 4  # a place that the gazetteer doesn't know is most often a part of a town


class _Spot(msgspec.Struct, frozen=True):
    """A place as told: its name, the words, and how fine it is."""

    name: str
    span: Span
    rank: int


def places_told(cast: Cast, near: Sequence[Nearby], parts: Iterable[Part]) -> tuple[Named, ...]:
    """The places that the parts name, once each, in their order; of a place and what holds it, the place.

    ``near`` holds what touches each sentence. Words that the gazetteer doesn't know stand as they are.
    """
    found: list[_Spot] = []
    for part in parts:
        for spot in _spots(cast, near, part.span):
            rival = next((s for s in found if s.span.meets(spot.span) or s.name == spot.name), None)
            if rival is None:
                found.append(spot)
            elif len(rival.span) < len(spot.span):
                found[found.index(rival)] = spot
    finest = [s for s in found if not any(_holds(cast.tree, s, other) for other in found)]
    return tuple(Named(name=s.name, span=s.span, said_at=s.span) for s in finest)


def _spots(cast: Cast, near: Sequence[Nearby], part: Span) -> list[_Spot]:
    tree = cast.tree
    known = [p for number in tree.sentences_of(part) for p in near[number].places if p.span.meets(part)]
    own = _whole(cast, part)
    if known and len(own) <= 2 * sum(len(p.span) for p in known):
        return [_Spot(p.name, p.span, _RANK.get(p.precision or "town", _UNKNOWN)) for p in known]
    if not len(own):
        return []
    return [_Spot(own.of(tree.text), own, _UNKNOWN)]


def _whole(cast: Cast, part: Span) -> Span:
    """The words of the part, widened to whole names, without an article; empty where they name no thing."""
    tree = cast.tree
    nouns = [n for n in tree.between(part) if tree[n].pos in _NOMINAL and any(map(str.isalpha, tree[n].text))]
    if not nouns:
        return Span(part.start, part.start)
    spans = [name_span(tree, nouns[-1], cast.words, cast.sets), part]
    whole = Span(min(s.start for s in spans), max(s.end for s in spans)).trimmed(tree.text, EDGES)
    for article in ("the ", "a ", "an "):
        if whole.of(tree.text).lower().startswith(article):
            return Span(whole.start + len(article), whole.end)
    return whole


def _holds(tree: Tree, outer: _Spot, inner: _Spot) -> bool:
    """Whether the one is told as what holds the other: 'Karesh, a town in Orle', 'Ardania's northern hills'."""
    if outer is inner or outer.rank > inner.rank:
        return False
    if outer.rank < inner.rank:
        return True
    between = tree.text[inner.span.end : outer.span.start]
    return inner.span.end <= outer.span.start <= inner.span.end + _HOLDER and between.strip() in (",", "in", ", in")
