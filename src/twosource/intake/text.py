"""A text file: one report, with a header or without."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from twosource.intake.encodings import Decoded, NotText, decode
from twosource.intake.files import path_text, stem_of
from twosource.intake.headers import split_header
from twosource.intake.issues import make_issue
from twosource.intake.report import Given, clean_text
from twosource.records import Issue, Origin

__all__ = ["LARGEST", "decoding_issues", "read_bytes", "read_text_bytes"]

LARGEST = 64 * 2**20
"""The most bytes that one report may have."""


def read_bytes(path: Path) -> bytes | Issue:
    """The file's bytes, or the Issue of a file that can't be opened or is over 64 MiB."""
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= LARGEST else b""
    except OSError as fault:
        return make_issue("unreadable-file", f"the file can't be opened: {fault.strerror}", path=path_text(path))
    if size > LARGEST:
        reason = f"the file has {size / 2**20:.0f} MiB, and one report may have 64: split it, or write it as JSONL"
        return make_issue("too-large", reason, path=path_text(path))
    return data


def read_text_bytes(data: bytes, path: Path) -> Iterator[Given | Issue]:
    """The report's raw values, after the issues of its bytes and its header; only issues where there is no report."""
    where = path_text(path)
    decoded = decode(data)
    if isinstance(decoded, NotText):
        reason = f"this seems to be {decoded.seems}, which is not read; save it as text"
        yield make_issue("binary-file", reason, path=where)
        return
    yield from decoding_issues(decoded, where)
    text = clean_ends(decoded.text)
    if not clean_text(text):
        yield make_issue("empty-file", "the file is empty" if not data else "the file holds blanks alone", path=where)
        return
    header, body = split_header(text, where)
    yield from header.issues
    if not clean_text(body):
        reason = "the file holds a header and no text: put the report after a blank line"
        yield make_issue("no-body", reason, path=where, line=max(header.lines.values(), default=1))
        return
    values = header.values
    yield Given(
        id=values.get("id") or stem_of(path),
        text=body,
        title=values.get("title"),
        outlet=values.get("outlet"),
        published=values.get("published"),
        url=values.get("url"),
        agency=values.get("agency"),
        language=values.get("language"),
        origin=Origin(path=where, sha256=hashlib.sha256(data).hexdigest(), encoding=decoded.encoding),
        published_line=header.lines.get("published"),
    )


def clean_ends(text: str) -> str:
    """The text with one newline for each line end, so that a header's lines can be counted."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def decoding_issues(decoded: Decoded, path: str) -> Iterator[Issue]:
    """What was guessed about the bytes, and how many places were broken."""
    if decoded.guessed:
        reason = f"read as {decoded.called} by guess; where words look wrong, save the file as UTF-8"
        yield make_issue("encoding-guessed", reason, path=path)
    if decoded.replaced:
        reason = f"{decoded.replaced} places are broken {decoded.called} and read as U+FFFD; save the file as UTF-8"
        yield make_issue("encoding-broken", reason, path=path)
