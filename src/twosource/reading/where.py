"""Where a claim's event happened: the places that the trained reader points at, whole, the most specific of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from twosource.closed_sets import ActorKind
from twosource.knowledge.word_sets import WordSets
from twosource.reading.evidence import EDGES
from twosource.reading.names import name_span
from twosource.reading.nearby import Nearby
from twosource.reading.roles import Cast, describes_another
from twosource.reading.signals import Part
from twosource.reading.tree import Tree
from twosource.records import Mention, Named, Place
from twosource.spans import Span

__all__ = ["place_described", "places_below", "places_spoken_of", "places_told"]

_FEW = 4  # words
_LEADING_ON = frozenset({"ADP", "DET", "CCONJ", "PART"})
_NOMINAL = ("NOUN", "PROPN")
_DESCRIBING = ("compound", "amod", "nmod")
_HYPHENS = "-–‑"
_ARTICLES = ("the ", "a ", "an ")
_PEOPLE = frozenset({ActorKind.CIVILIANS, ActorKind.ARMED_GROUP, ActorKind.STATE_FORCE, ActorKind.ANONYMOUS})
_VAGUE = frozenset({"region", "area", "territory", "country", "place", "east", "west", "north", "south"})
_HOLDER = 60  # code points between a place and the larger one that holds it: ', a town in the eastern'
_RANK = {"country": 0, "region": 1, "province": 2, "district": 3, "town": 4, "exact": 5}
_IN_A_ROW = frozenset({"conj"})
_IN_A_ROW_OF_NAMES = frozenset({"conj", "appos"})  # 'in Karesh, the city of Oru and the province of Vale'
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
    found: list[_Spot] = []
    for part in parts:
        for spot in _spots(cast, near, part.span):
            _take(found, spot)
    surest = list(found)
    for spot in _beside_them(cast, near, surest):
        _take(found, spot)
    for part in others:
        for spot in _spots(cast, near, part.span):
            if any(_in_one_row(cast, spot, one) for one in surest):
                _take(found, spot)
    finest = [s for s in found if not any(_holds(cast, s, other) for other in found)]
    ordered = sorted(finest, key=lambda s: s.span)
    return tuple(Named(name=s.name, span=s.span, said_at=s.span) for s in ordered)


def place_described(cast: Cast, near: Sequence[Nearby], token: int, parts: Sequence[Part]) -> tuple[Named, ...]:
    """The known place of which the event word (a token) tells: 'Karesh, where shells fell', 'Oru, which was bombed',
    'annexed Vale', 'Orle fell'; empty for any other, and where one of the ``parts`` names a place in such a clause.
    """
    tree = cast.tree
    noun = _noun_described(tree, token)
    if noun is None or (tree[token].dep == "relcl" and _names_its_own(tree, token, parts)):
        return ()
    at = Span(tree[noun].start, tree[noun].end)
    for place in near[tree[noun].sentence].places:
        if place.span.meets(at) and place.span.end == at.end and not describes_another(tree.text, place.span):
            name = _from_its_word(tree, _premises(cast, place.span))
            return (Named(name=name.of(tree.text), span=name, said_at=name),)
    return ()


def _names_its_own(tree: Tree, verb: int, parts: Sequence[Part]) -> bool:
    """Whether a place is named in the clause itself: 'Ardania, where gangs hold most of Karesh'."""
    heads = (tree.top_of(part.span) for part in parts)
    return any(head is not None and tree[head].pos == "PROPN" and tree.is_below(head, verb) for head in heads)


def places_below(tree: Tree, told: tuple[Named, ...], token: int, sets: WordSets) -> tuple[Named, ...]:
    """Those of the places that hang on the event word or that its clause describes, where one does and others are told
    in its sentence ('in Nyala they heard of the raid on Goma'); else all but those that a concession parts from it
    ('though at war with Ardania, they keep a base in Orle').

    A 'potential attack' has no place of another sentence.
    """
    event = tree[token].head if tree[token].dep in ("acomp", "attr") else token
    described = tree[token].head if tree[token].dep in ("relcl", "amod") else event
    heads = {named: tree.top_of(named.span) for named in told}
    hang = {
        head
        for head in heads.values()
        if head is not None and (tree.is_below(head, event) or head == described or _follows(tree, head, token))
    }
    sentence = tree[token].sentence
    potential = any(tree.lemmas[n] in sets.potential for n in tree.under(token, ("amod",)))
    near = {n: h for n, h in heads.items() if h is None or not potential or tree[h].sentence == sentence}
    if hang:
        return tuple(n for n, head in near.items() if head is None or head in hang or tree[head].sentence != sentence)
    return tuple(n for n, head in near.items() if head is None or not _is_conceded(tree, token, head, sets))


def _follows(tree: Tree, place: int, token: int) -> bool:
    """Whether the place stands right behind the noun that the event word describes: 'shelled towns north of Orle'."""
    noun = tree[token].head
    return tree[token].dep == "amod" and tree[token].tag == "VBN" and token < noun == place - 1


def _is_conceded(tree: Tree, token: int, place: int, sets: WordSets) -> bool:
    """Whether a concession holds the event and not the place: 'despite the war with Ardania', 'though it is at war'."""
    if tree[token].sentence != tree[place].sentence:
        return False
    around = {place, *tree.ancestors(place)}
    return any(n not in around and _concedes(tree, n, sets) for n in (token, *tree.ancestors(token)))


def _concedes(tree: Tree, word: int, sets: WordSets) -> bool:
    if tree[word].dep == "prep":
        return tree.words[word] in sets.conceding
    marks = [tree.words[n] for n in tree.under(word, ("mark",))]
    return (
        tree[word].dep == "advcl"
        and bool(tree.under(word, ("nsubj", "nsubjpass")))
        and bool(set(marks) & sets.conceding)
    )


def places_spoken_of(tree: Tree, near: Sequence[Nearby], told: tuple[Named, ...], anchor: Span) -> tuple[Named, ...]:
    """The places without those where somebody only spoke, in a sentence before the one that tells of the event: 'In
    Nyala, the envoy called for calm. "We will meet tomorrow," he said.'

    In the sentence itself it may be the event's as well: 'In Nyala, police said that two men were shot'.
    """
    sentence = tree.sentences_of(anchor).start
    if not any(part.holds(anchor) for said in near[sentence].attributions for part in said.content):
        return told
    return tuple(
        n for n in told if sentence in tree.sentences_of(n.span) or not _is_where_one_spoke(tree, near, n.span)
    )


def _is_where_one_spoke(tree: Tree, near: Sequence[Nearby], place: Span) -> bool:
    """Whether the place hangs on the word for speaking, outside of what is said."""
    head = tree.top_of(place)
    if head is None or tree[head].dep != "pobj":
        return False
    verb = tree[tree[tree[head].head].head]
    for said in near[tree[head].sentence].attributions:
        if said.cue.holds(Span(verb.start, verb.end)) and not any(part.meets(place) for part in said.content):
            return True
    return False


def _noun_described(tree: Tree, token: int) -> int | None:
    word = tree[token]
    if word.dep == "amod" or (word.dep == "acl" and word.tag == "VBN"):
        return word.head
    if word.dep == "relcl":
        where = any(tree.words[n] == "where" for n in tree.under(token, ("advmod",)))
        suffers = any(tree[n].tag in ("WDT", "WP") for n in tree.under(token, ("nsubjpass",)))
        return word.head if where or suffers else None
    if word.lemma.lower() == "fall":
        return next(iter(tree.under(token, ("nsubj",))), None)
    return None


def _take(found: list[_Spot], spot: _Spot) -> None:
    """Adds the place to those found; of two in the same words, or of one name, the one of the longer words stays."""
    rival = next((s for s in found if s.span.meets(spot.span) or s.name == spot.name), None)
    if rival is None:
        found.append(spot)
    elif len(rival.span) < len(spot.span):
        found[found.index(rival)] = spot


def _beside_them(cast: Cast, near: Sequence[Nearby], told: Sequence[_Spot]) -> list[_Spot]:
    """The known places in one row with those told, of like fineness: an event in 'Karesh, Oru and Vale' was in each.

    Between two places it was in neither.
    """
    tree = cast.tree
    beside = []
    numbers = sorted({n for s in told for n in tree.sentences_of(s.span)})
    for place in (p for number in numbers for p in near[number].places):
        spot = _Spot(place.span.of(tree.text), place.span, _rank(place))
        alike = [one for one in told if spot.rank == one.rank or min(spot.rank, one.rank) >= _RANK["province"]]
        in_row = any(_in_one_row(cast, spot, one) for one in alike)
        if in_row and not describes_another(tree.text, spot.span) and not _is_between(tree, spot):
            beside.append(spot)
    return beside


def _is_between(tree: Tree, spot: _Spot) -> bool:
    head = tree.top_of(spot.span)
    above = (head, *tree.ancestors(head)) if head is not None else ()
    row = next((n for n in above if tree[n].dep != "conj"), None)
    return row is not None and tree[row].dep == "pobj" and tree.words[tree[row].head] == "between"


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
    if head == last or tree.lemmas[head] not in cast.sets.premises:
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
    name = name_span(tree, nouns[-1], cast.words, cast.sets)
    start = _word_start(tree, min(name.start, part.start))
    whole = _to_its_noun(tree, Span(start, max(name.end, part.end)).trimmed(tree.text, EDGES))
    words = whole.of(tree.text).lower()
    article = next((one for one in _ARTICLES if words.startswith(one)), "") if words.startswith(_ARTICLES) else ""
    return Span(whole.start + len(article), whole.end)


def _to_its_noun(tree: Tree, name: Span) -> Span:
    """The name with what its last word leads to ('front lines in' the north), or without that word."""
    for _ in range(_FEW):
        last = tree.last_in(name)
        if last is None or tree[last].pos not in _LEADING_ON or tree[last].start <= name.start:
            break
        head = last if tree[last].pos in ("ADP", "PART") else tree[last].head
        noun = next(iter(tree.under(head, ("pobj",))), head)
        near = last < noun <= last + _FEW and tree[noun].pos in _NOMINAL
        name = Span(name.start, tree[noun].end if near else tree[last - 1].end)
    return name


def _names_a_place(cast: Cast, words: Span) -> bool:
    """Whether words that the gazetteer doesn't know can name a place: neither people, nor 'the region' alone."""
    tree = cast.tree
    head = tree.top_of(words)
    if head is None:
        return False
    mention = cast.mentions.get(head)
    if mention is not None and (mention.kind in _PEOPLE or _stands_for_another(tree, mention)):
        return False
    return len(words) > len(tree[head].text) or tree.lemmas[head] not in _VAGUE


def _stands_for_another(tree: Tree, mention: Mention) -> bool:
    """Whether the words are short for somebody's name: 'DARUNE' before what Lisk Darune says."""
    named = mention.kind in (ActorKind.PERSON, ActorKind.ORGANISATION)
    return named and mention.name.casefold() != mention.span.of(tree.text).casefold()


def _in_one_row(cast: Cast, a: _Spot, b: _Spot) -> bool:
    """Whether the two are told in one row: 'in Karesh, Oru and Vale', 'the city of Karesh and the province of Vale'."""
    if a is b:
        return False
    one, other = cast.tree.top_of(a.span), cast.tree.top_of(b.span)
    if one is None or other is None:
        return False
    row, beside = _row_of(cast, one), _row_of(cast, other)
    return row[-1] == beside[-1] and one not in beside[1:-1] and other not in row[1:-1]


def _row_of(cast: Cast, index: int) -> list[int]:
    """The place, the noun of the wider name in which it stands ('the city of Karesh'), if any, and the first of the row
    in which that stands.
    """
    tree = cast.tree
    around, joining = index, _IN_A_ROW
    of = tree[index].head
    if tree[index].dep == "pobj" and tree.words[of] == "of":
        noun = tree[of].head
        some = any(tree.words[n] in ("a", "an") for n in tree.under(noun, ("det",)))
        if tree.lemmas[noun] in cast.sets.place_nouns and not some:
            around, joining = noun, _IN_A_ROW_OF_NAMES
    first = around
    for above in tree.ancestors(around):
        if tree[first].dep not in joining or tree[above].pos not in _NOMINAL:
            break
        first = above
    return [index, first] if around == index else [index, around, first]


def _holds(cast: Cast, outer: _Spot, inner: _Spot) -> bool:
    """Whether the one is told as what holds the other: 'Karesh, a town in Orle', 'Ardania's northern hills'."""
    if outer is inner or _in_one_row(cast, outer, inner):
        return False
    if outer.rank < inner.rank:
        return True
    if outer.rank > inner.rank:
        return False
    tree = cast.tree
    between = tree.text[inner.span.end : outer.span.start]
    beside = inner.span.end <= outer.span.start <= inner.span.end + _HOLDER and between.strip() in (",", "in", ", in")
    return beside or _lies_by(tree, inner, outer)


def _lies_by(tree: Tree, inner: _Spot, outer: _Spot) -> bool:
    """Whether the parse hangs the outer on the inner: 'the Karesh camp on the Ardan border'."""
    low, high = tree.top_of(inner.span), tree.top_of(outer.span)
    if low is None or high is None or low >= high:
        return False
    return tree[high].dep in ("pobj", "appos") and low in tree.ancestors(high)[:2]
