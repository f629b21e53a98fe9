"""Which column of an input holds which value of a report: by the user's map first, then by the usual names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from twosource.errors import UsageError

__all__ = ["COLUMNS", "GUESSES", "check_column_map", "parse_column_map", "place_columns"]

COLUMNS = ("id", "text", "title", "outlet", "published", "url", "agency", "language")
"""Our names, in the order in which the usual names are tried."""

GUESSES: dict[str, tuple[str, ...]] = {
    "id": ("id", "reportid", "articleid", "docid", "documentid", "newsid", "uid", "guid", "uuid"),
    "text": (
        *("text", "body", "content", "article", "fulltext", "articletext", "articlebody", "maintext", "bodytext"),
        *("articlecontent", "storytext", "story", "document"),
    ),
    "title": ("title", "headline", "heading", "articletitle", "articleheadline"),
    "outlet": (
        *("outlet", "source", "publisher", "publication", "newspaper", "sourcename", "site", "sitename", "website"),
        *("mediaoutlet", "sourcedomain", "domain"),
    ),
    "published": (
        *("published", "date", "publishedat", "publisheddate", "datepublished", "publishdate", "publicationdate"),
        *("pubdate", "articledate", "publishedon", "datepublish", "datetime", "timestamp"),
    ),
    "url": ("url", "link", "uri", "weburl", "sourceurl", "articleurl", "permalink", "href"),
    "agency": ("agency", "newsagency", "wire", "wireservice", "credit"),
    "language": ("language", "lang"),
}
"""The usual names of each column, folded (lower case, letters and digits alone), the likeliest first."""


def _folded(name: str) -> str:
    return "".join(char for char in name.casefold() if char.isalnum())


def parse_column_map(written: str) -> dict[str, str]:
    """The map of 'date=published,source=outlet', the input's column to ours. Raises UsageError for a bad one."""
    pairs: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in written.split(","))):
        theirs, equals, ours = (side.strip() for side in part.rpartition("="))
        if not equals or not theirs:
            raise UsageError(f"--map {part!r}: write the input's column, '=', and ours, as in date=published")
        if theirs in pairs:
            raise UsageError(f"--map names the input's column {theirs!r} twice")
        pairs[theirs] = ours
    check_column_map(pairs)
    return pairs


def check_column_map(column_map: Mapping[str, str]) -> None:
    """Returns where every value is one of COLUMNS and stands once; else raises UsageError."""
    seen: dict[str, str] = {}
    for theirs, ours in column_map.items():
        if ours not in COLUMNS:
            raise UsageError(f"--map {theirs}={ours}: {ours!r} is no column of ours; take one of {', '.join(COLUMNS)}")
        if ours in seen:
            raise UsageError(f"--map gives {ours!r} two columns, {seen[ours]!r} and {theirs!r}: keep one")
        seen[ours] = theirs


def place_columns(names: Iterable[str], column_map: Mapping[str, str]) -> dict[str, str]:
    """Our column to the input's, for those of ``names`` that are mapped or have a usual name.

    A name in the map is never guessed as another column. Where several have a usual name, the likeliest wins, and of
    two that fold alike the first.
    """
    there = list(names)
    placed = {ours: theirs for theirs, ours in column_map.items() if theirs in there}
    free: dict[str, str] = {}
    for name in there:
        if name not in column_map:
            free.setdefault(_folded(name), name)
    for ours in COLUMNS:
        guess = next((free[usual] for usual in GUESSES[ours] if usual in free), None)
        if ours not in placed and guess is not None:
            placed[ours] = guess
    return placed
