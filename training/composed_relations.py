"""Reads sentences whose entities and relations are marked in the line itself, in the form of data/relations.txt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from twosource.score.relation_features import Entity
from twosource.score.relations import GoldRelation, GoldText

__all__ = ["read_composed"]

_KINDS = {
    "O": "Organisation", "P": "Person", "L": "Location", "W": "Weapon", "M": "MilitaryPlatform", "V": "Vehicle",
}  # fmt: skip
_NAMES = {"F": "FightingAgainst", "A": "AlliesOf", "I": "InChargeOf", "B": "BelongsTo"}
_MARK = re.compile(r"\[|\|([A-Z])(\d+)\]")


class _Marked(NamedTuple):
    begin: int
    end: int
    letter: str


def read_composed(path: Path) -> list[GoldText]:
    """A text for every line, under the file's stem and the line's number. Raises ValueError with a broken line."""
    lines = enumerate(path.read_text("utf-8").splitlines(), 1)
    return [_text(f"{path.stem}-{number}", line) for number, line in lines if line and not line.startswith("#")]


def _text(name: str, line: str) -> GoldText:
    words, equals, told = line.rpartition(" =")
    if not equals:
        raise ValueError(f"{name}: no ' =' behind the sentence: {line}")
    text, marked = _unmarked(words)
    return GoldText(
        id=name,
        text=text,
        entities=tuple(Entity(begin=a, end=b, type=_KINDS[kind]) for a, b, kind in marked.values() if kind in _KINDS),
        relations=tuple(_relations(name, told, marked)),
    )


def _unmarked(words: str) -> tuple[str, dict[str, _Marked]]:
    """The sentence without its marks, and what they say by number."""
    text, at, open_at = "", 0, list[int]()
    marked: dict[str, _Marked] = {}
    for mark in _MARK.finditer(words):
        text += words[at : mark.start()]
        at = mark.end()
        if mark[0] == "[":
            open_at.append(len(text))
        else:
            marked[mark[2]] = _Marked(open_at.pop(), len(text), mark[1])
    return text + words[at:], marked


def _relations(name: str, told: str, marked: dict[str, _Marked]) -> Iterator[GoldRelation]:
    for one in filter(str.strip, told.split(";")):
        letter, first, second = one.split()
        if not {first, second} <= marked.keys() or letter not in _NAMES:
            raise ValueError(f"{name}: no such entity or relation: {one.strip()}")
        source, target = marked[first], marked[second]
        yield GoldRelation(
            type=_NAMES[letter],
            source_begin=source.begin,
            source_end=source.end,
            target_begin=target.begin,
            target_end=target.end,
        )
