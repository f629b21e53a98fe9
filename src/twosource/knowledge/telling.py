"""How much a claim of a suspected event is expected to be worth, and how much it must be worth to be told."""

from __future__ import annotations

import msgspec

from twosource.errors import KnowledgeError
from twosource.knowledge.toml_rules import data_digest, load_record

__all__ = ["SIGNS", "Telling", "load_telling"]

SIGNS = ("anchor", "type", "family", "evidence", "length", "known", "doubt")
"""What an event is weighed by; ``reading.weighing.signs_of`` tells each, in this order."""

_PATH = "en/telling_weights.json"


class Telling(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A linear model of what a claim is worth: 0 where nobody coded it, else the share of its fields that are right.

    ``weights`` has one for each of SIGNS, and 'bias'. Claims worth ``least`` are told:
    half of the F1 that claims reach, since a claim worth less takes more from precision than it gives to recall.
    """

    weights: dict[str, float]
    least: float
    digest: str = ""


def load_telling() -> Telling:
    """The packaged weights. Raises KnowledgeError where the file is not of the form."""
    telling = load_record(_PATH, Telling)
    if odd := set(telling.weights) ^ {*SIGNS, "bias"}:
        raise KnowledgeError(f"data/{_PATH}: missing, or no sign of an event: {', '.join(sorted(odd))}")
    return msgspec.structs.replace(telling, digest=data_digest([_PATH]))
