"""Where places are named: by the gazetteer, by adjectives and short forms, and by where capitalised words stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

import msgspec

from twosource.reading.places.names_of_others import (
    given_before,
    is_abbreviation,
    is_country,
    is_known_body,
    is_word,
    surnames,
    well_known,
)
from twosource.reading.places.toponyms import PlaceKnowledge, Toponym, Use
from twosource.reading.places.unknown import unknown_names
from twosource.reading.tree import Tree

__all__ = ["find_toponyms"]

_NAME_POS: Final = frozenset({"PROPN", "NOUN", "ADJ", "X", "VERB", "ADV", "INTJ"})
_JOINS: Final = frozenset({",", "and", "or", "&", "/", "-"})
_SMALL_POS: Final = frozenset({"PRON", "AUX", "ADP", "CCONJ", "SCONJ", "PART", "PUNCT"})
_STREETS: Final = frozenset({"Street", "Avenue", "Road", "Boulevard", "Lane", "Highway"})
_LONGEST: Final = 6  # words of a name
_POSTAL: Final = 2  # letters of a state's postal code


class Run(msgspec.Struct, frozen=True):
    """The tokens from `first` to `last`, both included."""

    first: int
    last: int
    use: Use


def find_toponyms(tree: Tree, known: PlaceKnowledge) -> tuple[Toponym, ...]:
    """The names in order of the text, no two of them overlapping, each with its use."""
    people = surnames(tree, known)
    runs = list(_by_gazetteer(tree, known, people))
    runs = _free(runs, _listed(tree, runs, known, people))
    runs = _free(runs, (Run(first, last, Use.PLACE) for first, last in unknown_names(tree, known)))
    runs = _free(runs, _again(tree, runs, known, people))
    runs = [_widened(tree, run, known) for run in sorted(_kept(tree, runs, known), key=lambda run: run.first)]
    return tuple(Toponym(tree.span(range(run.first, run.last + 1)), run.use) for run in runs)


def _kept(tree: Tree, runs: list[Run], known: PlaceKnowledge) -> Iterator[Run]:
    """Without parts of names that may as well be people's; well-known places stay, and those named by themselves."""
    alone = {_words(tree, run) for run in runs if run.use is Use.PLACE}
    bodies = known.rules.words_of("bodies")
    for run in runs:
        if run.use is Use.PART and _words(tree, run) not in alone:
            after = tree[run.last + 1].text if run.last + 1 < len(tree.tokens) else ""
            body = after.lower() in bodies or known.words.is_title((after,))
            if not body and not well_known(tree.span(range(run.first, run.last + 1)).of(tree.text), known):
                continue
        yield run


def _words(tree: Tree, run: Run) -> tuple[str, ...]:
    return tuple(tree[i].text.upper() for i in range(run.first, run.last + 1))


def _free(runs: list[Run], more: Iterator[Run]) -> list[Run]:
    """The runs, and those of `more` that overlap none of them."""
    taken = {i for run in runs for i in range(run.first, run.last + 1)}
    found = list(runs)
    for run in more:
        tokens = range(run.first, run.last + 1)
        if taken.isdisjoint(tokens):
            taken.update(tokens)
            found.append(run)
    return found


def _by_gazetteer(tree: Tree, known: PlaceKnowledge, people: frozenset[str]) -> Iterator[Run]:
    for sentence in tree.sentences:
        at, end = sentence.tokens.start, sentence.tokens.end
        words = [tree[i].text for i in range(at, end)]
        shouted = _shouted(words)
        while at < end:
            word = words[at - sentence.tokens.start]
            if not word[:1].isupper() and "-" not in word:
                at += 1
                continue
            length, use = _name_at(tree, words, at, at - sentence.tokens.start, known)
            if length and use is Use.PLACE:
                use = _use_of(tree, at, at + length - 1, known, people, shouted=shouted)
            if length and use is not None:
                yield Run(at, at + length - 1, use)
            at += max(1, length if use is not None else 1)


def _shouted(words: list[str]) -> bool:
    """Whether the sentence is written in capitals throughout, so that they tell nothing of names."""
    letters = [word for word in words if word.isalpha()]
    return len(letters) > 2 and sum(map(str.isupper, letters)) > 0.8 * len(letters)


def _name_at(tree: Tree, words: list[str], index: int, at: int, known: PlaceKnowledge) -> tuple[int, Use | None]:
    """How many tokens from here make a name, and of which use; 0 where none begins."""
    word = words[at]
    if tree[index].pos in _SMALL_POS:
        return 0, None
    rules = known.rules
    if rules.is_short(word) and _short_stands(tree, index, word):
        return 1, Use.PLACE
    for length in (2, 1):
        if at + length <= len(words) and rules.is_adjective(" ".join(words[at : at + length])):
            longer = known.gazetteer.longest(_name_like(words, at, known), 0)
            return (length, Use.ADJECTIVE) if longer <= length else (longer, Use.PLACE)
    return known.gazetteer.longest(_name_like(words, at, known), 0), Use.PLACE


def _name_like(words: list[str], at: int, known: PlaceKnowledge) -> list[str]:
    """The words from here as far as a name may reach: up to a small word that stands inside no name."""
    inner = known.rules.words_of("inside_names")
    end = at + 1
    while end < len(words) and end < at + _LONGEST and not (words[end].islower() and words[end] not in inner):
        end += 1
    return words[at:end]


def _short_stands(tree: Tree, index: int, word: str) -> bool:
    """'Karesh, Ga.': behind a name and a comma; one with full stops inside also stands alone."""
    if word.count(".") > 1:
        return True
    comma = index > 1 and tree[index - 1].text == "," and tree[index - 2].text[:1].isupper()
    return comma or (len(word.strip(".")) > _POSTAL and word.endswith(".") and index > 0)


def _use_of(
    tree: Tree, first: int, last: int, known: PlaceKnowledge, people: frozenset[str], *, shouted: bool
) -> Use | None:
    """What the known name does here; None where it is a person's, or a word that means something else."""
    rules, head = known.rules, tree[last]
    if all(not tree[i].text[:1].isupper() for i in range(first, last + 1)) or head.pos not in _NAME_POS:
        return None
    if rules.is_short(head.text) and first == last:
        return Use.PLACE
    name = tree.span(range(first, last + 1)).of(tree.text)
    country = is_country(name, known)
    if not country and known.words.is_title((tree[first].text,)):
        return None
    if first == last and (head.text in people or is_word(head, known)):
        return None
    if is_abbreviation(name, known) and not shouted:
        return None
    ambiguous = known.gazetteer.ambiguous(name) or head.pos in ("VERB", "ADV", "INTJ") or shouted
    if ambiguous and not country and not _shown(tree, first, last, known):
        return None
    if first > 0 and head.dep != "pobj" and known.words.is_title((tree[first - 1].text,)):
        return None
    if given_before(tree, first, last, known):
        return None
    if is_known_body(name, known):
        return Use.PART if country else None
    if country and name.isupper() and not shouted and _modifies(tree, last, known):
        return Use.PART
    return _joined(tree, last, known, ambiguous=ambiguous)


def _modifies(tree: Tree, last: int, known: PlaceKnowledge) -> bool:
    """'US forces', 'UK aid': an abbreviation before a noun says whose it is, not where, but for a kind of place."""
    head = tree[tree[last].head]
    return tree[last].dep in ("compound", "nmod", "amod") and head.text.lower() not in known.sets.place_nouns


def _joined(tree: Tree, last: int, known: PlaceKnowledge, *, ambiguous: bool) -> Use | None:
    """'Aleppo Media Centre' has a place in its name; 'Jackson Hole' said of a person has none."""
    if last + 1 >= len(tree.tokens) or tree[last + 1].sentence != tree[last].sentence:
        return Use.PLACE
    after, lower = tree[last + 1], tree.words[last + 1]
    joined = after.pos == "PROPN" and after.text[:1].isupper() and tree[last].dep in ("compound", "nmod")
    if not joined or lower in known.sets.place_nouns or known.rules.is_short(after.text):
        return Use.PLACE
    if lower in known.rules.words_of("bodies") or known.words.is_title((after.text,)):
        return Use.PART
    return None if ambiguous else Use.PART


def _shown(tree: Tree, first: int, last: int, known: PlaceKnowledge) -> bool:
    """Whether the words around show that a name which is also a word or a person's is a place's."""
    before = tree.words[first - 1] if first else ""
    after = tree.words[last + 1] if last + 1 < len(tree.tokens) else ""
    if after[:1].isdigit():
        return False
    if before in known.rules.words_of("place_shown_by") or after in known.sets.place_nouns:
        return True
    if before == "of" and first > 1 and tree.words[first - 2] in known.sets.place_nouns:
        return True
    if _is_dateline(tree, first, last):
        return True
    if after == "," and last + 2 < len(tree.tokens):
        return _is_holder(tree[last + 2].text, known)
    return False


def _is_holder(word: str, known: PlaceKnowledge) -> bool:
    """Whether the word is a state's or a country's name, or a short form of one."""
    if not word[:1].isupper():
        return False
    first = known.gazetteer.find(word)[:1]
    return known.rules.is_short(word) or any(place.kind in ("country", "admin1") for place in first)


def _is_dateline(tree: Tree, first: int, last: int) -> bool:
    """'KARESH (Agency) - ', 'KARESH -- ' at the head of a sentence."""
    start = tree.sentences[tree[first].sentence].tokens.start
    if first != start or not tree[last].text.isupper():
        return False
    return any(t.text in ("-", "--", "–", "—", "(") for t in tree.tokens[last + 1 : last + 4])


def _listed(tree: Tree, runs: list[Run], known: PlaceKnowledge, people: frozenset[str]) -> Iterator[Run]:
    """Names that are also words or people's, but stand in a list with a place: 'Becker, Clay and Grant counties'."""
    places = {i for run in runs if run.use is Use.PLACE for i in (run.first, run.last)}
    for _ in range(2):
        for index in tree.capitalised:
            token = tree[index]
            if index in places or not _beside(tree, index, places):
                continue
            if token.text in people or is_word(token, known) or not known.gazetteer.find(token.text):
                continue
            if given_before(tree, index, index, known) or _joined(tree, index, known, ambiguous=True) is not Use.PLACE:
                continue
            places.add(index)
            yield Run(index, index, Use.PLACE)


def _beside(tree: Tree, index: int, places: set[int]) -> bool:
    """Whether a comma or a joining word is all that parts the token from a place on each side where a list goes on."""
    left = index > 1 and tree[index - 1].text in _JOINS and index - 2 in places
    right = index + 2 < len(tree.tokens) and tree[index + 1].text in _JOINS and index + 2 in places
    return left or right


def _again(tree: Tree, runs: list[Run], known: PlaceKnowledge, people: frozenset[str]) -> Iterator[Run]:
    """A name that stood as a place is that place wherever it stands by itself in the report, in capitals too.

    One that may be something else must have stood as a place in half of all cases.
    """
    counts = Counter(_words(tree, run) for run in runs if run.use is Use.PLACE)
    names: dict[str, list[tuple[str, ...]]] = {}
    for words in counts:
        names.setdefault(words[0], []).append(words)
    found: dict[tuple[str, ...], list[Run]] = {}
    for starting in names.values():
        starting.sort(key=len, reverse=True)
    for index in tree.capitalised:
        for words in names.get(tree[index].text.upper(), ()):
            last = index + len(words) - 1
            if tuple(t.text.upper() for t in tree.tokens[index : last + 1]) == words:
                found.setdefault(words, []).append(Run(index, last, Use.PLACE))
                break
    for words, everywhere in found.items():
        name = tree.span(range(everywhere[0].first, everywhere[0].last + 1)).of(tree.text)
        doubtful = known.gazetteer.ambiguous(name) or not known.gazetteer.find(name)
        if doubtful and 2 * counts[words] < len(everywhere):
            continue
        yield from (run for run in everywhere if _stands_alone(tree, run, people, known))


def _stands_alone(tree: Tree, run: Run, people: frozenset[str], known: PlaceKnowledge) -> bool:
    if run.first == run.last and tree[run.last].text in people:
        return False
    if given_before(tree, run.first, run.last, known):
        return False
    joined = tree[run.last].dep in ("compound", "nmod") and tree[tree[run.last].head].pos == "PROPN"
    return not joined or _capitals(tree, run.last)


def _capitals(tree: Tree, index: int) -> bool:
    return tree[index].text.isupper() and len(tree[index].text) > 3


def _widened(tree: Tree, run: Run, known: PlaceKnowledge) -> Run:
    """With the direction before it, and a street's word behind it: 'northwestern Syria' is narrower than 'Syria'."""
    first, last = run.first, run.last
    if run.use is Use.PLACE and last + 1 < len(tree.tokens) and tree[last + 1].text in _STREETS:
        last += 1
    while (
        run.use is Use.PLACE
        and first > 0
        and tree.words[first - 1] in known.sets.directions
        and tree[first - 1].sentence == tree[first].sentence
    ):
        first -= 1
    return Run(first, last, run.use)
