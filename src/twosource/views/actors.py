"""Which actors do the reports name, under which names, who uses those, and what binds the actors to each other?"""

from __future__ import annotations

import difflib
import functools
from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec
from sqlalchemy import Connection

from twosource.closed_sets import FAMILIES, ClaimType
from twosource.corpus.entities.judging import judge_namings
from twosource.corpus.entities.scene import Naming
from twosource.corpus_records import DecisionKind, Entity, Judgement, NameJudgement
from twosource.errors import UsageError
from twosource.identifying import chief_naming, default_knowledge
from twosource.records import Named
from twosource.store import Project, query
from twosource.store import entities as stored
from twosource.store.decisions import decisions_in_force
from twosource.store.entity_claims import claims_naming
from twosource.store.entity_lookup import EntityLookup, ids_within, names_of_ids, part_of_now
from twosource.views.claims import ClaimRow, claim_rows_of
from twosource.views.loaded import actor_table

__all__ = [
    "ActorHead",
    "ActorListing",
    "ActorPage",
    "OutletNames",
    "Relation",
    "actor_head",
    "actor_names",
    "actor_now",
    "actor_page",
    "are_names",
    "count_actors",
    "find_actor",
    "ids_of_actor",
    "list_actors",
    "why_names",
]

_BINDING = FAMILIES["support"]  # types of claims that tell how two actors stand to each other
_MOST_CLAIMS = 500  # of them that the page of one actor is made of


class ActorListing(msgspec.Struct, frozen=True, kw_only=True):
    """One actor, and how many reports and claims name it."""

    entity: Entity
    reports: int
    claims: int


class OutletNames(msgspec.Struct, frozen=True, kw_only=True):
    """The names that one outlet has for an actor, the most used first; None for reports without an outlet."""

    outlet: str | None
    names: tuple[str, ...]


class Relation(msgspec.Struct, frozen=True, kw_only=True):
    """What claims tell of an actor and another: their type, who does it, and the claims, by report and place in it.

    ``acts`` tells whether the actor asked for is the one that does it; in symmetric types both do.
    """

    type: ClaimType
    acts: bool
    other: str
    name: str
    claims: tuple[ClaimRow, ...]


class ActorHead(msgspec.Struct, frozen=True, kw_only=True):
    """What the page of an actor opens with: the actor, and, as ``ActorPage`` has them, those before and after it."""

    listing: ActorListing
    before: tuple[tuple[str, str], ...]
    after: tuple[tuple[str, str], ...]


class ActorPage(msgspec.Struct, frozen=True, kw_only=True):
    """All that a project tells of one actor; its relations are those of its 500 claims of them published last.

    ``before`` and ``after`` are the actors that it was renamed from or grew out of, and those that grew out of it, as
    far as the table of actors tells: ids and names, whether or not a report names them.
    """

    listing: ActorListing
    outlets: tuple[OutletNames, ...]
    relations: tuple[Relation, ...]
    before: tuple[tuple[str, str], ...]
    after: tuple[tuple[str, str], ...]


def list_actors(
    project: Project, *, name: str | None = None, generic: bool = False, limit: int | None = None, offset: int = 0
) -> tuple[ActorListing, ...]:
    """The actors, those that most reports name first; with ``name`` those of which a name has these words.

    People without a name of their own are left out unless ``generic``.
    """
    with project.looking() as connection:
        found = stored.listed(connection, name=name, generic=generic, limit=limit, offset=offset)
        return tuple(ActorListing(entity=one.entity, reports=one.reports, claims=one.claims) for one in found)


def count_actors(project: Project, *, name: str | None = None, generic: bool = False, most: int | None = None) -> int:
    """How many actors ``list_actors`` would list without a limit; of more than ``most`` one more."""
    with project.looking() as connection:
        return stored.count_listed(connection, name=name, generic=generic, most=most)


def find_actor(project: Project, words: str) -> str:
    """The id of the one actor that these words mean: an id, or a name. Raises UsageError for none, or for several."""
    with project.looking() as connection:
        return _find(connection, words)


def actor_page(project: Project, which: str) -> ActorPage:
    """All that the project tells of one actor, by its id or one of its names. Raises UsageError for none or several."""
    with project.looking() as connection:
        id_ = _find(connection, which)
        [found] = stored.listed(connection, ids=[id_], generic=True)
        rows = claim_rows_of(connection, claims_naming(connection, id_, _BINDING, _MOST_CLAIMS))
        index = EntityLookup(project, {row.report.id for row in rows})
        before, after = _succession(id_)
        return ActorPage(
            listing=ActorListing(entity=found.entity, reports=found.reports, claims=found.claims),
            outlets=_by_outlet(connection, id_),
            relations=_relations(id_, rows, index),
            before=before,
            after=after,
        )


def actor_head(project: Project, which: str) -> ActorHead:
    """What opens an actor's page, by its id or one of its names. Raises UsageError for none or several."""
    with project.looking() as connection:
        id_ = _find(connection, which)
        [found] = stored.listed(connection, ids=[id_], generic=True)
    before, after = _succession(id_)
    listing = ActorListing(entity=found.entity, reports=found.reports, claims=found.claims)
    return ActorHead(listing=listing, before=before, after=after)


def are_names(project: Project, first: str, second: str) -> bool:
    """Whether two words are names (or ids) of actors, one of which the reports use, and neither is a report."""
    with project.looking() as connection:
        if any(query.version_rows(connection, words) for words in (first, second)):
            return False
        return bool(stored.entities_with(connection, ids=[first, second], names=[first, second]))


def actor_now(project: Project, gone: str) -> str | None:
    """The id of the actor that one of this id, which is no more, is part of now; None where that isn't known."""
    with project.looking() as connection:
        return part_of_now(connection, gone)


def ids_of_actor(project: Project, id_: str) -> tuple[str, ...]:
    """The id of an actor and those of actors that were merged into it, by which people may have decided on it."""
    with project.looking() as connection:
        return tuple(dict.fromkeys((id_, *ids_within(connection, id_))))


def actor_names(project: Project, ids: Iterable[str]) -> dict[str, str]:
    """A name for each of these ids of actors, merged away or not; what no report names is left out."""
    with project.looking() as connection:
        return names_of_ids(connection, ids)


def why_names(project: Project, first: str, second: str) -> NameJudgement:
    """Whether two names mean one actor in this project, and why: by people's word, else as the engine judged.

    The names need not be used by any report; then tables and form alone tell. Ids of entities may stand for names.
    """
    with project.looking() as connection:
        namings = [_naming(connection, name) for name in (first, second)]
        index = EntityLookup(project)
        judged = judge_namings(namings[0], namings[1], default_knowledge())
        ids = [_entity_of(connection, index, naming) for naming in namings]
        judged = msgspec.structs.replace(judged, first=first, second=second, entities=(ids[0], ids[1]))
        meant = stored.entities_with(connection, ids=ids[:1])
        decided = decisions_in_force(connection, DecisionKind.ENTITY, sorted([first, second]))
    if decided and decided[-1].verdict != Judgement.UNSURE.value:
        told = f"{decided[-1].who} decided so: {decided[-1].reason} (The engine: {judged.reason})"
        verdict = Judgement(decided[-1].verdict)
        return msgspec.structs.replace(judged, judgement=verdict, rule="decision", reason=told, decided=True)
    return _grouped(judged, meant)


def _grouped(judged: NameJudgement, meant: Sequence[Entity]) -> NameJudgement:
    """The judgement, by what the reports taken together led to: two names of one entity are the same."""
    if judged.entities[0] != judged.entities[1] or judged.judgement is Judgement.SAME or not meant:
        return judged
    told = [use for use in meant[0].uses if use.name in (judged.first, judged.second)]
    rules = [use.rule for use in told if use.rule != "name"] or ["name"]
    reason = " ".join(dict.fromkeys(use.reason for use in told if use.rule != "name")) or judged.reason
    return msgspec.structs.replace(judged, judgement=Judgement.SAME, rule=rules[0], reason=reason)


def _naming(connection: Connection, name: str) -> Naming:
    """What the name means to most reports; what tables and form tell where none uses it."""
    entities = stored.entities_with(connection, ids=[name])
    used = stored.uses_of(connection, [entities[0].names[0] if entities else name])
    return chief_naming(name, used, default_knowledge())


def _entity_of(connection: Connection, index: EntityLookup, naming: Naming) -> str:
    meant = stored.entities_with(connection, names=[naming.name])
    return next((one.id for one in meant if one.id == naming.entity), None) or (
        meant[0].id if meant else index.entity_of(naming.name)
    )


def _find(connection: Connection, words: str) -> str:
    found = stored.entities_with(connection, ids=[words]) or stored.entities_with(connection, names=[words])
    if not found:
        found = [one.entity for one in stored.listed(connection, name=words)]
    if len(found) == 1:
        return found[0].id
    named = [one for one in found if not one.generic]
    if len(named) == 1:
        return named[0].id
    if found:
        told = ", ".join(f"{one.id} ({one.name})" for one in found[:5])
        raise UsageError(f"{words!r} may mean {len(found)} actors: name one by its id, such as {told}")
    near = difflib.get_close_matches(words, [one.entity.name for one in stored.listed(connection)], n=3)
    hint = f"did you mean {' or '.join(near)}?" if near else "see 'twosource actors'"
    raise UsageError(f"no report names an actor {words!r}: {hint}")


def _by_outlet(connection: Connection, id_: str) -> tuple[OutletNames, ...]:
    counts: dict[str | None, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for outlet, name, reports in stored.names_by_outlet(connection, id_):
        counts[outlet][name] += reports
    return tuple(
        OutletNames(outlet=outlet, names=tuple(sorted(names, key=lambda name: (-names[name], name))))
        for outlet, names in sorted(counts.items(), key=lambda pair: (pair[0] is None, pair[0] or ""))
    )


def _relations(id_: str, rows: Iterable[ClaimRow], index: EntityLookup) -> tuple[Relation, ...]:
    found: dict[tuple[ClaimType, bool, str], list[ClaimRow]] = defaultdict(list)
    for row in rows:
        actors = _entities(row.claim.actors, row.claim.report, index)
        targets = _entities(row.claim.targets, row.claim.report, index)
        others = targets or [one for one in actors if one != id_]
        if id_ in actors:
            for other in others:
                found[row.claim.type, True, other].append(row)
        elif id_ in targets:
            for other in actors:
                found[row.claim.type, False, other].append(row)
    index.read(other for _, _, other in found)
    relations = [
        Relation(type=type_, acts=acts, other=other, name=_name(other, index, theirs), claims=tuple(theirs))
        for (type_, acts, other), theirs in found.items()
    ]
    return tuple(sorted(relations, key=lambda one: (one.type, not one.acts, -len(one.claims), one.other)))


def _entities(values: Sequence[Named], report: str, index: EntityLookup) -> list[str]:
    return list(dict.fromkeys(index.entity_of(value.name, report) for value in values))


def _name(id_: str, index: EntityLookup, rows: Sequence[ClaimRow]) -> str:
    entity = index.get(id_)
    if entity is not None:
        return entity.name
    return next(
        value.name
        for row in rows
        for value in (*row.claim.actors, *row.claim.targets)
        if index.entity_of(value.name, row.claim.report) == id_
    )


def _succession(id_: str) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    before, after = _successions()
    return tuple(before.get(id_, ())), tuple(after.get(id_, ()))


@functools.cache
def _successions() -> tuple[dict[str, list[tuple[str, str]]], dict[str, list[tuple[str, str]]]]:
    """Ids and names of those before, and of those after, each actor of the table that has any."""
    names = {f"actor:{row.id}": row.name for row in actor_table().rows}
    before: dict[str, list[tuple[str, str]]] = {}
    after: dict[str, list[tuple[str, str]]] = {}
    for row in actor_table().rows:
        id_ = f"actor:{row.id}"
        for former in dict.fromkeys(f"actor:{one}" for one in row.succeeds):
            after.setdefault(former, []).append((id_, names[id_]))
            if former in names:
                before.setdefault(id_, []).append((former, names[former]))
    return before, after
