"""Puts an event into words for the page: its name, its ranges, its days and how well it is borne out."""

from __future__ import annotations

from twosource.closed_sets import FigureKind
from twosource.corpus_records import BestRule, Event, Grade, Range
from twosource.views.events import EventInShort
from twosource.web.wording import days_words, thousands, type_words
from twosource.web.world import Borders, sides

__all__ = [
    "BEST_WORDS",
    "BORDER_WORDS",
    "GRADE_WORDS",
    "border_words",
    "bounds_words",
    "event_days",
    "event_name",
    "event_path",
    "range_words",
]

GRADE_WORDS = {
    Grade.CONFIRMED: "a party to it admits it",
    Grade.FAIR: "two independent origins or more",
    Grade.WEAK: "one origin",
    Grade.CONTESTED: "independent origins lay it on different parties",
    Grade.DENIED: "as many deny it as assert it",
    Grade.PLANNED: "announced, and no account that it happened",
}
"""What each grade means, in the order in which they are offered."""

BEST_WORDS = {
    BestRule.RANGE: "the whole range",
    BestRule.CONSERVATIVE: "the lowest number told",
    BestRule.MAJORITY: "what most origins tell",
    BestRule.LATEST: "what the latest report tells",
    BestRule.HIERARCHY: "what the source most trusted tells",
}
"""The rules by which one figure is chosen."""


BORDER_WORDS: dict[str, str] = {
    Borders.MARKED: "disputed ones dashed",
    Borders.HELD: "as held on the ground",
    Borders.NONE: "none, coasts alone",
}
"""Whose borders the map draws, but for those of the sides of a dispute."""


def border_words(borders: str) -> str:
    """Whose borders are drawn, in words: 'as India draws them'."""
    return BORDER_WORDS.get(borders) or f"as {sides()[borders]} draws them"


def event_path(id_: str) -> str:
    """The address of an event's page."""
    return f"/events/{id_}"


def event_name(event: Event | EventInShort) -> str:
    """The event's type and first place, such as 'Shelling in Vale'."""
    return f"{type_words(event.type)} in {event.places[0].name}" if event.places else type_words(event.type)


def event_days(event: Event) -> str | None:
    """The days that the event can be of; None where no account tells."""
    return days_words(event.start, event.end)


def bounds_words(low: int | None, high: int | None) -> str:
    """A number or a range: '12', '12 – 40', '12 or more', 'up to 40'."""
    if low is None:
        return "not said" if high is None else f"up to {thousands(high)}"
    if high is None:
        return f"{thousands(low)} or more"
    return thousands(low) if low == high else f"{thousands(low)} – {thousands(high)}"


def range_words(one: Range) -> str:
    """A figure's range and what it counts: '12 – 40 killed'; '30 others' are of no kind that has a word."""
    kind = "others counted" if one.kind is FigureKind.OTHER else one.kind.value
    return f"{bounds_words(one.low, one.high)} {kind}"
