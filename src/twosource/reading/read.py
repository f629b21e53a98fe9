"""The ordered list of layers: each a stage that takes a batch of readings and returns it with one more layer."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from twosource.reading.actors import find_mentions
from twosource.reading.attribution import find_attributions
from twosource.reading.attribution_model import hear, read_attributions
from twosource.reading.claims import find_claims
from twosource.reading.cues import find_cues
from twosource.reading.denials import find_denials
from twosource.reading.doubts import read_doubts
from twosource.reading.equipment import Equipment
from twosource.reading.figures import read_figures
from twosource.reading.parse import parse_batch
from twosource.reading.places import country_of_address, find_places
from twosource.reading.quotations import find_quotations
from twosource.reading.times import read_times, time_issues
from twosource.reading.tree import Tree
from twosource.reading.triggers import find_triggers
from twosource.records import Reading
from twosource.stage import Batch, Stage

__all__ = ["STAGES"]


def read_words(batch: Batch, equipment: Equipment) -> list[Reading]:
    """The batch with tokens and sentences."""
    return parse_batch(batch, equipment.parser)


def read_surface(batch: Batch, equipment: Equipment) -> list[Reading]:
    """The batch with quotations, times and figures: what stands on the page without asking who does what."""
    return [_surface(reading, equipment) for reading in batch]


def read_claims(batch: Batch, equipment: Equipment) -> list[Reading]:
    """The batch with cues, places, mentions, attributions, triggers and claims."""
    return [_claims(reading, equipment) for reading in batch]


def _surface(reading: Reading, equipment: Equipment) -> Reading:
    reading = msgspec.structs.replace(reading, quotations=find_quotations(reading.report.text))
    reading = msgspec.structs.replace(reading, times=read_times(reading, equipment.times))
    reading = msgspec.structs.replace(reading, issues=(*reading.issues, *time_issues(reading)))
    return msgspec.structs.replace(reading, figures=read_figures(reading, equipment.figures))


def _claims(reading: Reading, equipment: Equipment) -> Reading:
    tree = Tree(reading)
    for layer in _LAYERS:
        reading = layer(reading, tree, equipment)
    return reading


def _cues(reading: Reading, tree: Tree, equipment: Equipment) -> Reading:
    return msgspec.structs.replace(reading, cues=find_cues(tree, equipment.cues))


def _places(reading: Reading, tree: Tree, equipment: Equipment) -> Reading:
    country = country_of_address(reading.report.url or "", equipment.places)
    return msgspec.structs.replace(reading, places=find_places(tree, equipment.places, country))


def _mentions(reading: Reading, tree: Tree, equipment: Equipment) -> Reading:
    return msgspec.structs.replace(reading, mentions=find_mentions(tree, reading.places, equipment.actors))


def _attributions(reading: Reading, tree: Tree, equipment: Equipment) -> Reading:
    """With the trained reader also the words of doubt that it sees, beside those that the rules know."""
    if equipment.speech is None:
        found = find_attributions(reading.report, tree, reading.quotations, reading.mentions, equipment.attribution)
        return msgspec.structs.replace(reading, attributions=found)
    heard = hear([reading], equipment.speech)
    [told] = read_attributions([reading], equipment.speech, heard)
    cues = sorted((*reading.cues, *read_doubts(tree, heard[0])), key=lambda cue: (cue.span, cue.rule))
    return msgspec.structs.replace(reading, cues=tuple(cues), attributions=told)


def _triggers(reading: Reading, tree: Tree, equipment: Equipment) -> Reading:
    found = find_triggers(tree, reading.mentions, reading.places, equipment.claims.events)
    return msgspec.structs.replace(reading, triggers=found)


def _found_claims(reading: Reading, tree: Tree, equipment: Equipment) -> Reading:
    return msgspec.structs.replace(reading, claims=find_claims(reading, tree, equipment.claims))


def _denials(reading: Reading, tree: Tree, equipment: Equipment) -> Reading:
    return msgspec.structs.replace(reading, claims=find_denials(reading, tree, equipment.denials))


_LAYERS: tuple[Callable[[Reading, Tree, Equipment], Reading], ...] = (
    _cues,
    _places,
    _mentions,
    _attributions,
    _triggers,
    _found_claims,
    _denials,
)

STAGES: tuple[Stage[Equipment], ...] = (
    Stage(name="parse", version=1, run=read_words, uses=("parser",)),
    Stage(name="surface", version=1, run=read_surface, uses=("times", "figures")),
    Stage(
        name="claims",
        version=2,
        run=read_claims,
        uses=(
            "cues",
            "denials",
            "gazetteer",
            "places",
            "actors",
            "actor_words",
            "agencies",
            "attribution",
            "events",
            "event_types",
            "word_sets",
        ),
    ),
)
