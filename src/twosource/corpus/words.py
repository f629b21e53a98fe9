"""The words of a text, folded so that lost commas, apostrophes and accents don't matter, and where they stand."""

from __future__ import annotations

import bisect
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from twosource.spans import Span

__all__ = ["Words", "fold_words", "quoted_runs", "sentence_runs", "word_keys"]

_WORD = re.compile(  # an acronym with full stops, else a word with its apostrophes, else a number
    r"[^\W\d_](?:\.(?:[^\W\d_]\.)+|[^\W\d_]*(?:['’‘`´ʼ][^\W\d_]+)*)|\d+(?:[.,]\d+)*"
)
_SIGNS = re.compile(r"[^\w]|_")
_BREAK = re.compile(r"\n+|(?<![.!?…])[.!?…]+\s?[\"”’')\]]*\s+(?=[\"“‘'(\[]*[^\W_a-z])")
_MARK = re.compile(r"[\"“”„«»]|''|``")
_OPENING = "“„«``"
_CLOSING = "”»"
_LONGEST_QUOTATION = 150  # words: a mark that nothing closes must not turn the rest of a text into a quotation
_SHORTEST_QUOTATION = 4  # words: fewer are a phrase set apart, which anybody may use


class Words(msgspec.Struct, frozen=True):
    """A text's words in order: ``keys`` are folded, ``starts`` and ``ends`` are code points of the text."""

    keys: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.keys)

    def span(self, run: Span) -> Span:
        """The code points from the first to the last word of a run of words that holds at least one."""
        return Span(self.starts[run.start], self.ends[run.end - 1])


def fold_words(text: str) -> Words:
    """The words of the text. A number is one word ('1,200' is '1200'), and so is an acronym with full stops."""
    found = list(_WORD.finditer(text))
    return Words(
        tuple([_key(match[0]) for match in found]),
        tuple([match.start() for match in found]),
        tuple([match.end() for match in found]),
    )


def word_keys(text: str) -> tuple[str, ...]:
    """The keys of ``fold_words``, without where the words stand: in half the time."""
    return tuple(map(_key, _WORD.findall(text)))


@lru_cache(65_536)
def _key(word: str) -> str:
    if not word.isascii():
        word = "".join(ch for ch in unicodedata.normalize("NFKD", word) if not unicodedata.combining(ch))
    return _SIGNS.sub("", word).casefold()


def sentence_runs(text: str, words: Words, abbreviations: frozenset[str]) -> tuple[Span, ...]:
    """The sentences as runs of words, in order; each word is in one. A line's end always ends a sentence.

    No sentence ends behind one of the ``abbreviations`` (folded) or behind a single capital letter.
    """
    runs: list[Span] = []
    first = at = 0
    for match in _BREAK.finditer(text):
        at = bisect.bisect_left(words.starts, match.end(), at)
        if at > first and ("\n" in match[0] or not _goes_on(text, words, at - 1, abbreviations)):
            runs.append(Span(first, at))
            first = at
    if first < len(words):
        runs.append(Span(first, len(words)))
    return tuple(runs)


def _goes_on(text: str, words: Words, last: int, abbreviations: frozenset[str]) -> bool:
    """Whether the full stop behind this word may be no sentence's end."""
    key, end = words.keys[last], words.ends[last]
    if text[end : end + 1] != "." and text[end - 1 : end] != ".":
        return False
    return key in abbreviations or (len(key) == 1 and key.isalpha() and text[words.starts[last]].isupper())


def quoted_runs(text: str, words: Words) -> tuple[Span, ...]:
    """The runs of four words and more that stand between quotation marks, in order.

    A quotation that a new line begins inside is closed there, and so is one of more than 150 words.
    """
    runs: list[Span] = []
    at = 0
    for start, end in _quotations(text):
        while at < len(words) and words.starts[at] < start:
            at += 1
        first = at
        while at < len(words) and words.ends[at] <= end:
            at += 1
        if _SHORTEST_QUOTATION <= at - first <= _LONGEST_QUOTATION:
            runs.append(Span(first, at))
    return tuple(runs)


def _quotations(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of what stands between two marks of one line."""
    opened: int | None = None
    line_end = -1
    for match in _MARK.finditer(text):
        if opened is not None and match.start() > line_end:
            yield opened, line_end
            opened = None
        opens = _opens(text, match)
        if opened is None and opens is not False:
            opened = match.end()
            line_end = text.find("\n", opened)
            line_end = len(text) if line_end < 0 else line_end
        elif opened is not None and opens is True and match[0] not in _OPENING:
            opened = match.end()  # the mark before it closed something, or was lost
        elif opened is not None and opens is not True:
            yield opened, match.start()
            opened = None
    if opened is not None:
        yield opened, line_end


def _opens(text: str, match: re.Match[str]) -> bool | None:
    """Whether the mark opens a quotation; None where only what came before can tell."""
    if match[0] in _CLOSING:
        return False
    if match[0] in _OPENING:
        return True
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    spaced, close = not before.strip(), bool(after.strip())
    if spaced and close:
        return True
    return False if not spaced and not close else None
