"""A name in one sense, with its namesakes and what speaks for each: what the resolving of places works on."""

from __future__ import annotations

import math
from typing import Final

import msgspec

from twosource.knowledge.gazetteer import GazetteerPlace
from twosource.knowledge.place_rules import SIGNALS

__all__ = ["AT", "Name"]

AT: Final = {name: number for number, name in enumerate(SIGNALS)}
"""Where each signal stands in a row of signals."""


class Name(msgspec.Struct):
    """One name in one sense: where it stands, its namesakes, and for each its signals and its likelihood.

    ``inside`` tells that the namesakes are those of a part of the name, ``site`` that it names a street or a building.
    ``key`` is the folded name without a word such as 'province'; ``people`` are each namesake's own, or those of the
    division of the same name that holds it. ``holder`` is the name that the words say holds it, with whether it only
    lies near it. ``settled`` is the index of the place that is meant, None where none is sure enough.
    """

    key: str
    at: list[int]
    offsets: list[int]
    places: tuple[GazetteerPlace, ...]
    inside: bool
    site: bool
    chains: list[tuple[str, ...]]
    areas: list[tuple[tuple[str, ...], ...]]
    signals: list[list[float]]
    people: list[int]
    likely: list[float]
    holder: tuple[Name, bool] | None = None
    settled: int | None = None

    @property
    def place(self) -> GazetteerPlace | None:
        """The place that is meant, if it is settled."""
        return None if self.settled is None else self.places[self.settled]

    @property
    def weight(self) -> float:
        """How much it counts for the others: names that stand often count more, but not in proportion."""
        return 1.0 + math.log(len(self.at))
