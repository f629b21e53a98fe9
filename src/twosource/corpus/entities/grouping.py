"""Names of all reports, brought together where they mean one actor. The order of the reports changes nothing.

What the tables know is settled before; here the names that no table has are compared by their form, by who stands with
them, and by what reports say of acronyms. People's decisions beat all of it.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import msgspec

from twosource.closed_sets import ActorKind
from twosource.corpus.entities.bonds import Bond, Bonds, Parting
from twosource.corpus.entities.forms import NameForm, is_acronym
from twosource.corpus.entities.index import id_of_given_name, id_of_name
from twosource.corpus.entities.knowing import EntityKnowledge
from twosource.corpus.entities.likeness import Likeness, bones, compare_forms
from twosource.corpus.entities.scene import Sort, Used
from twosource.corpus_records import Judgement

__all__ = [
    "MOST_IN_BLOCK",
    "Group",
    "Node",
    "are_compared",
    "blocking_keys",
    "bonds_by_definition",
    "bonds_by_form",
    "chief_name",
    "group_names",
    "groups_of",
    "tell_given_names_apart",
    "told_apart",
]

_GIVEN_NAME = "given-name"
_LETTERS = "letters "
MOST_IN_BLOCK = 40
"""Names that share a key: more of them, and the key says nothing."""

_SETTLED_BY_COMPANY = frozenset(["form.person", "form.near", "form.letter", "form.consonants"])
_SPELT_ALIKE = frozenset(["form.alike", "form.spelling", "form.consonants"])
_STRENGTHS = ("form.alike", "corpus.defined", "form.spelling", "form.body", "form.consonants", "form.person")


class Node(msgspec.Struct):
    """A name that no table has, with all that reports tell of it."""

    id: str
    names: Counter[str]
    company: set[str]
    beside: set[str]
    against: set[str]
    kind: ActorKind


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """Ids that are one entity: ``id`` is the one that stands for all; ``bonds`` tell why, ``maybe`` what is unsure."""

    id: str
    members: tuple[str, ...]
    bonds: tuple[Bond, ...]
    maybe: tuple[Bond, ...]


def group_names(used: Sequence[Used], partings: Iterable[Parting], knowledge: EntityKnowledge) -> tuple[Group, ...]:
    """The groups of everything that is used, by id; names alone in their group too.

    ``used`` must hold each name of a report once, with the report's own people and given names told apart already.
    """
    nodes = _nodes(used)
    forms = {id_: knowledge.form(chief_name(node.names)) for id_, node in nodes.items()}
    found = [*bonds_by_form(_candidates(forms), nodes, knowledge), *bonds_by_definition(_explained(used), nodes)]
    return groups_of({one.naming.entity for one in used}, found, nodes, partings)


def groups_of(
    ids: Iterable[str], found: Sequence[Bond], nodes: Mapping[str, Node], partings: Iterable[Parting] = ()
) -> tuple[Group, ...]:
    """The groups that these bonds make of the ids, by id. Ids that only bonds name are unsure of theirs."""
    bonds = Bonds(ids, partings)
    for bond in sorted((one for one in found if one.judgement is Judgement.SAME), key=_strength):
        bonds.tie(bond)
    return tuple(_groups(bonds, found, nodes))


def tell_given_names_apart(used: Sequence[Used]) -> list[Used]:
    """The same, but that one given name alone ('Ahmad') is somebody else in every report."""
    given = {
        words[0]
        for one in used
        if one.naming.sort is Sort.NAMED and one.naming.kind is ActorKind.PERSON
        for words in [one.naming.full.split()]
        if len(words) > 1
    }
    return [told_apart(one) if one.naming.sort is Sort.NAMED and one.naming.full in given else one for one in used]


def told_apart(one: Used) -> Used:
    """The use of a given name alone as one of somebody whom only this report names."""
    told = f"'{one.naming.name}' is a given name that others bear too: it stays with this report."
    naming = msgspec.structs.replace(
        one.naming,
        entity=id_of_given_name(one.report, one.naming.full),
        kind=ActorKind.PERSON,
        rule=_GIVEN_NAME,
        reason=told,
    )
    return msgspec.structs.replace(one, naming=naming)


def _nodes(used: Sequence[Used]) -> dict[str, Node]:
    """The names that no table has, by id."""
    entity_in = {(one.report, one.naming.name): one.naming for one in used}
    nodes: dict[str, Node] = {}
    for one in used:
        naming = one.naming
        if naming.sort is not Sort.NAMED or naming.rule == _GIVEN_NAME:
            continue
        node = nodes.setdefault(naming.entity, Node(naming.entity, Counter(), set(), set(), set(), naming.kind))
        node.names[naming.full] += 1
        for names, kept in ((naming.beside, node.beside), (naming.against, node.against)):
            for name in names:
                other = entity_in.get((one.report, name))
                if other is not None and other.entity != naming.entity and other.sort is not Sort.GENERIC:
                    kept.add(other.entity)
                    if other.sort is Sort.KNOWN and other.kind is not ActorKind.STATE:
                        node.company.add(other.entity)
    return nodes


def bonds_by_form(
    pairs: Collection[tuple[str, str]], nodes: Mapping[str, Node], knowledge: EntityKnowledge
) -> Iterator[Bond]:
    """What the forms of two names tell, for these pairs of ids."""
    forms = {id_: knowledge.form(chief_name(nodes[id_].names)) for pair in pairs for id_ in pair}
    for first, second in sorted(pairs):
        likeness = _with_company(compare_forms(forms[first], forms[second]), nodes[first], nodes[second])
        if likeness.judgement is not Judgement.DIFFERENT:
            yield Bond(first, second, likeness.judgement, likeness.rule, likeness.reason)


def _candidates(forms: Mapping[str, NameForm]) -> set[tuple[str, str]]:
    blocks: dict[str, list[str]] = defaultdict(list)
    for id_, form in forms.items():
        for key in blocking_keys(form):
            blocks[key].append(id_)
    return {
        pair
        for key, block in blocks.items()
        if len(block) <= MOST_IN_BLOCK
        for pair in itertools.combinations(sorted(block), 2)
        if are_compared(key, forms[pair[0]], forms[pair[1]])
    }


def are_compared(key: str, first: NameForm, second: NameForm) -> bool:
    """Whether two names that share a key are compared: for their first letters only where one is an acronym."""
    return not key.startswith(_LETTERS) or bool(first.acronym or second.acronym)


def blocking_keys(form: NameForm) -> frozenset[str]:
    """What names of one actor may share: their sound, their consonants, a surname with an initial, first letters."""
    return frozenset(_keys(form))


def _keys(form: NameForm) -> Iterator[str]:
    yield f"sound {form.sound}"
    yield f"bones {bones(form.sound)}"
    if form.acronym:
        yield f"{_LETTERS}{form.acronym.casefold().replace('-', '')}"
    elif len(form.words) > 1:
        yield f"person {form.core[0][:1]} {bones(form.core[-1])}"
        yield f"{_LETTERS}{''.join(word[0] for word in form.words)}"
        if len(form.core) > 1:
            yield f"opening {' '.join(form.core[:2])}"


def _with_company(likeness: Likeness, first: Node, second: Node) -> Likeness:
    """The likeness of two names once more, by who stands with them and against them."""
    if first.id in second.against or second.id in first.against:
        told = f"'{chief_name(first.names)}' and '{chief_name(second.names)}' stand against each other in a report."
        return Likeness(Judgement.DIFFERENT, "company.against", told)
    if likeness.judgement is Judgement.SAME and likeness.rule not in _SPELT_ALIKE and first.id in second.beside:
        told = f"{likeness.reason} But one claim names both, side by side."
        return Likeness(Judgement.UNSURE, "company.beside", told)
    shared = sorted(first.company & second.company)
    if likeness.judgement is Judgement.UNSURE and likeness.rule in _SETTLED_BY_COMPANY and shared:
        told = f"{likeness.reason} Reports name both with {shared[0].partition(':')[2]}."
        return Likeness(Judgement.SAME, "company.shared", told)
    return likeness


def _explained(used: Iterable[Used]) -> dict[str, set[tuple[str, str]]]:
    """For each acronym that a report explains, the ids and names that it is explained by."""
    explained: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for one in used:
        if one.naming.defines is not None:
            explained[one.naming.defines].add((one.naming.entity, one.naming.name))
    return explained


def bonds_by_definition(
    explained: Mapping[str, Collection[tuple[str, str]]], nodes: Mapping[str, Node]
) -> Iterator[Bond]:
    """Acronyms that some report explains, where all that do explain them alike."""
    for short, meant in sorted(explained.items()):
        id_ = id_of_name(short)
        if id_ in nodes and is_acronym(short) and len({entity for entity, _ in meant}) == 1:
            entity, name = min(meant)
            told = f"'{short}' is what a report calls '{name}', and no report explains it otherwise."
            yield Bond(id_, entity, Judgement.SAME, "corpus.defined", told)


def _strength(bond: Bond) -> tuple[int, str, str]:
    at = _STRENGTHS.index(bond.rule) if bond.rule in _STRENGTHS else len(_STRENGTHS)
    return at, bond.first, bond.second


def _groups(bonds: Bonds, found: Sequence[Bond], nodes: Mapping[str, Node]) -> Iterator[Group]:
    unsure: dict[str, list[Bond]] = defaultdict(list)
    for bond in found:
        roots = tuple(bonds.root(id_) if bonds.has(id_) else id_ for id_ in (bond.first, bond.second))
        if roots[0] != roots[1] and not bonds.parted(*roots):
            for root in roots:
                unsure[root].append(bond)
    tied: dict[str, list[Bond]] = defaultdict(list)
    for bond in bonds.tied:
        tied[bonds.root(bond.first)].append(bond)
    for root, members in sorted(bonds.groups().items()):
        yield Group(
            id=_id_for(members, nodes), members=tuple(members), bonds=tuple(tied[root]), maybe=tuple(unsure[root])
        )


def _id_for(members: Sequence[str], nodes: Mapping[str, Node]) -> str:
    """The id that stands for all: a row's, else that of the name with most words, the first of them by letters."""
    rows = [id_ for id_ in members if not id_.startswith(("name:", "generic:"))]
    if rows:
        return min(rows)
    named = [id_ for id_ in members if id_ in nodes] or list(members)
    return min(named, key=lambda id_: (-id_.count("-"), id_))


def chief_name(names: Counter[str]) -> str:
    """The name by which the others of an id are compared: that of most reports, of several the longest."""
    return min(names, key=lambda name: (-names[name], -len(name), name))
