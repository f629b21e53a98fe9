"""What gathers claims: rules and words, who a name means, who is whose organ, and which actors are of one side."""

from __future__ import annotations

import functools
import gc

import msgspec

from twosource.closed_sets import ActorKind
from twosource.corpus.events.grading import OneSide
from twosource.corpus.events.keys import MOST_HOLDERS
from twosource.corpus.events.members import SpeaksFor
from twosource.corpus.events.traits import EntityOf
from twosource.gathering.blocks import MOST_TOGETHER
from twosource.ids import digest_of
from twosource.knowledge.actors import ActorTable, AgencyTable, load_actor_table, load_agencies
from twosource.knowledge.corrections import CorrectionWords, load_correction_words
from twosource.knowledge.counted import CountedWords, load_counted
from twosource.knowledge.event_rules import EventRules, load_event_rules

__all__ = ["Gatherer", "default_gatherer"]

_VERSION = 3  # goes up when the same rules give other answers
_OF_STATES = frozenset({ActorKind.STATE, ActorKind.STATE_FORCE, ActorKind.OFFICIAL})


class Gatherer(msgspec.Struct, frozen=True, kw_only=True):
    """What gathers: the rules and words, who a name means, and the fingerprint of all that.

    ``entity_of`` is asked where names of a report were not identified. A blocking key that more than ``most_holders``
    claims hold leads to nobody; events form within blocks of at most ``most_together`` claims.
    """

    rules: EventRules
    corrections: CorrectionWords
    counted: CountedWords
    entity_of: EntityOf
    speaks_for: SpeaksFor
    one_side: OneSide
    fingerprint: str
    most_holders: int = MOST_HOLDERS
    most_together: int = MOST_TOGETHER


@functools.cache
def default_gatherer() -> Gatherer:
    """The gatherer that twosource comes with."""
    rules, corrections, counted = load_event_rules(), load_correction_words(), load_counted()
    actors, agencies = load_actor_table(), load_agencies()
    gc.freeze()  # all of it stays for the process: to go through it takes the collector a tenth of a second every time
    return Gatherer(
        rules=rules,
        corrections=corrections,
        counted=counted,
        entity_of=lambda name, _report: _known_actor(name, actors),
        speaks_for=_organs(actors, agencies),
        one_side=_sides(actors),
        fingerprint=digest_of(
            _VERSION, rules.digest, corrections.digest, counted.digest, actors.digest, agencies.digest
        ),
    )


@functools.lru_cache(65_536)
def _known_actor(name: str, table: ActorTable) -> str | None:
    """The entity of a name that the table has, or of a state whose people it names ('Syrian army')."""
    rows = table.find(name)
    if len(rows) == 1:
        return f"actor:{rows[0].id}"
    states = {row.id for word in name.split() for row in table.by_adjective(word)}
    return f"actor:{states.pop()}" if len(states) == 1 else None


def _organs(actors: ActorTable, agencies: AgencyTable) -> SpeaksFor:
    """Leads from the name of a state's organ to that state."""
    states = {country: row.id for row in actors.rows if row.kind is ActorKind.STATE for country in row.country}

    def speaks_for(name: str) -> str | None:
        rows = [row for row in agencies.find(name) if row.side == "state" and row.country in states]
        return f"actor:{states[rows[0].country or '']}" if len(rows) == 1 else None

    return speaks_for


def _sides(actors: ActorTable) -> OneSide:
    """Two actors of the table are of one side where one is the other's parent, or both are forces of one state."""

    def of(key: str) -> set[str]:
        row = actors.get(key.partition(":")[2])
        if row is None:
            return {key}
        states = {f"state {row.country[0]}"} if row.kind in _OF_STATES and len(row.country) == 1 else set()
        return {row.id, *([row.parent] if row.parent else []), *states}

    return lambda a, b: bool(of(a) & of(b))
