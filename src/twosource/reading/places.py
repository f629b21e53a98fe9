"""Named places: found by the gazetteer and by where capitalised words stand, resolved by the report's countries."""

from __future__ import annotations

from collections import Counter

import msgspec

from twosource.knowledge.actors import ActorTable, ActorWords
from twosource.knowledge.gazetteer import Gazetteer, GazetteerPlace
from twosource.knowledge.word_sets import WordSets
from twosource.reading.tree import Tree
from twosource.records import Place
from twosource.spans import Span

__all__ = ["PlaceKnowledge", "find_places"]


class PlaceKnowledge(msgspec.Struct, frozen=True, kw_only=True):
    """What the layer is handed: the gazetteer, and the known actors, whose names are no places."""

    gazetteer: Gazetteer
    table: ActorTable
    words: ActorWords
    sets: WordSets


class _Found(msgspec.Struct, frozen=True):
    first: int
    last: int
    known: tuple[GazetteerPlace, ...]


def find_places(tree: Tree, known: PlaceKnowledge) -> tuple[Place, ...]:
    """The places in order; one that is not in the gazetteer stays unresolved where a preposition shows it is one."""
    found = [*_by_gazetteer(tree, known)]
    taken = {i for f in found for i in range(f.first, f.last + 1)}
    found += [f for f in _again(tree, _by_position(tree, known)) if not taken & set(range(f.first, f.last + 1))]
    countries = _countries(tree, found, known)
    return tuple(_place(tree, f, countries, known.sets) for f in sorted(found, key=lambda f: f.first))


def _by_gazetteer(tree: Tree, known: PlaceKnowledge) -> list[_Found]:
    found: list[_Found] = []
    surnames = _surnames(tree, known)
    for sentence in tree.sentences:
        words = [tree[i].text for i in range(sentence.tokens.start, sentence.tokens.end)]
        at = 0
        while at < len(words):
            length = known.gazetteer.longest(words, at) if words[at][:1].isupper() or "-" in words[at] else 0
            first = sentence.tokens.start + at
            person = length == 1 and words[at] in surnames
            if length and not person and _reads_as_place(tree, first, first + length - 1, known):
                places = known.gazetteer.find(tree.span(range(first, first + length)).of(tree.text))
                if places:
                    found.append(_Found(first, first + length - 1, places))
                    at += length
                    continue
            at += 1
    return found


def _reads_as_place(tree: Tree, first: int, last: int, known: PlaceKnowledge) -> bool:
    """Whether the run is a name by itself, and no part of a person's, a group's or an institution's name."""
    if all(not tree[i].text[:1].isupper() for i in range(first, last + 1)):
        return False
    head = tree[last]
    if head.pos not in ("PROPN", "NOUN") or known.words.is_title((tree[first].text,)):
        return False
    name = tree.span(range(first, last + 1)).of(tree.text)
    if known.table.by_adjective(name):
        return False
    if _part_of_name(tree, first, last, known):
        return False
    if first > 0 and known.words.is_title((tree[first - 1].text,)) and head.dep != "pobj":
        return False
    if known.gazetteer.ambiguous(name):
        before = tree[first - 1].text.lower() if first else ""
        return before in known.sets.locating or (
            last + 1 < len(tree.tokens) and tree[last + 1].text.lower() in known.sets.place_nouns
        )
    return True


def _part_of_name(tree: Tree, first: int, last: int, known: PlaceKnowledge) -> bool:
    """'Aleppo' in 'Aleppo Media Centre' is no place, nor is 'Paris' in a person's name."""
    if last + 1 < len(tree.tokens):
        after = tree[last + 1]
        joined = after.pos == "PROPN" and after.text[:1].isupper() and tree[last].dep in ("compound", "nmod")
        if joined and after.text.lower() not in known.sets.place_nouns:
            return True
    if first > 0:
        before = tree[first - 1]
        given = (
            before.pos == "PROPN"
            and before.dep in ("compound", "nmod")
            and before.head <= last
            and before.head >= first
        )
        lower = before.text.lower()
        if (
            given
            and lower not in known.sets.directions
            and lower not in known.sets.place_nouns
            and not before.text.isupper()
        ):
            return True
    rows = known.table.find(tree.span(range(first, last + 1)).of(tree.text))
    return bool(rows) and rows[0].kind != "state"


def _again(tree: Tree, found: list[_Found]) -> list[_Found]:
    """A name that stood as a place once is that place wherever it stands by itself in the report."""
    names = {tuple(tree[i].text for i in range(f.first, f.last + 1)) for f in found}
    everywhere: list[_Found] = []
    for index, token in enumerate(tree.tokens):
        for name in names:
            last = index + len(name) - 1
            if token.text == name[0] and tuple(t.text for t in tree.tokens[index : last + 1]) == name:
                if tree[last].dep in ("compound", "nmod") and tree[tree[last].head].pos == "PROPN":
                    continue
                everywhere.append(_Found(index, last, ()))
    return everywhere


def _by_position(tree: Tree, known: PlaceKnowledge) -> list[_Found]:
    """Capitalised names behind 'in', 'near' and the like that are no known actor."""
    found: list[_Found] = []
    for index, token in enumerate(tree.tokens):
        if token.pos != "PROPN" or token.dep in ("compound", "nmod") or not token.text[:1].isupper():
            continue
        if not _stands_as_place(tree, index, known.sets):
            continue
        first = index
        while first > 0 and tree[first - 1].dep == "compound" and tree[first - 1].pos == "PROPN":
            first -= 1
        name = tree.span(range(first, index + 1)).of(tree.text)
        parts = name.split()
        calendar = token.lemma.lower() in known.sets.calendar or any(ch.isdigit() for ch in name)
        if calendar or known.table.find(name) or known.words.kind_of(token.lemma.lower()) or name.isupper():
            continue
        if any(known.words.is_group_form(part) or known.words.is_title((part,)) for part in parts):
            continue
        found.append(_Found(first, index, ()))
    return found


def _stands_as_place(tree: Tree, index: int, sets: WordSets) -> bool:
    """'in Karesh', 'the town of Karesh'."""
    token = tree[index]
    if token.dep != "pobj":
        return False
    preposition = tree[token.head]
    if preposition.text.lower() in sets.inside_of:
        return True
    return preposition.text.lower() == "of" and tree[preposition.head].text.lower() in sets.place_nouns


def _surnames(tree: Tree, known: PlaceKnowledge) -> set[str]:
    """Last words of people's names in the report: two capitalised words in a row, the first no place and no direction."""
    found: set[str] = set()
    for index in range(1, len(tree.tokens)):
        token, before = tree[index], tree[index - 1]
        pair = token.pos == before.pos == "PROPN" and before.dep == "compound" and before.head == index
        if not pair or before.text.isupper() or before.text.lower() in known.sets.directions | known.sets.place_nouns:
            continue
        if known.gazetteer.find(f"{before.text} {token.text}") or known.table.find(f"{before.text} {token.text}"):
            continue
        given = known.gazetteer.ambiguous(before.text) or not known.gazetteer.find(before.text)
        if given and not known.words.is_title((before.text,)) and not known.table.by_adjective(before.text):
            found.add(token.text)
    return found


def _countries(tree: Tree, found: list[_Found], known: PlaceKnowledge) -> Counter[str]:
    """How often each country (ISO code) is named in the report, by its name or by its adjective."""
    counts: Counter[str] = Counter()
    for f in found:
        for place in f.known[:1]:
            if place.kind == "country" and place.country:
                counts[place.country] += 2
    for token in tree.tokens:
        for state in known.table.by_adjective(token.text):
            counts.update(state.country)
    return counts


def _place(tree: Tree, found: _Found, countries: Counter[str], sets: WordSets) -> Place:
    first, last = _widened(tree, found, sets)
    span = Span(tree[first].start, tree[last].end)
    name = span.of(tree.text)
    if not found.known:
        return Place(span=span, name=name, rule="position")
    ranked = sorted(enumerate(found.known), key=lambda pair: (-_weight(pair[1], countries), pair[0]))
    best = ranked[0][1]
    return Place(
        span=span,
        name=name,
        rule="country-context" if best.country in countries else "best-known",
        place=best.id,
        kind=best.kind,
        country=best.country,
        admin1=best.admin1,
        lat=best.lat,
        lon=best.lon,
        precision=best.precision,
        runner_up=ranked[1][1].id if len(ranked) > 1 else None,
    )


def _weight(place: GazetteerPlace, countries: Counter[str]) -> float:
    """Countries outright; then namesakes in a country that the report names, the more often the better."""
    if place.kind == "country":
        return 1e9
    return float(countries.get(place.country or "", 0))


def _widened(tree: Tree, found: _Found, sets: WordSets) -> tuple[int, int]:
    """With the direction before it: 'northwestern Syria' is narrower than 'Syria'."""
    first = found.first
    while (
        first > 0
        and tree[first - 1].text.lower() in sets.directions
        and tree[first - 1].sentence == tree[first].sentence
    ):
        first -= 1
    return first, found.last
