"""The title of a report: found in its text where none is given, and put before the body where it is not there yet."""

from __future__ import annotations

import re

import msgspec

from twosource.intake.report_dates import is_date_line
from twosource.spans import Span

__all__ = ["Composed", "compose", "find_title"]

_HEAD = 200  # code points of the body among which a repeated title is looked for
_MOST_WORDS = 20
_LONGEST = 1000
_LEAST_SEGMENT = 4  # words: a shorter part of a title stands in many a first sentence
_BARS = re.compile(r"\s{1,9}[|–—-]{1,9}\s+|\s{0,9}\|\s*")
_WORD = re.compile(r"\w+")
_PROSE_ENDS = ".,;:-–—_"
_AFTER_TITLE = re.compile(r"\s?[.:!?|–—-]*\s*")
_LEAD_IN = 60  # code points: a date, 'UPDATED', a section's name


class Composed(msgspec.Struct, frozen=True, kw_only=True):
    """A report's text, its title, where the title's words stand in it, and the offset at which the body begins."""

    text: str
    title: str | None
    at: Span | None
    body: int


def compose(title: str | None, body: str) -> Composed:
    """The text of title, blank line and body, or the body as it is where its opening holds the title already.

    Without a title, a short first line before a blank line is taken for one.
    """
    if not title:
        return _with_own_title(body)
    at = find_title(title, body)
    begins = _body_after(at, body) if at else 0
    if at is not None and (begins or len(_WORD.findall(title)) >= _LEAST_SEGMENT):
        return Composed(text=body, title=title, at=at, body=begins)
    text = f"{title}\n\n{body}" if body else title
    return Composed(text=text, title=title, at=Span(0, len(title)), body=len(text) - len(body))


def find_title(title: str, body: str) -> Span | None:
    """Where the first 200 code points of ``body`` begin to repeat ``title``, compared by its words in any case.

    A title 'words | Outlet' or 'Outlet - words' is also found by the words of one side of a bar.
    """
    head = body[: _HEAD + 2 * min(len(title), _LONGEST)]
    for part in _parts(title[:_LONGEST]):
        words = r"[\W_]+".join(_WORD.findall(part))
        match = re.search(rf"\b{words}\b", head, re.IGNORECASE) if words else None
        if match and match.start() < _HEAD:
            return Span(*match.span())
    return None


def _parts(title: str) -> list[str]:
    """The title, then it without its last parts, without its first ones, and without its last word.

    A part has four words at least. Pages cut the last word ('Monitor', 'report') off the headline that they repeat.
    """
    bars = list(_BARS.finditer(title))
    shorter = [title[: bar.start()] for bar in reversed(bars)] + [title[bar.end() :] for bar in bars]
    if len(title.split()) > 2 * _LEAST_SEGMENT:
        shorter.append(title.rsplit(maxsplit=1)[0])
    return [title, *(part for part in shorter if len(_WORD.findall(part)) >= _LEAST_SEGMENT)]


def _body_after(at: Span, body: str) -> int:
    """The offset after the title where it plainly heads the text, 0 where it may be part of a sentence."""
    if at.start > _LEAD_IN:
        return 0
    after = _AFTER_TITLE.match(body, at.end)
    end = after.end() if after else at.end
    between = body[at.end : end]
    heads = "\n" in between or between.strip() or not body[end : end + 1].islower()
    return end if heads else 0


def _with_own_title(body: str) -> Composed:
    start = _after_date_lines(body)
    line, _, rest = body[start:].partition("\n")
    title = line.strip().lstrip("#").strip()
    if not _could_be_title(title) or not rest or rest.partition("\n")[0].strip():
        return Composed(text=body, title=None, at=None, body=0)
    begins = len(body) - len(rest.lstrip())
    return Composed(text=body, title=title, at=Span(start, start + len(line)).trimmed(body), body=begins)


def _could_be_title(line: str) -> bool:
    return (
        0 < len(line.split()) <= _MOST_WORDS
        and line[-1] not in _PROSE_ENDS
        and not line.startswith("By ")
        and not is_date_line(line)
    )


def _after_date_lines(body: str) -> int:
    """The offset of the first line that is more than a date of publication, among the first three."""
    at = 0
    for line in body.split("\n", 3)[:3]:
        if line.strip() and not is_date_line(line.strip()):
            return at
        at += len(line) + 1
    return 0
