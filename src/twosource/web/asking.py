"""What a query asks for: a filter of claims, and the addresses that change one thing of it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from twosource.errors import UsageError
from twosource.store.claim_query import ClaimFilter
from twosource.store.decided_query import LeftOut

__all__ = ["ANSWER_FIELDS", "answer_filter", "asked_in", "day_in", "earlier", "with_query"]

ANSWER_FIELDS = ("actor", "place", "source", "since", "until", "published_until")
"""The fields of a filter that every question over many claims can be asked with."""


def asked_in(query: QueryParams, fields: Iterable[str]) -> dict[str, str]:
    """The words of each field of the query, empty for none."""
    return {name: query.get(name, "").strip() for name in fields}


def answer_filter(asked: Mapping[str, str]) -> ClaimFilter:
    """The claims that the words ask for. Raises UsageError for a day that can't be."""
    return ClaimFilter(
        actor=asked["actor"] or None,
        place=asked["place"] or None,
        source=asked["source"] or None,
        since=day_in(asked["since"]),
        until=day_in(asked["until"]),
        published_until=day_in(asked["published_until"]),
    )


def day_in(words: str) -> datetime.date | None:
    """The day that the words are, None for none. Raises UsageError for words that are no day."""
    try:
        return datetime.date.fromisoformat(words) if words else None
    except ValueError:
        raise UsageError(f"{words!r} is no day: write year, month and day as in 2024-12-01") from None


def earlier(asked: Mapping[str, str], left_out: LeftOut | None) -> str:
    """The query for the claims published before those looked at; empty where all were, or it is not known.

    Those of the last day that was looked at are looked at again, since some of them may have been left out; where all
    were of that one day, it goes on with the day before.
    """
    if left_out is None or left_out.since is None or left_out.since == datetime.date.min:
        return ""
    is_one_day = left_out.since == left_out.until
    last = left_out.since - datetime.timedelta(days=1) if is_one_day else left_out.since
    return with_query(asked)(published_until=last.isoformat())


def with_query(asked: Mapping[str, str]) -> Callable[..., str]:
    """What gives the query (from '?' on, empty for nothing) with the values asked for, but for those named anew."""

    def query(**changed: str) -> str:
        kept = {name: value for name, value in {**asked, **changed}.items() if value}
        return f"?{urlencode(kept)}" if kept else ""

    return query
