"""What was fetched, made reports: by the kind that its host says it is, each entry under an id made of its address."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import msgspec

from twosource.intake.apart import Apart, Task
from twosource.intake.documents import read_task
from twosource.intake.fetching import Answered
from twosource.intake.files import Format
from twosource.intake.issues import make_issue
from twosource.intake.report import RowGiven, assemble
from twosource.records import Issue, Report

__all__ = ["read_fetched"]

_KINDS = {
    "text/html": Format.HTML,
    "application/xhtml+xml": Format.HTML,
    "application/pdf": Format.PDF,
    "text/plain": Format.TEXT,
    "text/markdown": Format.MARKDOWN,
    "application/rss+xml": Format.FEED,
    "application/atom+xml": Format.FEED,
    "application/rdf+xml": Format.FEED,
    "application/xml": Format.FEED,
    "text/xml": Format.FEED,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": Format.WORD,
}
_FEED_START = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_PLAIN = re.compile(r"[^a-z0-9]+")


def read_fetched(answered: Answered, apart: Apart) -> Iterator[tuple[bytes, Report] | Issue]:
    """The reports in what came of an address, with the bytes that each was made of, and issues.

    A report's id is made of its own address (an entry's link), so that a text that has changed under the same address
    is another version of the same report.
    """
    data = answered.data or b""
    kind = Format.FEED if _FEED_START.search(data[:2048]) else _KINDS.get(answered.media_type)
    if kind is None:
        reason = f"its host calls it {answered.media_type or 'nothing'}, which is not read: save it and read the file"
        yield make_issue("not-fetched", reason, path=answered.address)
        return
    task = Task(kind=kind, data=data, charset=answered.charset, url=answered.address)
    for row in read_task(task, answered.address, id_of(answered.address), apart):
        if isinstance(row, Issue):
            yield row
        else:
            yield from _reported(row, is_feed=kind is Format.FEED)


def _reported(row: RowGiven, *, is_feed: bool) -> Iterator[tuple[bytes, Report] | Issue]:
    given = row.given
    if is_feed:
        given = msgspec.structs.replace(given, id=id_of(given.url or f"{given.path} {given.title} {given.published}"))
    report, issues = assemble(given)
    yield row.data, report
    yield from issues


def id_of(address: str) -> str:
    """The id of what an address holds: its host and the first words of its path, and a digest of all of it."""
    parts = urlsplit(address.strip())
    words = _PLAIN.sub("-", f"{parts.hostname or ''} {parts.path.rpartition('/')[2] or ''}".lower()).strip("-")
    return f"{words[:60].strip('-')}-{hashlib.sha256(address.strip().encode()).hexdigest()[:10]}"
