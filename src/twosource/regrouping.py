"""Brings the names of new reports together with those of a project, and looks at no others than they touch.

The result is what bringing all names together would give. It holds where nobody has decided on names: people's words on
names may change what any name means, and then all are brought together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import msgspec
from sqlalchemy import Connection

from twosource.closed_sets import ActorKind
from twosource.corpus.entities.bonds import Bond
from twosource.corpus.entities.forms import is_acronym
from twosource.corpus.entities.grouping import (
    MOST_IN_BLOCK,
    Group,
    Node,
    are_compared,
    blocking_keys,
    bonds_by_definition,
    bonds_by_form,
    chief_name,
    groups_of,
    told_apart,
)
from twosource.corpus.entities.identify import entities_of
from twosource.corpus.entities.index import id_of_given_name, id_of_name
from twosource.corpus.entities.knowing import EntityKnowledge
from twosource.corpus.entities.scene import Naming, Sort, Tally, Used, tallied
from twosource.corpus_records import Entity, Judgement, Suggestion
from twosource.store import entities as stored
from twosource.store import entity_counts as counted
from twosource.store.entity_counts import Counts

__all__ = ["keep_counts", "regroup"]

_TABLE = "table."  # how rules of the tables begin: what they suggest hangs on no other name
_Pair = tuple[str, str]


def keep_counts(
    connection: Connection, gone: Sequence[Used], fresh: Sequence[Used], knowledge: EntityKnowledge
) -> None:
    """Counts the names of reports as ``regroup`` does, and leaves it to others to bring them together."""
    _Names(connection, knowledge).renew_keys(_count(connection, gone, fresh)[0])


def _count(connection: Connection, gone: Sequence[Used], fresh: Sequence[Used]) -> tuple[set[str], set[str]]:
    """Counts uses in and out; returns the ids touched, and the words that turned into given names, or out of them."""
    words = {word for one in (*gone, *fresh) if (word := counted.opening_of(one.naming)) is not None}
    given = counted.openings_among(connection, words)
    counted.count(connection, gone, fresh)
    turned = given ^ counted.openings_among(connection, words)
    touched = {one.naming.entity for one in (*gone, *fresh)} | {id_of_name(word) for word in turned}
    touched |= {id_of_name(one.naming.defines) for one in (*gone, *fresh) if one.naming.defines is not None}
    return touched, turned


def regroup(connection: Connection, gone: Sequence[Used], fresh: Sequence[Used], knowledge: EntityKnowledge) -> None:
    """Brings the names of reports together with all others, once their namings are kept.

    ``gone`` is what the same reports told of their names before. Generic names are in neither.
    """
    touched, turned = _count(connection, gone, fresh)
    names = _Names(connection, knowledge)
    part = _Part(names, touched | names.renew_keys(touched))
    part.keep(_Batch(gone, fresh, turned))


class _Batch(msgspec.Struct, frozen=True):
    """The uses that reports no longer have and have now, and the words that turned into given names, or out of them."""

    gone: Sequence[Used]
    fresh: Sequence[Used]
    turned: Collection[str]


class _Names:
    """The names of a project, each looked up once."""

    def __init__(self, connection: Connection, knowledge: EntityKnowledge) -> None:
        self.connection, self.knowledge = connection, knowledge
        self.counts: dict[str, Counts] = {}
        self.nodes: dict[str, Node] = {}
        self.given: set[str] = set()
        self._seen: set[str] = set()

    def load(self, ids: Iterable[str]) -> None:
        """Looks up what is not known yet of these ids."""
        missing = set(ids) - self._seen
        if not missing:
            return
        self._seen |= missing
        found = counted.counts_of(self.connection, missing)
        fulls = {naming.full for one in found.values() for naming, _ in one.namings.values()}
        self.given |= counted.openings_among(self.connection, {full for full in fulls if " " not in full})
        self.counts.update(found)
        self.nodes.update((id_, node) for id_, one in found.items() if (node := self._node(id_, one)) is not None)

    def is_given(self, naming: Naming) -> bool:
        """Whether the name is a given name alone, and so somebody else in every report."""
        return naming.sort is Sort.NAMED and naming.full in self.given

    def tallies(self, ids: Iterable[str]) -> Iterator[Tally]:
        """What is told of these ids, given names alone left out."""
        for id_ in sorted(self.counts.keys() & set(ids)):
            one = self.counts[id_]
            for naming, reports in one.namings.values():
                if not self.is_given(naming):
                    outlets = tuple(one.outlets.get(naming.name, ()))
                    yield Tally(naming=naming, reports=reports, outlets=outlets, report="")

    def _node(self, id_: str, one: Counts) -> Node | None:
        told = [(naming, reports) for naming, reports in one.namings.values() if naming.sort is Sort.NAMED]
        told = [(naming, reports) for naming, reports in told if not self.is_given(naming)]
        if not told:
            return None
        fulls: Counter[str] = Counter()
        for naming, reports in told:
            fulls[naming.full] += reports
        company, beside, against = (one.company.get(how, set()) for how in ("company", "beside", "against"))
        return Node(id_, fulls, company, beside, against, ActorKind.ORGANISATION)

    def renew_keys(self, ids: Collection[str]) -> set[str]:
        """Keeps the blocking keys of these ids; returns the other ids of blocks that are now too large, or no more."""
        self.load(ids)
        had = counted.keys_of(self.connection, ids)
        have = {id_: self._keys(id_) for id_ in ids}
        less = [(key, id_) for id_ in sorted(ids) for key in sorted(had.get(id_, set()) - have[id_])]
        more = [(key, id_) for id_ in sorted(ids) for key in sorted(have[id_] - had.get(id_, set()))]
        changed = {key for key, _ in (*less, *more)}
        before = counted.sizes_of(self.connection, changed)
        counted.keep_keys(self.connection, less, more)
        now = counted.sizes_of(self.connection, changed)
        turned = {key for key in changed if (before[key] > MOST_IN_BLOCK) != (now[key] > MOST_IN_BLOCK)}
        return {id_ for mates in counted.mates_in(self.connection, turned).values() for id_ in mates}

    def _keys(self, id_: str) -> frozenset[str]:
        node = self.nodes.get(id_)
        return blocking_keys(self.knowledge.form(chief_name(node.names))) if node is not None else frozenset()

    def bonds(self, ids: Collection[str]) -> set[Bond]:
        """What binds these ids to any others, or may."""
        return {*bonds_by_form(self._pairs(ids), self.nodes, self.knowledge), *self._defined(ids)}

    def _pairs(self, ids: Collection[str]) -> set[_Pair]:
        self.load(ids)
        keys = {id_: self._keys(id_) for id_ in ids}
        sizes = counted.sizes_of(self.connection, {key for theirs in keys.values() for key in theirs})
        mates = counted.mates_in(self.connection, {key for key, size in sizes.items() if size <= MOST_IN_BLOCK})
        self.load(id_ for block in mates.values() for id_ in block)
        forms = self.knowledge.form
        form_of = {id_: forms(chief_name(self.nodes[id_].names)) for block in mates.values() for id_ in block}
        return {
            (min(id_, mate), max(id_, mate))
            for id_, theirs in keys.items()
            for key in theirs
            for mate in mates.get(key, ())
            if mate != id_ and are_compared(key, form_of[id_], form_of[mate])
        }

    def _defined(self, ids: Collection[str]) -> set[Bond]:
        """The bonds of acronyms that reports explain, where one of these ids is the acronym or what it stands for."""
        namings = [naming for id_ in ids if id_ in self.counts for naming, _ in self.counts[id_].namings.values()]
        shorts = {naming.full for naming in namings if is_acronym(naming.full)}
        shorts |= {naming.defines for naming in namings if naming.defines is not None}
        explained = counted.explained(self.connection, shorts)
        self.load(id_of_name(short) for short in explained)
        return {one for one in bonds_by_definition(explained, self.nodes) if {one.first, one.second} & set(ids)}


class _Part:
    """Ids that hang together with those touched, as entities were and as they are now."""

    def __init__(self, names: _Names, touched: Collection[str]) -> None:
        self._names = names
        self._ids: set[str] = set()
        self._bonds: set[Bond] = set()
        self._before: dict[str, set[str]] = {}
        edge = set(touched)
        while edge:
            self._ids |= edge
            names.load(edge)
            held = counted.groups_around(names.connection, edge)
            self._before.update(held)
            self._bonds |= names.bonds(edge)
            same = {id_ for one in self._bonds if one.judgement is Judgement.SAME for id_ in (one.first, one.second)}
            edge = (same | {id_ for ids in held.values() for id_ in ids}) - self._ids

    def keep(self, batch: _Batch) -> None:
        """Keeps the entities of these ids in the place of what they were."""
        connection, knowledge = self._names.connection, self._names.knowledge
        tallies = list(self._names.tallies(self._ids))
        used = {one.naming.entity for one in tallies}
        bonds = [one for one in sorted(self._bonds) if one.judgement is not Judgement.SAME or used.issuperset(one[:2])]
        groups = groups_of(used, bonds, self._names.nodes)
        part_of = {member: group.id for group in groups for member in group.members}
        ends = {id_ for one in self._bonds for id_ in (one.first, one.second)} - self._ids
        outside = {id_: of for of, ids in counted.groups_around(connection, ends).items() for id_ in ids}
        old = {one.entity.id: one for one in stored.listed_with(connection, self._before)}
        near = {suggestion.entity for one in old.values() for suggestion in one.entity.suggestions}
        others = stored.listed_with(connection, ({*outside.values(), *near}) - old.keys() - set(part_of.values()))
        known = {one.entity.id: one.entity.name for one in others}
        entities = entities_of(groups, tallies, {**outside, **part_of}, known, knowledge)
        apart = self._given_names(batch)
        stored.drop_entities(connection, [*old, *apart.gone])
        self._rename(part_of, apart.entity_of, batch)
        counted.keep_groups(connection, part_of, self._ids)
        counts = self._counts(entities, groups, old, batch)
        stored.add_entities(connection, entities, counts)
        stored.add_entities(connection, apart.entities, apart.counts)
        self._suggest(others, groups, entities, outside)

    def _given_names(self, batch: _Batch) -> _Apart:
        """The given names alone among the uses, each somebody else in every report."""
        turned = stored.uses_of_ids(self._names.connection, [id_of_name(word) for word in batch.turned])
        uses = {(one.report, one.naming.name): one for one in (*turned, *batch.fresh)}
        before = {(one.report, one.naming.name): one for one in (*turned, *batch.gone)}
        gone = {
            id_of_given_name(one.report, one.naming.full)
            for one in before.values()
            if one.naming.sort is Sort.NAMED and " " not in one.naming.full
        }
        told = [told_apart(one) for one in uses.values() if self._names.is_given(one.naming)]
        ids = sorted({one.naming.entity for one in told})
        groups = [Group(id=id_, members=(id_,), bonds=(), maybe=()) for id_ in ids]
        entities = entities_of(groups, tallied(told), dict(zip(ids, ids, strict=True)), {}, self._names.knowledge)
        claims: Counter[str] = Counter()
        for one in told:
            claims[one.naming.entity] += one.naming.claims
        return _Apart(
            entities=entities,
            counts={id_: (1, claims[id_]) for id_ in ids},
            gone=gone | set(ids),
            entity_of={
                (one.report, one.naming.name): id_of_given_name(one.report, one.naming.full)
                if self._names.is_given(one.naming)
                else None
                for one in uses.values()
            },
        )

    def _rename(self, part_of: Mapping[str, str], apart: Mapping[_Pair, str | None], batch: _Batch) -> None:
        """Writes of which entity every name of these ids is, where that is another one than before."""
        was = {id_: entity for entity, ids in self._before.items() for id_ in ids}
        moved = {id_: (was[id_], of) for id_, of in part_of.items() if id_ in was and was[id_] != of}
        stored.move_names(self._names.connection, moved)
        alone = {(one.report, one.naming.name): one.naming.entity for one in batch.fresh}
        turned = stored.uses_of_ids(self._names.connection, [id_of_name(word) for word in batch.turned])
        alone.update(((one.report, one.naming.name), one.naming.entity) for one in turned)
        meant = {use: apart.get(use) or part_of.get(id_, id_) for use, id_ in alone.items()}
        stored.rename(self._names.connection, meant)

    def _counts(
        self, entities: Sequence[Entity], groups: Sequence[Group], old: Mapping[str, stored.Listed], batch: _Batch
    ) -> dict[str, tuple[int, int]]:
        """How many reports and claims name each entity.

        Where ids came to an entity, theirs are added to what was counted of the others; an entity that an id was taken
        from is counted anew.
        """
        wanted = {one.id for one in entities}
        members = {group.id: set(group.members) for group in groups if group.id in wanted}
        bases = self._bases(members, old, {id_of_name(word) for word in batch.turned})
        anew = [one.id for one in entities if one.id not in bases]
        found = counted.counts_anew(self._names.connection, anew)
        reports: Counter[str] = Counter()
        claims: Counter[str] = Counter()
        of = {id_: entity for entity, base in bases.items() for id_ in self._before[base]}
        for used, step in ((batch.gone, -1), (batch.fresh, 1)):
            theirs = [(one, of[one.naming.entity]) for one in used if one.naming.entity in of]
            theirs = [(one, id_) for one, id_ in theirs if not self._names.is_given(one.naming)]
            for id_ in [id_ for _, id_ in {(one.report, id_) for one, id_ in theirs}]:
                reports[id_] += step
            for one, id_ in theirs:
                claims[id_] += step * one.naming.claims
        for id_, base in bases.items():
            joined = members[id_] - self._before[base]
            more = counted.counts_of_joined(self._names.connection, id_, joined)
            found[id_] = (old[base].reports + reports[id_] + more[0], old[base].claims + claims[id_] + more[1])
        return found

    def _bases(
        self, members: Mapping[str, set[str]], old: Mapping[str, stored.Listed], turned: Collection[str]
    ) -> dict[str, str]:
        """For each entity the one of before that most reports name of those whose ids are all part of it."""
        now = {id_: entity for entity, ids in members.items() for id_ in ids}
        found: dict[str, str] = {}
        for base in sorted(old.keys() & self._before.keys(), key=lambda id_: (old[id_].reports, id_)):
            ids = self._before[base]
            into = {now.get(id_) for id_ in ids}
            if len(into) == 1 and (entity := into.pop()) is not None and ids.isdisjoint(turned):
                found[entity] = base
        return found

    def _suggest(
        self,
        others: Iterable[stored.Listed],
        groups: Sequence[Group],
        entities: Sequence[Entity],
        outside: Mapping[str, str],
    ) -> None:
        """Writes into entities that are not of this part what it may have in common with them."""
        names = {one.id: one.name for one in entities}
        part = {*self._before, *names}
        told: dict[str, dict[str, Suggestion]] = defaultdict(dict)
        for group in groups:
            for bond in sorted(group.maybe):
                other = bond.second if bond.first in group.members else bond.first
                if other in outside and group.id in names:
                    suggestion = Suggestion(entity=group.id, name=names[group.id], rule=bond.rule, reason=bond.reason)
                    told[outside[other]].setdefault(group.id, suggestion)
        for one in others:
            kept = {
                was.entity: was
                for was in one.entity.suggestions
                if was.entity not in part or was.rule.startswith(_TABLE)
            }
            now = {**kept, **told[one.entity.id]}
            suggestions = tuple(now[id_] for id_ in sorted(now))
            if suggestions != one.entity.suggestions:
                stored.keep_record(self._names.connection, msgspec.structs.replace(one.entity, suggestions=suggestions))


class _Apart(msgspec.Struct, frozen=True, kw_only=True):
    """Given names alone: their entities with counts, the ids that are entities no more, and which name means which."""

    entities: Sequence[Entity]
    counts: Mapping[str, tuple[int, int]]
    gone: Collection[str]
    entity_of: Mapping[_Pair, str | None]
