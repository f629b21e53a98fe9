"""Mentions of actors: states, forces, armed groups, officials, people; each under its fullest name in the report."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import takewhile

import msgspec

from twosource.closed_sets import ActorKind
from twosource.knowledge.actors import ActorTable, ActorWords, WordUse
from twosource.knowledge.word_sets import WordSets
from twosource.reading.names import FullNames, full_names, name_head, name_span
from twosource.reading.tree import Tree
from twosource.records import Mention, Place, Token
from twosource.spans import Span

__all__ = ["ActorKnowledge", "find_mentions"]

_HEADS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ"})
_INNER = frozenset({"compound", "nmod", "amod"})
_PERSONS = frozenset({ActorKind.PERSON, ActorKind.OFFICIAL, ActorKind.ANONYMOUS})
_MANY = frozenset(ActorKind) - {ActorKind.STATE, ActorKind.PERSON}
_BODIES = frozenset({ActorKind.STATE, ActorKind.STATE_FORCE, ActorKind.ARMED_GROUP, ActorKind.ORGANISATION}) | {
    ActorKind.MONITOR,
    ActorKind.OUTLET,
    ActorKind.AGENCY,
}
_POINTING = frozenset({"the", "this", "that"})
_THESE = frozenset({"these", "those"})
_FAR_BACK = 60  # mentions before a short form among which its group may be
_PRONOUN_ROLES = {"PRP": ("nsubj", "nsubjpass", "pobj", "dobj"), "PRP$": ("poss",)}
_COLLECTIVE = frozenset({ActorKind.ARMED_GROUP, ActorKind.ORGANISATION, ActorKind.STATE_FORCE})


class ActorKnowledge(msgspec.Struct, frozen=True, kw_only=True):
    """What the layer is handed: the table of known actors, the words for actors, and sets of small words."""

    table: ActorTable
    words: ActorWords
    sets: WordSets


def find_mentions(tree: Tree, places: tuple[Place, ...], known: ActorKnowledge) -> tuple[Mention, ...]:
    """The mentions in order, at most one for a head token; pronouns and short forms carry their antecedent's name."""
    countries = {(p.span.start, p.span.end) for p in places if p.kind == "country"}
    elsewhere = {(p.span.start, p.span.end) for p in places if p.kind != "country"}
    of_countries = {n for start, end in countries for n in tree.between(Span(start, end))}
    in_places = of_countries | {n for start, end in elsewhere for n in tree.between(Span(start, end))}
    raw: list[Mention] = []
    for index, token in enumerate(tree.tokens):
        if token.pos not in _HEADS or token.dep in _INNER:
            continue
        mention = _pronoun(tree, index, known.sets) if token.tag in _PRONOUN_ROLES else None
        if mention is None:
            head = name_head(tree, index, known.words, in_places)
            if head in of_countries or _can_be_actor(tree[head], known.words):
                mention = _named(tree, index, head, countries, elsewhere, known)
        if mention is not None:
            raw.append(mention)
    names = full_names(tree, known.table, [m.span for m in raw if m.rule != "pronoun"])
    return _resolved(tree, raw, names, known)


def _pronoun(tree: Tree, index: int, sets: WordSets) -> Mention | None:
    """The mention of the pronoun at the index; None where it stands for no actor."""
    token = tree[index]
    if token.dep not in _PRONOUN_ROLES[token.tag] or not _stands_for(token.text.lower(), sets):
        return None
    held_to_account = tree.lemmas[token.head] in sets.accusing
    if token.dep == "dobj" and token.text.lower() in sets.pronouns_for_bodies and not held_to_account:
        return None  # what is retaken or confirmed is a thing most often
    span = Span(token.start, token.end)
    return Mention(span=span, name=token.text, named_at=span, kind=ActorKind.GENERIC, head=index, rule="pronoun")


def _stands_for(pronoun: str, sets: WordSets) -> frozenset[ActorKind]:
    """The kinds of actor that a pronoun can stand for; none for any other word."""
    if pronoun in sets.pronouns_for_one:
        return _PERSONS
    if pronoun in sets.pronouns_for_many:
        return _MANY
    return _BODIES if pronoun in sets.pronouns_for_bodies else frozenset()


def _can_be_actor(token: Token, words: ActorWords) -> bool:
    """Whether the word can head a mention: a name or a word for an actor, or for a thing that stands for its owner."""
    return token.pos == "PROPN" or words.kind_of(token.lemma) is not None or words.is_equipment(token.lemma)


def _named(
    tree: Tree,
    index: int,
    head: int,
    countries: set[tuple[int, int]],
    elsewhere: set[tuple[int, int]],
    known: ActorKnowledge,
) -> Mention | None:
    token = tree[head]
    if token.pos not in ("NOUN", "PROPN", "ADJ") or (token.pos == "ADJ" and head == index and token.dep != "nsubj"):
        return None
    span = name_span(tree, head, known.words, known.sets)
    name = span.of(tree.text)
    kind, rule, actor = _kind(tree, head, span, countries, elsewhere, known)
    if kind is None or not any(map(str.isalpha, name)) or name.lower() in known.sets.calendar:
        return None
    span, rule = _owner(tree, head, span, rule, known)
    return Mention(span=span, name=span.of(tree.text), named_at=span, kind=kind, head=index, rule=rule, actor=actor)


def _kind(
    tree: Tree,
    head: int,
    span: Span,
    countries: set[tuple[int, int]],
    elsewhere: set[tuple[int, int]],
    known: ActorKnowledge,
) -> tuple[ActorKind | None, str, str | None]:
    """The kind of actor, the rule that says so, and the id of its row where the table knows it."""
    token = tree[head]
    name = span.of(tree.text)
    rows = known.table.find(name)
    if rows and token.pos == "PROPN":
        return rows[0].kind, "table", rows[0].id if len(rows) == 1 else None
    where = (span.start, span.end)
    if where in countries:
        return ActorKind.STATE, "country", None
    if token.pos == "PROPN":
        return _proper_kind(tree, head, span, where in elsewhere, known)
    if known.words.is_equipment(token.lemma.lower()):
        return ActorKind.STATE_FORCE, "equipment", None
    kind = known.words.kind_of(token.lemma.lower())
    return kind, "word", None


def _proper_kind(
    tree: Tree, head: int, span: Span, is_place: bool, known: ActorKnowledge
) -> tuple[ActorKind | None, str, str | None]:
    parts = span.of(tree.text).split()
    if any(known.words.is_group_form(part) for part in parts):
        return ActorKind.ARMED_GROUP, "group-form", None
    kind = known.words.kind_of(tree.lemmas[head])
    if kind is not None:
        return kind, "word", None
    if is_place or tree[head].tag == "CD":
        return None, "place", None
    before = tree[head - len(parts)].text if head >= len(parts) else ""
    if known.words.is_title((before,)) or 2 <= len(parts) <= 3:
        return ActorKind.PERSON, "name", None
    return ActorKind.ORGANISATION, "proper", None


def _owner(tree: Tree, head: int, span: Span, rule: str, known: ActorKnowledge) -> tuple[Span, str]:
    """Equipment stands for its owner: 'Ardan warplanes' are Ardan, if the report names it, 'army jets' the army."""
    if rule != "equipment":
        return span, rule
    before = tree.under(head, ("amod", "compound", "nmod"))
    force = next((child for child in before if _is_force(tree[child], known)), None)
    if force is not None:
        own = name_span(tree, force, known.words, known.sets)
        words = [child for child in before if child < force and _is_whose(tree[child], known)]
        return (Span(tree[words[0]].start, own.end) if words else _several(tree, own, known)), "owner"
    for child in tree.under(head, ("amod", "compound", "poss", "nmod")):
        for state in known.table.by_adjective(tree[child].text):
            at = tree.text.find(state.name)
            if at >= 0:
                return Span(at, at + len(state.name)), "owner"
        if tree[child].dep == "poss":
            return name_span(tree, child, known.words, known.sets), "owner"
    return span, rule


def _is_force(token: Token, known: ActorKnowledge) -> bool:
    """Whether the word before the thing names who has it: 'army jets', 'rebel rockets', 'RSF drones'."""
    rows = known.table.find(token.text)
    named = any(row.kind in _COLLECTIVE for row in rows)
    return named or known.words.kind_of(token.lemma.lower()) in (ActorKind.GENERIC, ActorKind.OFFICIAL)


def _several(tree: Tree, word: Span, known: ActorKnowledge) -> Span:
    """Where the report first names several of those of whom one has the thing: 'rebels' for 'a rebel rocket'."""
    one = word.of(tree.text)
    armed = known.words.has_use(one.lower(), WordUse.ARMED) and not known.words.has_use(one.lower(), WordUse.COLLECTIVE)
    many = re.search(rf"\b{re.escape(one)}s\b", tree.text, re.IGNORECASE) if armed else None
    return Span(many.start(), many.end()) if many else word


def _is_whose(token: Token, known: ActorKnowledge) -> bool:
    """Whether the adjective is a state's: 'Ardan' of 'Ardan government jets'."""
    return bool(known.table.by_adjective(token.text))


def _resolved(tree: Tree, raw: list[Mention], names: FullNames, known: ActorKnowledge) -> tuple[Mention, ...]:
    """The mentions under their fullest names; a pronoun without an antecedent is dropped."""
    kinds = {mention.span: mention.kind for mention in raw}
    done: list[Mention] = []
    for mention in raw:
        kinds_meant = _stands_for(mention.name.lower(), known.sets)
        if mention.rule == "pronoun" or (mention.rule == "owner" and kinds_meant):
            before = _antecedent(tree, mention, done, kinds_meant, known.words)
        elif (noun := _short_form(tree, mention, known.sets)) is not None:
            bodies = [_body_of(tree, one, known) for one in done[-_FAR_BACK:] if not _may_be_place(tree, one)]
            before = _same_again(tree, mention, noun, bodies, known.words) or mention
        else:
            done.append(_under_full_name(tree, mention, names, kinds))
            continue
        if before is not None:
            done.append(
                msgspec.structs.replace(
                    mention, name=before.name, named_at=before.named_at, kind=before.kind, actor=before.actor
                )
            )
    return tuple(done)


def _short_form(tree: Tree, mention: Mention, sets: WordSets) -> int | None:
    """The token of 'the group' or 'these groups', which stand for whoever was told of before; None for other mentions.

    One group is told again with any article, several only with 'these' or 'those'.
    """
    noun = tree.last_in(mention.span)
    if noun is None or tree.lemmas[noun] not in sets.short_forms:
        return None
    words = mention.name.lower().split()
    if len(words) > 1:
        known = all(word in sets.calling for word in words[:-1])
        return noun if known and tree[noun].tag == "NN" and _is_pointed_at(tree, noun) else None
    if tree[noun].tag != "NNS":
        return noun
    return noun if any(tree.words[n] in _THESE for n in tree.under(noun, ("det",))) else None


def _is_pointed_at(tree: Tree, noun: int) -> bool:
    return any(tree.words[n] in _POINTING for n in tree.under(noun, ("det",)))


def _same_again(tree: Tree, mention: Mention, noun: int, before: list[Mention], words: ActorWords) -> Mention | None:
    """Whom the short form stands for: a body for one; for several those of the same noun, else any armed people."""
    if tree[noun].tag != "NNS":
        armed = (m for m in reversed(before) if m.kind is ActorKind.ARMED_GROUP and tree[noun].text != "party")
        return _antecedent(tree, mention, before, _COLLECTIVE, words) or next(armed, None)
    sentence = tree[noun].sentence
    recent = takewhile(lambda m: tree[m.head].sentence >= sentence - 2, reversed(before))
    many = [m for m in recent if m.kind in _COLLECTIVE | {ActorKind.GENERIC} and _is_plural(tree, m)]
    return next((m for m in many if m.name.split()[-1] == tree[noun].text), many[0] if many else None)


def _may_be_place(tree: Tree, mention: Mention) -> bool:
    """Whether an unknown name says where rather than who: 'the Front attacked Tamba'; no group is meant by that."""
    return mention.rule == "proper" and tree[mention.head].dep in ("dobj", "pobj", "nsubjpass")


def _body_of(tree: Tree, mention: Mention, known: ActorKnowledge) -> Mention:
    """The group of 'X fighters', where the table knows it; any other mention itself."""
    group, _, last = mention.name.rpartition(" ")
    if mention.kind is not ActorKind.GENERIC or not known.words.has_use(last, WordUse.ARMED):
        return mention
    rows = known.table.find(group)
    if not rows or rows[0].kind is ActorKind.STATE:
        return mention
    span = Span(mention.named_at.start, mention.named_at.start + len(group))
    return msgspec.structs.replace(mention, name=group, named_at=span, kind=rows[0].kind)


def _is_plural(tree: Tree, mention: Mention) -> bool:
    last = tree.last_in(mention.span)
    return last is not None and tree[last].tag == "NNS" and mention.rule != "pronoun"


def _under_full_name(tree: Tree, mention: Mention, names: FullNames, kinds: Mapping[Span, ActorKind]) -> Mention:
    full = names.of(mention.name)
    if full is None or len(full) <= len(mention.span):
        return mention
    kind = kinds.get(full, mention.kind)
    return msgspec.structs.replace(mention, name=full.of(tree.text), named_at=full, kind=kind)


def _antecedent(
    tree: Tree, mention: Mention, before: list[Mention], kinds: frozenset[ActorKind], words: ActorWords
) -> Mention | None:
    """The nearest fitting mention before, in this sentence or the two before it; subjects first."""
    sentence = tree[mention.head].sentence
    recent = takewhile(lambda m: tree[m.head].sentence >= sentence - 2, reversed(before))
    near = [m for m in recent if _fits(tree, m, kinds, words) and m.rule != "equipment"][::-1]
    near = [m for m in near if not _does_it_to(tree, m.head, mention.head)]
    joined = _joined_to(tree, mention.head)
    if (owner := next((m for m in near if m.head == joined), None)) is not None:
        return owner
    subjects = [m for m in near if tree[m.head].dep in ("nsubj", "nsubjpass")]
    pool = subjects or near
    return pool[-1] if pool else None


def _does_it_to(tree: Tree, doer: int, pronoun: int) -> bool:
    """Whether the pronoun is the object of what the doer does: in 'the court convicted him' he is not the court."""
    subject = tree[doer].dep in ("nsubj", "nsubjpass") and tree[pronoun].dep in ("dobj", "dative")
    return subject and tree[doer].head == tree[pronoun].head


def _joined_to(tree: Tree, pronoun: int) -> int | None:
    """The noun right before the 'and' that joins the owned one to a noun: 'army' of 'the army and its allies'."""
    owned = tree[pronoun].head
    if tree[pronoun].dep != "poss" or tree[owned].dep != "conj" or tree.lemmas[pronoun + 1] == "own":
        return None
    return pronoun - 2 if pronoun > 1 and tree[pronoun - 1].dep == "cc" else None


def _fits(tree: Tree, mention: Mention, kinds: frozenset[ActorKind], words: ActorWords) -> bool:
    """Whether a pronoun or a short form for these kinds can mean the mention: an army is 'it', one man isn't 'they'."""
    last = tree.last_in(mention.span)
    noun = tree[last] if last is not None else tree[mention.head]
    collective = words.has_use(noun.lemma.lower(), WordUse.COLLECTIVE)
    if kinds == _BODIES and collective and noun.tag not in ("NNS", "NNPS"):
        return True
    if kinds == _MANY and noun.pos == "NOUN" and noun.tag == "NN":
        return mention.kind in kinds and (collective or bool(tree.under(mention.head, ("conj",))))
    return mention.kind in kinds
