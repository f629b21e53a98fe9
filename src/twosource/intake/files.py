"""From paths to the files that intake reads, in a sure order; what it can't read is told, not passed over."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path

import msgspec

from twosource.errors import InputError
from twosource.intake.encodings import sniff_binary
from twosource.intake.issues import make_issue
from twosource.records import Issue

__all__ = ["ENDINGS", "HOLDERS", "TABLES", "Format", "Found", "check_paths", "find_files", "path_text", "stem_of"]


class Format(StrEnum):
    """How a file holds its reports."""

    TEXT = "text"
    JSONL = "jsonl"
    CSV = "csv"
    TSV = "tsv"
    FEED = "feed"
    HTML = "html"
    MAIL = "mail"
    MARKDOWN = "markdown"
    MBOX = "mbox"
    MHTML = "mhtml"
    PARQUET = "parquet"
    PDF = "pdf"
    WACZ = "wacz"
    WARC = "warc"
    WORD = "word"


ENDINGS = {
    ".txt": Format.TEXT,
    ".text": Format.TEXT,
    ".jsonl": Format.JSONL,
    ".ndjson": Format.JSONL,
    ".csv": Format.CSV,
    ".tsv": Format.TSV,
    ".parquet": Format.PARQUET,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".mhtml": Format.MHTML,
    ".mht": Format.MHTML,
    ".eml": Format.MAIL,
    ".mbox": Format.MBOX,
    ".docx": Format.WORD,
    ".pdf": Format.PDF,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".warc": Format.WARC,
    ".wacz": Format.WACZ,
    ".rss": Format.FEED,
    ".atom": Format.FEED,
    ".xml": Format.FEED,
    ".opml": Format.FEED,
}
"""The endings that are read, in lower case; a file without one is read as text, and '.warc.gz' is read too."""

TABLES = frozenset({Format.JSONL, Format.CSV, Format.TSV, Format.PARQUET})
HOLDERS = frozenset({Format.MBOX, Format.WARC, Format.WACZ})
"""The formats that are read from the file piece by piece, however long it is."""

_ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,7}$")  # so 'XIE19980814.0294' has none
_PACKED = re.compile(r"(?<=\.warc)\.gz$", re.IGNORECASE)
_ADVICE = f"plain text (no ending), {', '.join(ENDINGS)} and .warc.gz are read"


class Found(msgspec.Struct, frozen=True):
    """A file to read, and how."""

    path: Path
    format: Format


def path_text(path: Path) -> str:
    """The path as text that any file or database can hold; bytes that are no UTF-8 become U+FFFD."""
    return os.fsencode(path).decode("utf-8", errors="replace")


def stem_of(path: Path) -> str:
    """The file's name without its ending, for a report's id."""
    return _ENDING.sub("", _PACKED.sub("", os.fsencode(path.name).decode("utf-8", errors="replace")))


def check_paths(paths: Sequence[Path]) -> None:
    """Returns where every path is there; else raises InputError with the first that is not."""
    for path in paths:
        if not path.exists():
            raise InputError(f"{path_text(path)} is not there: give a file or a folder that is")


def find_files(paths: Sequence[Path]) -> Iterator[Found | Issue]:
    """The files to read, each once: paths in the order given, a folder's files by name, its folders among them.

    Hidden files and folders (a leading point) are passed over. A folder without a file to read is an Issue.
    """
    seen: set[Path] = set()
    for path in paths:
        found_any = False
        for found in _walk(path) if path.is_dir() else _sort_out(path):
            if isinstance(found, Issue):
                yield found
                continue
            found_any = True
            real = found.path.resolve()
            if real not in seen:
                seen.add(real)
                yield found
        if path.is_dir() and not found_any:
            reason = f"the folder holds no report that can be read: {_ADVICE}"
            yield make_issue("no-reports", reason, path=path_text(path))


def _walk(folder: Path) -> Iterator[Found | Issue]:
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as fault:
        yield make_issue("unreadable-file", f"the folder can't be opened: {fault.strerror}", path=path_text(folder))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir() and not entry.is_symlink():
            yield from _walk(entry)
        elif entry.is_file():
            yield from _sort_out(entry)
        else:
            reason = "this is a link to a folder or to nothing, or no plain file; name it to have it read"
            yield make_issue("unreadable-file", reason, path=path_text(entry))


def _sort_out(path: Path) -> Iterator[Found | Issue]:
    """The file as one to read, or the Issue of an ending that is not read."""
    ending = _ENDING.search(path.name)
    format_ = ENDINGS.get(ending[0].lower()) if ending else Format.TEXT
    if path.name.lower().endswith(".warc.gz"):
        format_ = Format.WARC
    if format_ is not None:
        yield Found(path, format_)
        return
    seems = _seems(path)
    if seems is not None:
        yield make_issue(
            "binary-file",
            f"this seems to be {seems}, which is not read under this name; save it as text",
            path=path_text(path),
        )
    elif ending:
        reason = f"files that end in {ending[0]} are not read: {_ADVICE}; rename it where it is one of these"
        yield make_issue("unread-ending", reason, path=path_text(path))


def _seems(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return sniff_binary(file.read(64))
    except OSError:
        return None
