"""Long lists in pages of one length."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from urllib.parse import urlencode

import msgspec
from starlette.datastructures import QueryParams

__all__ = ["PAGE_SIZE", "Paging", "number_in", "paging_of"]

PAGE_SIZE = 50


class Paging(msgspec.Struct, frozen=True):
    """Which page of a list is shown, how many rows the list has, and the query that the other pages keep.

    ``size`` is how many rows a page holds. ``more`` tells that there are more rows than were counted.
    """

    page: int
    rows: int
    query: tuple[tuple[str, str], ...] = ()
    size: int = PAGE_SIZE
    more: bool = False

    @property
    def offset(self) -> int:
        """How many rows stand on the pages before."""
        return (self.page - 1) * self.size

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, ceil(self.rows / self.size))

    def link(self, page: int) -> str:
        """The address, after the path, of another page."""
        return "?" + urlencode([*self.query, *([("page", str(page))] if page > 1 else [])])


def paging_of(
    query: QueryParams, rows: int, kept: Mapping[str, str], size: int = PAGE_SIZE, most: int | None = None
) -> Paging:
    """The page asked for; the first or the last one where the number is wrong. Rows are counted up to ``most``."""
    number = number_in(query.get("page", "1")) or 1
    more = most is not None and rows > most
    counted = rows if most is None else min(rows, most)
    paging = Paging(1, counted, tuple((name, value) for name, value in kept.items() if value), size, more)
    return msgspec.structs.replace(paging, page=min(max(1, number), paging.pages))


def number_in(words: str) -> int | None:
    """The whole number of at most nine digits that the words are, else None."""
    return int(words) if words.isascii() and words.isdecimal() and len(words) < 10 else None
