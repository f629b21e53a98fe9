"""Mail: a message and what is attached to it, a mailbox of messages, and a page that a browser saved as one file."""

from __future__ import annotations

import email
import email.policy
import email.utils
import re
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

from twosource.intake.apart import Answer, Document, Piece, Task, Told
from twosource.intake.encodings import Decoded, NotText
from twosource.intake.files import ENDINGS, Format
from twosource.intake.pages import decode_declared, plain_of_html, told_of_bytes
from twosource.intake.text import LARGEST
from twosource.intake.wrapped import unwrap

__all__ = ["read_mail", "read_mailbox", "read_saved_page"]

_MOST_ATTACHED = 100
_LINE = 2**20  # bytes of a mailbox's line that are read at once
_BEGINS = re.compile(rb"From (?=.*\d\d:\d\d).*\d{4}\s*$")  # a sentence that begins with 'From' has no clock and year
_FORWARDED = re.compile(r"^(?:(?:re|fwd?|aw|tr)\s*:\s*)+", re.IGNORECASE)
_KINDS = {
    "message/rfc822": Format.MAIL,
    "application/pdf": Format.PDF,
    "text/html": Format.HTML,
    "text/plain": Format.TEXT,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": Format.WORD,
}
_ATTACHED_FORMATS = {*_KINDS.values(), Format.MARKDOWN}
_ENCRYPTED = {"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"}


def read_mail(task: Task) -> Iterator[Answer]:
    """The message's text as a report with its subject, sender and day; each attachment that can be read as a piece."""
    message = _parsed(task.data)
    if message.get_content_type() in _ENCRYPTED:
        yield Told(code="encrypted", reason="the mail is encrypted: save it decrypted")
        return
    body = message.get_body(preferencelist=("plain", "html"))
    decoded = _decoded(body) if isinstance(body, EmailMessage) else None
    if decoded is not None:
        yield from told_of_bytes(decoded)
    text = _text(body, decoded) if isinstance(body, EmailMessage) and isinstance(decoded, Decoded) else ""
    pieces = list(_pieces(list(_attached(message))))
    if text.strip() and isinstance(decoded, Decoded):
        yield _document(message, text, decoded.encoding)
    elif not any(isinstance(piece, Piece) for piece in pieces):
        yield Told(code="empty-file", reason="the mail holds no text")
    yield from pieces


def _parsed(data: bytes) -> EmailMessage:
    return email.message_from_bytes(data, policy=email.policy.default)


def _attached(message: EmailMessage) -> Iterator[EmailMessage]:
    if message.is_multipart() and message.get_content_maintype() == "multipart":
        yield from (part for part in message.iter_attachments() if isinstance(part, EmailMessage))


def _document(message: EmailMessage, text: str, encoding: str) -> Document:
    subject = _FORWARDED.sub("", _header(message, "subject") or "") or None
    return Document(
        text=text,
        title=subject,
        outlet=_sender(message),
        published=_day(message),
        url=_header(message, "archived-at"),
        encoding=encoding,
    )


def _header(message: EmailMessage, name: str) -> str | None:
    """A header's value, None where it is missing or too broken to be taken apart."""
    try:
        value = message.get(name)
        return str(value).strip() or None if value is not None else None
    except (ValueError, LookupError, AttributeError, TypeError):
        return None


def _sender(message: EmailMessage) -> str | None:
    """The sender's name, or the host of the address where there is none."""
    name, address = email.utils.parseaddr(_header(message, "from") or "")
    return name.strip() or address.rpartition("@")[2] or None


def _day(message: EmailMessage) -> str | None:
    """The day as the sender's clock had it; what is no date stays as it is written, and is told later."""
    written = _header(message, "date")
    try:
        return email.utils.parsedate_to_datetime(written or "").date().isoformat()
    except (ValueError, TypeError, OverflowError):
        return written


def _decoded(part: EmailMessage) -> Decoded | NotText:
    payload = part.get_payload(decode=True)
    return decode_declared(payload if isinstance(payload, bytes) else b"", part.get_content_charset())


def _text(part: EmailMessage, decoded: Decoded) -> str:
    """The text of a part; lines that the mail broke are joined again, quoted ones stay."""
    if part.get_content_type() == "text/html":
        return plain_of_html(decoded.text)
    return unwrap(decoded.text)


def _pieces(attached: list[EmailMessage]) -> Iterator[Answer]:
    left_out: list[str] = []
    for number, part in enumerate(attached[:_MOST_ATTACHED], 1):
        name = _name(part, number)
        kind = _kind(part, name)
        if kind is None:
            left_out.append(name)
            continue
        yield Piece(kind=kind, name=name, data=_content(part), charset=part.get_content_charset())
    if len(attached) > _MOST_ATTACHED:
        left_out.append(f"{len(attached) - _MOST_ATTACHED} more")
    if left_out:
        yield Told(code="attachment-left-out", reason=f"attachments that are not read: {', '.join(left_out)[:300]}")


def _name(part: EmailMessage, number: int) -> str:
    """The attachment's file name without folders, or one made of its number."""
    name = re.split(r"[\\/]", part.get_filename() or "")[-1].strip()
    return name[:100] or f"part-{number}"


def _kind(part: EmailMessage, name: str) -> Format | None:
    """How the attachment is read, by its name's ending first: many programs send everything as octet-stream."""
    by_name = ENDINGS.get(Path(name).suffix.lower())
    kind = by_name or _KINDS.get(part.get_content_type())
    return kind if kind in _ATTACHED_FORMATS else None


def _content(part: EmailMessage) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload(0)
        return inner.as_bytes() if isinstance(inner, EmailMessage) else b""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def read_saved_page(task: Task) -> Iterator[Answer]:
    """The page of an MHTML file, as a piece with its address."""
    message = _parsed(task.data)
    parts = (part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml"))
    page = next(parts, None)
    if not isinstance(page, EmailMessage):
        yield Told(code="no-article", reason="the file holds no page")
        return
    url = _header(message, "snapshot-content-location") or _header(page, "content-location")
    yield Piece(kind=Format.HTML, data=_content(page), url=url, charset=page.get_content_charset())


def read_mailbox(task: Task) -> Iterator[Answer]:
    """Each message of an mbox file as a piece, with its number; one over 64 MiB is told and passed over."""
    found = False
    with Path(task.path or "").open("rb") as file:
        for number, message in enumerate(_messages(iter(lambda: file.readline(_LINE), b"")), 1):
            found = True
            if message is None:
                yield Told(code="too-large", reason="the message has more than 64 MiB", number=number)
            else:
                yield Piece(kind=Format.MAIL, data=message, number=number)
    if not found:
        yield Told(code="empty-file", reason="no line begins with 'From ', so the file holds no message")


def _messages(lines: Iterator[bytes]) -> Iterator[bytes | None]:
    """The bytes of each message without its 'From ' line, None for one that is too long to hold."""
    held: list[bytes] | None = None
    size = 0
    after_blank = True
    for line in lines:
        if _BEGINS.match(line) if held is not None and after_blank else held is None and line.startswith(b"From "):
            if held is not None:
                yield b"".join(held) if size <= LARGEST else None
            held, size = [], 0
        elif held is not None:
            size += len(line)
            if size <= LARGEST:
                held.append(line)
        after_blank = not line.strip()
    if held is not None:
        yield b"".join(held) if size <= LARGEST else None
