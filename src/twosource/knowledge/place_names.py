"""Keys of place names: spellings of one name agree under one key, so that a name is found however it is romanised."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

__all__ = ["DIVISIONS", "Folded", "bare_division", "fold", "fold_loose", "fold_name", "fold_run"]

LONGEST_NAME: Final = 6  # words
DIVISIONS: Final = frozenset(
    (
        *("province", "governorate", "oblast", "region", "state", "district", "county", "prefecture", "department"),
        *("territory", "raion", "rayon", "canton", "division", "wilayat", "wilaya", "cercle", "woreda", "zone"),
        "municipality",
    )
)
"""Words that turn a name into that of an administrative division: 'Idlib province'."""

_LETTERS: Final = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ə": "e", "ǝ": "e", "ħ": "h"}
    | dict.fromkeys("'’‘`´ʻʼʽʾʿˈˊˋ′ʹʺ\"“”.", "")
    | dict.fromkeys("-‐‑‒–—_/", " ")
)
_WHOLE_WORDS: Final = {"st": "saint", "ste": "sainte", "mt": "mount", "mtn": "mountain", "ft": "fort"}
_DOUBLED: Final = re.compile(r"([bcdfghjklmnpqrstvwxz])\1+")
_FREE_ARTICLES: Final = frozenset({"al", "el", "il", "ul"})
_SUN_ARTICLES: Final = {
    vowel + sounds: sounds for vowel in "aeu" for sounds in ("d", "dh", "n", "r", "s", "sh", "t", "th", "z")
}
_JOINED_ARTICLE: Final = re.compile(r"[aeu]([dnrstz])(?=\1\w\w)")  # 'Ezzor', 'Ennahda': grown on to its word
_KEPT_WHOLE: Final = frozenset({"the", *_WHOLE_WORDS, *_FREE_ARTICLES, *_SUN_ARTICLES})
_AS_ENGLISH: Final = frozenset({"the", "a", "an", "as", "at"})
_LOOSE_SOUNDS: Final = (
    (re.compile(r"(?<=[aeiou])[wy](?![aeiou])"), ""),
    (re.compile(r"[aeiouy]+"), "a"),
    (re.compile(r"(?<=a)h\b"), ""),
    (re.compile("kh|ch(?=a|$)"), "h"),
    (re.compile("gh"), "g"),
    (re.compile("dh|th"), lambda found: found.group()[0]),
    (re.compile("ph"), "f"),
    (re.compile("[qc]"), "k"),
    (re.compile("j"), "g"),
    (re.compile("z"), "s"),
    (re.compile(" "), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)


class Folded(NamedTuple):
    """The key of a name, and what the key leaves out: whether the name had an article, and a doubled consonant."""

    key: str
    article: bool
    doubled: bool


def fold(name: str) -> str:
    """The key under which spellings of one name agree; '' for a name without letters or digits.

    Case, diacritics, apostrophes, hyphens, doubled consonants, a leading 'the' and the Arabic article in all its
    assimilated forms are left out, and 'St', 'Mt' and 'Ft' are written out. Folding a key changes nothing.
    """
    return fold_name(name).key


def fold_loose(name: str) -> str:
    """A much coarser key, for suggestions only: vowels fall together, as do consonants that romanisations mix up."""
    key = fold(name)
    for pattern, replacement in _LOOSE_SOUNDS:
        key = pattern.sub(replacement, key)
    return key


@lru_cache(65536)
def fold_name(name: str) -> Folded:
    """The key of a name as `fold` gives it, with what it leaves out."""
    tokens = [(token, 0) for word in name.split() for token in _tokens_of(word)]
    kept, article, doubled = _distinctive(tokens)
    return Folded(" ".join(token for token, _ in kept), article, doubled)


@lru_cache(65536)
def _tokens_of(word: str) -> tuple[str, ...]:
    """The tokens of one word, which has several where it is hyphenated; articles and doubled consonants still stand."""
    text = word.casefold()
    if not text.isascii():
        text = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
        text = unicodedata.normalize("NFC", text).casefold()
    return tuple(_WHOLE_WORDS.get(token, token) for token in text.translate(_LETTERS).split())


def _distinctive(tokens: list[tuple[str, int]]) -> tuple[list[tuple[str, int]], bool, bool]:
    """The tokens, with their word numbers, that make the key; whether an article, and a doubling, was dropped."""
    kept: list[tuple[str, int]] = []
    article = doubled = False
    for at in range(len(tokens) - 1, -1, -1):
        single, joined, double = _spelling(tokens[at][0], at > 0)
        if kept and _is_article(single, kept[-1][0]):
            article = True
            continue
        article, doubled = article or joined, doubled or double
        kept.append((single, tokens[at][1]))
    while len(kept) > 1 and kept[-1][0] == "the":
        kept.pop()
    return kept[::-1], article, doubled


@lru_cache(65536)
def _spelling(token: str, inner: bool) -> tuple[str, bool, bool]:
    """The token without a joined article and without doubled consonants; whether it had the one, and the other."""
    bare = _JOINED_ARTICLE.sub("", token, count=1) if inner and _JOINED_ARTICLE.match(token) else token
    single = _DOUBLED.sub(r"\1", bare)
    if single in _KEPT_WHOLE:
        single = bare
    return single, bare != token, single != bare


def _is_article(token: str, following: str) -> bool:
    return token in _FREE_ARTICLES or (token in _SUN_ARTICLES and following.startswith(_SUN_ARTICLES[token]))


def fold_run(words: Sequence[str], start: int) -> tuple[list[str], dict[int, int]]:
    """The folded tokens of the words from `start`; for each length of their text where a word ends, its count."""
    tokens: list[tuple[str, int]] = []
    for number, word in enumerate(words[start : start + LONGEST_NAME]):
        if (number == 0 and word.lower() in _AS_ENGLISH) or not _belongs(word, first=number == 0):
            break
        tokens.extend((token, number) for token in _tokens_of(word))
    kept, _, _ = _distinctive(tokens)
    ends, length = {}, -1
    for at, (token, number) in enumerate(kept):
        length += 1 + len(token)
        if at + 1 == len(kept) or kept[at + 1][1] != number:
            ends[length] = number + 1
    return [token for token, _ in kept], ends


def _belongs(word: str, *, first: bool) -> bool:
    return any(sign.isalnum() for sign in word) or (not first and bool(word) and not word.translate(_LETTERS).strip())


def bare_division(key: str) -> str | None:
    """'idlib' for 'idlib province' and for 'province of idlib'; None for a key without such a word."""
    words = key.split()
    if len(words) > 1 and words[-1] in DIVISIONS:
        return " ".join(words[:-1])
    if len(words) > 2 and words[0] in DIVISIONS and words[1] == "of":
        return " ".join(words[2:])
    return None
