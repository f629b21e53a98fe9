"""Which events a query of the desk asks for: one filter for the list, the map, the timeline and the export."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import quote_plus, urlencode

from starlette.datastructures import QueryParams

from twosource.corpus_records import Grade, OwnType
from twosource.deciding.own_types import own_type
from twosource.errors import UsageError
from twosource.views.claims import claim_type
from twosource.views.events import EventFilter
from twosource.web.paging import number_in

__all__ = ["FIELDS", "asked_in", "event_filter", "linking", "with_query"]

FIELDS = (
    "text", "actor", "place", "source", "type", "own", "family", "since", "until", "grade", "origins", "key", "report"
)  # fmt: skip
"""The names of a query that make the filter, in the order in which addresses carry them."""


def asked_in(query: QueryParams) -> dict[str, str]:
    """The words of each field of the query, empty for none."""
    return {name: query.get(name, "").strip() for name in FIELDS}


def event_filter(asked: Mapping[str, str], own: Sequence[OwnType] = ()) -> EventFilter:
    """The filter that the words ask for; ``own`` are the project's own types.

    Raises UsageError for a type, family, grade, day or number that can't be.
    """
    return EventFilter(
        type=claim_type(asked["type"]) if asked["type"] else None,
        own=own_type(own, asked["own"]) if asked["own"] else None,
        family=asked["family"] or None,
        actor=asked["actor"] or None,
        place=asked["place"] or None,
        source=asked["source"] or None,
        key=asked["key"] or None,
        report=asked["report"] or None,
        since=_day(asked["since"]),
        until=_day(asked["until"]),
        grade=_grade(asked["grade"]),
        min_origins=_origins(asked["origins"]),
        text=asked["text"] or None,
    )


def with_query(path: str, asked: Mapping[str, str], **more: str) -> str:
    """The address of a path under the same filter; ``more`` are further values, in the place of the filter's own."""
    every = {name: value for name, value in {**asked, **more}.items() if value}
    return f"{path}?{urlencode(every)}" if every else path


def linking(path: str, asked: Mapping[str, str], field: str) -> Callable[[str], str]:
    """What makes addresses as ``with_query`` does, of values of one field; the rest of them is put together once."""
    names = [name for name, value in asked.items() if value or name == field]
    names += [field] if field not in names else []
    at = names.index(field)
    before, after = (urlencode({name: asked[name] for name in some}) for some in (names[:at], names[at + 1 :]))
    opening = f"{path}?{before}{'&' if before else ''}{quote_plus(field)}="
    closing = f"{'&' if after else ''}{after}"
    bare = with_query(path, {**asked, field: ""})
    return lambda value: f"{opening}{quote_plus(value)}{closing}" if value else bare


def _day(words: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(words) if words else None
    except ValueError:
        raise UsageError(f"{words!r} is no day: write year, month and day as in 2024-12-01") from None


def _grade(words: str) -> Grade | None:
    try:
        return Grade(words) if words else None
    except ValueError:
        raise UsageError(f"there is no grade {words!r}: it is one of {', '.join(Grade)}") from None


def _origins(words: str) -> int | None:
    if words and number_in(words) is None:
        raise UsageError(f"{words!r} is no number of origins: write a whole number such as 2")
    return number_in(words)
