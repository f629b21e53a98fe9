"""Tells which names of a project's claims mean one actor: new reports alone, then all names together.

What is kept afterwards depends on the reports, the tables and people's decisions, and on nothing else.
"""

from __future__ import annotations

import functools
import gc
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from twosource.corpus.entities.identify import identify_names
from twosource.corpus.entities.knowing import EntityKnowledge
from twosource.corpus.entities.naming import read_names
from twosource.corpus.entities.scene import Naming, Parties, Scene, Sort, Used
from twosource.corpus_records import Decision, DecisionKind, Judgement
from twosource.errors import UsageError
from twosource.ids import digest_of
from twosource.knowledge.actor_heads import ACTOR_HEADS_FILE, load_actor_heads
from twosource.knowledge.actors import (
    ACTORS_FILE,
    AGENCIES_FILE,
    WORDS_FILE,
    load_actor_table,
    load_actor_words,
    load_agencies,
)
from twosource.knowledge.leaders import LEADERS_FILE, load_leaders
from twosource.knowledge.loaded_names import LOADED_NAMES_FILE, load_loaded_names
from twosource.knowledge.name_forms import NAME_FORMS_FILE, load_name_forms
from twosource.knowledge.toml_rules import data_digest
from twosource.regrouping import keep_counts, regroup
from twosource.store import Project, entity_scenes
from twosource.store import entities as stored
from twosource.store.decisions import append, decisions_in_force
from twosource.store.due import Across, due, set_state, state_of, tick_off
from twosource.store.entity_counts import keep_groups
from twosource.store.entity_kinds import lay_kinds
from twosource.store.following import following

__all__ = ["chief_naming", "default_knowledge", "identify", "keep_name_decision", "names_fingerprint"]

_VERSION = 1  # goes up when the same rules and tables give other answers
_FILES = (ACTORS_FILE, AGENCIES_FILE, WORDS_FILE, LEADERS_FILE, ACTOR_HEADS_FILE, NAME_FORMS_FILE, LOADED_NAMES_FILE)
_GROUPED = "grouped"  # the name of the state that tells what the entities rest on
_AT_ONCE = 200  # reports whose names are read in one transaction


@functools.cache
def default_knowledge() -> EntityKnowledge:
    """The tables and words that twosource comes with; loading them takes a second or two, once a process."""
    loaded = EntityKnowledge(
        table=load_actor_table(),
        agencies=load_agencies(),
        leaders=load_leaders(),
        words=load_actor_words(),
        heads=load_actor_heads(),
        forms=load_name_forms(),
        loaded=load_loaded_names(),
    )
    gc.freeze()  # it stays for the process: to go through it takes the garbage collector long every time
    return loaded


def identify(project: Project, knowledge: EntityKnowledge | None = None) -> int:
    """Reads the names of every report that is new or changed, and brings all names together; returns how many reports.

    Nothing is done where nothing is new: no report, no decision, no other table. A run that is cut off is gone on with
    by the next one.
    """
    fingerprint, done = names_fingerprint(), 0
    decided, rests_on = _words_on_names(project, fingerprint)
    while True:
        with project.writing() as connection:
            waiting = due(connection, Across.ENTITIES, _AT_ONCE)
            asked = entity_scenes.outdated(connection, waiting, fingerprint)
            if asked:
                together = not decided and state_of(connection, _GROUPED) == rests_on
                _read_some(connection, asked, knowledge or default_knowledge(), fingerprint, together=together)
                lay_kinds(connection)
            tick_off(connection, Across.ENTITIES, waiting)
        if not waiting:
            break
        done += len(asked)
    with project.writing() as connection:
        if (done and decided) or state_of(connection, _GROUPED) != rests_on:
            _group(connection, decided, knowledge or default_knowledge())
            set_state(connection, _GROUPED, rests_on)
        lay_kinds(connection)
    return done


def _words_on_names(project: Project, fingerprint: str) -> tuple[Sequence[Decision], str]:
    """People's decisions on names, and what entities rest on by them; other rules than before begin without any."""
    with project.writing() as connection:
        if stored.start_anew(connection, fingerprint):
            set_state(connection, _GROUPED, digest_of(fingerprint, []))
        decisions = decisions_in_force(connection, DecisionKind.ENTITY)
    return decisions, digest_of(fingerprint, [(one.subjects, one.verdict, one.who, one.reason) for one in decisions])


def keep_name_decision(
    project: Project, names: Sequence[str], judgement: Judgement, *, reason: str, who: str, expected: int | None = None
) -> Decision:
    """Keeps a person's word on names, or ids of entities, in the log, and brings all names together by it.

    Returns the entry. ``expected`` is the number of the last entry on them that the person has seen, 0 for none; None
    doesn't ask. Raises UsageError for a name that no report has, ConflictError where somebody has decided meanwhile.
    """
    asked = sorted(set(names))
    with project.writing() as connection:
        entities = [_meant(connection, name) for name in asked]
        if len(asked) < 2:
            raise UsageError("a decision on names is about two or more: name another")
        decision = Decision(
            kind=DecisionKind.ENTITY,
            subjects=tuple(asked),
            verdict=judgement.value,
            reason=reason,
            who=who,
            before={"entities": dict(zip(asked, entities, strict=True))},
        )
        kept = append(connection, decision, expected=expected)
    with following(kept):
        identify(project)
    return kept


def chief_naming(name: str, used: Sequence[Used], knowledge: EntityKnowledge) -> Naming:
    """What a name means in most of its uses; where there is none, what tables and form tell of it."""
    if not used:
        [naming] = read_names(Scene(report="-", claims=(Parties(actors=(name,)),)), knowledge)
        return naming
    counts = Counter(one.naming.entity for one in used)
    return min(used, key=lambda one: (-counts[one.naming.entity], one.naming.entity, one.report)).naming


def names_fingerprint() -> str:
    """What the reading of names rests on: the version of the rules, and the files of the tables."""
    return digest_of(_VERSION, data_digest(_FILES))


def _read_some(
    connection: Connection,
    asked: Sequence[entity_scenes.Outdated],
    knowledge: EntityKnowledge,
    fingerprint: str,
    *,
    together: bool,
) -> None:
    """Reads the names of some reports; brings those that are not generic together with all others if ``together``."""
    scenes = entity_scenes.scenes(connection, asked)
    namings = {scene.report: read_names(scene, knowledge) for scene in scenes}
    outlets = {scene.report: scene.outlet for scene in scenes}
    gone = stored.uses_in(connection, [one.report for one in asked])
    stored.keep_namings(connection, fingerprint, asked, namings, outlets)
    used = [
        Used(report=report, outlet=outlets[report], naming=naming)
        for report, theirs in namings.items()
        for naming in theirs
    ]
    generic = [one for one in used if one.naming.sort is Sort.GENERIC]
    found = identify_names(generic, [], knowledge)
    stored.add_entities(connection, found.entities, _counts(generic, found.used))
    fresh = [one for one in used if one.naming.sort is not Sort.GENERIC]
    if together:
        regroup(connection, gone, fresh, knowledge)
    else:
        keep_counts(connection, gone, fresh, knowledge)


def _group(connection: Connection, decisions: Sequence[Decision], knowledge: EntityKnowledge) -> None:
    subjects = {subject for decision in decisions for subject in decision.subjects}
    used = list(stored.every_use(connection, subjects))
    found = identify_names(used, decisions, knowledge)
    absorbed = {one.naming.entity for one in used} - {entity.id for entity in found.entities}
    stored.keep_entities(connection, found.entities, found.used, _counts(used, found.used), absorbed)
    keep_groups(connection, found.parts, None)


def _counts(used: Iterable[Used], entity_of: dict[tuple[str, str], str]) -> dict[str, tuple[int, int]]:
    """How many reports and claims name each entity; a claim that names it twice counts twice."""
    reports: dict[str, set[str]] = defaultdict(set)
    claims: Counter[str] = Counter()
    for one in used:
        entity = entity_of[one.report, one.naming.name]
        reports[entity].add(one.report)
        claims[entity] += one.naming.claims
    return {entity: (len(theirs), claims[entity]) for entity, theirs in reports.items()}


def _meant(connection: Connection, name: str) -> list[str]:
    """The ids of the entities that the name means now. Raises UsageError where no report has it."""
    found = [one.id for one in stored.entities_with(connection, ids=[name], names=[name])]
    if not found:
        raise UsageError(f"no report names an actor {name!r}: see 'twosource actors'")
    return found
