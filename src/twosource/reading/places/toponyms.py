"""What the layer is handed, and what its parts hand each other."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from twosource.knowledge.actors import ActorTable, ActorWords
from twosource.knowledge.gazetteer import Gazetteer
from twosource.knowledge.place_rules import PlaceRules
from twosource.knowledge.word_sets import WordSets
from twosource.spans import Span

__all__ = ["PlaceKnowledge", "Toponym", "Use"]


class PlaceKnowledge(msgspec.Struct, frozen=True, kw_only=True):
    """What the layer is handed: the gazetteer, the rules, and the known actors, whose names are no places."""

    gazetteer: Gazetteer
    rules: PlaceRules
    table: ActorTable
    words: ActorWords
    sets: WordSets


class Use(StrEnum):
    """What a place's name does where it stands."""

    PLACE = "place"
    ADJECTIVE = "adjective"
    """'Syrian' and 'Texans' name a place by a word made of its name."""
    PART = "part"
    """'Aleppo' in 'Aleppo Media Centre' is part of another thing's name."""


class Toponym(msgspec.Struct, frozen=True):
    """A place's name in the text."""

    span: Span
    use: Use = Use.PLACE
