"""How likely a claim's event is where, and when, the report tells of another one: data/en/inheriting_weights.json."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import repeat
from operator import mul

import msgspec

from twosource.knowledge.toml_rules import data_digest, load_record

__all__ = ["Inheriting", "Likelihood", "load_inheriting"]

_PATH = "en/inheriting_weights.json"


class Likelihood(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A logistic model: a bias and a weight for each measure by its name, and the likelihood from which it is taken."""

    bias: float
    weights: dict[str, float]
    least: float

    def of(self, measures: Mapping[str, float]) -> float:
        """The likelihood, from 0 to 1; a measure that is not there counts as 0."""
        told = map(measures.get, self.weights, repeat(0.0))
        total = self.bias + sum(map(mul, self.weights.values(), told))
        return 1 / (1 + math.exp(-total))


class Inheriting(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One model for places and one for times; made by training/fit_inheriting.py, not by hand."""

    places: Likelihood
    times: Likelihood
    digest: str = ""


def load_inheriting() -> Inheriting:
    """The packaged weights. Raises KnowledgeError where the file is not of this form."""
    model = load_record(_PATH, Inheriting, mend="make it again with training/fit_inheriting.py")
    return msgspec.structs.replace(model, digest=data_digest([_PATH]))
