"""How exports say things in other data sets' terms: data/export_rules.toml and data/country_numbers.jsonl."""

from __future__ import annotations

import tomllib

import msgspec

from twosource.closed_sets import ActorKind
from twosource.errors import KnowledgeError
from twosource.knowledge.toml_rules import data_bytes, load_rows

__all__ = ["ExportRules", "VagueToll", "load_country_numbers", "load_export_rules"]

_FILE = "export_rules.toml"
_NUMBERS = "country_numbers.jsonl"


class VagueToll(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words for a number that nobody counted: the codebook's range of them, and the number that ACLED codes."""

    words: str
    low: int
    high: int
    fatalities: int


class ExportRules(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words and numbers of ACLED and UCDP GED for tolls, kinds of actors, event types and precision of places."""

    acled_vague: tuple[VagueToll, ...]
    acled_inter: dict[ActorKind, str]
    acled_disorder: dict[str, str]
    acled_geo_precision: dict[str, int]
    ucdp_where_prec: dict[str, int]

    def acled_fatalities(self, low: int | None, high: int | None) -> int | None:
        """What ACLED codes for a toll of this range; None where only an upper bound is told."""
        vague = (one.fatalities for one in self.acled_vague if (one.low, one.high) == (low, high))
        return next(vague, low)


class _CountryNumber(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: str
    country: str
    number: int


def load_export_rules() -> ExportRules:
    """The packaged rules. Raises KnowledgeError where the file is not of this shape."""
    try:
        return msgspec.convert(tomllib.loads(data_bytes(_FILE).decode()), ExportRules)
    except msgspec.ValidationError as fault:
        raise KnowledgeError(f"data/{_FILE}: {fault}") from None


def load_country_numbers() -> dict[str, int]:
    """The number of ISO 3166-1 of each country by its two letters."""
    return {row.country: row.number for row in load_rows(_NUMBERS, _CountryNumber)}
