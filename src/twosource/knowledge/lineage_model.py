"""The weights by which two reports' resemblance is judged: data/lineage_model.toml, made by training/fit_lineage.py."""

from __future__ import annotations

import tomllib

import msgspec

from twosource.errors import KnowledgeError
from twosource.knowledge.toml_rules import data_bytes, data_digest

__all__ = ["MODEL_FILE", "LineageModel", "Weights", "load_lineage_model"]

MODEL_FILE = "lineage_model.toml"


class Weights(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One weighted sum of the measures of a pair, by their names."""

    bias: float
    of: dict[str, float]


class LineageModel(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Two logistic models: whether a pair is dependent, and which of three kinds a dependent pair is of.

    A pair is dependent from the likelihood ``threshold`` on.
    """

    threshold: float
    dependent: Weights
    reprint: Weights
    rewrite: Weights
    update: Weights
    digest: str = ""


def load_lineage_model() -> LineageModel:
    """The packaged weights. Raises KnowledgeError where the file is not of this shape."""
    try:
        model = msgspec.convert(tomllib.loads(data_bytes(MODEL_FILE).decode()), LineageModel)
    except msgspec.ValidationError as fault:
        raise KnowledgeError(f"data/{MODEL_FILE}: {fault}: make it again with training/fit_lineage.py") from None
    return msgspec.structs.replace(model, digest=data_digest([MODEL_FILE]))
