"""What the people and the things of a country are called: the rows of data/nationalities.jsonl."""

from __future__ import annotations

import msgspec

from twosource.knowledge.toml_rules import load_rows

__all__ = ["NATIONALITIES_FILE", "Nationality", "load_nationalities"]

NATIONALITIES_FILE = "nationalities.jsonl"


class Nationality(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One country's words. 'Congolese' and 'Dominican' stand in two rows: such a word names no single country.

    `adjective` is the usual one, `also` others in use; `nouns` are for one person and for several. `country` is the
    ISO 3166 code, XK for Kosovo; `name` is the country's.
    """

    id: str
    adjective: str
    also: tuple[str, ...] = ()
    nouns: tuple[str, ...]
    country: str
    name: str


def load_nationalities() -> tuple[Nationality, ...]:
    """The rows, by country code. Raises KnowledgeError, with the line, for a row of the wrong shape."""
    return load_rows(NATIONALITIES_FILE, Nationality)
