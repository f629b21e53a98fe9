"""Finds the rows of a table by any of their names, however they are spelt: one fold, one index for actors and agencies.

This fold is narrower than the gazetteer's: it keeps doubled letters and does not touch acronyms, for 'PFF' and 'PF' are
two groups, and it keeps which words had capitals, for 'WHO' is an actor and 'who' is not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from enum import IntEnum
from functools import lru_cache
from typing import Generic, NamedTuple, Protocol, TypeVar

__all__ = ["LONGEST_NAME", "NameIndex", "Named", "fold_actor", "name_words"]

LONGEST_NAME = 12
"""Tokens that `longest` looks at. A tokenizer makes three of 'al-Sham', so eight words of a name can be more tokens."""

_SIGNS = str.maketrans(
    {"ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "Æ": "Ae", "ə": "e"}
    | {"Ə": "E", "&": " and "}
    | dict.fromkeys("'’‘`´ʻʼʽʾʿ′\"“”.", "")
    | dict.fromkeys("-‐‑‒–—_/()", " ")
)
_ARTICLE = re.compile(r"\b(?:a[lnrstdz]|a[std]h|el|ul)\s?[-‐‑]\s?(?=\w)|\bal\s(?=\w)", re.IGNORECASE)
_OPENING_ARTICLE = re.compile(r"(?:the|al|an|as|el)\b", re.IGNORECASE)
_POSSESSIVE = re.compile(r"\s?['’]s?$")
_TORN_POSSESSIVE = re.compile(r"(?<!\s)\s+(?=['’]s\b)")
_ARTICLES = frozenset(["al", "an", "ar", "as", "at", "ad", "az", "ash", "ath", "adh", "el", "ul"])
_JOINTS = frozenset("-‐‑–'’/&().")


class Shape(IntEnum):
    """How a word of a name is written: 'forces', 'Front', 'UNIFIL', or in few letters, 'HTS' and 'LeT'."""

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
    name: str
    doubtful: bool


def fold_actor(name: str) -> str:
    """The key under which spellings of an actor's name agree; '' for a name without letters or digits.

    Left out are case, diacritics, apostrophes, full stops, hyphens, a leading 'the', a possessive at the end, and the
    Arabic article: 'al' always, its other forms where a hyphen joins them to a word ('ash-Shabaab', but 'El Salvador').
    """
    if name.isascii() and name.isalpha():  # one word without a sign, as most are
        return name.casefold()
    return _folded(name)


@lru_cache(16384)
def _folded(name: str) -> str:
    return " ".join(_kept(name)).casefold()


@lru_cache(16384)
def name_words(name: str) -> NameWords:
    """The words of a name as `fold_actor` folds them, with the way each is written."""
    words = _kept(name)
    return NameWords(" ".join(words).casefold(), tuple(map(_shape, words)))


class NameIndex(Generic[RowT]):
    """Rows by their names and aliases, in the order of the table."""

    def __init__(self, rows: Iterable[RowT]) -> None:
        self.rows: tuple[RowT, ...] = tuple(rows)
        self._entries: dict[str, list[_Entry[RowT]]] = {}
        self._openings: set[str] = set()
        self._closings: set[str] = set()
        self._by_id = {row.id: row for row in self.rows}
        for row in self.rows:
            self._add(row)
        self._opens: Callable[[str], bool] = lru_cache(16384)(self._is_opening)
        self._closes: Callable[[str], bool] = lru_cache(16384)(self._is_closing)
        self._found: Callable[[str], tuple[RowT, ...]] = lru_cache(16384)(self._rows)

    def __len__(self) -> int:
        return len(self.rows)

    def get(self, row_id: str) -> RowT | None:
        """The row with this id, or None."""
        return self._by_id.get(row_id)

    def find(self, name: str) -> tuple[RowT, ...]:
        """All rows that a name may mean, those that it surely means first; empty when there is none.

        Spelling is forgiven as `fold_actor` says, and so is case, but for short and ambiguous acronyms: 'us' and 'Who'
        find nothing.
        """
        return self._found(name)

    def _rows(self, name: str) -> tuple[RowT, ...]:
        entries = self._matching(name, strict=False)
        ordered = sorted(entries, key=lambda entry: entry.doubtful)
        return tuple({entry.row.id: entry.row for entry in ordered}.values())

    def ambiguous(self, name: str) -> bool:
        """Whether the name may mean more than one row, or something that is no row; false for an unknown name."""
        entries = self._matching(name, strict=False)
        return len({entry.row.id for entry in entries}) > 1 or any(entry.doubtful for entry in entries)

    def longest(self, words: Sequence[str], start: int) -> int:
        """How many words from `start` make the longest known name; 0 where none begins.

        Words are tokens, torn at hyphens or not; a possessive 's after a name is not counted. A word that has a capital
        in the table must have one here; an acronym of two or three letters, or one that the table marks as ambiguous,
        must stand in capitals. An ambiguous name that has an article in the table ('The Times') must have one here,
        though no name begins at 'the': the word before `start` is looked at.
        """
        if not self.may_begin(words, start):
            return 0
        after_the = start > 0 and words[start - 1].lower() == "the"
        found = 0
        for stop in range(start + 1, min(len(words), start + LONGEST_NAME) + 1):
            last = words[stop - 1]
            if stop > start + 1 and not _belongs(last):
                break
            text = " ".join(words[start:stop])
            if not _may_end(last) and not (last == ")" and "(" in text):
                continue
            if any(not entry.doubtful or _has_article(entry.name, text, after_the) for entry in self._matching(text)):
                found = stop - start
            elif fold_actor(text) not in self._openings and last.lower() not in _ARTICLES:
                break
        return found

    def may_begin(self, words: Sequence[str], start: int) -> bool:
        """Whether a known name may begin at `start`, or at the word behind an article there: rules most words out."""
        word = words[start]
        if word.lower() in _ARTICLES:
            after = start + 2 if words[start + 1 : start + 2] == ["-"] else start + 1
            if self._opens(" ".join(words[after : after + 1])):
                return True
        return self._opens(word)

    def may_end(self, word: str) -> bool:
        """Whether a known name may end at a word that space or a hyphen parts from the one before: rules most out."""
        return self._closes(word)

    def _add(self, row: RowT) -> None:
        doubtful = {fold_actor(alias) for alias in row.ambiguous}
        openings = self._openings
        for name in (row.name, *row.aliases):
            key = fold_actor(name)
            self._entries.setdefault(key, []).append(_Entry(row, name, key in doubtful))
            self._closings.add(key[key.rfind(" ") + 1 :])
            end = key.find(" ")
            while end > 0:
                openings.add(key[:end])
                openings.add(key[:end].removesuffix("s"))  # 'Lord' opens 'Lord's Resistance Army'
                end = key.find(" ", end + 1)

    def _matching(self, name: str, *, strict: bool = True) -> list[_Entry[RowT]]:
        entries = self._entries.get(fold_actor(name))
        if entries is None:
            return []
        shapes = name_words(name).shapes  # asked for names alone: most runs of words are none
        return [entry for entry in entries if _written_as(entry, shapes, strict=strict)]

    def _is_opening(self, word: str) -> bool:
        key = fold_actor(word)
        return key != "the" and (
            key in self._openings or key in self._entries or key.partition(" ")[0] in self._openings
        )

    def _is_closing(self, word: str) -> bool:
        key = fold_actor(word)
        return key in ("", "s") or key[key.rfind(" ") + 1 :] in self._closings  # an 's' may be a possessive's


def _kept(name: str) -> list[str]:
    """The words of a name that its key is made of, in the case in which they stand."""
    text = name
    if not text.replace(" ", "").isalnum() or not text.isascii():
        text = _without_signs(text)
    elif "al " in text or "Al " in text:
        text = _ARTICLE.sub("", text)
    words = text.split()
    return words[1:] if len(words) > 1 and words[0].lower() == "the" else words


def _without_signs(text: str) -> str:
    """The text without diacritics, articles, a possessive at its end, and signs."""
    if not text.isascii():
        text = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    text = _POSSESSIVE.sub("", _TORN_POSSESSIVE.sub("", text)) if "'" in text or "’" in text else text
    return _ARTICLE.sub("", text).translate(_SIGNS)


def _shape(word: str) -> Shape:
    if word[1:] != word[1:].lower() and len(word) <= (3 if word.isupper() else 4):
        return Shape.ACRONYM
    if len(word) > 1 and word.isupper():
        return Shape.UPPER if not word.isdecimal() else Shape.LOWER
    return Shape.INITIAL if word[:1].isupper() else Shape.LOWER


def _written_as(entry: _Entry[RowT], found: tuple[Shape, ...], *, strict: bool) -> bool:
    """Whether the words are written as the known name asks; strictly, what has a capital there must have one here."""
    for asked, written in zip(name_words(entry.name).shapes, found, strict=True):
        if asked is Shape.ACRONYM or (asked is Shape.UPPER and entry.doubtful):
            if written < Shape.UPPER:
                return False
        elif strict and asked is not Shape.LOWER and written is Shape.LOWER:
            return False
    return True


def _has_article(known: str, text: str, after_the: bool) -> bool:
    """Whether the text has the article that the known name has; true for a known name without one."""
    return after_the or not _OPENING_ARTICLE.match(known) or bool(_OPENING_ARTICLE.match(text))


def _belongs(word: str) -> bool:
    return word in _JOINTS or any(sign.isalnum() for sign in word)


def _may_end(word: str) -> bool:
    return any(sign.isalnum() for sign in word) and word not in ("'s", "’s")
