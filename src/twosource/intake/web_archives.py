"""Web archives (WARC and WACZ): the pages and documents that a crawl kept, one after the other, each once."""

from __future__ import annotations

import hashlib
import zipfile
from collections import Counter
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from typing import IO, Any

from twosource.intake.apart import Answer, Piece, Task, Told
from twosource.intake.files import Format
from twosource.intake.text import LARGEST

__all__ = ["read_wacz", "read_warc"]

_KINDS = {
    "text/html": Format.HTML,
    "application/xhtml+xml": Format.HTML,
    "application/pdf": Format.PDF,
    "text/plain": Format.TEXT,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": Format.WORD,
}
_CHUNK = 2**20
_PACKED = {"identity", "gzip", "deflate"}
_RATIO = 20  # archives inside a WACZ are packed already, or are text
_UNPACKED_MOST = 512 * 2**20
"""Bytes that the records of an archive may have in any case; beyond these, so many times what they take packed."""
_RATIO_OF_RECORDS = 100  # crawls have 3 to 10, gzip can reach 1,032


class _TooLargeError(Exception):
    """An archive unpacks to more than any crawl does."""


class _Counted:
    """The stream of an archive's unpacked bytes, which raises _TooLargeError where they are too many for its file."""

    def __init__(self, reader: Any, file: IO[bytes]) -> None:
        self._reader, self._file = reader, file
        self._unpacked = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reader, name)

    def read(self, length: int | None = None) -> bytes:
        return self._count(self._reader.read(length))

    def readline(self, length: int | None = None) -> bytes:
        return self._count(self._reader.readline(length))

    def _count(self, data: bytes) -> bytes:
        self._unpacked += len(data)
        if self._unpacked > _UNPACKED_MOST and self._unpacked > _RATIO_OF_RECORDS * self._file.tell():
            raise _TooLargeError
        return data


def read_warc(task: Task) -> Iterator[Answer]:
    """Each page of the archive as a piece, with its record's number from 1, its address and its declared charset."""
    with Path(task.path or "").open("rb") as file:
        yield from _bounded(file, None)


def read_wacz(task: Task) -> Iterator[Answer]:
    """The pages of every WARC in the archive, with the name of the one that each is in."""
    with zipfile.ZipFile(task.path or "") as archive:
        members = [part for part in archive.infolist() if part.filename.endswith((".warc", ".warc.gz"))]
        if not members:
            yield Told(code="empty-file", reason="the archive holds no WARC")
        for member in members:
            if member.flag_bits & 1:
                yield Told(code="encrypted", reason=f"{member.filename} in the archive is locked with a password")
            elif member.file_size > _RATIO * member.compress_size + _CHUNK:
                reason = f"{member.filename} unpacks to {member.file_size / 2**20:.0f} MiB, and was not unpacked"
                yield Told(code="unpacks-too-large", reason=reason)
            else:
                with archive.open(member) as file:
                    yield from _bounded(file, member.filename)


def _bounded(file: IO[bytes], name: str | None) -> Iterator[Answer]:
    """The archive's pages up to where it unpacks to more than any crawl does."""
    try:
        yield from _pages(file, name)
    except _TooLargeError:
        reason = (
            f"{name or 'the archive'} unpacks to over {_UNPACKED_MOST / 2**20:.0f} MiB and {_RATIO_OF_RECORDS} times "
            "its size; pages before that are read"
        )
        yield Told(code="unpacks-too-large", reason=reason)


def _pages(file: IO[bytes], name: str | None) -> Iterator[Answer]:
    from warcio.archiveiterator import ArchiveIterator

    seen: set[bytes] = set()
    left_out: Counter[str] = Counter()
    records = ArchiveIterator(file)
    records.reader = _Counted(records.reader, file)
    for number, record in enumerate(records, 1):
        kind, media, charset = _kind(record)
        if kind is None:
            left_out.update([media] if media else [])
            continue
        data, cut = _content(record)
        if data is None:
            yield Told(code="too-large", reason="the record has more than 64 MiB", number=number)
            continue
        if cut:
            yield Told(code="cut-short", reason="the archive ends in the middle of this record", number=number)
        digest = hashlib.sha256(data).digest()
        if data and digest not in seen:
            seen.add(digest)
            url = record.rec_headers.get_header("WARC-Target-URI")
            yield Piece(kind=kind, data=data, name=name, number=number, url=url, charset=charset)
    if not seen:
        yield Told(code="empty-file", reason=f"{name or 'the archive'} holds no page that can be read")
    if left_out:
        kinds = ", ".join(f"{media} ({count})" for media, count in left_out.most_common(8))
        yield Told(code="records-left-out", reason=f"records that are no pages were left out: {kinds}")


def _kind(record: Any) -> tuple[Format | None, str, str | None]:
    """How the record is read, its media type, and the charset declared; no kind where it is no page.

    The media type is empty where nobody would miss the record: requests, redirections, the crawl's own notes.
    """
    headers = record.http_headers
    if record.rec_type == "response" and headers is not None:
        if headers.get_statuscode() != "200":
            return None, "", None
        declared = headers.get_header("Content-Type")
        packed = (headers.get_header("Content-Encoding") or "identity").lower()
        if packed not in _PACKED:
            return None, f"pages packed as {packed[:20]}", None
    elif record.rec_type in ("resource", "conversion"):
        declared = record.rec_headers.get_header("Content-Type")
    else:
        return None, "", None
    message = Message()
    message["content-type"] = " ".join((declared or "").split())
    media = message.get_content_type()
    return _KINDS.get(media), media, message.get_content_charset()


def _content(record: Any) -> tuple[bytes | None, bool]:
    """The page's bytes, unpacked, None where they are over 64 MiB; and whether the archive ends before the record."""
    stream = record.content_stream()
    parts: list[bytes] = []
    length = 0
    while length <= LARGEST and (part := stream.read(_CHUNK)):
        parts.append(part)
        length += len(part)
    if length > LARGEST:
        return None, False
    while record.raw_stream.read(_CHUNK):  # what unpacking left over
        continue
    return b"".join(parts), getattr(record.raw_stream, "limit", 0) > 0
