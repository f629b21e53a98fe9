"""Passages: the shortest parts of a paragraph that surely begin and end with a sentence, found by punctuation alone.

Passages are what a scan chooses from and what the parser is handed one by one. The parser is asked where sentences
end; a passage only ends where there can be no doubt, so that 'Lt. Gen. Smith' and 'the U.S. Army' stay whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from twosource.spans import Span

__all__ = ["READ_AT_MOST", "paragraphs", "passages"]

READ_AT_MOST = 500_000
"""How many code points of one report are read. A longer one is kept whole, and the rest is reported as an issue."""

_CHUNK = 20_000  # code points handed to the parser at once; a longer paragraph is cut at a sentence's likely end
_LINE = re.compile(r"[^\n]+")
_UNBROKEN = re.compile(r"\S{250}")  # no word is so long, and the parser takes the square of its length to split it

_END = re.compile(r"(?:(?<![\w’'-])([\w’'-]++)([\"'”’)\]]{0,9})\.|[!?])([\"'”’)\]]*)\s+(?=[\"'“‘(\[]?[A-Z])")
_ABBREVIATED = frozenset({"approx", "dept", "govt", "incl", "intl", "natl", "pres", "tues", "thurs", "messrs"})
_LONG_ENOUGH = 4  # letters of a small word before a full stop that is no abbreviation
_NAME_LONG_ENOUGH = 6  # the same for a word with a capital: 'Capt.', 'Corp.' and 'Sept.' are shorter


def paragraphs(text: str) -> list[Span]:
    """The lines of the text that hold words, trimmed, in order; one that is very long is cut into several spans."""
    spans: list[Span] = []
    for match in _LINE.finditer(text[:READ_AT_MOST]):
        line = Span(match.start(), match.end()).trimmed(text)
        while len(line) > _CHUNK:
            cut = _likely_end(text, line)
            spans.append(Span(line.start, cut).trimmed(text))
            line = Span(cut, line.end).trimmed(text)
        if line.of(text).strip():
            spans.append(line)
    return [part for span in spans for part in _broken(text, span)]


def _broken(text: str, span: Span) -> Iterator[Span]:
    """The span, cut after so many characters without a blank."""
    start = span.start
    for run in _UNBROKEN.finditer(text, span.start, span.end):
        if run.end() < span.end:
            yield Span(start, run.end())
            start = run.end()
    yield Span(start, span.end)


def _likely_end(text: str, line: Span) -> int:
    """An offset in the first chunk of ``line`` after a full stop, or after a space, or at the chunk's end."""
    limit = line.start + _CHUNK
    for mark in (". ", " "):
        at = text.rfind(mark, line.start + _CHUNK // 2, limit)
        if at >= 0:
            return at + 1
    return limit


def passages(text: str, paragraph: Span) -> Iterator[Span]:
    """The passages of a paragraph in order; together they hold all of it but the blanks between them."""
    start = paragraph.start
    for end in _END.finditer(text, paragraph.start, paragraph.end):
        if _is_sure(end):
            yield Span(start, end.end(3))
            start = end.end()
    if start < paragraph.end:
        yield Span(start, paragraph.end)


def _is_sure(end: re.Match[str]) -> bool:
    """Whether no abbreviation and no quoted question can stand there ('"Why?" Smith asked')."""
    word, closing = end.group(1), end.group(3)
    if word is None:
        return not closing
    if word.isdigit():
        return len(word) > 1
    least = _LONG_ENOUGH if word.islower() else _NAME_LONG_ENOUGH
    return len(word) >= least and word.lower() not in _ABBREVIATED
