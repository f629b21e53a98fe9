"""Scores relations between given entities, against the form of re3d: who fights whom, is allied, in charge, belongs.

The entities are the gold's; pairs are those of one sentence. A relation found is right where the gold has one of its
type between the same two mentions; the direction counts for InChargeOf and BelongsTo alone. What tells a relation are
signs in the words and the parse, the claims of the reading, how likely the trained encoder holds the two for the
parties of one event, and the encoder's states for their words and those between.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np

from twosource.errors import UsageError
from twosource.knowledge.relation_signs import RelationWeights, load_relation_signs, load_relation_weights
from twosource.model.roles import Floats
from twosource.reading.tree import Tree
from twosource.records import Reading, Report
from twosource.score.claims import f1
from twosource.score.gold import read_gold
from twosource.score.relation_chances import Likely, TextEvents
from twosource.score.relation_features import Entity, Scene, features
from twosource.score.relation_states import PairStates

__all__ = [
    "MUTUAL",
    "RELATIONS",
    "GoldText",
    "Pair",
    "Relation",
    "coded_relations",
    "pairs_in",
    "read_related",
    "score_relations",
    "weighed",
]

RELATIONS = ("FightingAgainst", "AlliesOf", "InChargeOf", "BelongsTo")
MUTUAL = frozenset({"FightingAgainst", "AlliesOf"})
_NO_PARTY = frozenset({"Quantity", "Temporal", "Nationality", "Frequency", "Coordinate"})
_LEAST_ENTITY = 0.5  # confidence of the markers; below it an entity is another cut of one that they were sure of


class GoldRelation(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One relation as marked, by the offsets of its two entities."""

    type: str
    source_begin: int
    source_end: int
    target_begin: int
    target_end: int


class GoldText(msgspec.Struct, frozen=True):
    """One line of the gold; further keys are passed over."""

    id: str
    text: str
    entities: tuple[Entity, ...]
    relations: tuple[GoldRelation, ...]


class Relation(NamedTuple):
    """A relation of one text: its type, and the offsets of source and target, in their order where it is mutual."""

    type: str
    source: tuple[int, int]
    target: tuple[int, int]


class Pair(NamedTuple):
    """Two entities of one sentence, in one direction, and what can be said of them: 1 for what holds, else how much.

    ``states`` are the numbers of score.relation_states, where the encoder was asked.
    """

    source: tuple[int, int]
    target: tuple[int, int]
    features: Mapping[str, float]
    states: Floats | None = None


def read_related(path: Path) -> list[GoldText]:
    """The texts of a JSON Lines file, in its order. Raises InputError that names the line of a broken one."""
    return read_gold(path, GoldText)


def score_relations(
    gold: Sequence[GoldText],
    read: Callable[[Report], Reading],
    weights: RelationWeights | None = None,
    events_of: Callable[[str], TextEvents] | None = None,
) -> dict[str, float]:
    """Precision, recall and F1 over the four types together, then F1, gold and predicted of each.

    Without ``weights`` the packaged ones count, and ``events_of`` is the packaged encoder's. Raises UsageError where
    the gold holds none of the types.
    """
    known = weights or load_relation_weights()
    told = events_of or (_packaged() if weights is None else None)
    wanted = {(text.id, one) for text in gold for one in coded_relations(text)}
    if not wanted:
        raise UsageError(f"the gold holds no relation of the types {', '.join(RELATIONS)}")
    found = {(text.id, one) for text in gold for one in _found_in(text, read, told, known)}
    precision, recall, both = f1(len(wanted & found), len(wanted), len(found))
    out: dict[str, float] = {"gold": len(wanted), "predicted": len(found)}
    out |= {"precision": precision, "recall": recall, "f1": both}
    for name in RELATIONS:
        mine, theirs = ({row for row in rows if row[1].type == name} for rows in (wanted, found))
        out[f"f1_{name}"] = f1(len(mine & theirs), len(mine), len(theirs))[2]
        out |= {f"gold_{name}": len(mine), f"predicted_{name}": len(theirs)}
    return out


def coded_relations(text: GoldText) -> set[Relation]:
    """The relations of the four types that the gold has for the text."""
    return {
        _relation(one.type, (one.source_begin, one.source_end), (one.target_begin, one.target_end))
        for one in text.relations
        if one.type in RELATIONS
    }


def pairs_in(text: GoldText, reading: Reading, events: TextEvents | None = None) -> Iterator[Pair]:
    """Every two entities of a sentence that do not share words, in both directions."""
    signs, tree = load_relation_signs(), Tree(reading)
    likely = Likely(events, signs) if events else None
    states = PairStates(events, events.states) if events and events.states is not None else None
    surest = {one.span: one for one in sorted(text.entities, key=lambda one: one.confidence)}
    able = [one for one in surest.values() if one.type not in _NO_PARTY and one.confidence >= _LEAST_ENTITY]
    for sentence in reading.sentences:
        here = sorted((one for one in able if sentence.span.start <= one.begin < sentence.span.end), key=_place)
        scene = Scene(reading, tree, here, signs)
        for source in here:
            for target in here:
                if not source.span.meets(target.span):
                    told = dict.fromkeys(sorted(features(scene, source, target)), 1.0)
                    if likely:
                        told.update(likely.amounts(source.span, target.span))
                    both = states.of(source.span, target.span) if states else None
                    yield Pair(_place(source), _place(target), told, both)


def weighed(pairs: Iterable[Pair], known: RelationWeights) -> dict[Relation, float]:
    """The likeliest relation of every pair with its chance; for a mutual one the mean of both directions decides."""
    table = np.array(known.states, dtype=np.float32)
    chances = {(pair.source, pair.target): _chances(pair, known, table) for pair in pairs}
    found: dict[Relation, float] = {}
    for (source, target), forth in chances.items():
        back = chances[target, source]
        fair = [
            (one + other) / 2 if label in MUTUAL else one
            for label, one, other in zip(known.labels, forth, back, strict=True)
        ]
        best = max(range(len(fair)), key=fair.__getitem__)
        relation = _relation(known.labels[best], source, target)
        found[relation] = max(fair[best], found.get(relation, 0.0))
    return found


def _packaged() -> Callable[[str], TextEvents]:
    from twosource.score.relation_reader import load_party_reader  # here: no other command loads a runtime for weights

    return load_party_reader().events_of


def _found_in(
    text: GoldText,
    read: Callable[[Report], Reading],
    events_of: Callable[[str], TextEvents] | None,
    known: RelationWeights,
) -> Iterator[Relation]:
    """The relations that are likely enough."""
    least = dict(zip(known.labels, known.least, strict=True))
    events = events_of(text.text) if events_of else None
    for relation, chance in weighed(pairs_in(text, read(Report(id=text.id, text=text.text)), events), known).items():
        if chance >= least[relation.type]:
            yield relation


def _place(entity: Entity) -> tuple[int, int]:
    return entity.begin, entity.end


def _relation(type_: str, source: tuple[int, int], target: tuple[int, int]) -> Relation:
    if type_ in MUTUAL:
        source, target = sorted((source, target))
    return Relation(type_, source, target)


def _chances(pair: Pair, known: RelationWeights, table: Floats) -> list[float]:
    rows = [(amount, known.weights[name]) for name, amount in pair.features.items() if name in known.weights]
    by_states = (pair.states @ table).tolist() if pair.states is not None and table.size else [0.0] * len(known.labels)
    scores = (sum((amount * row[at] for amount, row in rows), more) for at, more in enumerate(by_states))
    return [1 / (1 + math.exp(-max(-30.0, min(30.0, score)))) for score in scores]
