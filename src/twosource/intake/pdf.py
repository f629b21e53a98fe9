"""A PDF with a text layer: its pages' lines made paragraphs again, without what repeats at every page's edge."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from twosource.intake.apart import Answer, Document, Task, Told
from twosource.intake.wrapped import unwrap

if TYPE_CHECKING:
    import pypdf

__all__ = ["read_pdf"]

_MOST_PAGES = 2_000
_REPEATED = 0.6  # of the pages: a line at the edge of so many is a running head
_FEWEST_PAGES = 3
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"\W*(?:page\s+)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?\W*", re.IGNORECASE)


def read_pdf(task: Task) -> Iterator[Answer]:
    """The document as one report; Told where it is locked, holds pictures of pages alone, or breaks off."""
    reader = _opened(task.data)
    if isinstance(reader, Told):
        yield reader
        return
    pages, fault = _pages(reader)
    text = unwrap("\n".join(_without_running_heads(pages)))
    if text.strip():
        yield Document(text=text)
        yield from (fault,) if fault is not None else ()
    elif fault is not None:
        yield Told(code="broken-document", reason=fault.reason, number=fault.number)
    else:
        reason = "the PDF holds no text, perhaps pictures of pages alone: make them text first (OCR)"
        yield Told(code="no-text-layer", reason=reason)


def _opened(data: bytes) -> pypdf.PdfReader | Told:
    import pypdf
    import pypdf.errors

    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return Told(code="encrypted", reason="the PDF is locked with a password: save it without one")
    except pypdf.errors.DependencyError:
        reason = "the PDF is encrypted with AES, for which cryptography is needed: pip install 'twosource[pdf]'"
        return Told(code="missing-extra", reason=reason)
    return reader


def _pages(reader: pypdf.PdfReader) -> tuple[list[str], Told | None]:
    """The text of each page as far as it can be read, and what is told of the first that can't."""
    pages: list[str] = []
    try:
        for page in reader.pages:
            if len(pages) == _MOST_PAGES:
                reason = f"the pages after the first {_MOST_PAGES:,} are not read: split the PDF"
                return pages, Told(code="cut-short", reason=reason, number=_MOST_PAGES + 1)
            pages.append(page.extract_text())
    except Exception as fault:  # noqa: BLE001 - the worker's border, drawn here so that the pages before it are kept
        reason = f"this page and those after it are broken ({type(fault).__name__}) and not read"
        return pages, Told(code="cut-short", reason=reason, number=len(pages) + 1)
    return pages, None


def _without_running_heads(pages: list[str]) -> Iterator[str]:
    """The pages without page numbers and without the lines that, but for figures, open or close most of them."""
    lines = [[line.strip() for line in page.split("\n")] for page in pages]
    trimmed = [_trimmed(page) for page in lines]
    edges = Counter(_masked(line) for page in trimmed for line in {*page[:1], *page[-1:]})
    repeated = {line for line, count in edges.items() if count >= max(_FEWEST_PAGES, _REPEATED * len(pages))}
    for page in trimmed:
        yield "\n".join(_stripped(page, repeated))


def _trimmed(lines: list[str]) -> list[str]:
    while lines and (not lines[0] or _PAGE_NUMBER.fullmatch(lines[0])):
        lines = lines[1:]
    while lines and (not lines[-1] or _PAGE_NUMBER.fullmatch(lines[-1])):
        lines = lines[:-1]
    return lines


def _stripped(lines: list[str], repeated: set[str]) -> list[str]:
    first = 1 if lines and _masked(lines[0]) in repeated else 0
    last = len(lines) - 1 if len(lines) > first and _masked(lines[-1]) in repeated else len(lines)
    return lines[first:last]


def _masked(line: str) -> str:
    return _DIGITS.sub("0", line)
