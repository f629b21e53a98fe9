"""How a text says at its end who wrote it, where the writer is the source of everything in it."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from twosource.knowledge.toml_rules import Rule, data_digest, load_rules

__all__ = ["Byline", "BylineRule", "Bylines", "load_bylines"]

FILES = ("en/bylines.toml",)
_NAME = r"(?P<name>[A-ZÀ-Þ][\w’'-]{1,30}(?: (?:al-|de |van |bin )?[A-ZÀ-Þ][\w’'.-]{0,30}){1,2}?)"


class BylineRule(Rule, frozen=True, kw_only=True):
    """One way to sign. ``within`` tells whether the writer's word is the whole text or the part that it closes."""

    pattern: str
    within: Literal["text", "part"]
    marker: str = ""


class Byline(msgspec.Struct, frozen=True):
    """A way to sign, compiled. ``pattern`` has a group ``name``."""

    rule: BylineRule
    pattern: re.Pattern[str]
    marker: re.Pattern[str]


class Bylines(msgspec.Struct, frozen=True, kw_only=True):
    """The ways to sign, in order; the first that fits has the word."""

    rows: tuple[Byline, ...]
    digest: str


def load_bylines() -> Bylines:
    """The packaged rules."""
    rules = load_rules("en/bylines.toml", "byline", BylineRule)
    rows = tuple(Byline(r, re.compile(r.pattern.replace("NAME", _NAME)), re.compile(r.marker)) for r in rules)
    return Bylines(rows=rows, digest=data_digest(FILES))
