"""A saved feed (RSS or Atom): each entry with its text as a report. A list of feeds (OPML) holds none, and is told."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from twosource.intake.apart import Answer, Document, Task, Told
from twosource.intake.days import read_day
from twosource.intake.pages import plain_of_html

__all__ = ["read_feed"]

_OPML = re.compile(rb"<opml[\s>]", re.IGNORECASE)
_FEED = re.compile(rb"<(?:rss|feed|(?:\w+:)?RDF)[\s>]", re.IGNORECASE)
_LISTED = re.compile(rb"\sxmlUrl\s*=", re.IGNORECASE)
_HEAD = 8192


def read_feed(task: Task) -> Iterator[Answer]:
    """A report for each entry with its number in the feed. Nothing is fetched."""
    head = task.data[:_HEAD].replace(b"\x00", b"")  # so that UTF-16 is known too
    if _OPML.search(head):
        reason = f"the file lists {len(_LISTED.findall(task.data))} feeds and holds no report; nothing is fetched"
        yield Told(code="feed-list", reason=reason)
        return
    if not _FEED.search(head):
        yield Told(code="no-feed", reason="this is XML, but neither RSS nor Atom: save the text by itself")
        return
    if b"<!ENTITY" in task.data:
        yield Told(code="broken-document", reason="the feed declares entities of its own, which no feed needs")
        return
    yield from _entries(task.data)


def _entries(data: bytes) -> Iterator[Answer]:
    import feedparser

    feed: Any = feedparser.parse(io.BytesIO(data))  # bytes alone might be taken for an address
    count = 0
    for number, entry in enumerate(feed.entries, 1):
        document = _document(entry, feed, number)
        if document is None:
            yield Told(code="row-without-text", reason="the entry has no text and was left out", number=number)
            continue
        count += 1
        yield document
    if feed.bozo and not isinstance(feed.get("bozo_exception"), feedparser.CharacterEncodingOverride):
        reason = f"the feed is broken XML ({str(feed.get('bozo_exception'))[:120]}); entries may be missing"
        yield Told(code="cut-short", reason=reason, number=len(feed.entries) or None)
    elif not feed.entries:
        yield Told(code="empty-file", reason="the feed has no entry")


def _document(entry: Any, feed: Any, number: int) -> Document | None:
    contents = [str(part.get("value") or "") for part in entry.get("content", [])]
    text = max(map(plain_of_html, [*contents, str(entry.get("summary") or "")]), key=len)
    title = plain_of_html(str(entry.get("title") or "")) or None
    if not text:
        return None
    source = entry.get("source") or {}
    outlet = source.get("title") or feed.feed.get("title")
    return Document(
        text=text,
        title=title,
        outlet=plain_of_html(str(outlet)) if outlet else None,
        published=_day(entry),
        url=str(entry["link"]) if entry.get("link") else None,
        encoding=str(feed.get("encoding") or "utf-8"),
        number=number,
    )


def _day(entry: Any) -> str | None:
    """The day as the feed writes it, or the same day in UTC where the writing is one that only feeds have."""
    for name in ("published", "updated"):
        written, parsed = entry.get(name), entry.get(f"{name}_parsed")
        if written and read_day(str(written)):
            return str(written)
        if parsed:
            return f"{parsed.tm_year:04}-{parsed.tm_mon:02}-{parsed.tm_mday:02}"
        if written:
            return str(written)
    return None
