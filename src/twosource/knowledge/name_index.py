"""Finds the rows of a table by any of their names, however they are spelt: one fold, one index for actors and agencies.

This fold is narrower than the gazetteer's: it keeps doubled letters and does not touch acronyms, for 'PFF' and 'PF' are
two groups, and it keeps which words had capitals, for 'WHO' is an actor and 'who' is not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from enum import IntEnum
from functools import lru_cache
from typing import Generic, NamedTuple, Protocol, TypeVar

__all__ = ["LONGEST_NAME", "Named", "NameIndex", "fold_actor", "name_words"]

LONGEST_NAME = 12
"""Tokens that `longest` looks at. A tokenizer makes three of 'al-Sham', so eight words of a name can be more tokens."""

_SIGNS = str.maketrans(
    {"ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "Æ": "Ae", "ə": "e"}
    | {"Ə": "E", "&": " and "}
    | dict.fromkeys("'’‘`´ʻʼʽʾʿ′\"“”.", "")
    | dict.fromkeys("-‐‑‒–—_/()", " ")
)
_ARTICLE = re.compile(r"\b(?:a[lnrstdz]|a[std]h|el|ul)\s?[-‐‑]\s?(?=\w)|\bal\s(?=\w)", re.IGNORECASE)
_POSSESSIVE = re.compile(r"\s?['’]s?$")
_TORN_POSSESSIVE = re.compile(r"\s+(?=['’]s\b)")
_ARTICLES = frozenset("al an ar as at ad az ash ath adh el ul".split())
_JOINTS = frozenset("- ‐ ‑ – ' ’ 's ’s / & ( . ul e".split())


class Shape(IntEnum):
    """How a word of a name is written: 'forces', 'Front', 'UNIFIL', or in two or three capitals, 'HTS'."""

    LOWER = 0
    INITIAL = 1
    UPPER = 2
    ACRONYM = 3


class NameWords(NamedTuple):
    """The folded words of a name, joined by spaces, and how each was written."""

    key: str
    shapes: tuple[Shape, ...]


class Named(Protocol):
    """A row that can be found by its names; those in `ambiguous` may also mean something else."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def aliases(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def ambiguous(self) -> tuple[str, ...]: ...  # noqa: D102


RowT = TypeVar("RowT", bound=Named)


class _Entry(NamedTuple, Generic[RowT]):
    row: RowT
    shapes: tuple[Shape, ...]
    doubtful: bool


def fold_actor(name: str) -> str:
    """The key under which spellings of an actor's name agree; '' for a name without letters or digits.

    Left out are case, diacritics, apostrophes, full stops, hyphens, a leading 'the', a possessive at the end, and the
    Arabic article: 'al' always, its other forms where a hyphen joins them to a word ('ash-Shabaab', but 'El Salvador').
    """
    return name_words(name).key


@lru_cache(16384)
def name_words(name: str) -> NameWords:
    """The words of a name as `fold_actor` folds them, with the way each is written."""
    text = name.strip()
    if not text.isascii():
        text = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    if "'" in text or "’" in text:
        text = _POSSESSIVE.sub("", _TORN_POSSESSIVE.sub("", text))
    words = _ARTICLE.sub("", text).translate(_SIGNS).split()
    if len(words) > 1 and words[0].lower() == "the":
        del words[0]
    return NameWords(" ".join(words).casefold(), tuple(map(_shape, words)))


class NameIndex(Generic[RowT]):
    """Rows by their names and aliases, in the order of the table."""

    def __init__(self, rows: Iterable[RowT]) -> None:
        self.rows: tuple[RowT, ...] = tuple(rows)
        self._entries: dict[str, list[_Entry[RowT]]] = {}
        self._first_words: set[str] = set()
        self._by_id = {row.id: row for row in self.rows}
        for row in self.rows:
            self._add(row)

    def __len__(self) -> int:
        return len(self.rows)

    def get(self, id: str) -> RowT | None:
        """The row with this id, or None."""
        return self._by_id.get(id)

    def find(self, name: str) -> tuple[RowT, ...]:
        """All rows that a name may mean, those that it surely means first; empty when there is none.

        Spelling is forgiven as `fold_actor` says, and so is case, but for short and ambiguous acronyms: 'us' and 'Who' find
        nothing.
        """
        entries = self._matching(name, strict=False)
        ordered = sorted(entries, key=lambda entry: entry.doubtful)
        return tuple({entry.row.id: entry.row for entry in ordered}.values())

    def ambiguous(self, name: str) -> bool:
        """Whether the name may mean more than one row, or something that is no row at all; false for an unknown name."""
        entries = self._matching(name, strict=False)
        return len({entry.row.id for entry in entries}) > 1 or any(entry.doubtful for entry in entries)

    def longest(self, words: Sequence[str], start: int) -> int:
        """How many words from `start` make the longest known name; 0 where none begins.

        Words are tokens, torn at hyphens or not; a possessive 's after a name is not counted. A word that has a capital in
        the table must have one here; an acronym of two or three letters, or one that the table marks as ambiguous, must
        stand in capitals. No name begins at 'the'.
        """
        if not self._may_begin(words, start):
            return 0
        end = min(len(words), start + LONGEST_NAME)
        for at in range(start + 1, end):
            if not _belongs(words[at]):
                end = at
                break
        for stop in range(end, start, -1):
            if _may_end(words[stop - 1]) and self._matching(" ".join(words[start:stop]), strict=True):
                return stop - start
        return 0

    def _add(self, row: RowT) -> None:
        doubtful = {name_words(alias).key for alias in row.ambiguous}
        for name in (row.name, *row.aliases):
            key, shapes = name_words(name)
            if key in doubtful:
                shapes = tuple(Shape.ACRONYM if shape is Shape.UPPER else shape for shape in shapes)
            self._entries.setdefault(key, []).append(_Entry(row, shapes, key in doubtful))
            self._first_words.add(key.partition(" ")[0])

    def _matching(self, name: str, *, strict: bool) -> list[_Entry[RowT]]:
        key, shapes = name_words(name)
        known = self._entries.get(key, ())
        return [entry for entry in known if _written_as(entry.shapes, shapes, strict=strict)]

    def _may_begin(self, words: Sequence[str], start: int) -> bool:
        word = words[start]
        if word.lower() in _ARTICLES:
            at = start + 2 if words[start + 1 : start + 2] == ["-"] else start + 1
            word = " ".join(words[at : at + 1])
        return name_words(word).key.partition(" ")[0] in self._first_words and word.lower() != "the"


def _shape(word: str) -> Shape:
    if len(word) > 1 and word.isupper():
        return Shape.ACRONYM if len(word) <= 3 else Shape.UPPER
    return Shape.INITIAL if word[:1].isupper() else Shape.LOWER


def _written_as(known: tuple[Shape, ...], found: tuple[Shape, ...], *, strict: bool) -> bool:
    """Whether the words are written as the known name asks; strictly, what has a capital there must have one here."""
    for asked, written in zip(known, found, strict=True):
        if asked is Shape.ACRONYM:
            if written < Shape.UPPER:
                return False
        elif strict and asked is not Shape.LOWER and written is Shape.LOWER:
            return False
    return True


def _belongs(word: str) -> bool:
    return word in _JOINTS or any(sign.isalnum() for sign in word)


def _may_end(word: str) -> bool:
    return any(sign.isalnum() for sign in word) and word not in ("'s", "’s")
