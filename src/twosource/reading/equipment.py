"""What the reading is handed: the parser, the knowledge, the gazetteer. Nothing in reading/ fetches anything itself."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from twosource.knowledge.cues import CueWords
from twosource.knowledge.denials import DenialWords
from twosource.knowledge.figure_rules import FigureRules
from twosource.knowledge.time_rules import TimeRules
from twosource.reading.actors import ActorKnowledge
from twosource.reading.attribution import AttributionKnowledge
from twosource.reading.attribution_model import SpeechKnowledge
from twosource.reading.claims import ClaimKnowledge
from twosource.reading.parse import Parser
from twosource.reading.places import PlaceKnowledge
from twosource.reading.scan import Scan

__all__ = ["Equipment"]


class Equipment(msgspec.Struct, frozen=True, kw_only=True):
    """One loaded set, shared by all reports of a process. ``digests`` names each knowledge file's SHA-256 in hex.

    Where ``speech`` is there, attributions rest on the trained reader in it, and else on the rules in ``attribution``.
    Where ``scan`` is there, passages that can hold no claim are passed over, and nothing at all is read in them.
    """

    parser: Parser
    scan: Scan | None = None
    cues: CueWords
    times: TimeRules
    figures: FigureRules
    places: PlaceKnowledge
    actors: ActorKnowledge
    attribution: AttributionKnowledge
    speech: SpeechKnowledge | None = None
    claims: ClaimKnowledge
    denials: DenialWords
    digests: Mapping[str, str]
