"""Signs of a relation between two entities of a sentence, and how much each weighs."""

from __future__ import annotations

import re
from functools import cached_property

import msgspec

from twosource.closed_sets import ClaimType
from twosource.knowledge.starred import starred_pattern
from twosource.knowledge.toml_rules import Rule, load_record, load_rules

__all__ = ["RelationSign", "RelationWeights", "load_relation_signs", "load_relation_weights"]


class RelationSign(Rule, frozen=True, kw_only=True, dict=True):
    """Words, and claims of these ``types``, that hint at a relation.

    ``of_name``: the words are looked for in the entity itself.
    """

    words: tuple[str, ...]
    types: tuple[ClaimType, ...] = ()
    of_name: bool = False

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What finds any of the words, as whole words and in any case."""
        return starred_pattern(self.words)


class RelationWeights(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The classifier: for each feature a weight for every label, each relation being a question of its own.

    A feature that holds adds its weight to the logarithm of the relation's odds, one that holds more or less its weight
    as many times. ``states`` has a row for each number that the encoder's states give of two entities
    (score.relation_states), or none. ``least`` is the chance from which on a relation counts, for each label.
    """

    labels: tuple[str, ...]
    least: tuple[float, ...]
    weights: dict[str, tuple[float, ...]]
    states: tuple[tuple[float, ...], ...] = ()


def load_relation_signs() -> tuple[RelationSign, ...]:
    """The packaged signs, in the file's order."""
    return load_rules("en/relation_signs.toml", "relation_sign", RelationSign)


def load_relation_weights() -> RelationWeights:
    """The packaged weights. Raises KnowledgeError where the file is not of the form."""
    return load_record("en/relation_weights.json", RelationWeights)
