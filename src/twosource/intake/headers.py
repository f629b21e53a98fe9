"""The header of ``key: value`` lines that a text report may open with."""

from __future__ import annotations

import re

import msgspec

from twosource.intake.columns import GUESSES
from twosource.intake.issues import make_issue
from twosource.records import Issue

__all__ = ["KEYS", "Header", "split_header"]

KEYS = ("id", "outlet", "published", "title", "url", "agency", "language")
"""The keys of a header."""

_LINE = re.compile(r"(?P<key>[A-Za-z][A-Za-z _-]{0,30}?)[ \t]*:(?!//)[ \t]*(?P<value>.*)")
_MOST_LINES = 40


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """A header's values by key, the 1-based line of each, and what was odd about it; empty where there is none."""

    values: dict[str, str] = {}
    lines: dict[str, int] = {}
    issues: tuple[Issue, ...] = ()


def split_header(text: str, path: str | None = None) -> tuple[Header, str]:
    """The header that ``text`` opens with, and the rest. ``text`` has line ends of one newline.

    Lines are a header where one of KEYS stands among them and they reach to a blank line or the end, or where two of
    KEYS open the text. So a body that begins 'KYIV: Officials said' is none, nor is a transcript.
    """
    lead = len(text) - len(text.lstrip())
    first = text.count("\n", 0, lead) + 1
    pairs, at, closed = _read_pairs(text, lead, first)
    known = [key for key, _, _ in pairs if key in KEYS]
    opens = len(known) > 1 and {key for key, _, _ in pairs[:2]} <= set(KEYS)
    if not known or not (closed or opens):
        return Header(), text
    header = _collect(pairs, path)
    if not closed:
        reason = "the header is not followed by a blank line; the text was taken to begin at this line: put one there"
        line = pairs[-1][2] + 1
        header = msgspec.structs.replace(
            header, issues=(*header.issues, make_issue("header-unclosed", reason, path=path, line=line))
        )
    return header, text[at:]


def _read_pairs(text: str, at: int, line: int) -> tuple[list[tuple[str, str, int]], int, bool]:
    """The leading (key, value, line) triples, the offset after them, and whether a blank line or the end follows."""
    pairs: list[tuple[str, str, int]] = []
    while at < len(text) and len(pairs) < _MOST_LINES:
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if not text[at:end].strip():
            return pairs, end, True
        match = _LINE.fullmatch(text[at:end].rstrip())
        if match is None:
            return pairs, at, False
        pairs.append((match["key"].strip().casefold(), match["value"].strip(), line))
        at, line = end + 1, line + 1
    return pairs, min(at, len(text)), at >= len(text)


def _collect(pairs: list[tuple[str, str, int]], path: str | None) -> Header:
    values: dict[str, str] = {}
    lines: dict[str, int] = {}
    issues: list[Issue] = []
    for key, value, line in pairs:
        if key not in KEYS:
            issues.append(make_issue("unknown-header-key", _unknown(key), path=path, line=line))
        elif key in values:
            reason = f"the header gives {key!r} twice; the first, {values[key]!r}, was kept: take one out"
            issues.append(make_issue("header-key-twice", reason, path=path, line=line))
        elif value:
            values[key], lines[key] = value, line
    return Header(values=values, lines=lines, issues=tuple(issues))


def _unknown(key: str) -> str:
    meant = next((ours for ours in KEYS if key.replace(" ", "").replace("_", "") in GUESSES[ours]), None)
    hint = f"did you mean {meant!r}?" if meant else f"the keys are {', '.join(KEYS)}"
    return f"{key!r} is no key of a header and was left out; {hint}"
