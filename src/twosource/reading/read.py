"""The ordered list of layers: each a stage that takes a batch of readings and returns it with one more layer."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from twosource.reading.actors import find_mentions
from twosource.reading.attribution import find_attributions
from twosource.reading.attribution_model import hear, read_attributions
from twosource.reading.claims import find_claims
from twosource.reading.claims_model import claims_from_signals
from twosource.reading.cues import find_cues
from twosource.reading.denials import find_denials
from twosource.reading.doubts import read_doubts
from twosource.reading.equipment import Equipment
from twosource.reading.figures import read_figures
from twosource.reading.parse import parse_batch
from twosource.reading.places import country_of_address, find_places
from twosource.reading.quotations import find_quotations
from twosource.reading.signals import Signals
from twosource.reading.times import read_times, time_issues
from twosource.reading.tree import Tree
from twosource.reading.triggers import find_triggers
from twosource.records import Reading
from twosource.stage import Batch, Stage

__all__ = ["STAGES"]


def read_words(batch: Batch, equipment: Equipment) -> list[Reading]:
    """The batch with tokens and sentences, of those passages that the scan keeps."""
    return parse_batch(batch, equipment.parser, equipment.scan)


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


class _Scene(msgspec.Struct, frozen=True, kw_only=True):
    """What the layers of one report share: its parse, what the trained reader told of it, and the equipment."""

    tree: Tree
    heard: Signals | None
    equipment: Equipment


def _claims(reading: Reading, equipment: Equipment) -> Reading:
    heard = None
    if equipment.speech is not None:
        heard = hear([reading], equipment.speech, sentences_alone=equipment.scan is not None)[0]
    scene = _Scene(tree=Tree(reading), heard=heard, equipment=equipment)
    for layer in _LAYERS:
        reading = layer(reading, scene)
    return reading


def _cues(reading: Reading, scene: _Scene) -> Reading:
    """The words of doubt and denial that the rules know, and those that the trained reader sees beside them."""
    found = find_cues(scene.tree, scene.equipment.cues)
    if scene.heard is not None:
        found = tuple(sorted((*found, *read_doubts(scene.tree, scene.heard)), key=lambda cue: (cue.span, cue.rule)))
    return msgspec.structs.replace(reading, cues=found)


def _places(reading: Reading, scene: _Scene) -> Reading:
    country = country_of_address(reading.report.url or "", scene.equipment.places)
    return msgspec.structs.replace(reading, places=find_places(scene.tree, scene.equipment.places, country))


def _mentions(reading: Reading, scene: _Scene) -> Reading:
    return msgspec.structs.replace(reading, mentions=find_mentions(scene.tree, reading.places, scene.equipment.actors))


def _attributions(reading: Reading, scene: _Scene) -> Reading:
    known = scene.equipment
    if known.speech is not None and scene.heard is not None:
        [found] = read_attributions([reading], known.speech, [scene.heard], [scene.tree])
    else:
        found = find_attributions(reading.report, scene.tree, reading.quotations, reading.mentions, known.attribution)
    return msgspec.structs.replace(reading, attributions=found)


def _triggers(reading: Reading, scene: _Scene) -> Reading:
    found = find_triggers(scene.tree, reading.mentions, reading.places, scene.equipment.claims.events)
    return msgspec.structs.replace(reading, triggers=found)


def _found_claims(reading: Reading, scene: _Scene) -> Reading:
    known = scene.equipment.claims
    if scene.heard is not None and scene.heard.tells_events:
        found = claims_from_signals(reading, scene.tree, scene.heard.events, known)
    else:
        found = find_claims(reading, scene.tree, known)
    return msgspec.structs.replace(reading, claims=found)


def _denials(reading: Reading, scene: _Scene) -> Reading:
    return msgspec.structs.replace(reading, claims=find_denials(reading, scene.tree, scene.equipment.denials))


_LAYERS: tuple[Callable[[Reading, _Scene], Reading], ...] = (
    _cues,
    _places,
    _mentions,
    _attributions,
    _triggers,
    _found_claims,
    _denials,
)

STAGES: tuple[Stage[Equipment], ...] = (
    Stage(name="parse", version=2, run=read_words, uses=("parser", "scan")),
    Stage(name="surface", version=3, run=read_surface, uses=("times", "figures")),
    Stage(
        name="claims",
        version=8,
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
            "telling",
            "untold",
            "inheriting",
            "leaders",
        ),
    ),
)
