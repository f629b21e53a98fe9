"""Entities from the names of all reports: what each tells alone, brought together, with people's decisions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from twosource.corpus.entities.bonds import Bond
from twosource.corpus.entities.deciding import laid_over, partings
from twosource.corpus.entities.grouping import Group, group_names, tell_given_names_apart
from twosource.corpus.entities.knowing import EntityKnowledge
from twosource.corpus.entities.scene import Naming, Sort, Tally, Used, tallied
from twosource.corpus_records import Decision, Entity, NameUse, Suggestion

__all__ = ["Identified", "entities_of", "identify_names"]


class Identified(msgspec.Struct, frozen=True):
    """The entities, by id, the id of the entity of each (report, name), and of each id as reports alone tell it."""

    entities: tuple[Entity, ...]
    used: dict[tuple[str, str], str]
    parts: dict[str, str]


def identify_names(used: Sequence[Used], decisions: Sequence[Decision], knowledge: EntityKnowledge) -> Identified:
    """The entities of everything that is used. Neither the order of the reports nor that of the names matters."""
    ordered = sorted(used, key=lambda one: (one.report, one.naming.name))
    told = tell_given_names_apart(laid_over(ordered, decisions, knowledge))
    groups = group_names(told, partings(told, decisions), knowledge)
    group_of = {member: group.id for group in groups for member in group.members}
    entities = entities_of(groups, tallied(told), group_of, {}, knowledge)
    ids = {(one.report, one.naming.name): group_of[one.naming.entity] for one in told}
    return Identified(tuple(entities), ids, group_of)


def entities_of(
    groups: Iterable[Group],
    tallies: Iterable[Tally],
    group_of: Mapping[str, str],
    others: Mapping[str, str],
    knowledge: EntityKnowledge,
) -> list[Entity]:
    """The entities of the groups that are used, by id.

    ``group_of`` tells of which entity every id of a bond is; ``others`` gives the names of entities not among them.
    """
    uses: dict[str, list[Tally]] = defaultdict(list)
    for one in tallies:
        uses[group_of[one.naming.entity]].append(one)
    by_id = {group.id: group for group in groups}
    names = {**others, **{id_: _display_name(id_, theirs, knowledge) for id_, theirs in uses.items()}}
    return [_entity(by_id[id_], theirs, names, group_of, knowledge) for id_, theirs in sorted(uses.items())]


def _entity(
    group: Group,
    used: Sequence[Tally],
    names: Mapping[str, str],
    group_of: Mapping[str, str],
    knowledge: EntityKnowledge,
) -> Entity:
    row = knowledge.known.get(group.id)
    chief = _chief_naming(used)
    generic = row is None and all(one.naming.sort is Sort.GENERIC for one in used)
    return Entity(
        id=group.id,
        name=names[group.id],
        kind=row.kind if row is not None else chief.kind,
        uses=_uses(group, used),
        generic=generic,
        report=used[0].report if generic else None,
        actor=group.id.partition(":")[2] if row is not None else None,
        owner=chief.owner,
        succeeds=row.succeeds if row is not None else (),
        suggestions=_suggestions(group, used, names, group_of, knowledge),
    )


def _uses(group: Group, used: Iterable[Tally]) -> tuple[NameUse, ...]:
    by_name: dict[str, list[Tally]] = defaultdict(list)
    for one in used:
        by_name[one.naming.name].append(one)
    uses = [_use(group, name, theirs) for name, theirs in by_name.items()]
    return tuple(sorted(uses, key=lambda use: (-use.reports, use.name)))


def _use(group: Group, name: str, used: Sequence[Tally]) -> NameUse:
    naming = _chief_naming(used)
    bond = _bond_to(group, naming.entity)
    return NameUse(
        name=name,
        reports=sum(one.reports for one in used),
        outlets=tuple(sorted({outlet for one in used for outlet in one.outlets})),
        judgement=bond.judgement if bond is not None else naming.judgement,
        rule=bond.rule if bond is not None else naming.rule,
        reason=bond.reason if bond is not None and naming.rule == "name" else naming.reason,
        loaded=naming.loaded,
    )


def _bond_to(group: Group, member: str) -> Bond | None:
    """What tied this id to the group; None for the id that the group is known by."""
    if member == group.id:
        return None
    return next((bond for bond in group.bonds if member in (bond.first, bond.second)), None)


def _chief_naming(used: Iterable[Tally]) -> Naming:
    """What most reports tell of the name; of several the first by rule and sentence."""
    told = list(used)
    counts: Counter[tuple[str, str]] = Counter()
    for one in told:
        counts[one.naming.rule, one.naming.reason] += one.reports
    return min(
        (one.naming for one in told),
        key=lambda one: (-counts[one.rule, one.reason], one.rule, one.reason, one.name, msgspec.json.encode(one)),
    )


def _display_name(id_: str, used: Sequence[Tally], knowledge: EntityKnowledge) -> str:
    row = knowledge.known.get(id_)
    if row is not None:
        return row.name
    named = [one for one in used if one.naming.sort is not Sort.GENERIC] or used
    counts: Counter[str] = Counter()
    for one in named:
        counts[one.naming.full] += one.reports
    return min(counts, key=lambda name: (-counts[name], -len(name), name))


def _suggestions(
    group: Group,
    used: Sequence[Tally],
    names: Mapping[str, str],
    group_of: Mapping[str, str],
    knowledge: EntityKnowledge,
) -> tuple[Suggestion, ...]:
    found: dict[str, Suggestion] = {}
    for bond in sorted(group.maybe):
        other = bond.second if bond.first in group.members else bond.first
        id_ = group_of[other]
        found.setdefault(id_, Suggestion(entity=id_, name=names.get(id_, id_), rule=bond.rule, reason=bond.reason))
    for one in sorted(used, key=lambda one: (one.naming.name, msgspec.json.encode(one.naming))):
        for id_ in one.naming.maybe:
            row = knowledge.known[id_]
            told = Suggestion(entity=id_, name=row.name, rule=one.naming.rule, reason=one.naming.reason)
            found.setdefault(id_, told)
    return tuple(found[id_] for id_ in sorted(found))
