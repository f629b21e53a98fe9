"""Puts into words where a name of a place led before somebody decided on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from twosource.views.place_candidates import known_place

__all__ = ["place_before"]

_MOST_PLACES = 3


def place_before(before: Mapping[str, Any]) -> str:
    """The places that the name led to by what an entry keeps of before; 'not found' only where it led to none.

    Empty where that wasn't kept: entries on all reports did not keep it at first.
    """
    if "places" in before:
        return _places_words(before)
    if "place" not in before:
        return ""
    return _one(known_place(before["place"]) or {"name": before["place"]}) if before["place"] else "not found"


def _places_words(before: Mapping[str, Any]) -> str:
    places, not_placed = before["places"], before.get("not_placed", 0)
    words = "; ".join(_one(place) for place in places[:_MOST_PLACES])
    more = len(places) - _MOST_PLACES
    words += f" and {more} more" if more > 0 else ""
    words += ", by report" if len(places) > 1 else ""
    if not words:
        words = "not found"
    elif not_placed:
        words += f"; not found in {not_placed} report{'' if not_placed == 1 else 's'}"
    return words + (f" (in the first {before['looked_at']:,} reports)" if "looked_at" in before else "")


def _one(place: Mapping[str, Any]) -> str:
    above = [one for one in (place.get("admin1"), place.get("country")) if one]
    return f"{place['name']} in {', '.join(above)}" if above else str(place["name"])
