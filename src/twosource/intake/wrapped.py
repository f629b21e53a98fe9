"""Paragraphs out of lines that were broken to fit a page or a mail."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["unwrap"]

_NARROWEST = 40  # code points: shorter lines are verse, lists or headings, not broken paragraphs
_WIDEST = 140  # longer ones were not broken to fit
_FULL = 0.9  # of the width: a line that the next one's first word would have made longer than this was full
_ITEM = re.compile(r"\s*(?:[-*•·–—>|]\s|\(?\d{1,3}[.)]\s|[A-Za-z][.)]\s)")
_ENDS = ".!?:;\"'”’)]"
_HYPHENED = re.compile(r"(?<![^\W\d_])([^\W\d_]+)-$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")


def unwrap(text: str) -> str:
    """The text with a blank line between paragraphs and none of their line ends within, where lines were broken.

    A line is joined to the next where it has no room for the next one's first word, or where the next goes on in
    lower case. A word parted by a hyphen is made whole, unless the text has it with its hyphen elsewhere.
    """
    paragraphs = re.split(r"\n[^\S\n]*\n\s*", text.replace("\r\n", "\n").replace("\r", "\n").strip())
    lines = [line for paragraph in paragraphs for line in paragraph.split("\n")]
    width = _width(lines)
    if width is None:
        return text.strip()
    return "\n\n".join(line for paragraph in paragraphs for line in _joined(paragraph.split("\n"), width, text))


def _width(lines: list[str]) -> int | None:
    """The length that full lines have, None where the lines do not look broken."""
    lengths = sorted(len(line.rstrip()) for line in lines if line.strip())
    if len(lengths) < 2:
        return None
    width = lengths[min(len(lengths) - 1, int(len(lengths) * 0.9))]
    return width if _NARROWEST <= width <= _WIDEST else None


def _joined(lines: list[str], width: int, text: str) -> Iterator[str]:
    held = ""
    last = 0
    for line in (line.strip() for line in lines):
        if not line:
            continue
        if held and _goes_on(held, last, line, width):
            held = _together(held, line, text)
        else:
            if held:
                yield held
            held = line
        last = len(line)
    if held:
        yield held


def _goes_on(held: str, last: int, line: str, width: int) -> bool:
    if _ITEM.match(line):
        return False
    first_word = line.split(maxsplit=1)[0]
    if last + 1 + len(first_word) > _FULL * width:
        return True
    return line[0].islower() and held[-1] not in _ENDS


def _together(held: str, line: str, text: str) -> str:
    parted, rest = _HYPHENED.search(held), _FIRST_WORD.match(line)
    if parted is None or rest is None or not rest[0].islower():
        return f"{held}{'' if held.endswith('-') else ' '}{line}"
    hyphened = f"{parted[1]}-{rest[0]}"
    if parted[1][0].isupper() or re.search(rf"\b{re.escape(hyphened)}\b", text):
        return held + line
    return held[:-1] + line
