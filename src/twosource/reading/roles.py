"""Who, to whom, where, when and how many: what stands around an event word, by its frame."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from twosource.closed_sets import ActorKind
from twosource.knowledge.actors import ActorTable, ActorWords, WordUse
from twosource.knowledge.events import Frame
from twosource.knowledge.leaders import LeaderTable
from twosource.knowledge.word_sets import WordSets
from twosource.reading.evidence import governing_verb
from twosource.reading.helping import helping, owners
from twosource.reading.names import name_span
from twosource.reading.tree import Tree
from twosource.records import Figure, Mention, Named, Place, Time, Trigger, When
from twosource.spans import Span

__all__ = [
    "Cast",
    "describes_another",
    "figures_in",
    "fill_role",
    "is_plain_adjective",
    "is_undergone",
    "joint_owners",
    "modifier_parties",
    "named_maker",
    "places_of",
    "when_of",
]

_NO_PARTIES = frozenset({ActorKind.DOCUMENT})
_OF_PEOPLES = ("ish", "i", "ite", "an", "ese")  # ends of adjectives of peoples
_ONE_BREATH = 12  # code points between two places that are told together: ', and the '
_RANK = {"country": 0, "region": 1, "province": 2, "district": 3, "town": 4, "exact": 5}


class Cast(msgspec.Struct, frozen=True, kw_only=True):
    """What a report offers to fill roles with: its parse, and its mentions by head token."""

    tree: Tree
    mentions: dict[int, Mention]
    words: ActorWords
    table: ActorTable
    sets: WordSets
    leaders: LeaderTable


def fill_role(
    cast: Cast, trigger: Trigger, frame: Frame, slots: tuple[str, ...], *, things: bool = False
) -> tuple[Named, ...]:
    """The names in the first of the slots that holds any (in all of them where the frame says so), in order.

    ``things`` lets plain nouns in that name no actor ('a bakery').
    """
    names: list[Named] = []
    for slot in slots:
        if heads := _slot(cast, trigger, slot):
            known = {n.name for n in names}
            names += [n for n in _named(cast, heads, trigger.token, things=things) if n.name not in known]
        if names and not frame.all:
            break
    return tuple(names)


def _slot(cast: Cast, trigger: Trigger, slot: str) -> list[int]:
    """The head tokens in one slot (see data/en/frames.toml); none is a word of the trigger itself."""
    found, own, whole = _in_slot(cast, trigger.token, slot), trigger.span, slot == "partner"
    if not found:
        return []
    return [n for n in found if (whole and n == trigger.token) or not own.start <= cast.tree[n].start < own.end]


def _in_slot(cast: Cast, token: int, slot: str) -> list[int]:
    tree = cast.tree
    if slot == "agent":
        return tree.agents(token)
    if slot == "patient":
        return tree.patients(token)
    if slot == "owner":
        return owners(tree, token, cast.words)
    if slot == "modifier":
        return tree.under(token, ("compound", "amod", "nmod"))
    if slot == "bearer":
        return tree.bearers(token)
    if slot == "partner":
        return _partners(cast, token)
    if slot in ("helper", "helped"):
        return helping(tree, token, slot)
    if slot in ("outer", "outer_patient"):
        return _outer(cast, token, slot)
    return _behind(tree, token, slot)


def _partners(cast: Cast, token: int) -> list[int]:
    """The noun itself where it says whose and which partners they are, 'its Ardan allies'; else 'Ardan' of an ally."""
    tree = cast.tree
    described = tree.under(token, ("compound", "amod", "nmod"))
    owned = tree.under(token, ("poss",)) and tree[token].tag == "NNS" and not tree.bearers(token)
    told = [n for n in described if not is_plain_adjective(cast, n)]
    return [token] if owned and told else described


def _behind(tree: Tree, token: int, preposition: str) -> list[int]:
    """What stands behind the preposition, under the event word or under the verb that carries it."""
    own = tree.after(token, preposition)
    carried = preposition in ("of", "to", "from", "for") and tree[token].dep != "dobj"
    if own or tree[token].pos in ("VERB", "AUX") or carried or preposition == "of":
        return own
    verb = governing_verb(tree, token)
    return tree.after(verb, preposition) if verb is not None else []


def _outer(cast: Cast, token: int, slot: str) -> list[int]:
    """The subject of the verb that has the event noun as object, or the object of the verb that has it as subject.

    Whoever hears of a raid or fears it does nothing; whoever faces it, or comes under it, is the one it is done to.
    """
    tree = cast.tree
    verb = governing_verb(tree, token) if tree[token].pos not in ("VERB", "AUX") else None
    if verb is None:
        return []
    undergone = is_undergone(cast, token)
    if slot == "outer_patient" and not undergone:
        return [p for p in tree.patients(verb) if p != token] if tree.subject(verb) == token else []
    if slot == "outer":
        carries = tree[_carried(tree, token)].dep in ("dobj", "attr", "nsubj", "nsubjpass") and not undergone
        does = carries and tree.lemmas[verb] not in cast.sets.witnessing
        if not does or (tree.subject(verb) == token and not tree.is_passive(verb)):
            return []
    return [a for a in tree.agents(verb) if a != token]


def is_undergone(cast: Cast, token: int) -> bool:
    """Whether the subject of the verb that carries the event noun is whom it befalls: 'faced raids'."""
    tree = cast.tree
    verb = governing_verb(tree, token) if tree[token].pos not in ("VERB", "AUX") else None
    if verb is None or tree.is_passive(verb):
        return False
    noun = _carried(tree, token)
    above = tree[noun].head
    if tree[noun].dep == "pobj":
        return tree.words[above] == "under" and tree[above].head == verb
    own = any(tree[n].tag == "PRP$" for n in tree.under(noun, ("poss",)))  # 'the army sustained its offensive'
    return tree[noun].dep == "dobj" and tree.lemmas[verb] in cast.sets.undergoing and not own


def _carried(tree: Tree, token: int) -> int:
    """The noun that stands at the verb for the event noun: itself, the first of those joined, 'wave' of raids."""
    at = token
    for _ in range(4):
        above = tree[at].head
        if tree[at].dep == "conj":
            at = above
        elif tree[at].dep == "pobj" and tree.words[above] == "of":
            at = tree[above].head
        else:
            break
    return at


def _named(cast: Cast, heads: Iterable[int], event: int, *, things: bool) -> list[Named]:
    """The names of the heads and of those joined to them; a clause behind a noun tells of none joined behind it.

    'Groups backed by Ardan, as well as the Front' are two, and of the Front nothing is said.
    """
    names: list[Named] = []
    for head in heads:
        joined = cast.tree.conjuncts(head)
        if cast.tree[event].head == head and cast.tree[event].dep in ("acl", "relcl"):
            joined = [index for index in joined if index < event]
        for index in joined:
            named = _name(cast, index) or (_thing(cast, index) if things else None)
            if named is not None:
                names += joint_owners(cast, index) or [named]
    return names


def joint_owners(cast: Cast, index: int) -> list[Named]:
    """Both states of 'Ardan and Torran warplanes' or 'Ardan and Torran forces'; none where the words name one side.

    'Kurdish and Arab fighters' are one: no state stands behind either word.
    """
    mention, tree = cast.mentions.get(index), cast.tree
    if mention is not None and tree[index].tag == "NNS" and (groups := _joint_groups(cast, index)):
        return groups
    first = tree.under(index, ("amod",)) if mention is not None else ()
    joined = [at for one in first for at in tree.conjuncts(one) if tree.under(one, ("conj",))]
    if mention is None or not joined:
        return []
    if mention.rule != "owner" and not cast.words.has_use(tree.lemmas[index], WordUse.ARMED):
        return []
    owners = [named_maker(cast, Span(tree[at].start, tree[at].end)) for at in joined]
    states = [owner for owner in owners if owner is not None and owner.span != owner.said_at]
    return states if len(states) == len(joined) else []


def _joint_groups(cast: Cast, index: int) -> list[Named]:
    """Both groups of 'the Karu and Vale groups'; peoples before any other noun are none: 'Karu and Vale rebels'."""
    tree = cast.tree
    first = [at for at in tree.under(index, ("nmod", "compound")) if tree.under(at, ("conj",))]
    if not first or not tree[index].text.islower():
        return []
    if cast.words.kind_of(tree.lemmas[index]) is not ActorKind.GENERIC:
        return []
    named = cast.words.has_use(tree.lemmas[index], WordUse.BODY)
    joined = [at for one in first for at in tree.conjuncts(one)]
    if not all(tree[at].pos == "PROPN" and at < index and not cast.table.by_adjective(tree[at].text) for at in joined):
        return []
    words = [name_span(tree, at, cast.words, cast.sets) for at in joined]
    if not named and not all(cast.table.find(word.of(tree.text)) for word in words):
        return []
    return [Named(name=word.of(tree.text), span=word, said_at=word) for word in words]


def _name(cast: Cast, index: int) -> Named | None:
    """A mention's fullest name; a state's adjective before a noun ('the Ardan raid') counts as the state."""
    tree = cast.tree
    mention = cast.mentions.get(index)
    if mention is not None and mention.kind not in _NO_PARTIES:
        if mention.rule != "owner" and tree.lemmas[mention.head] in cast.sets.no_targets:
            return None
        said_at = Span(tree[index].start, tree[index].end) if mention.rule == "owner" else mention.span
        return Named(name=mention.name, span=mention.named_at, said_at=said_at)
    token = tree[index]
    if token.dep not in ("amod", "compound", "nmod") or is_plain_adjective(cast, index):
        return None
    span = Span(token.start, token.end)
    if token.text[:1].isupper():
        first = index
        while first > 0 and tree[first - 1].dep == "compound" and tree[first - 1].head == index:
            first -= 1
        if first >= 2 and tree[first - 1].text == "-" and tree[first - 2].end == tree[first - 1].start:
            first -= 2 if tree[first - 1].end == tree[first].start else 0
        span = Span(tree[first].start, token.end)
    return named_maker(cast, span)


def is_plain_adjective(cast: Cast, index: int) -> bool:
    """Whether the word is an adjective that names nobody, though a sentence may open with it: 'Enormous damage'."""
    tree = cast.tree
    token = tree[index]
    opens = index == tree.sentences[token.sentence].tokens.start
    of_people = token.text.endswith(_OF_PEOPLES) or not opens
    if token.pos != "ADJ" or (token.text[:1].isupper() and of_people):
        return False
    return not (cast.words.kind_of(token.text.lower()) or cast.table.by_adjective(token.text))


def named_maker(cast: Cast, span: Span) -> Named | None:
    """The name before an event noun or a hyphen: a state by its adjective, 'rebel' for rebels; no month, no thing."""
    text = cast.tree.text
    name = span.of(text)
    if name.lower() in cast.sets.calendar:
        return None
    if cast.words.kind_of(name) is not None:
        many = text.find(f"{name}s")
        named_at = Span(many, many + len(name) + 1) if many >= 0 else span
        return Named(name=named_at.of(text), span=named_at, said_at=span)
    if not name[:1].isupper():
        return None
    for state in cast.table.by_adjective(name):
        own = (word for word in (state.name, *state.aliases) if word not in state.metonyms)
        there = (word for word in own if word in text)  # no pattern is made for a name that is nowhere
        found = next((at for word in there if (at := re.search(rf"\b{re.escape(word)}\b", text))), None)
        if found is not None:
            return Named(name=found.group(), span=Span(found.start(), found.end()), said_at=span)
    return Named(name=name, span=span, said_at=span)


def _thing(cast: Cast, index: int) -> Named | None:
    """A plain noun to which something is done."""
    tree = cast.tree
    token = tree[index]
    if token.pos not in ("NOUN", "PROPN") or token.dep not in ("dobj", "nsubjpass", "pobj", "conj", "nsubj"):
        return None
    if token.lemma.lower() in cast.sets.no_targets:
        return None
    span = name_span(tree, index, cast.words, cast.sets)
    return Named(name=span.of(tree.text), span=span, said_at=span) if len(span) else None


def modifier_parties(cast: Cast, trigger: Trigger) -> tuple[Named | None, Named | None]:
    """X and Y of 'X-backed Y'."""
    tree = cast.tree
    token = tree[trigger.token]
    if "-" in token.text:
        left = Span(token.start, token.start + token.text.rindex("-"))
    elif trigger.token >= 2:
        first = trigger.token - 2
        while first > 0 and (tree[first - 1].pos == "PROPN" or tree[first - 1].end == tree[first].start):
            first -= 1
        left = Span(tree[first].start, tree[trigger.token - 2].end)
    else:
        return None, None
    return named_maker(cast, left), _described(cast, trigger)


def _described(cast: Cast, trigger: Trigger) -> Named | None:
    """The noun behind the modifier, without the modifier itself."""
    tree = cast.tree
    head = tree[trigger.token].head
    if head <= trigger.token:
        head = trigger.token + 1
    if head >= len(tree.tokens) or tree[head].pos not in ("NOUN", "PROPN", "ADJ"):
        return None
    mention = cast.mentions.get(head)
    if mention is not None and mention.span.start > tree[trigger.token].end:
        return Named(name=mention.name, span=mention.named_at, said_at=mention.span)
    span = Span(tree[trigger.token + 1].start, tree[head].end) if head > trigger.token else None
    return Named(name=span.of(tree.text), span=span, said_at=span) if span else None


def places_of(
    cast: Cast,
    trigger: Span,
    evidence: Span,
    sentence: Span,
    places: tuple[Place, ...],
    taken: Iterable[Span],
    *,
    strict: bool,
) -> tuple[Named, ...]:
    """The most specific places in the evidence, else in the sentence, nearest to the event word; none that is part of a
    party's name.

    ``strict`` asks for a preposition of place before it, and looks in the evidence alone.
    """
    names = list(taken)
    free = [p for p in places if not any(n.meets(p.span) for n in names)]
    free = [p for p in free if not describes_another(cast.tree.text, p.span)]
    for frame in (evidence,) if strict else (evidence, sentence):
        inside = [p for p in free if frame.holds(p.span) and _is_scene(cast, p, strict=strict)]
        if inside:
            finest = max(_rank(p) for p in inside)
            chosen = _beside([p for p in inside if _rank(p) == finest], trigger)
            return tuple(Named(name=p.name, span=p.span, said_at=p.span) for p in chosen)
    return ()


def describes_another(text: str, place: Span) -> bool:
    """Whether a hyphen makes the place a part of an adjective: 'the London-based group', 'US-backed forces'."""
    return text[place.end : place.end + 1] in ("-", "–", "‑") and text[place.end + 1 : place.end + 2].islower()


def _beside(places: list[Place], trigger: Span) -> list[Place]:
    """The place nearest to the event word, those behind it first, and the places told in one breath with it."""
    nearest = min(places, key=lambda p: (p.span.start < trigger.start, abs(p.span.start - trigger.start)))
    at = places.index(nearest)
    first = last = at
    while first > 0 and places[first].span.start - places[first - 1].span.end <= _ONE_BREATH:
        first -= 1
    while last + 1 < len(places) and places[last + 1].span.start - places[last].span.end <= _ONE_BREATH:
        last += 1
    return places[first : last + 1]


def _is_scene(cast: Cast, place: Place, *, strict: bool) -> bool:
    """Whether the place stands where a scene is named, and not as somebody who acts or owns."""
    tree = cast.tree
    last = tree.last_in(place.span)
    if last is None:
        return False
    while tree[last].dep in ("conj", "appos", "compound", "nmod") and tree[last].head != last:
        last = tree[last].head
    token = tree[last]
    if token.dep == "pobj":
        return tree.words[token.head] in cast.sets.locating
    return not strict and token.dep in ("dobj", "nsubjpass", "npadvmod", "ROOT", "pobj")


def _rank(place: Place) -> int:
    return _RANK.get(place.precision or "town", 3)


def when_of(text: str, evidence: Span, sentence: Span, times: tuple[Time, ...]) -> When | None:
    """The narrowest time in the evidence, else in the sentence; one without a day is no time of a claim."""
    for frame in (evidence, sentence):
        inside = [t for t in times if frame.holds(t.span) and (t.start or t.end or t.anchor is None)]
        dated = [t for t in inside if t.kind in ("DATE", "TIME") or t.start]
        if dated:
            finest = min(dated, key=lambda t: (not (t.start and t.end), _days(t), t.span))
            span = finest.phrase or finest.span
            return When(phrase=span.of(text), span=span, start=finest.start, end=finest.end)
    return None


def _days(time: Time) -> int:
    return (time.end - time.start).days if time.start and time.end else 10**6


def figures_in(runs: Iterable[Span], figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """The figures whose number stands in one of the runs, in order."""
    spans = list(runs)
    return tuple(f for f in figures if any(s.holds(f.number) for s in spans))
