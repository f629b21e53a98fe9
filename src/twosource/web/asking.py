"""What a query asks for: days in it, and the addresses that change one thing of it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from twosource.errors import UsageError

__all__ = ["day_in", "with_query"]


def day_in(words: str) -> datetime.date | None:
    """The day that the words are, None for none. Raises UsageError for words that are no day."""
    try:
        return datetime.date.fromisoformat(words) if words else None
    except ValueError:
        raise UsageError(f"{words!r} is no day: write year, month and day as in 2024-12-01") from None


def with_query(asked: Mapping[str, str]) -> Callable[..., str]:
    """What gives the query (from '?' on, empty for nothing) with the values asked for, but for those named anew."""

    def query(**changed: str) -> str:
        kept = {name: value for name, value in {**asked, **changed}.items() if value}
        return f"?{urlencode(kept)}" if kept else ""

    return query
